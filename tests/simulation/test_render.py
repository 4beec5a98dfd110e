"""Whole frames: ground and sources together, every frame by itself, on any device."""

import array_api_strict
import numpy as np
import pytest

from hotspots.backend import Backend, is_gpu_array, to_device, to_host
from hotspots.errors import GeometryError
from hotspots.planck import L_BAND, M_BAND
from hotspots.simulation.optics import Optics
from hotspots.simulation.render import render
from hotspots.simulation.source import Source
from hotspots.simulation.surface_images import RESOLVED_LAKE_PX, RESOLVED_PX
from tests.geometry.made_states import IFOV_RAD
from tests.simulation.made_cameras import (
    SUNLIT_GROUND,
    cameras_over,
    hot_spot,
    on_strict,
    scene_of,
)
from tests.simulation.outlined import square_lake

OPTICS = Optics(0.6, 1.05, (0.02, 0.01), (2.0, 5.0))
SPOT = hot_spot(((800.0, 1.0), (350.0, 30.0)))
LAKE = Source.lava_lake("lake", 12.0, 42.0, square_lake())
WIDE = hot_spot(((600.0, 30.0),), name="wide")
NEIGHBOUR = hot_spot(((500.0, 5.0),), lat_deg=11.0, lon_east_deg=38.5, name="neighbour")
PIXELS = [(215.5, 63.5), (100.3, 40.2)]


def rendered(scene, cameras, band=M_BAND, smear=0.0, lit=True):
    n = len(cameras)
    return render(scene, cameras, band, OPTICS, np.full(n, smear), np.full(n, lit))


@pytest.mark.parametrize("distance_km", [2_000.0, 15_000.0, 100_000.0])
def test_the_power_of_isolated_sources_comes_back(distance_km):
    for source in (SPOT, LAKE):
        cameras = cameras_over(source, distance_km, PIXELS, tilt_deg=20.0)
        for band in (L_BAND, M_BAND):
            shown = rendered(scene_of(source), cameras, band, 1.7)
            seen = shown.sources
            total = shown.radiance.sum(axis=(1, 2))
            off_axis = IFOV_RAD**2 * ((np.array(PIXELS) - (215.5, 63.5)) ** 2).sum(axis=1)
            pixel_sr = IFOV_RAD**2 / (1 + off_axis) ** 1.5
            area_m2 = pixel_sr * (seen.range_km[:, 0] * 1e3) ** 2 / seen.cos_emission[:, 0]
            power = np.pi * total * area_m2 / band.power_width_um / 1e9
            np.testing.assert_allclose(power, source.power_gw_um(band), rtol=3e-3)


def test_a_frame_is_its_ground_and_each_source():
    cameras = cameras_over(SPOT, 9_000.0, PIXELS, sun=(0.5, 0.8, 0.1))
    together = rendered(scene_of(SPOT, LAKE, NEIGHBOUR, ground=SUNLIT_GROUND), cameras)
    assert together.radiance.dtype == np.float32
    assert together.radiance.shape == (2, 128, 432)
    apart = [rendered(scene_of(one), cameras).radiance for one in (SPOT, LAKE, NEIGHBOUR)]
    np.testing.assert_allclose(
        together.radiance, together.ground + sum(apart), rtol=1e-5, atol=1e-7
    )
    assert (together.ground[0] > 0.002).all()
    ground = rendered(scene_of(ground=SUNLIT_GROUND), cameras).radiance
    np.testing.assert_array_equal(together.ground, ground)


def test_frames_have_their_own_smear_and_light():
    cameras = cameras_over(SPOT, 40_000.0, PIXELS[:1] * 2, sun=(0.5, 0.8, 0.1))
    scene = scene_of(SPOT, ground=SUNLIT_GROUND)
    smear, lit = np.array([0.0, 4.0]), np.array([False, True])
    both = render(scene, cameras, M_BAND, OPTICS, smear, lit)
    for i in range(2):
        alone = rendered(scene, cameras, M_BAND, smear[i], lit[i]).radiance[i]
        np.testing.assert_array_equal(both.radiance[i], alone)
    assert both.ground[0].max() < 1e-4 < both.ground[1].max()
    assert both.radiance[0].max() > 1.5 * both.radiance[1].max()


def test_a_source_that_grows_past_the_size_of_a_point_does_not_jump():
    for source, bound in ((LAKE, RESOLVED_LAKE_PX), (WIDE, RESOLVED_PX)):
        light = []
        for diameter in (bound - 0.01, bound + 0.01):
            distance = source.diameter_km / (diameter * IFOV_RAD)
            cameras = cameras_over(source, distance, [(215.2, 63.8)], tilt_deg=30.0)
            light.append(rendered(scene_of(source), cameras).radiance[0] * distance**2)
        assert np.abs(light[0] - light[1]).max() < 0.12 * light[0].max()
        assert light[0].sum() == pytest.approx(light[1].sum(), rel=1e-3)


def test_light_from_beside_the_array_gets_in():
    cameras = cameras_over(SPOT, 40_000.0, [(-1.5, 60.0), (-100.0, 60.0)])
    shown = rendered(scene_of(SPOT), cameras)
    assert not shown.sources.visible.any()
    assert shown.radiance[0, 58:63, 0].max() > 0.01 * shown.sources.light[0, 0]
    assert not shown.radiance[1].any()


def test_an_empty_globe_is_dark():
    cameras = cameras_over(SPOT, 40_000.0, PIXELS)
    assert not rendered(scene_of(), cameras).radiance.any()


def test_frames_without_smear_or_light_are_refused():
    cameras = cameras_over(SPOT, 40_000.0, PIXELS)
    wrong = {
        "2 numbers not below zero": (np.zeros(1), np.ones(2, bool)),
        "one a camera": (np.array([1.0, -1.0]), np.ones(2, bool)),
        r"lit has shape \(1,\), wanted \(2,\)": (np.zeros(2), np.ones(1, bool)),
    }
    for message, (smear, lit) in wrong.items():
        with pytest.raises(GeometryError, match=message):
            render(scene_of(SPOT), cameras, M_BAND, OPTICS, smear, lit)


def test_other_array_library_on_its_own_device():
    cameras = cameras_over(SPOT, 20_000.0, PIXELS)
    scene = scene_of(SPOT, NEIGHBOUR, ground=SUNLIT_GROUND)
    host = rendered(scene, cameras, smear=1.7)
    strict = rendered(scene, on_strict(cameras, array_api_strict), smear=1.7)
    assert strict.radiance.device == array_api_strict.Device("device1")
    back = np.from_dlpack(strict.radiance.to_device(array_api_strict.Device("CPU_DEVICE")))
    np.testing.assert_allclose(back, host.radiance, rtol=1e-4, atol=1e-6)
    np.testing.assert_array_equal(strict.sources.sample, host.sources.sample)


@pytest.mark.gpu
def test_a_gpu_sees_the_same():
    cameras = cameras_over(SPOT, 20_000.0, PIXELS)
    scene = scene_of(SPOT, LAKE, NEIGHBOUR, ground=SUNLIT_GROUND)
    moved = cameras.replace(
        constants=to_device(cameras.constants, Backend.GPU),
        origin=to_device(cameras.origin, Backend.GPU),
    )
    shown = rendered(scene, moved, smear=1.7).radiance
    assert is_gpu_array(shown)
    host = rendered(scene, cameras, smear=1.7).radiance
    np.testing.assert_allclose(to_host(shown), host, rtol=1e-3, atol=1e-6)
