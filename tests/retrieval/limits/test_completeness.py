"""Limits by hand, with one and two groups of frames, and where the place is not known."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotspots.errors import RetrievalError
from hotspots.gridding.locate import surface_at
from hotspots.retrieval.limits.completeness import (
    GroupCompleteness,
    found_share,
    limit_here,
    limit_power,
    log_middles_at,
)
from tests.helpers.grids import view_grid_of


def group(middle=0.0, *, width=0.2, loss=0.0, shape=(20, 30), alone=None):
    plane = np.full(shape, middle)
    return GroupCompleteness(
        grid=view_grid_of(shape),
        log_middle=plane,
        log_middle_alone=plane if alone is None else np.full(shape, alone),
        width=width,
        loss=loss,
        cos_emission=np.full(shape, 0.8),
        km_per_px=np.full(shape, 20.0),
        frames=np.full(shape, 3.0),
    )


def test_limits_of_one_group_are_those_of_its_curve():
    """Half are found in the middle; nine tenths a width times ln 9 further up."""
    one = group(math.log(0.05), width=0.2)
    middles = np.array([[math.log(0.05)]])
    assert limit_here((one,), middles, 0.5) == pytest.approx([0.05])
    assert limit_here((one,), middles, 0.9) == pytest.approx([0.05 * 9**0.2])


def test_two_groups_that_see_alike_are_better_than_one():
    """Each misses sqrt(1/2) of the sources that half are found of."""
    groups = (group(), group())
    offset = 0.2 * math.log((1 - 0.5**0.5) / 0.5**0.5)
    assert limit_here(groups, np.zeros((2, 1)), 0.5) == pytest.approx([math.exp(offset)], rel=1e-5)


def test_a_group_that_does_not_see_the_place_changes_nothing():
    groups = (group(), group(width=0.5))
    middles = np.array([[0.3], [np.inf]])
    assert limit_here(groups, middles, 0.5) == pytest.approx([math.exp(0.3)])


def test_what_is_lost_however_bright_has_no_limit():
    lossy = group(loss=0.15)
    assert np.isnan(limit_here((lossy,), np.zeros((1, 1)), 0.9)).all()
    assert np.isfinite(limit_here((lossy,), np.zeros((1, 1)), 0.5)).all()
    # two such groups miss 2 % of all
    assert np.isfinite(limit_here((lossy, lossy), np.zeros((2, 1)), 0.9)).all()
    assert np.isnan(limit_power((lossy,), np.full((1, 1, 4), np.inf), 0.5)).all()


def test_a_place_half_out_of_view_cannot_reach_nine_tenths():
    places = np.array([[[0.0, 0.0, np.inf, np.inf]]])
    one = group(width=0.1)
    assert np.isnan(limit_power((one,), places, 0.9)).all()
    third = 0.1 * math.log(0.8 / 0.2)  # two fifths of all are four fifths of those in view
    assert limit_power((one,), places, 0.4) == pytest.approx([math.exp(third)], rel=1e-5)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.floats(-8, 3), min_size=1, max_size=4),
    st.floats(0.05, 0.6),
    st.floats(0.05, 0.9),
)
def test_the_limit_is_where_the_completeness_is_the_level(middles, width, level):
    groups = tuple(group(middle, width=width) for middle in middles)
    here = np.array(middles)[:, None]
    power = limit_here(groups, here, level)
    assert found_share(groups, here, np.log(power)) == pytest.approx([level], abs=1e-4)


def test_planes_are_read_at_places_on_the_body():
    one = group(1.0, alone=0.5)
    one.log_middle[4, 7] = 2.0
    inside = surface_at(one.grid, np.array([7.5, 8.5]), np.array([4.5, 4.5]))
    assert log_middles_at((one,), inside).tolist() == [[2.0, 1.0]]
    assert log_middles_at((one,), inside, alone=True).tolist() == [[0.5, 0.5]]
    assert log_middles_at((one,), -inside).tolist() == [[np.inf, np.inf]]
    assert log_middles_at((one,), np.full((1, 3), np.nan)).tolist() == [[np.inf]]


def test_planes_must_fit_the_grid():
    with pytest.raises(RetrievalError, match="frames has shape"):
        GroupCompleteness(
            view_grid_of((20, 30)),
            *[np.zeros((20, 30))] * 2,
            0.1,
            0.0,
            *[np.zeros((20, 30))] * 2,
            np.zeros((3, 3)),
        )
