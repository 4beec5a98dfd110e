"""Votes: patterns that agree, patterns that do not, and how often chance convinces."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotspots.geometry.pointing.vote import Vote, vote_offset

WINDOW = (24.0, 650.0)


def pattern(rng, count):
    return rng.uniform([0, 0], [432, 128], (count, 2))


@given(seed=st.integers(0, 1000), dx=st.floats(-20, 20), dy=st.floats(-600, 600))
@settings(max_examples=25)
def test_offset_of_a_shifted_pattern(seed, dx, dy):
    rng = np.random.default_rng(seed)
    expected = pattern(rng, 40)
    seen = expected[:15] + np.array([dx, dy]) + rng.normal(0, 0.3, (15, 2))
    strangers = pattern(rng, 10) + np.array([0, dy])
    vote = vote_offset(np.concatenate([seen, strangers]), expected, WINDOW, 1.5)
    assert vote is not None
    assert vote.convincing()
    assert vote.pairs >= 13
    np.testing.assert_allclose(vote.offset, [dx, dy], atol=0.5)


def test_two_points_by_hand():
    expected = np.array([[100.0, 50.0], [140.0, 60.0]])
    vote = vote_offset(expected + np.array([3.0, -7.0]), expected, (10.0, 10.0), 1.5)
    assert vote is not None
    np.testing.assert_allclose(vote.offset, [3.0, -7.0])
    assert vote.pairs == 2
    assert vote.scatter_px == pytest.approx(0.0)
    assert not vote.convincing()


def test_nothing_inside_the_window():
    assert vote_offset(np.array([[400.0, 0.0]]), np.array([[0.0, 0.0]]), (10, 10), 1.5) is None


def test_no_spot_votes_twice():
    seen = np.array([[10.0, 10.0]])
    expected = np.array([[10.2, 10.0], [9.8, 10.0], [10.0, 10.3]])
    vote = vote_offset(seen, expected, (5.0, 5.0), 1.5)
    assert vote is not None
    assert vote.pairs == 1


def test_chance_hardly_ever_convinces():
    # Independent patterns, both as wide as the field: the case that a density taken over
    # the whole window judges too kindly.
    rng = np.random.default_rng(4)
    votes = [vote_offset(pattern(rng, 30), pattern(rng, 120), WINDOW, 1.5) for _ in range(60)]
    assert all(vote is None or not vote.convincing() for vote in votes)


def test_more_chance_needs_more_pairs():
    few = Vote(np.zeros(2), 6, chance=0.1, trials=1e4, scatter_px=0.3)
    many = Vote(np.zeros(2), 6, chance=2.0, trials=1e4, scatter_px=0.3)
    # Poisson: P(6 or more | 0.1) = 1.3e-9 and P(6 or more | 2) = 0.017, times the trials.
    assert few.convincing()
    assert not many.convincing()
