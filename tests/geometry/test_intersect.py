"""The moment form: exact cases, tangents, and another array library."""

import array_api_strict
import numpy as np
import pytest

from hotspots.errors import GeometryError
from hotspots.geometry.cameras import build_cameras
from hotspots.geometry.intersect import faces_body, intersect, on_device
from tests.geometry.made_states import (
    IFOV_RAD,
    camera_axes,
    direction,
    make_states,
    stack_states,
)


def cameras_at(*ranges_km):
    states = [
        make_states(r * direction(10, 30), camera_axes(r * direction(10, 30))) for r in ranges_km
    ]
    return build_cameras(stack_states(states), IFOV_RAD)


def pixels():
    x = np.linspace(0, 431, 37, dtype=np.float32)[None, None, :]
    y = np.linspace(0, 127, 11, dtype=np.float32)[None, :, None]
    return x, y


def test_points_lie_on_the_ellipsoid_and_on_the_near_side():
    cameras = cameras_at(9_000.0, 50_000.0)
    hit, unit, surface = intersect(cameras, *pixels())
    assert hit.shape == (2, 11, 37)
    assert unit.shape == surface.shape == (2, 11, 37, 3)
    np.testing.assert_allclose(np.sum(unit[hit] ** 2, axis=-1), 1.0, atol=2e-6)
    radii = np.float32(cameras.radii_km)
    np.testing.assert_allclose(surface[hit], unit[hit] * radii, rtol=1e-6)
    towards = cameras.position_km[np.nonzero(hit)[0]] / radii
    assert (np.sum(unit[hit] * towards, axis=-1) > 0.9999 * np.sum(unit[hit] ** 2, axis=-1)).all()


def test_misses_are_nan():
    hit, unit, surface = intersect(cameras_at(50_000.0), *pixels())
    assert not hit.all()
    assert np.isnan(unit[~hit]).all()
    assert np.isnan(surface[~hit]).all()
    assert np.isfinite(surface[hit]).all()


def test_outline_of_a_sphere_has_the_angular_radius_of_the_sphere():
    position = 50_000.0 * direction(0, 0)
    states = make_states(position, camera_axes(position))
    cameras = build_cameras(states, IFOV_RAD, radii_km=(1800.0, 1800.0, 1800.0))
    radius_px = np.tan(np.arcsin(1800 / 50_000)) / IFOV_RAD
    turn = np.linspace(-0.4, 0.4, 9) + np.array([[0.0], [np.pi]])
    for factor, expected in ((0.999, True), (1.001, False)):
        x = 215.5 + factor * radius_px * np.cos(turn).reshape(1, -1)
        y = 63.5 + factor * radius_px * np.sin(turn).reshape(1, -1)
        hit, _, _ = intersect(cameras, x.astype(np.float32), y.astype(np.float32))
        assert (hit == expected).all()


def test_body_behind_the_camera_is_not_seen():
    position = 50_000.0 * direction(0, 0)
    states = stack_states(
        [
            make_states(position, camera_axes(position)),
            make_states(position, camera_axes(-position)),
        ]
    )
    cameras = build_cameras(states, IFOV_RAD)
    assert faces_body(cameras).tolist() == [True, False]
    hit, _, _ = intersect(cameras, *pixels())
    assert hit[0].any()
    assert not hit[1].any()


def test_other_array_library_on_its_own_device():
    place = array_api_strict.Device("device1")
    cameras = cameras_at(9_000.0, 50_000.0)
    x, y = (array_api_strict.asarray(a, device=place) for a in pixels())
    moved = on_device(cameras, x)
    assert moved.constants.device == place
    hit, unit, surface = intersect(moved, x, y)
    assert {a.device for a in (hit, unit, surface)} == {place}
    host = intersect(cameras, *pixels())
    for ours, theirs in zip(host, (hit, unit, surface), strict=True):
        back = np.from_dlpack(theirs.to_device(array_api_strict.Device("CPU_DEVICE")))
        np.testing.assert_allclose(back, ours, rtol=1e-6, atol=1e-6)


def test_first_axis_must_fit_the_frames():
    x, y = np.zeros((3, 2), np.float32), np.zeros((1, 2), np.float32)
    with pytest.raises(GeometryError, match="do not fit 2 cameras"):
        intersect(cameras_at(9_000.0, 50_000.0), x, y)
