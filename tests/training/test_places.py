"""Crops are taken where something is to be learnt, and always within the map."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hotspots.training.places import Places, crop_corner, find_places
from tests.training.made_samples import made_sample


def test_sources_and_the_brightest_place_without_one():
    sample = made_sample(shape=(60, 60), places=((10, 12), (40, 45)))
    plane = sample.planes["m"].copy()
    plane[25, 30] += 5
    sample = type(sample)(sample.name, {"m": plane}, sample.scales, sample.labels, sample.objects)
    places = find_places(sample, "m")
    np.testing.assert_array_equal(places.objects, [[10, 12], [40, 45]])
    np.testing.assert_array_equal(places.hard[0], [25, 30])
    distance = np.abs(places.hard[:, None] - places.objects[None]).max(axis=-1)
    assert distance.min() > 6


def test_without_the_plane_there_are_no_hard_places():
    assert find_places(made_sample(), "absent").hard.shape == (0, 2)


@given(
    st.integers(5, 60), st.integers(5, 60), st.integers(4, 40), st.integers(0, 99), st.booleans()
)
def test_crop_is_within_the_map_and_holds_the_place(rows, columns, side, seed, hard):
    rng = np.random.default_rng(seed)
    place = rng.integers(0, [rows, columns])[None]
    none = np.zeros((0, 2), np.int64)
    places = Places(none, place) if hard else Places(place, none)
    row, column = crop_corner(
        (rows, columns), places, side, (0.0, 1.0) if hard else (1.0, 0.0), rng
    )
    assert 0 <= row <= max(rows - side, 0)
    assert 0 <= column <= max(columns - side, 0)
    assert row <= place[0, 0] < row + side
    assert column <= place[0, 1] < column + side


def test_parts_of_the_crops_are_as_asked():
    places = Places(np.array([[5, 5]]), np.array([[95, 95]]))
    rng = np.random.default_rng(0)
    corners = np.array([crop_corner((100, 100), places, 20, (0.5, 0.3), rng) for _ in range(2000)])
    near_object = (corners.max(axis=1) <= 5).mean()
    near_hard = (corners.min(axis=1) >= 75).mean()
    assert abs(near_object - 0.5) < 0.05
    assert abs(near_hard - 0.3) < 0.05
