"""Gain of each receiver over time, from three noise diodes that need not agree.

A diode's brightness is known to about a per cent, it may drift, and the weakest of the
three is noisy.  Nothing in the archive says which is right.  So the *shape* of the gain
over time is that of the diodes that stray least from what the majority says - the load's
counts have a vote, for they follow the gain too - and its *level* is the mean of the
diodes, those that drift counting less.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.radiometer.columns import DIODES, RECEIVERS
from hotspots.archive.radiometer.rows import RadiometerRows
from hotspots.calibration.radiometer.smoothing import robust_spread, smoothed

__all__ = ["ReceiverGain", "receiver_gain"]

Float64 = NDArray[np.float64]

DIODE_SCALE_SIGMA = 0.01
"""Relative standard error of a diode's brightness: the receivers' stated accuracy is about
2 %, the scatter of the three diodes of a receiver about 1 %."""

_FEWEST_ROWS = 8
"""A diode with fewer rows says nothing about a curve."""

_SHAPE_FLOOR = 1e-4
"""No diode is trusted to follow the gain better than this, relative."""


@dataclass(frozen=True, kw_only=True)
class ReceiverGain:
    """Gain of one receiver.

    Parameters
    ----------
    receiver : str
    counts_per_k : array (n,) float64
        NaN throughout if no diode was read.
    scale_sigma : float
        Relative standard error of all gains together.
    diode_level : array (3,) float64
        Logarithm of each diode's mean gain over the adopted one; NaN if not read.
    diode_stray : array (3,) float64
        Relative rms with which each strays from the majority over time.
    diode_noise : array (3,) float64
        Relative noise of one row.
    """

    receiver: str
    counts_per_k: Float64
    scale_sigma: float
    diode_level: Float64
    diode_stray: Float64
    diode_noise: Float64


def receiver_gain(rows: RadiometerRows, receiver: int, spacing_s: float) -> ReceiverGain:
    """Gain of one receiver at every row.

    Parameters
    ----------
    rows : RadiometerRows
    receiver : int
        Index into ``RECEIVERS``.
    spacing_s : float
        Between knots of the curves through the readings, s.

    Returns
    -------
    ReceiverGain
    """
    n, diodes = len(rows), len(DIODES)
    curves = np.full((diodes, n), np.nan)
    noise = np.full(diodes, np.nan)
    for j in range(diodes):
        reading = _log_gain(rows, receiver, j)
        if np.isfinite(reading).sum() >= _FEWEST_ROWS:
            curves[j] = smoothed(rows.et, reading, spacing_s)
            noise[j] = robust_spread(reading - curves[j])
    read = np.isfinite(curves[:, 0]) if n else np.zeros(diodes, bool)
    if not read.any():
        nothing = np.full(diodes, np.nan)
        return ReceiverGain(
            receiver=RECEIVERS[receiver],
            counts_per_k=np.full(n, np.nan),
            scale_sigma=float("nan"),
            diode_level=nothing,
            diode_stray=nothing,
            diode_noise=noise,
        )
    levels = np.mean(curves, axis=1)
    shapes = curves - levels[:, None]
    majority = np.median([*shapes[read], *_load_shape(rows, receiver, spacing_s)], axis=0)
    stray = np.sqrt(np.mean((shapes - majority) ** 2, axis=1))
    shape = np.average(shapes[read], axis=0, weights=1 / (stray[read] ** 2 + _SHAPE_FLOOR**2))
    # a diode that drifts steadily is off by up to sqrt(3) of its rms at the ends
    level_weight = 1 / (DIODE_SCALE_SIGMA**2 + 3 * stray[read] ** 2)
    level = float(np.average(levels[read], weights=level_weight))
    return ReceiverGain(
        receiver=RECEIVERS[receiver],
        counts_per_k=np.exp(level + shape),
        scale_sigma=float(np.sqrt(1 / level_weight.sum())),
        diode_level=levels - level,
        diode_stray=stray,
        diode_noise=noise,
    )


def _log_gain(rows: RadiometerRows, receiver: int, diode: int) -> Float64:
    """Logarithm of counts per K of one diode (n,), mean of the switch's two positions."""
    count, kelvin = rows.diode_count[:, receiver, diode], rows.diode_k[:, receiver, diode]
    with np.errstate(divide="ignore", invalid="ignore"):
        gain = count / kelvin
        logarithm = np.log(np.where(gain > 0, gain, np.nan))
    known = np.isfinite(logarithm)
    total = np.where(known, logarithm, 0.0).sum(axis=1)
    with np.errstate(invalid="ignore"):
        return np.asarray(total / known.sum(axis=1))


def _load_shape(rows: RadiometerRows, receiver: int, spacing_s: float) -> list[Float64]:
    """Logarithm of the load's counts about its mean: the gain, as far as the load is steady."""
    with np.errstate(divide="ignore", invalid="ignore"):
        count = rows.load_count[:, receiver]
        logarithm = np.log(np.where(count > 0, count, np.nan))
    if np.isfinite(logarithm).sum() < _FEWEST_ROWS:
        return []
    curve = smoothed(rows.et, logarithm, spacing_s)
    return [curve - curve.mean()]
