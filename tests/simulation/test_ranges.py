"""Ranges: what they refuse, and that what they draw lies inside and is spread as they say."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.errors import ConfigurationError
from hotspots.simulation.ranges import Range, require_ranges

POSITIVE = st.floats(1e-6, 1e6)


@pytest.mark.parametrize(
    ("low", "high", "logarithmic"),
    [(2, 1, False), (0, 1, True), (-1, 1, True), (float("nan"), 1, False), (0, np.inf, False)],
)
def test_impossible_ranges_are_refused(low, high, logarithmic):
    with pytest.raises(ConfigurationError, match="wanted"):
        Range(low, high, logarithmic=logarithmic)


@given(POSITIVE, POSITIVE, st.booleans(), st.integers(0, 2**32))
def test_what_is_drawn_lies_inside(one, other, logarithmic, seed):
    drawn = Range(min(one, other), max(one, other), logarithmic=logarithmic)
    rng = np.random.default_rng(seed)
    numbers = np.append(drawn.draw(rng, 20), drawn.draw(rng))
    assert (numbers >= drawn.low).all()
    assert (numbers <= drawn.high).all()


def test_half_way_is_the_mean_or_the_geometric_mean():
    assert Range(1, 100).at(0.5) == 50.5
    assert Range(1, 100, logarithmic=True).at(0.5) == pytest.approx(10)
    np.testing.assert_allclose(
        Range(1, 100, logarithmic=True).at(np.array([0, 0.25, 1])), [1, 10**0.5, 100]
    )


def test_one_number_or_an_array():
    rng = np.random.default_rng(0)
    assert isinstance(Range(0, 1).draw(rng), float)
    assert Range(0, 1).draw(rng, 3).shape == (3,)
    assert Range(0, 1, logarithmic=False).draw(rng, (2, 3)).shape == (2, 3)


def test_fixed_and_scaled():
    assert Range.fixed(3).draw(np.random.default_rng(0)) == 3
    assert Range(1, 4, logarithmic=True).scaled(2) == Range(2, 8, logarithmic=True)


def test_settings_name_the_range_that_is_outside():
    @dataclass(frozen=True)
    class Settings:
        share: Range

    require_ranges(Settings(Range(0, 1)), 0, 1, "share")
    with pytest.raises(ConfigurationError, match=r"share=0..1.5: wanted a range within 0..1"):
        require_ranges(Settings(Range(0, 1.5)), 0, 1, "share")
