"""Rates of false alarms: by hand, with the interval of a Poisson count."""

import math

import pytest
from scipy.stats import poisson

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.retrieval.limits.false_alarms import FalseAlarms, discs_of
from tests.helpers.grids import view_grid_of


def test_no_report_leaves_a_rate_below_three_and_a_half():
    """exp(-3.69) is 2.5 %: what a two-sided interval of 95 % leaves above."""
    rate, low, high = FalseAlarms(0, 1.0).per_disc()
    assert (rate, low) == (0.0, 0.0)
    assert high == pytest.approx(-math.log(0.025))


@pytest.mark.parametrize("reports", [1, 4, 17])
def test_ends_are_rates_at_which_the_count_would_be_a_surprise(reports):
    _, low, high = FalseAlarms(reports, 2.0).per_disc()
    assert poisson.sf(reports - 1, 2.0 * low) == pytest.approx(0.025)
    assert poisson.cdf(reports, 2.0 * high) == pytest.approx(0.025)


def test_parts_add_up_and_nothing_searched_has_no_rate():
    together = FalseAlarms(1, 0.5).plus(FalseAlarms(2, 1.5))
    assert together == FalseAlarms(3, 2.0)
    assert together.per_disc()[0] == 1.5
    assert FalseAlarms(0, 0.0).per_disc() is None


def test_a_disc_is_that_of_io():
    grid = view_grid_of((10, 10), cell_km=100.0)
    cells = round(math.pi * IO_MEAN_RADIUS_KM**2 / 100.0**2)
    assert discs_of(cells, grid) == pytest.approx(1.0, abs=1e-3)
