"""Places of a round: on usable cells, apart from each other, everywhere in the long run."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.retrieval.limits.places import count_places, lattice_places


@given(
    seed=st.integers(0, 2**32 - 1),
    rows=st.integers(1, 90),
    columns=st.integers(1, 90),
    step=st.floats(2.0, 40.0),
)
def test_places_are_usable_and_four_fifths_of_a_step_apart(seed, rows, columns, step):
    random = np.random.default_rng(seed)
    usable = random.random((rows, columns)) < 0.7
    place = lattice_places(usable, step, random)
    column, row = place.astype(int).T
    assert usable[row, column].all()
    if len(place) > 1:
        apart = np.linalg.norm(place[:, None] - place[None], axis=-1)
        np.fill_diagonal(apart, np.inf)
        assert apart.min() >= 0.8 * step - 1e-9


def test_a_map_holds_as_many_as_expected_and_every_part_gets_its_share():
    random = np.random.default_rng(4)
    usable = np.ones((100, 120), dtype=bool)
    rounds = [lattice_places(usable, 10.0, random) for _ in range(200)]
    assert np.mean([len(places) for places in rounds]) == pytest.approx(120, rel=0.02)
    assert count_places(usable, 10.0) == 120
    column, row = np.concatenate(rounds).T
    counts, _, _ = np.histogram2d(row, column, bins=(5, 6), range=((0, 100), (0, 120)))
    assert counts.min() > 0.9 * counts.mean()
    # no corner of a cell is preferred
    within, _ = np.histogram(column % 1.0, bins=5)
    assert within.min() > 0.95 * within.mean()


def test_nothing_usable_gives_no_place():
    assert lattice_places(np.zeros((30, 30), bool), 5.0, np.random.default_rng(1)).shape == (0, 2)
