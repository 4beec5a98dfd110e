"""Ground and resolved sources: as bright as they should be, where they should be."""

import array_api_strict
import numpy as np
import pytest

from hotspots.geometry.cameras import build_cameras
from hotspots.geometry.intersect import intersect
from hotspots.geometry.projection import project_points
from hotspots.planck import M_BAND, band_radiance
from hotspots.simulation.ground import Ground, PassiveEmission, SunlightLaw
from hotspots.simulation.optics import Optics
from hotspots.simulation.source import Source
from hotspots.simulation.surface_images import RESOLVED_PX, ground_image, patch_image
from hotspots.simulation.view import look
from tests.geometry.drawn import Scene as DrawnScene
from tests.geometry.drawn import disc
from tests.geometry.made_states import IFOV_RAD, camera_axes, direction, make_states
from tests.simulation.made_cameras import (
    SUNLIT_GROUND,
    cameras_over,
    disc_cameras,
    hot_spot,
    on_strict,
    scene_of,
)
from tests.simulation.outlined import square_lake

OPTICS = Optics(0.6, 1.0, (0.02,), (2.5,))
EVEN_GROUND = Ground(SunlightLaw(0.0), SunlightLaw(0.0), PassiveEmission(200.0, 200.0))


def image_of_source(source, cameras, frame=0, smear=0.0):
    view = look(scene_of(source), cameras, M_BAND, OPTICS, np.full(len(cameras), smear))
    return patch_image(view, frame, 0), view.sources


def image_of_ground(ground, cameras, frame=0, smear=0.0, optics=OPTICS, lit=True):
    smears = np.full(len(cameras), smear)
    return ground_image(
        look(scene_of(ground=ground), cameras, M_BAND, optics, smears), frame, lit=lit
    )


def test_lit_disc_is_the_one_that_the_tests_of_pointing_draw():
    position = 80_000.0 * direction(5, 30)
    rotation = camera_axes(position, centre_pixel=(180.2, 70.7), roll_deg=15.0)
    states = make_states(position, rotation, sun=(1.0, -0.5, 0.2))
    expected = disc(
        DrawnScene(
            position, rotation, states.sun[0], np.zeros((0, 3)), np.zeros(0), blur_px=(0.6, 0.6)
        ),
        (0.0097, 0.0024),
    )
    ground = Ground(SunlightLaw(0.0), SunlightLaw(0.0097, 0.0024, terminator=1e-6), None)
    camera = build_cameras(states, IFOV_RAD)
    image = image_of_ground(ground, camera, optics=Optics(0.6))
    assert expected.max() > 0.01
    # theirs has three rays a pixel that meet the disc or do not
    assert np.abs(image - expected).max() < 0.1 * 0.0121
    assert np.sqrt(np.mean((image - expected)[expected > 1e-4] ** 2)) < 5e-3 * 0.0121
    assert image.sum() == pytest.approx(expected.sum(), rel=1e-3)


def test_even_ground_keeps_its_radiance_and_its_solid_angle():
    level = float(band_radiance(M_BAND, np.array([200.0]))[0])
    cameras = disc_cameras(90_000.0, [(215.5, 63.5)])
    image = image_of_ground(EVEN_GROUND, cameras, smear=2.0, lit=False)
    assert image[63, 215] == pytest.approx(level, rel=1e-4)
    x = (np.arange(432 * 8) + 0.5) / 8 - 0.5
    y = (np.arange(128 * 8) + 0.5) / 8 - 0.5
    hit, *_ = intersect(
        cameras, x[None, None].astype(np.float32), y[None, :, None].astype(np.float32)
    )
    assert image.sum() == pytest.approx(level * hit.sum() / 64, rel=1e-3)


def test_ground_that_fills_the_frame_is_even_up_to_the_rim():
    level = float(band_radiance(M_BAND, np.array([200.0]))[0])
    cameras = disc_cameras(2_600.0, [(215.5, 63.5)])
    image = image_of_ground(EVEN_GROUND, cameras, smear=4.4)
    # what comes in from beyond the margin is a part of the wings
    np.testing.assert_allclose(image, level, rtol=2e-3)


def test_no_sun_no_light_and_no_body_no_image():
    dark = Ground(SUNLIT_GROUND.l_sunlight, SUNLIT_GROUND.m_sunlight, None)
    cameras = disc_cameras(90_000.0, [(215.5, 63.5), (2000.0, 63.5)])
    shown = [
        image_of_ground(dark, cameras, frame, lit=lit)
        for frame, lit in ((0, True), (0, False), (1, True))
    ]
    assert shown[0].max() > 0.005
    assert not shown[1].any()
    assert shown[2] == 0.0


