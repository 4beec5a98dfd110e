import numpy as np
import pytest

from hotspots.calibration.radiometer.outliers import outlying_rows
from tests.calibration.radiometer.made_rows import beam_scene

N = 3000
ET = 7e8 + 0.12 * np.arange(N)
SIGMA = 0.3


def series(seed=7):
    return beam_scene(N) + np.random.default_rng(seed).normal(0, SIGMA, N)


def test_clean_rows_over_edges_are_left_alone():
    assert not outlying_rows(ET, series(), SIGMA, limit=6.0).any()


@pytest.mark.parametrize("size", [8.0, -8.0, 500.0])
def test_only_the_spike_is_marked(size):
    values = series()
    values[[700, 1234]] += size
    assert np.flatnonzero(outlying_rows(ET, values, SIGMA, limit=6.0)).tolist() == [700, 1234]


def test_two_spikes_in_one_neighbourhood():
    values = series()
    values[[700, 702]] += [40.0, 25.0]
    assert np.flatnonzero(outlying_rows(ET, values, SIGMA, limit=6.0)).tolist() == [700, 702]


def test_missing_cells_are_no_outliers():
    values = series()
    values[500:520] = np.nan
    values[900] = np.nan
    assert not outlying_rows(ET, values, SIGMA, limit=6.0).any()


def test_low_rate_and_short_series_are_not_judged():
    values = series()
    values[700] += 500
    assert not outlying_rows(7e8 + 0.876 * np.arange(N), values, SIGMA, limit=6.0).any()
    assert not outlying_rows(ET[:5], values[:5], SIGMA, limit=6.0).any()
