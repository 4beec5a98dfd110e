"""The table of black bodies against Planck's law itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.planck import L_BAND, M_BAND, exitance_gw_km2, exitance_gw_um_km2
from hotspots.retrieval.emission_ladder import COLDEST_K, HOTTEST_K, colour_ladder

LADDER = colour_ladder(np, "cpu")


def colour(kelvin):
    return np.log(exitance_gw_um_km2(L_BAND, kelvin) / exitance_gw_um_km2(M_BAND, kelvin))


@given(kelvin=st.floats(COLDEST_K + 1.0, HOTTEST_K - 50.0))
def test_a_colour_has_the_properties_of_its_black_body(kelvin):
    body = np.array([kelvin])
    log_kelvin, log_m, log_total, steepness = LADDER.at(np, colour(body))
    assert np.exp(log_kelvin[0]) == pytest.approx(kelvin, rel=1e-5)
    assert np.exp(log_m[0]) == pytest.approx(exitance_gw_um_km2(M_BAND, body)[0], rel=2e-4)
    assert np.exp(log_total[0]) == pytest.approx(exitance_gw_km2(body)[0], rel=1e-4)
    rise = (colour(body * 1.001) - colour(body / 1.001))[0] / (2 * np.log(1.001))
    assert steepness[0] == pytest.approx(rise, rel=2e-3)


def test_colours_beyond_the_ends_get_those_of_the_ends():
    log_kelvin, *_ = LADDER.at(np, np.array([[-100.0, 100.0]]))
    assert log_kelvin.shape == (1, 2)
    np.testing.assert_allclose(np.exp(log_kelvin[0]), [COLDEST_K, HOTTEST_K], rtol=1e-3)
