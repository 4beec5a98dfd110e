import pytest

from hotspots.evaluation.statistics import Tally, quantile, ratio


def test_nothing_to_count_is_none_and_not_zero():
    assert ratio(0, 0) is None
    assert quantile([], 0.5) is None
    assert Tally.of([]) == Tally(0, 0, None)


def test_by_hand():
    assert ratio(1, 4) == 0.25
    assert Tally.of([True, False, True]) == Tally(2, 3, pytest.approx(2 / 3))
    assert quantile([4.0, 1.0, 2.0], 0.5) == 2.0
    assert quantile([0.0, 10.0], 0.9) == pytest.approx(9.0)
