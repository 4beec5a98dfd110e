"""Points to pixels: the way back of the lines of sight, of float64 algebra, and of SPICE."""

import array_api_strict
import numpy as np
import pytest

from hotspots.archive.kernels import KernelPool
from hotspots.geometry.cameras import build_cameras
from hotspots.geometry.host import surface_to_pixel
from hotspots.geometry.intersect import intersect
from hotspots.geometry.projection import pixel_solid_angle, project_points
from hotspots.geometry.state import frame_states
from hotspots.simulation.scene import surface_point_km
from tests.geometry.made_states import (
    IFOV_RAD,
    camera_axes,
    direction,
    make_states,
    stack_states,
)
from tests.geometry.spice_oracle import camera_rays, spice_pixels
from tests.geometry.test_against_spice import EXAMPLE_STARTS
from tests.helpers.example import EXAMPLE_ARCHIVE

BETA = (4e-5, -7e-5, 3e-5)


def states_at(distance_km):
    position = distance_km * direction(10, 30)
    axes = camera_axes(position, centre_pixel=(200.0, 60.0), roll_deg=33.0)
    return make_states(position, axes, beta=BETA)


@pytest.mark.parametrize("distance_km", [3_300.0, 9_000.0, 50_000.0, 190_000.0, 400_000.0])
def test_lines_of_sight_and_back(distance_km):
    cameras = build_cameras(states_at(distance_km), IFOV_RAD)
    x, y = np.meshgrid(np.arange(0, 432, 7), np.arange(0, 128, 3))
    x, y = x.reshape(1, -1).astype(np.float32), y.reshape(1, -1).astype(np.float32)
    hit, _, surface = intersect(cameras, x, y)
    assert hit.sum() > 30
    seen = project_points(cameras, surface[0][hit[0]].astype(np.float64))
    assert seen.facing.all()
    np.testing.assert_allclose(seen.sample[0], x[hit], atol=1e-3)
    np.testing.assert_allclose(seen.line[0], y[hit], atol=1e-3)


@pytest.mark.parametrize("distance_km", [3_300.0, 60_000.0])
def test_float64_algebra_says_the_same(distance_km):
    states = states_at(distance_km)
    points = np.stack(
        [surface_point_km(a, b) for a in (7, 10, 12) for b in (26.0, 31.0, 33.0, 205.0)]
    )
    seen = project_points(build_cameras(states, IFOV_RAD), points)
    sample, line, mu = surface_to_pixel(
        points, states.position_km[0], states.rotation[0], states.beta[0], IFOV_RAD
    )
    np.testing.assert_allclose(seen.cos_emission[0], mu, atol=1e-12)
    facing = mu > 0
    np.testing.assert_array_equal(seen.facing[0], facing)
    assert 0 < facing.sum() < len(points)
    # the constants aberrate all rays of a frame alike
    np.testing.assert_allclose(seen.sample[0, facing], sample[facing], atol=3e-3)
    np.testing.assert_allclose(seen.line[0, facing], line[facing], atol=3e-3)
    assert np.isnan(seen.sample[0, ~facing]).all()
    distance = np.linalg.norm(points - states.position_km[0], axis=1)
    np.testing.assert_allclose(seen.range_km[0], distance, rtol=1e-12)


@pytest.mark.parametrize("et", EXAMPLE_STARTS)
def test_spice_says_the_same(et):
    frame, offset = "JUNO_JIRAM_I_MBAND", np.array([3.0, -535.0])
    sample, line = (v.ravel() for v in np.meshgrid(np.arange(5, 430, 25.0), [5.0, 60.0, 120.0]))
    with KernelPool(EXAMPLE_ARCHIVE / "kernels" / "juno_io_pj53.tm"):
        states = frame_states(np.array([et]), frame)
        points, *_ = spice_pixels(et, frame, camera_rays(sample, line, offset, IFOV_RAD))
    met = np.isfinite(points[:, 0])
    seen = project_points(build_cameras(states, IFOV_RAD, offset=offset[None]), points[met])
    inner = seen.cos_emission[0] > 0.2
    assert inner.sum() > 5
    np.testing.assert_allclose(seen.sample[0, inner], sample[met][inner], atol=5e-3)
    np.testing.assert_allclose(seen.line[0, inner], line[met][inner], atol=5e-3)


def test_nothing_appears_to_a_camera_that_looks_away():
    position = 50_000.0 * direction(0, 0)
    states = stack_states(
        [
            make_states(position, camera_axes(position)),
            make_states(position, camera_axes(-position)),
        ]
    )
    seen = project_points(build_cameras(states, IFOV_RAD), surface_point_km(5.0, 3.0)[None])
    assert seen.facing[:, 0].tolist() == [True, False]
    assert np.isfinite(seen.sample[:, 0]).tolist() == [True, False]


def test_other_array_library_on_its_own_device():
    place = array_api_strict.Device("device1")
    cameras = build_cameras(states_at(20_000.0), IFOV_RAD)
    points = np.stack([surface_point_km(5.0, 30.0), surface_point_km(-5.0, 200.0)])
    host = project_points(cameras, points)
    seen = project_points(cameras, array_api_strict.asarray(points, device=place))
    for name in ("sample", "line", "cos_emission", "range_km", "facing"):
        values = getattr(seen, name)
        assert values.device == place
        back = np.from_dlpack(values.to_device(array_api_strict.Device("CPU_DEVICE")))
        np.testing.assert_allclose(back, getattr(host, name), rtol=1e-12)


def test_pixels_of_a_flat_detector_add_up_to_the_solid_angle_of_its_rectangle():
    sample, line = np.meshgrid(np.arange(432.0), np.arange(128.0))
    a, b = 216 * IFOV_RAD, 64 * IFOV_RAD
    rectangle = 4 * np.arctan(a * b / np.sqrt(1 + a**2 + b**2))
    total = pixel_solid_angle(sample, line, IFOV_RAD).sum()
    assert total == pytest.approx(rectangle, rel=1e-7)
    assert total < 432 * 128 * IFOV_RAD**2
