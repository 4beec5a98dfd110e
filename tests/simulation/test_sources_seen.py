"""Where sources fall, and that their light is their spectral power."""

import numpy as np
import pytest

from hotspots.planck import L_BAND, M_BAND, band_radiance
from hotspots.simulation.source import Source
from hotspots.simulation.sources_seen import emitters, see_sources
from tests.geometry.made_states import IFOV_RAD
from tests.simulation.made_cameras import cameras_over, hot_spot, scene_of
from tests.simulation.outlined import square_lake

MIXED = hot_spot(((900.0, 0.5), (350.0, 40.0)))


def test_a_lake_is_one_emitter_and_a_hot_spot_one_a_component():
    lake = Source.lava_lake("lake", 20.0, 40.0, square_lake())
    listed = emitters(scene_of(MIXED, lake, hot_spot()), M_BAND)
    assert listed.source.tolist() == [0, 0, 1, 2]
    bright = band_radiance(M_BAND, np.array([900.0, 350.0])) * np.array([0.5, 40.0])
    np.testing.assert_allclose(listed.radiance_km2[:2], bright)
    np.testing.assert_allclose(listed.share[:2], bright / bright.sum())
    np.testing.assert_allclose(listed.share[2:], 1.0)
    assert listed.diameter_km[2] == pytest.approx(lake.diameter_km)


def test_no_sources_are_no_emitters():
    listed = emitters(scene_of(), M_BAND)
    assert len(listed.source) == 0
    cameras = cameras_over(hot_spot(), 30_000.0, [(215.5, 63.5)])
    assert see_sources(scene_of(), cameras, listed).visible.shape == (1, 0)


@pytest.mark.parametrize("band", [L_BAND, M_BAND])
@pytest.mark.parametrize("tilt_deg", [0.0, 50.0])
def test_light_times_solid_angle_is_the_spectral_power(band, tilt_deg):
    pixels = [(215.5, 63.5), (3.0, 120.0)]
    cameras = cameras_over(MIXED, 30_000.0, pixels, tilt_deg=tilt_deg)
    scene = scene_of(MIXED)
    seen = see_sources(scene, cameras, emitters(scene, band))
    np.testing.assert_allclose(seen.sample[:, 0], [p[0] for p in pixels], atol=0.01)
    np.testing.assert_allclose(seen.line[:, 0], [p[1] for p in pixels], atol=0.01)
    np.testing.assert_allclose(seen.range_km, 30_000.0, rtol=1e-6)
    np.testing.assert_allclose(seen.cos_emission, np.cos(np.radians(tilt_deg)), atol=5e-3)
    tangent_squared = IFOV_RAD**2 * np.array([0.0, 212.5**2 + 56.5**2])
    pixel_sr = IFOV_RAD**2 / (1 + tangent_squared) ** 1.5
    area_m2 = pixel_sr * (seen.range_km[:, 0] * 1e3) ** 2 / seen.cos_emission[:, 0]
    power = np.pi * seen.light[:, 0] * area_m2 / band.power_width_um / 1e9
    np.testing.assert_allclose(power, MIXED.power_gw_um(band), rtol=1e-6)
    expected = MIXED.diameter_km / 30_000.0 / IFOV_RAD
    np.testing.assert_allclose(seen.diameter_px, expected, rtol=1e-6)


def test_the_far_side_and_the_world_beside_the_array_are_not_visible():
    behind = hot_spot(lon_east_deg=220.0, lat_deg=-10.0, name="behind")
    scene = scene_of(MIXED, behind)
    cameras = cameras_over(MIXED, 30_000.0, [(215.5, 63.5), (440.0, 63.5)])
    seen = see_sources(scene, cameras, emitters(scene, M_BAND))
    assert seen.visible.tolist() == [[True, False], [False, False]]
    assert seen.light[1, 0] > 0
    assert (seen.light[:, 1] == 0).all()
    assert np.isnan(seen.sample[:, 1]).all()
    assert (seen.cos_emission[:, 1] < 0).all()
