"""What raw counts stand on: level, odd and even columns, rows and a fixed pattern."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from hotspots.simulation.fault_ranges import BiasRanges

__all__ = ["Bias", "draw_bias"]

Float64 = NDArray[np.float64]

EXPOSURE_S = (0.001, 0.002, 0.003)
LEVEL_DN = (1359.0, 1387.0, 1616.0)
ODD_EVEN_DN = (342.0, 342.0, 295.0)
PATTERN_SCALE = (1.0, 0.96, 0.84)
"""Medians of public darks at three exposures, and how the pattern scales between them;
other exposures take the nearest."""

ROW_SCALE_LINES = 12.0
"""Lines over which the structure along lines is smooth; assumed."""


@dataclass(frozen=True)
class Bias:
    """Counts of one half of the detector without light.

    Parameters
    ----------
    level, odd_even : float
        Level, and odd less even columns, over the measured ones.
    columns_dn : array (samples,) float64
        Columns of one parity about their level, DN.
    rows_dn : array (lines,) float64
        Structure along lines, DN.
    pattern_dn : array (lines, samples) float64
        Fixed pattern at 1 ms, DN.
    """

    level: float
    odd_even: float
    columns_dn: Float64
    rows_dn: Float64
    pattern_dn: Float64

    def counts(self, exposure_s: float) -> Float64:
        """Counts at an exposure time, s, (lines, samples); odd samples are the brighter."""
        odd = np.arange(len(self.columns_dn)) % 2 - 0.5
        return np.asarray(
            self.level * np.interp(exposure_s, EXPOSURE_S, LEVEL_DN)
            + self.odd_even * np.interp(exposure_s, EXPOSURE_S, ODD_EVEN_DN) * odd
            + self.columns_dn
            + self.rows_dn[:, None]
            + np.interp(exposure_s, EXPOSURE_S, PATTERN_SCALE) * self.pattern_dn
        )


def draw_bias(ranges: BiasRanges, rng: np.random.Generator, shape: tuple[int, int]) -> Bias:
    """Draw the bias of one half of the detector.

    Parameters
    ----------
    ranges : BiasRanges
    rng : numpy.random.Generator
    shape : tuple of int
        Lines and samples.

    Returns
    -------
    Bias
    """
    lines, samples = shape
    rows = gaussian_filter1d(rng.standard_normal(lines), ROW_SCALE_LINES, mode="nearest")
    return Bias(
        level=ranges.level.draw(rng),
        odd_even=ranges.odd_even.draw(rng),
        columns_dn=ranges.column_dn.draw(rng) * rng.standard_normal(samples),
        rows_dn=ranges.row_dn.draw(rng) * rows / np.abs(rows).max(),
        pattern_dn=ranges.pattern_dn.draw(rng) * rng.standard_normal(shape),
    )