@pytest.mark.parametrize("diameter_px", [1.6, 4.0, 25.0])
@pytest.mark.parametrize("tilt_deg", [0.0, 55.0])
@pytest.mark.parametrize("outlined", [False, True])
def test_traced_sources_give_all_their_light_at_their_place(diameter_px, tilt_deg, outlined):
    lake = Source.lava_lake("lake", 20.0, 40.0, square_lake())
    source = lake if outlined else hot_spot(((600.0, 100.0),))
    distance = source.diameter_km / (diameter_px * IFOV_RAD)
    cameras = cameras_over(source, distance, [(200.3, 60.8)], tilt_deg=tilt_deg)
    image, seen = image_of_source(source, cameras, smear=1.7)
    assert seen.diameter_px[0, 0] == pytest.approx(diameter_px, rel=1e-6)
    assert image.sum() == pytest.approx(seen.light[0, 0], rel=2e-3)
    if not outlined:
        row, column = np.mgrid[:128, :432]
        tolerance = 0.02 + 0.003 * diameter_px
        assert np.sum(image * column) / image.sum() == pytest.approx(200.3, abs=tolerance)
        assert np.sum(image * row) / image.sum() == pytest.approx(60.8, abs=tolerance)


def test_inside_a_wide_hot_spot_there_is_its_black_body():
    source = hot_spot(((600.0, 100.0),))
    cameras = cameras_over(source, 100.0, [(215.5, 63.5)], tilt_deg=30.0)
    image, seen = image_of_source(source, cameras)
    assert seen.diameter_px[0, 0] > 300
    level = float(band_radiance(M_BAND, np.array([600.0]))[0])
    np.testing.assert_allclose(image[40:80, 180:250], level, rtol=2e-3)


def test_a_source_beyond_the_rim_is_cut_and_one_far_away_is_nothing():
    source = hot_spot(((600.0, 100.0),))
    distance = source.diameter_km / (20 * IFOV_RAD)
    pixels = [(200.0, 64.0), (431.5, 64.0), (600.0, 64.0)]
    cameras = cameras_over(source, distance, pixels)
    whole, half, nothing = (image_of_source(source, cameras, frame)[0] for frame in range(3))
    assert half.sum() == pytest.approx(0.5 * whole.sum(), rel=0.01)
    assert nothing == 0.0


def test_the_ring_is_where_the_outline_says():
    lake = Source.lava_lake("lake", 20.0, 40.0, square_lake(intact=(True, False, False, False)))
    cameras = cameras_over(lake, 100.0 / (40 * IFOV_RAD) / 10, [(215.5, 63.5)], roll_deg=0.0)
    image, _ = image_of_source(lake, cameras)
    row, column = np.unravel_index(np.argmax(image), image.shape)
    centre = cameras_over(lake, 250.0, [(215.5, 63.5)], roll_deg=0.0)
    assert len(centre) == 1
    south = Source("south", 20.0 - np.degrees(5.0 / 1820), 40.0, "hotspot", ((300.0, 1.0),))
    edge = project_points(cameras, scene_of(south).source_points_km)
    assert abs(row - edge.line[0, 0]) < 3
    assert abs(column - edge.sample[0, 0]) < 25


def test_other_array_library_on_its_own_device():
    place = array_api_strict.Device("device1")
    cameras = disc_cameras(60_000.0, [(215.5, 63.5)])
    host = image_of_ground(SUNLIT_GROUND, cameras, smear=1.0)
    image = image_of_ground(SUNLIT_GROUND, on_strict(cameras, array_api_strict), smear=1.0)
    assert image.device == place
    back = np.from_dlpack(image.to_device(array_api_strict.Device("CPU_DEVICE")))
    np.testing.assert_allclose(back, host, atol=1e-7)
    source = hot_spot(((600.0, 400.0),))
    cameras = cameras_over(source, 20_000.0, [(215.5, 63.5)])
    host, seen = image_of_source(source, cameras)
    assert seen.diameter_px[0, 0] > RESOLVED_PX
    image, _ = image_of_source(source, on_strict(cameras, array_api_strict))
    back = np.from_dlpack(image.to_device(array_api_strict.Device("CPU_DEVICE")))
    np.testing.assert_allclose(back, host, rtol=1e-5, atol=1e-6)
