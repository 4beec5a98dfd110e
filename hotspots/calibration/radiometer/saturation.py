"""Counts at the end of the converter: a plateau that noise alone would not make.

The archive does not say where its converters end, so the plateau itself is looked for.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["saturated_counts"]

_FEWEST = 5
"""Rows on the plateau; noise puts one or two on the highest count."""

_NOISES_BELOW = 2.0


def saturated_counts(counts: NDArray[np.float64], noise: float) -> NDArray[np.bool_]:
    """Rows on a plateau at the highest count.

    Parameters
    ----------
    counts : array (n,) float64
        NaN where missing.
    noise : float
        Standard deviation of one row, counts.

    Returns
    -------
    array (n,) bool
        All False unless at least five rows have the highest count, and more of them than
        rows within two standard deviations below it.
    """
    known = np.isfinite(counts)
    if not known.any():
        return np.zeros(len(counts), bool)
    highest = counts[known].max()
    top = known & (counts == highest)
    below = known & (counts < highest) & (counts > highest - _NOISES_BELOW * noise)
    if top.sum() < _FEWEST or top.sum() <= below.sum():
        return np.zeros(len(counts), bool)
    return np.asarray(top)
