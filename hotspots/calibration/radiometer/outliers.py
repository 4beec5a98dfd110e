"""Rows that no beam can have seen: far from the curve through their neighbours.

The beam moves a seventh of its width between rows, so four rows on either side predict the
one between them to a few tenths of a kelvin, edge of Io or not.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["SLOWEST_ROWS_S", "outlying_rows"]

_HALF_WIDTH = 4
_DEGREE = 4
_PASSES = 5

SLOWEST_ROWS_S = 0.25
"""With rows further apart (low rate) the beam moves too far for neighbours to predict it."""


def outlying_rows(
    et: NDArray[np.float64],
    antenna_k: NDArray[np.float64],
    sigma_k: float,
    *,
    limit: float,
) -> NDArray[np.bool_]:
    """Mark single rows that stand off.

    Parameters
    ----------
    et : array (n,) float64
        Times, s.
    antenna_k : array (n,) float64
        One channel, K; NaN where missing.
    sigma_k : float
        Noise of a row, K.
    limit : float
        Standard deviations of (row less prediction).

    Returns
    -------
    array (n,) bool
        The worst of each neighbourhood, repeated without it until none stands off.
    """
    found = np.zeros(len(et), bool)
    if len(et) < 2 * _HALF_WIDTH + 1 or np.median(np.diff(et)) > SLOWEST_ROWS_S:
        return found
    weights = _prediction_weights()
    spread = sigma_k * float(np.sqrt(1.0 + np.sum(weights**2)))
    for _ in range(_PASSES):
        known = np.isfinite(antenna_k) & ~found
        if known.sum() < 2 * _HALF_WIDTH + 1:
            break
        filled = np.interp(et, et[known], antenna_k[known])
        off = np.zeros(len(et))
        inner = slice(_HALF_WIDTH, len(et) - _HALF_WIDTH)
        off[inner] = np.abs(filled[inner] - np.convolve(filled, weights, mode="valid"))
        off[~known] = 0.0
        # rows at a gap are predicted from filled values: not to be judged
        near_gap = np.convolve(~known, np.ones(2 * _HALF_WIDTH + 1), mode="same") > 0.5
        off[near_gap & ~_beside(found)] = 0.0
        worst = _highest_nearby(off)
        more = (off > limit * spread) & (off >= worst)
        if not more.any():
            break
        found |= more
    return found


def _prediction_weights() -> NDArray[np.float64]:
    """Weights of neighbours (2 h + 1,) that predict the middle row, its own weight 0."""
    place = np.arange(-_HALF_WIDTH, _HALF_WIDTH + 1)
    others = place != 0
    powers = np.vander(place[others], _DEGREE + 1, increasing=True)
    weights = np.zeros(len(place))
    weights[others] = np.linalg.pinv(powers)[0]
    return weights


def _beside(found: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.convolve(found, np.ones(2 * _HALF_WIDTH + 1), mode="same") > 0.5


def _highest_nearby(off: NDArray[np.float64]) -> NDArray[np.float64]:
    padded = np.pad(off, _HALF_WIDTH)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * _HALF_WIDTH + 1)
    return np.asarray(windows.max(axis=-1))
