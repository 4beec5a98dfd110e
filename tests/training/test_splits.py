"""Samples are dealt by visit, and every visit judges once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.errors import SampleError
from hotspots.training.splits import split_by_visit


@given(st.lists(st.integers(0, 30), min_size=1, max_size=80), st.integers(2, 5), st.integers(0, 3))
def test_every_visit_judges_once_and_never_what_it_teaches(visits, folds, seed):
    names = [f"PJ{visit}" for visit in visits]
    if len(set(names)) < folds:
        with pytest.raises(SampleError, match="cannot be split"):
            split_by_visit(names, folds, 0, seed)
        return
    judged = []
    for fold in range(folds):
        training, validation = split_by_visit(names, folds, fold, seed)
        assert training
        assert validation
        assert not {names[i] for i in training} & {names[i] for i in validation}
        assert sorted(training + validation) == list(range(len(names)))
        judged += validation
    assert sorted(judged) == list(range(len(names)))


def test_no_fold_keeps_nothing_out():
    assert split_by_visit(["a", "b"], 5, None, 0) == ([0, 1], [0, 1])
