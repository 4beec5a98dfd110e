"""Scores of sources: one to one, by identity, and none for what need not be found."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.training.metrics.objects import match, object_scores, object_sums, pieces
from hotspots.training.metrics.sums import add_sums
from hotspots.training.samples import HOTSPOT, IGNORED, LAVA_LAKE
from tests.training.made_samples import objects_at

CLASSES = ("background", "hotspot", "lava_lake")
SHAPE = (30, 40)


def answer_with(*blobs, background=0.0):
    """Probabilities (3, rows, columns): blobs are (row, column, side, probability, class)."""
    answer = np.zeros((3, *SHAPE))
    answer[1] = background
    for row, column, side, probability, kind in blobs:
        answer[:, row : row + side, column : column + side] = 0
        answer[kind, row : row + side, column : column + side] = probability
    answer[0] = 1 - answer[1:].sum(axis=0)
    return answer


def scored(answer, objects, labels=None):
    labels = np.zeros(SHAPE, np.uint8) if labels is None else labels
    return object_scores(object_sums(answer, labels, objects), CLASSES)


def test_found_and_false_by_hand():
    objects = objects_at((5, 5), (20, 20))
    scores = scored(answer_with((5, 5, 1, 0.9, 1), (10, 30, 2, 0.8, 1)), objects)
    assert scores["pd"] == 0.5
    assert scores["fa"] == pytest.approx(4 / 1200)
    assert scores["false_pieces_per_map"] == 1
    assert scores["object_f1_hotspot"] == pytest.approx(2 * 1 / (2 + 2))


def test_false_piece_as_large_as_a_true_one_is_false():
    """The area of a piece is no name: public code that goes by it says 0 here."""
    scores = scored(answer_with((5, 5, 1, 0.9, 1), (10, 30, 1, 0.9, 1)), objects_at((5, 5)))
    assert scores["fa"] == pytest.approx(1 / 1200)


def test_one_piece_on_two_sources_finds_one():
    scores = scored(answer_with((5, 5, 3, 0.9, 1)), objects_at((5, 6), (7, 6)))
    assert scores["pd"] == 0.5


def test_two_pieces_on_one_source_leave_one_false():
    scores = scored(answer_with((5, 5, 1, 0.9, 1), (5, 7, 1, 0.9, 1)), objects_at((5, 6)))
    assert scores["pd"] == 1
    assert scores["false_pieces_per_map"] == 1


def test_threshold_is_swept_down_to_the_false_rate():
    blobs = (5, 5, 1, 0.9, 1), (20, 20, 1, 0.3, 1), (10, 30, 1, 0.6, 1)
    scores = scored(answer_with(*blobs), objects_at((5, 5), (20, 20)))
    assert scores["pd"] == 0.5
    assert scores["pd_at_fa_1e-06"] == 0.5  # one false cell of 1200 is more than any of these
    assert scores["pd_at_fa_1e-04"] == 0.5
    many = add_sums(
        [
            object_sums(
                answer_with(*blobs), np.zeros(SHAPE, np.uint8), objects_at((5, 5), (20, 20))
            ),
            *[object_sums(answer_with(), np.zeros(SHAPE, np.uint8), objects_at())] * 19,
        ]
    )
    assert object_scores(many, CLASSES)["pd_at_fa_1e-04"] == 1  # one cell of 24,000


def test_ignored_cells_and_unasked_sources_are_neither_found_nor_false():
    labels = np.zeros(SHAPE, np.uint8)
    labels[20:23, 20:23] = IGNORED
    objects = np.concatenate([objects_at((5, 5)), objects_at((10, 30), asked=False)])
    answer = answer_with((5, 5, 1, 0.9, 1), (10, 30, 1, 0.9, 1), (20, 20, 3, 0.9, 1))
    scores = scored(answer, objects, labels)
    assert scores["pd"] == 1
    assert scores["fa"] == 0


def test_large_source_may_be_found_off_its_centre():
    lake = objects_at((15, 15), kind=LAVA_LAKE, radius=6.0)
    answer = answer_with((15, 19, 2, 0.9, LAVA_LAKE))
    assert scored(answer, lake)["object_f1_lava_lake"] == 1
    small = objects_at((15, 15), kind=LAVA_LAKE, radius=1.0)
    assert scored(answer, small)["pd"] == 0


def test_class_of_a_piece_counts():
    scores = scored(answer_with((5, 5, 2, 0.9, HOTSPOT)), objects_at((5, 5), kind=LAVA_LAKE))
    assert scores["pd"] == 1
    assert scores["object_f1_lava_lake"] == 0
    assert scores["object_f1_hotspot"] == 0


def test_completeness_by_signal_over_noise():
    objects = np.concatenate([objects_at((5, 5), snr=7.0), objects_at((20, 20), snr=50.0)])
    scores = scored(answer_with((20, 20, 1, 0.9, 1)), objects)
    assert scores["completeness_snr_5_10"] == 0
    assert scores["completeness_snr_30_inf"] == 1
    assert "completeness_snr_3_5" not in scores


def test_no_sources_and_no_pieces():
    scores = scored(answer_with(), objects_at())
    assert np.isnan(scores["pd"])
    assert scores["fa"] == 0


def test_pieces_touch_over_corners():
    mask = np.zeros((4, 4), bool)
    mask[0, 0] = mask[1, 1] = mask[3, 3] = True
    _, centres = pieces(mask)
    np.testing.assert_allclose(centres, [[1.0, 1.0], [3.5, 3.5]])


@given(st.lists(st.tuples(st.floats(0, 9), st.floats(0, 9)), max_size=6), st.integers(0, 5))
def test_matches_are_one_to_one_and_near(places, seed):
    others = np.random.default_rng(seed).uniform(0, 9, (4, 2))
    first, second = match(np.array(places).reshape(-1, 2), np.full(len(places), 2.0), others)
    assert len(set(first)) == len(first) == len(set(second)) == len(second)
    gaps = np.linalg.norm(np.array(places).reshape(-1, 2)[first] - others[second], axis=1)
    assert (gaps < 2).all()


def test_most_pairs_come_before_least_distance():
    # The nearest pair alone would leave the second place without one.
    places = np.array([[0.0, 0.0], [0.0, 2.0]])
    others = np.array([[0.0, 0.9], [0.0, -2.0]])
    first, second = match(places, np.full(2, 2.5), others)
    assert dict(zip(first.tolist(), second.tolist(), strict=True)) == {0: 1, 1: 0}
