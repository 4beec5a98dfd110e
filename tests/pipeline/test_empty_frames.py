"""Frames that look like the dark sky because they show Io at night."""

import numpy as np

from hotspots.body import IO_RADII_KM
from hotspots.geometry.state import FrameStates
from hotspots.pipeline.empty_frames import body_share, without_night_frames

IFOV_RAD = 237.767e-6
SHAPE = (128, 432)


def states_at(distance_km, turned_rad):
    """A camera on the x axis that looks at the body's centre, turned about its lines."""
    n = len(turned_rad)
    cos, sin = np.cos(turned_rad), np.sin(turned_rad)
    zero, one = np.zeros(n), np.ones(n)
    axes = np.stack([np.stack([-sin, zero, -cos], -1), np.stack([zero, one, zero], -1)], axis=-1)
    look = np.stack([-cos, zero, sin], axis=-1)
    rotation = np.concatenate([axes, look[..., None]], axis=-1)
    return FrameStates(
        et=np.zeros(n),
        position_km=np.tile([distance_km, 0.0, 0.0], (n, 1)),
        rotation=rotation,
        beta=np.zeros((n, 3)),
        sun=np.tile([1.0, 0.0, 0.0], (n, 1)),
        sun_distance_km=np.full(n, 7.8e8),
        eclipsed=np.zeros(n, dtype=bool),
    )


def test_the_body_fills_a_near_field_and_none_that_looks_away():
    near = states_at(5000.0, np.array([0.0, 0.8]))
    np.testing.assert_array_equal(body_share(near, np.zeros(2), IFOV_RAD, SHAPE), [1.0, 0.0])


def test_the_share_of_a_far_disc_is_that_of_its_area():
    distance = 150_000.0
    (share,) = body_share(states_at(distance, np.zeros(1)), np.zeros(2), IFOV_RAD, SHAPE)
    radius_px = np.sqrt(IO_RADII_KM[1] * IO_RADII_KM[2]) / distance / IFOV_RAD
    assert abs(share - np.pi * radius_px**2 / (SHAPE[0] * SHAPE[1])) < 0.01


def test_only_frames_that_the_body_fills_are_taken_back():
    empty = {"a": "dark sky", "b": "dark sky"}
    left = without_night_frames(empty, ("a", "b", "c"), np.array([0.9, 0.05, 1.0]))
    assert left == {"b": "dark sky"}
