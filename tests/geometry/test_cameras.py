"""Constants of the cameras: signs, offsets, and the way back to pixels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.body import IO_RADII_KM
from hotspots.geometry.cameras import (
    build_cameras,
    corrected_rotation,
    image_plane_shift,
    pixel_of_centre,
)
from hotspots.geometry.host import pixel_to_surface, surface_to_pixel
from hotspots.geometry.intersect import intersect
from tests.geometry.made_states import (
    IFOV_RAD,
    camera_axes,
    direction,
    make_states,
    stack_states,
    turned_back,
)

FAR = 60_000.0


def test_nadir_is_in_the_middle_of_the_array():
    position = FAR * direction(0, 0)
    states = make_states(position, camera_axes(position))
    cameras = build_cameras(states, IFOV_RAD)
    hit, _, surface = intersect(cameras, np.float32([[215.5]]), np.float32([[63.5]]))
    assert hit.all()
    np.testing.assert_allclose(surface[0, 0], [IO_RADII_KM[0], 0, 0], atol=1e-3)


def test_array_is_a_mirror_image_until_its_lines_are_drawn_upwards():
    # Line 0 lies towards +X, sample 0 towards +Y (display direction "bottom to top" in the
    # archive): with north towards line 0, samples grow to the west.
    position = FAR * direction(0, 0)
    cameras = build_cameras(make_states(position, camera_axes(position)), IFOV_RAD)
    x, y = np.float32([[225.5, 215.5]]), np.float32([[63.5, 53.5]])
    _, _, surface = intersect(cameras, x, y)
    ten_pixels_km = 10 * IFOV_RAD * (FAR - IO_RADII_KM[0])
    np.testing.assert_allclose(surface[0, 0, 1:], [-ten_pixels_km, 0], atol=0.5)
    np.testing.assert_allclose(surface[0, 1, 1:], [0, ten_pixels_km], atol=0.5)


@given(x=st.floats(30, 400), y=st.floats(10, 115), roll=st.floats(-180, 180), lon=st.floats(0, 359))
def test_body_centre_appears_where_the_camera_was_aimed(x, y, roll, lon):
    position = FAR * direction(20, lon)
    rotation = camera_axes(position, centre_pixel=(x, y), roll_deg=roll)
    states = make_states(position, rotation)
    # aimed before the roll about the line of sight to the centre, which leaves it in place
    np.testing.assert_allclose(pixel_of_centre(states, states.rotation, IFOV_RAD), [[x, y]])


@given(rx=st.floats(-20, 20), ry=st.floats(-20, 20))
def test_small_offset_moves_the_scene_by_as_many_samples_and_lines(rx, ry):
    position = FAR * direction(5, 40)
    states = make_states(position, camera_axes(position, centre_pixel=(200.0, 60.0)))
    turned = corrected_rotation(states.rotation, np.array([[rx, ry]]), IFOV_RAD)
    pixel = pixel_of_centre(states, turned, IFOV_RAD)[0]
    np.testing.assert_allclose(pixel, [200.0 + rx, 60.0 + ry], atol=0.01)


@given(rx=st.floats(-24, 24), ry=st.floats(-650, 650))
def test_correction_undoes_the_prediction(rx, ry):
    true = camera_axes(FAR * direction(5, 40))
    predicted = turned_back(true, (rx, ry))
    corrected = corrected_rotation(predicted[None], np.array([[rx, ry]]), IFOV_RAD)
    np.testing.assert_allclose(corrected[0], true, atol=1e-12)


def test_image_plane_shift_grows_by_the_tangent():
    # 535 px of angle, about the axis: the scene, now in the middle, was at tan(535 ifov).
    position = FAR * direction(0, 0)
    states = make_states(position, turned_back(camera_axes(position), (0.0, -535.0)))
    shift = image_plane_shift(states, np.array([[0.0, -535.0]]), IFOV_RAD)
    expected = -np.tan(535 * IFOV_RAD) / IFOV_RAD
    np.testing.assert_allclose(shift, [[0.0, expected]], atol=1e-6)
    assert expected == pytest.approx(-537.9, abs=0.05)


def test_image_plane_shift_is_taken_in_the_middle_where_the_centre_is_outside():
    position = FAR * direction(0, 0)
    outside = camera_axes(position, centre_pixel=(215.5, 300.0))
    states = make_states(position, turned_back(outside, (3.0, -535.0)))
    shift = image_plane_shift(states, np.array([[3.0, -535.0]]), IFOV_RAD)[0]
    # the ray of the array's middle, turned back by the offset, by hand
    rx, ry = 3.0 * IFOV_RAD, -535.0 * IFOV_RAD
    ray = np.array([np.sin(ry) * np.cos(rx), np.sin(rx), np.cos(ry) * np.cos(rx)])
    predicted = np.array([215.5 - ray[1] / ray[2] / IFOV_RAD, 63.5 - ray[0] / ray[2] / IFOV_RAD])
    np.testing.assert_allclose(shift, [215.5, 63.5] - predicted, atol=1e-6)


def test_centre_behind_the_camera_has_no_pixel():
    position = FAR * direction(0, 0)
    away = camera_axes(-position)
    states = make_states(position, away)
    assert np.isnan(pixel_of_centre(states, states.rotation, IFOV_RAD)).all()
    cameras = build_cameras(states, IFOV_RAD)
    hit, _, _ = intersect(cameras, np.float32([[215.5]]), np.float32([[63.5]]))
    assert not hit.any()


def test_aberration_moves_the_body_towards_the_velocity():
    # 27 km/s towards -Y of the camera (samples): 9e-5 rad, 0.38 px.
    position = FAR * direction(0, 0)
    rotation = camera_axes(position)
    beta = -rotation[:, 1] * 27 / 299792.458
    states = make_states(position, rotation, beta=beta)
    pixel = pixel_of_centre(states, states.rotation, IFOV_RAD)[0]
    assert pixel[0] - 215.5 == pytest.approx(27 / 299792.458 / IFOV_RAD, rel=1e-6)
    cameras = build_cameras(states, IFOV_RAD)
    _, _, surface = intersect(cameras, pixel[None, :1].astype(np.float32), np.float32([[63.5]]))
    np.testing.assert_allclose(surface[0, 0, 1:], 0.0, atol=0.02)


@pytest.mark.parametrize("range_km", [3_300.0, 16_000.0, 97_000.0, 190_000.0])
def test_float32_form_agrees_with_float64_on_the_host(range_km):
    rng = np.random.default_rng(1)
    position = range_km * direction(12, 200)
    beta = np.array([4e-5, -6e-5, 3e-5])
    states = make_states(position, camera_axes(position, centre_pixel=(190, 70)), beta=beta)
    x, y = rng.uniform(0, 431, 400), rng.uniform(0, 127, 400)
    x, y = x.astype(np.float32), y.astype(np.float32)
    hit, _, surface = (a[0] for a in intersect(build_cameras(states, IFOV_RAD), x[None], y[None]))
    host = pixel_to_surface(
        x.astype(float), y.astype(float), position, states.rotation[0], beta, IFOV_RAD
    )
    assert ((np.isfinite(host[:, 0]) != hit).sum()) <= 1
    _, _, mu = surface_to_pixel(host, position, states.rotation[0], beta, IFOV_RAD)
    good = hit & (np.nan_to_num(mu) > 0.17)
    distance = np.linalg.norm(host[good] - position, axis=-1)
    error_px = np.linalg.norm(surface[good] - host[good], axis=-1) / distance / IFOV_RAD
    assert good.sum() > 5
    assert error_px.max() < 0.002


def test_frames_keep_their_own_constants():
    states = [
        make_states(r * direction(0, lon), camera_axes(r * direction(0, lon)))
        for r, lon in ((3e4, 0.0), (6e4, 120.0))
    ]
    both = build_cameras(stack_states(states), IFOV_RAD)
    for i, one in enumerate(states):
        alone = build_cameras(one, IFOV_RAD)
        np.testing.assert_array_equal(both.constants[i], alone.constants[0])
        np.testing.assert_array_equal(both.origin[i], alone.origin[0])
