import erfa
import numpy as np
import pytest

from hotspots.simulation.jupiter import jupiter_state

KM_PER_AU = 149_597_870.7


@pytest.mark.parametrize("year", [2016, 2020, 2023.58, 2030])
def test_place_agrees_with_another_theory_to_a_tenth_of_a_degree(year):
    et = (year - 2000) * 365.25 * 86400
    other = erfa.plan94(2451545.0, et / 86400, 5)["p"] * KM_PER_AU
    found = jupiter_state(et)[:3]
    angle = np.degrees(np.arccos(found @ other / np.linalg.norm(found) / np.linalg.norm(other)))
    assert angle < 0.1
    assert np.linalg.norm(found) == pytest.approx(np.linalg.norm(other), rel=1e-3)


def test_velocity_is_the_derivative_of_the_place():
    et, step = 7.4e8, 1000.0
    slope = (jupiter_state(et + step)[:3] - jupiter_state(et - step)[:3]) / (2 * step)
    assert jupiter_state(et)[3:] == pytest.approx(slope, rel=1e-4)
