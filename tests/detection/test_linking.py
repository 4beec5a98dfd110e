"""Which points are parts of one source."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.detection.linking import link_points


def flat(level, shape=(40, 80)):
    return np.full(shape, float(level))


def groups(place, snr, **task):
    task = {"near": 6.0, "far": 10.0, "glow": 0.5, "floor": 4.0} | task
    return link_points(np.asarray(place, float), np.full(len(place), 20.0), snr, **task).tolist()


PAIR = [(20.0, 20.0), (25.0, 20.0)]
WIDE_PAIR = [(20.0, 20.0), (28.0, 20.0)]


@pytest.mark.parametrize(
    ("place", "between", "one"),
    [
        (PAIR, 5.0, True),  # near, and the ground glows a little
        (PAIR, 3.0, False),  # near, but the ground is dark
        (WIDE_PAIR, 9.0, False),  # far, and less than half of the fainter one
        (WIDE_PAIR, 11.0, True),  # far, and more than half
        ([(20.0, 20.0), (31.0, 20.0)], 19.0, False),  # too far
    ],
)
def test_two_points(place, between, one):
    first, second = groups(place, flat(between))
    assert (first == second) is one


def test_a_dark_gap_parts_two_points():
    snr = flat(20.0)
    snr[:, 22:24] = 0.0
    assert len(set(groups(PAIR, snr))) == 2


def test_a_chain_is_one_source_though_its_ends_are_far_apart():
    chain = [(10.0 + 5 * i, 20.0) for i in range(10)]
    assert len(set(groups(chain, flat(10.0)))) == 1


def test_the_fainter_of_the_two_sets_the_bar():
    place, snr = np.array(WIDE_PAIR), flat(6.0)
    task = {"near": 6.0, "far": 10.0, "glow": 0.5, "floor": 4.0}
    assert len(set(link_points(place, np.array([100.0, 10.0]), snr, **task).tolist())) == 1
    assert len(set(link_points(place, np.array([100.0, 90.0]), snr, **task).tolist())) == 2


@pytest.mark.parametrize("n", [0, 1])
def test_few_points(n):
    assert groups(np.full((n, 2), 20.0), flat(0.0)) == [0] * n


@given(st.permutations(range(6)))
def test_the_order_of_the_points_does_not_matter(order):
    place = np.array([(5, 20), (9, 20), (40, 20), (44, 22), (70, 5), (70, 35)], float)
    snr = flat(10.0)
    plain, mixed = groups(place, snr), groups(place[list(order)], snr)
    same = np.equal.outer(plain, plain)[np.ix_(order, order)]
    np.testing.assert_array_equal(np.equal.outer(mixed, mixed), same)
