"""Raw counts without light: the medians and spreads of the public darks."""

import numpy as np
import pytest

from hotspots.simulation.bias import draw_bias
from hotspots.simulation.camera_ranges import BiasRanges
from hotspots.simulation.ranges import Range

SHAPE = (128, 432)
MEASURED = BiasRanges(
    level=Range.fixed(1.0),
    odd_even=Range.fixed(1.0),
    column_dn=Range.fixed(60.0),
    row_dn=Range.fixed(50.0),
    pattern_dn=Range.fixed(70.0),
)


@pytest.mark.parametrize(
    ("exposure_s", "level", "odd_even", "pattern"),
    [(0.001, 1359, 342, 70), (0.002, 1387, 342, 67.2), (0.003, 1616, 295, 58.8)],
)
def test_darks_are_those_that_were_measured(exposure_s, level, odd_even, pattern):
    darks = np.stack(
        [draw_bias(MEASURED, np.random.default_rng(i), SHAPE).counts(exposure_s) for i in range(9)]
    )
    assert np.median(darks) == pytest.approx(level, abs=15)
    difference = np.median(darks[:, :, 1::2]) - np.median(darks[:, :, ::2])
    assert difference == pytest.approx(odd_even, abs=25)
    inner = darks - np.median(darks, axis=1, keepdims=True)
    inner = inner - np.median(inner, axis=2, keepdims=True)
    assert inner.std() == pytest.approx(pattern, rel=0.03)
    rows = np.median(darks - darks.mean(axis=1, keepdims=True), axis=2)
    assert np.abs(rows).max() < 50 + 50


def test_the_pattern_stays_between_exposures():
    bias = draw_bias(MEASURED, np.random.default_rng(4), SHAPE)
    one, three = bias.counts(0.001), bias.counts(0.003)
    assert np.corrcoef(one.ravel(), three.ravel())[0, 1] > 0.98
    np.testing.assert_array_equal(bias.counts(0.1), three)


def test_rows_are_smooth_and_within_their_amplitude():
    rows = draw_bias(MEASURED, np.random.default_rng(4), SHAPE).rows_dn
    assert np.abs(rows).max() == pytest.approx(50.0)
    assert np.abs(np.diff(rows)).max() < 15.0
