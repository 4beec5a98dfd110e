"""Slow curves through noisy housekeeping: least-squares splines that strays do not bend."""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import make_interp_spline, make_lsq_spline

from hotspots.errors import CalibrationError

__all__ = ["robust_spread", "smoothed"]

_DEGREE = 3

_POINTS_PER_KNOT = 4
"""Fewer would let the curve follow the noise, however short the spacing asked for."""

_STRAY_SIGMA = 6.0
"""Points this far off one curve are left out of the next."""

_PASSES = 2

_ROUNDING = 1e-12
"""Relative: what is off by less is off by nothing."""

_NORMAL_SPREAD = 1.4826
"""Standard deviation of a normal distribution over its median absolute deviation."""


def robust_spread(values: NDArray[np.float64]) -> float:
    """Standard deviation from the median absolute deviation; NaN is passed over.

    Parameters
    ----------
    values : array (...) float64

    Returns
    -------
    float
        NaN if nothing is finite.
    """
    finite = values[np.isfinite(values)]
    if not len(finite):
        return float("nan")
    return _NORMAL_SPREAD * float(np.median(np.abs(finite - np.median(finite))))


def smoothed(
    time: NDArray[np.float64], values: NDArray[np.float64], spacing_s: float
) -> NDArray[np.float64]:
    """Cubic spline of least squares through a series, strays left out.

    Parameters
    ----------
    time : array (n,) float64
        Increasing, s.
    values : array (n,) float64
        NaN where missing.
    spacing_s : float
        Between knots where rows are dense, s; a gap has no knots inside.

    Returns
    -------
    array (n,) float64
        At all times.

    Raises
    ------
    CalibrationError
        If fewer than four values are there.
    """
    known = np.isfinite(values)
    if known.sum() <= _DEGREE:
        msg = f"{known.sum()} values cannot be smoothed; wanted {_DEGREE + 1} or more"
        raise CalibrationError(msg)
    curve = _through_medians(time, values, known, spacing_s)
    for _ in range(_PASSES):
        off = np.abs(values - curve)
        limit = _STRAY_SIGMA * robust_spread(values - curve) + _ROUNDING * np.nanmax(np.abs(values))
        curve = _spline(time, values, known & (off <= limit), spacing_s)
    return curve


def _through_medians(
    time: NDArray[np.float64],
    values: NDArray[np.float64],
    known: NDArray[np.bool_],
    spacing_s: float,
) -> NDArray[np.float64]:
    """Straight lines through medians of stretches: a first guess that no stray bends."""
    rows = np.flatnonzero(known)
    stretches = np.array_split(rows, _intervals(time[rows], spacing_s))
    x = np.array([np.median(time[stretch]) for stretch in stretches])
    y = np.array([np.median(values[stretch]) for stretch in stretches])
    if len(x) == 1:
        return np.full(len(time), y[0])
    lines = make_interp_spline(x - x[0], y, 1)
    return np.asarray(lines(time - x[0]))


def _intervals(time: NDArray[np.float64], spacing_s: float) -> int:
    wanted = math.ceil((time[-1] - time[0]) / spacing_s)
    return max(1, min(int(wanted), len(time) // _POINTS_PER_KNOT))


def _spline(
    time: NDArray[np.float64],
    values: NDArray[np.float64],
    known: NDArray[np.bool_],
    spacing_s: float,
) -> NDArray[np.float64]:
    x, y = time[known], values[known]
    span = float(x[-1] - x[0])
    # by rank, not by time: every interval then has points, whatever gaps there are
    inner = np.quantile(x, np.linspace(0, 1, _intervals(x, spacing_s) + 1)[1:-1])
    knots = np.r_[[x[0]] * (_DEGREE + 1), inner, [x[-1]] * (_DEGREE + 1)]
    # shifted to the middle: squares of seconds past J2000 would lose digits
    middle = x[0] + span / 2
    curve = make_lsq_spline(x - middle, y, knots - middle, _DEGREE)
    # a little beyond the first and last value, where a stray or a gap stands at the end
    inside = np.clip(time, x[0] - spacing_s / 4, x[-1] + spacing_s / 4)
    return np.asarray(curve(inside - middle), dtype=np.float64)
