"""Lakes: areas by hand, and the light summed over points against the components."""

from dataclasses import replace

import array_api_strict
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.errors import ConfigurationError
from hotspots.planck import L_BAND, M_BAND, band_radiance
from hotspots.simulation.outlines import Outline, Patch
from tests.simulation.outlined import square_lake, star

PATCHES = (Patch(2.0, 0.0, 1.0, 500.0), Patch(-2.0, 1.0, 1.5, 120.0))


def raster(cell_km, half_km=10.0):
    axis = np.arange(-half_km + cell_km / 2, half_km, cell_km)
    return tuple(grid.ravel() for grid in np.meshgrid(axis, axis))


def flux_of(components, band):
    temperature, area = np.array(components).T
    return float(np.sum(band_radiance(band, temperature) * area))


def test_areas_of_a_square_by_hand():
    # Three of four sides of a frame: 10 x 10 less 9 x 9, times 3/4.
    crust, ring, *patches = square_lake(patches=PATCHES).components
    assert ring == (800.0, pytest.approx(19 * 0.75))
    np.testing.assert_allclose(patches, [(500, np.pi), (120, 2.25 * np.pi)])
    assert crust == (230.0, pytest.approx(100 - 14.25 - 3.25 * np.pi))


def test_radiances_of_a_square_by_hand():
    lake = square_lake(patches=PATCHES)
    east = np.array([0.0, 0.0, -4.7, 4.7, 2.0, -2.0, 5.1])
    north = np.array([0.0, -4.7, 0.0, 0.0, 0.5, 1.0, 0.0])
    kelvin = np.array([230.0, 800.0, 230.0, 800.0, 500.0, 120.0, np.nan])
    expected = np.nan_to_num(band_radiance(M_BAND, kelvin))
    np.testing.assert_allclose(lake.radiance(east, north, M_BAND), expected, rtol=1e-9)


def test_spreading_fills_a_broader_ring_with_less():
    # 0.5 km in 2 km: (100 - 81) / (100 - 36) of each side.
    crust, ring = band_radiance(M_BAND, np.array([230.0, 800.0]))
    spread = square_lake().radiance(np.array([0.0]), np.array([-3.5]), M_BAND, spread_km=2.0)
    np.testing.assert_allclose(spread, crust + (ring - crust) * 19 / 64)


@pytest.mark.parametrize("spread_km", [0.0, 0.3, 1.0, 3.0, 50.0])
@pytest.mark.parametrize("band", [L_BAND, M_BAND])
def test_light_of_all_points_is_that_of_the_components(spread_km, band):
    lake = square_lake(patches=PATCHES)
    cell = 0.02
    total = np.sum(lake.radiance(*raster(cell), band, spread_km=spread_km)) * cell**2
    assert total == pytest.approx(flux_of(lake.components, band), rel=4e-3)


@given(st.integers(0, 2**32), st.integers(4, 30), st.floats(0.05, 2), st.floats(0.3, 4))
def test_light_of_any_lake_is_that_of_its_components(seed, count, width, spread):
    rng = np.random.default_rng(seed)
    intact = tuple(bool(flag) for flag in rng.random(count) < 0.6)
    lake = Outline(star(rng, count).vertices_km, 220.0, width, 600.0, intact)
    cell = 0.05
    total = np.sum(lake.radiance(*raster(cell), M_BAND, spread_km=spread)) * cell**2
    assert total == pytest.approx(flux_of(lake.components, M_BAND), rel=0.05)


def test_middle_of_the_light_is_that_of_the_points():
    lake = square_lake(ring_width_km=1.5, intact=(True, True, False, False), patches=PATCHES)
    points = raster(0.02)
    light = lake.radiance(*points, M_BAND)
    expected = [float(np.sum(light * axis) / np.sum(light)) for axis in points]
    np.testing.assert_allclose(lake.flux_centre_km(M_BAND), expected, atol=0.01)
    assert lake.flux_centre_km(M_BAND)[0] > 1
    np.testing.assert_allclose(
        square_lake(intact=(True,) * 4).flux_centre_km(L_BAND), (0, 0), atol=1e-12
    )


def test_lake_without_a_ring_has_none():
    assert square_lake(intact=(False,) * 4).components == ((230.0, 100.0),)
    assert square_lake(ring_width_km=0.0).components == ((230.0, 100.0),)
    assert square_lake(ring_width_km=9.0, intact=(True,) * 4).components == ((800.0, 100.0),)
    assert square_lake().diameter_km == pytest.approx((400 / np.pi) ** 0.5)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"ring_intact": (True,)}, "1 flags"),
        ({"crust_temperature_k": 0.0}, "crust_temperature_k"),
        ({"ring_width_km": -1.0}, "ring_width_km"),
        ({"patches": (Patch(4.5, 0, 1, 300),)}, "crosses the rim"),
        ({"patches": (Patch(1, 0, 1, 300), Patch(2, 0, 1, 300))}, "overlap"),
    ],
)
def test_impossible_lakes_are_refused(wrong, message):
    with pytest.raises(ConfigurationError, match=message):
        replace(square_lake(), **wrong)


def test_second_device_of_the_strict_namespace():
    place = array_api_strict.Device("device1")
    points = [axis.astype(np.float32) for axis in raster(0.5)]
    lake = square_lake(patches=PATCHES)
    strict = lake.radiance(
        *(array_api_strict.asarray(axis, device=place) for axis in points), M_BAND, spread_km=1.0
    )
    assert strict.dtype == array_api_strict.float32
    back = np.from_dlpack(strict.to_device(array_api_strict.Device("CPU_DEVICE")))
    np.testing.assert_array_equal(back, lake.radiance(*points, M_BAND, spread_km=1.0))
