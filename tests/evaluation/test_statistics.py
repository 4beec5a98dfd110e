import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.evaluation.statistics import BinaryScore, Proportion, Tally, quantile, ratio


def test_nothing_to_count_is_none_and_not_zero():
    assert ratio(0, 0) is None
    assert quantile([], 0.5) is None
    assert Tally.of([]) == Tally(0, 0, None)


def test_by_hand():
    assert ratio(1, 4) == 0.25
    assert Tally.of([True, False, True]) == Tally(2, 3, pytest.approx(2 / 3))
    assert quantile([4.0, 1.0, 2.0], 0.5) == 2.0
    assert quantile([0.0, 10.0], 0.9) == pytest.approx(9.0)


def test_the_interval_of_a_proportion_is_wilsons():
    # 8 of 10 at one standard deviation: (0.8 + 0.05) / 1.1 -+ sqrt(0.016 + 0.0025) / 1.1.
    one = Proportion.of([True] * 8 + [False] * 2)
    assert (one.found, one.asked, one.fraction) == (8, 10, 0.8)
    assert one.low == pytest.approx(0.772727 - 0.123650, abs=2e-6)
    assert one.high == pytest.approx(0.772727 + 0.123650, abs=2e-6)


@given(asked=st.integers(1, 300), data=st.data())
def test_the_ends_solve_wilsons_equation(asked, data):
    found = data.draw(st.integers(0, asked))
    one = Proportion.of_counts(found, asked)
    for end in (one.low, one.high):
        # A true fraction at an end lies one of its own standard deviations away.
        assert abs(one.fraction - end) == pytest.approx(
            np.sqrt(end * (1 - end) / asked), rel=1e-6, abs=1e-7
        )
    assert 0.0 <= one.low <= one.fraction + 1e-12
    assert one.fraction - 1e-12 <= one.high <= 1.0


def test_of_nothing_there_is_no_fraction():
    assert Proportion.of([]) == Proportion(0, 0, None, None, None)


def test_binary_score_of_counts():
    score = BinaryScore.of_counts(right=6, wrong=2, missed=4)
    assert (score.precision.fraction, score.recall.fraction) == (0.75, 0.6)
    assert score.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))
    assert BinaryScore.of_counts(0, 0, 0).f1 is None
    assert BinaryScore.of_counts(0, 0, 3).f1 == 0.0
