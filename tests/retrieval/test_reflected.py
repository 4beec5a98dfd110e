"""Bright ground in sunlight has the colour of sunlight."""

import pytest

from hotspots.retrieval.measurement import Power
from hotspots.retrieval.reflected import is_reflected


def powers(l_value, m_value, sigma=0.1):
    return {
        "L": Power.gaussian(l_value, sigma, saturated=False),
        "M": Power.gaussian(m_value, sigma, saturated=False),
    }


def test_ground_in_sunlight():
    assert is_reflected(powers(4.4, 1.0), snr=10.0, cos_incidence=0.5)


@pytest.mark.parametrize(
    ("found", "snr", "cos_incidence"),
    [
        (powers(4.4, 1.0), 10.0, -0.1),  # at night
        (powers(4.4, 1.0), 100.0, 0.5),  # bright
        (powers(0.5, 1.0), 10.0, 0.5),  # the colour of lava
        (powers(4.4, 1.0, sigma=2.0), 10.0, 0.5),  # the colour of anything
        ({"M": powers(4.4, 1.0)["M"]}, 10.0, 0.5),  # of no known colour
    ],
    ids=["night", "bright", "red", "noisy", "one band"],
)
def test_everything_else_is_believed(found, snr, cos_incidence):
    assert not is_reflected(found, snr, cos_incidence)
