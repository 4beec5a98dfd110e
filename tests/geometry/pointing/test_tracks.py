"""Patterns of spots laid over each other: matches, founders, and ties."""

import numpy as np

from hotspots.geometry.host import ellipsoid_point
from hotspots.geometry.pointing.spots import Spots
from hotspots.geometry.pointing.tracks import View, associate, east_north, spot_ties
from tests.geometry.made_states import IFOV_RAD, camera_axes, direction, make_states, turned_back

RNG = np.random.default_rng(9)
PLACES = ellipsoid_point(RNG.uniform(-30, 40, 25), RNG.uniform(75, 125, 25))


def view(frame, offset, *, places=PLACES, longitude=100.0):
    """A frame that sees places exactly, predicted ``offset`` px away from the truth."""
    position = 60_000 * direction(8, longitude)
    true = make_states(position, camera_axes(position))
    pixel, mu = View(frame, true, Spots(*[np.zeros(0)] * 4)).pixels(places, np.zeros(2), IFOV_RAD)
    seen = pixel[mu > 0.2]
    spots = Spots(seen[:, 0], seen[:, 1], np.full(len(seen), 0.1), np.full(len(seen), 50.0))
    return View(frame, make_states(position, turned_back(camera_axes(position), offset)), spots)


def test_frames_find_their_offset_from_the_first():
    offsets = np.array([[1.0, 2.0], [3.0, -2.0], [-2.0, 4.0]])
    views = [view(i, o, longitude=100 + i) for i, o in enumerate(offsets)]
    start = np.array([offsets[0], [0.0, 0.0], [0.0, 0.0]])
    tracks = associate(views, start, np.full((3, 2), 8.0), [0, 1, 2], np.zeros(3, bool), IFOV_RAD)
    np.testing.assert_allclose(tracks.offset, offsets, atol=0.05)
    assert tracks.tied.all()
    assert len(tracks.points_km) == len(PLACES)
    ties, kept = spot_ties(views, tracks, IFOV_RAD)
    assert len(kept) == len(PLACES)
    assert len(ties) == 3 * len(PLACES)
    assert max(np.abs(tie.residual).max() for tie in ties) < 0.1


def test_frame_that_sees_other_places_is_not_tied():
    stranger = ellipsoid_point(RNG.uniform(-30, 40, 12), RNG.uniform(75, 125, 12))
    views = [view(0, (0.0, 0.0)), view(1, (0.0, 0.0)), view(2, (0.0, 0.0), places=stranger)]
    tracks = associate(
        views, np.zeros((3, 2)), np.full((3, 2), 8.0), [0, 1, 2], np.zeros(3, bool), IFOV_RAD
    )
    assert tracks.tied.tolist() == [True, True, False]
    np.testing.assert_array_equal(tracks.offset[2], 0.0)


def test_lone_frame_is_tied_to_nothing():
    tracks = associate(
        [view(0, (0.0, 0.0))],
        np.zeros((1, 2)),
        np.full((1, 2), 8.0),
        [0],
        np.zeros(1, bool),
        IFOV_RAD,
    )
    assert tracks.tied.tolist() == [False]
    ties, kept = spot_ties([view(0, (0.0, 0.0))], tracks, IFOV_RAD)
    assert ties == []
    assert len(kept) == 0


def test_ground_derivatives_are_pixels_a_kilometre():
    views = [view(0, (0.0, 0.0)), view(1, (0.0, 0.0))]
    tracks = associate(
        views, np.zeros((2, 2)), np.full((2, 2), 8.0), [0, 1], np.zeros(2, bool), IFOV_RAD
    )
    ties, kept = spot_ties(views, tracks, IFOV_RAD)
    nearest = int(np.argmax(tracks.points_km[kept] @ direction(8, 100)))
    tie = next(t for t in ties if t.spot == nearest)
    pixel_km = IFOV_RAD * (60_000 - 1820)
    # seen from above: east is one pixel towards smaller samples, north towards smaller lines
    np.testing.assert_allclose(tie.ground * pixel_km, [[-1, 0], [0, -1]], atol=0.15)


def test_east_and_north_are_at_right_angles_and_along_the_ground():
    east, north = east_north(PLACES)
    np.testing.assert_allclose(np.sum(east * north, axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(np.linalg.norm(east, axis=1), 1)
    # planetocentric east leaves the triaxial ground by some minutes of arc
    np.testing.assert_allclose(np.linalg.norm(north, axis=1), 1, atol=1e-4)
    assert (north[:, 2] > 0.7).all()
    np.testing.assert_allclose(east[:, 2], 0)
