"""Sources: power by hand, and what is no source."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.constants import Stefan_Boltzmann

from hotspots.errors import ConfigurationError
from hotspots.planck import L_BAND, M_BAND, exitance_gw_um_km2, spectral_radiance
from hotspots.simulation.outlines import Patch
from hotspots.simulation.source import Source
from tests.simulation.outlined import square_lake

SPOT = Source("a", 10.0, 350.0, "hotspot", ((500.0, 4.0), (900.0, 0.5)))


def test_power_is_radiance_times_pi_times_area():
    # The M band is narrow: its mean radiance is that of its middle within a few per cent.
    middle = spectral_radiance(M_BAND.centre_um, np.array([500.0, 900.0]))
    by_hand = np.pi * (middle[0] * 4e6 + middle[1] * 0.5e6) / 1e9
    assert SPOT.power_gw_um(M_BAND) == pytest.approx(by_hand, rel=0.02)


def test_all_light_of_a_hot_spot_exceeds_that_of_both_bands():
    total_gw = Stefan_Boltzmann * (500.0**4 * 4e6 + 900.0**4 * 0.5e6) / 1e9
    bands_gw = sum(SPOT.power_gw_um(b) * b.power_width_um for b in (L_BAND, M_BAND))
    assert 0.1 * total_gw < bands_gw < 0.25 * total_gw


def test_components_add():
    parts = [replace(SPOT, components=(part,)).power_gw_um(L_BAND) for part in SPOT.components]
    assert SPOT.power_gw_um(L_BAND) == pytest.approx(sum(parts))
    assert SPOT.area_km2 == 4.5
    assert SPOT.diameter_km == pytest.approx((18 / np.pi) ** 0.5)


def test_lake_has_the_components_of_its_outline():
    outline = square_lake(patches=(Patch(2, 0, 1, 400),))
    lake = Source.lava_lake("b", 0.0, 10.0, outline)
    assert lake.components == outline.components
    expected = sum(
        float(exitance_gw_um_km2(M_BAND, np.array(t))) * a for t, a in outline.components
    )
    assert lake.power_gw_um(M_BAND) == pytest.approx(expected)


def test_light_of_a_lake_comes_from_where_its_ring_is():
    # The fourth edge, to the west, does not glow.
    lake = Source.lava_lake("b", 0.0, 10.0, square_lake())
    lat, lon = lake.flux_place(M_BAND)
    assert lat == pytest.approx(0, abs=1e-6)
    assert 10.0 < lon < 10.16
    assert SPOT.flux_place(M_BAND) == (10.0, 350.0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"lat_deg": 91.0},
        {"lon_east_deg": 360.0},
        {"components": ()},
        {"components": ((300.0, 0.0),)},
        {"source_class": "lava_lake"},
        {"outline": square_lake()},
    ],
)
def test_what_is_no_source_is_refused(wrong):
    with pytest.raises(ConfigurationError, match="source a"):
        replace(SPOT, **wrong)
