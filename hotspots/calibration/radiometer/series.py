"""One receiver's or channel's temperatures over the rows, with noise and flags.

Counts become temperatures by receiver; the receivers of a channel become one; single rows
that no beam can have seen are taken out.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.radiometer.rows import RadiometerRows
from hotspots.calibration.radiometer.gain import ReceiverGain
from hotspots.calibration.radiometer.merging import merge_gains
from hotspots.calibration.radiometer.noise import row_noise
from hotspots.calibration.radiometer.outliers import outlying_rows
from hotspots.calibration.radiometer.relation import antenna_temperature
from hotspots.calibration.radiometer.saturation import saturated_counts
from hotspots.calibration.radiometer.smoothing import smoothed
from hotspots.radiometer import RowFlag

__all__ = ["Series", "channel_series", "receiver_series", "without_outliers"]

Float64 = NDArray[np.float64]

_FEWEST_ROWS = 8
"""Rows with load and temperature below which a receiver is not calibrated."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """Temperatures of one receiver or channel.

    Parameters
    ----------
    antenna_k, sigma_k : array (n,) float64
        Temperature and noise of each row, K; NaN where there is none.
    flags : array (n,) uint16
        Bits of `RowFlag`.
    scale_sigma : float
        Relative standard error of the gain.
    low_gain_weight : float
        Share of the low gain in a channel of two.
    """

    antenna_k: Float64
    sigma_k: Float64
    flags: NDArray[np.uint16]
    scale_sigma: float
    low_gain_weight: float = 0.0

    @property
    def noise_k(self) -> float:
        """Noise of a typical row, K; NaN if there is none."""
        known = np.isfinite(self.sigma_k)
        return float(np.median(self.sigma_k[known])) if known.any() else float("nan")


def receiver_series(rows: RadiometerRows, r: int, gain: ReceiverGain, spacing_s: float) -> Series:
    """Temperatures of one receiver.

    Parameters
    ----------
    rows : RadiometerRows
    r : int
        Index of the receiver.
    gain : ReceiverGain
        Its own.
    spacing_s : float
        Between knots of the curves through the load's counts and brightness, s.

    Returns
    -------
    Series
        Without temperatures if load or gain are unknown.
    """
    counts, flags = rows.antenna_count[:, r], rows.flags[:, r].copy()
    antenna = np.full(len(rows), np.nan)
    load, load_k = rows.load_count[:, r], rows.load_k[:, r]
    enough = min(np.isfinite(load).sum(), np.isfinite(load_k).sum()) >= _FEWEST_ROWS
    if enough and np.isfinite(gain.counts_per_k).all():
        full = saturated_counts(counts, float(row_noise(counts[:, None])[0]))
        flags[full] |= np.uint16(RowFlag.SATURATED)
        antenna = antenna_temperature(
            counts,
            smoothed(rows.et, load, spacing_s),
            smoothed(rows.et, load_k, spacing_s),
            gain.counts_per_k,
        )
    antenna[_unusable(flags)] = np.nan
    noise = float(row_noise(antenna[:, None])[0])
    return Series(
        antenna_k=antenna,
        sigma_k=np.where(np.isfinite(antenna), noise, np.nan),
        flags=flags,
        scale_sigma=gain.scale_sigma,
    )


def channel_series(receivers: list[Series]) -> Series:
    """One temperature of the receivers of a channel.

    Parameters
    ----------
    receivers : list of Series
        One, or low and high gain.

    Returns
    -------
    Series
        Cells without a temperature have an unusable flag, and only those.
    """
    series = receivers[-1]
    if len(receivers) == 2:
        low, high = receivers
        merged = merge_gains(low.antenna_k, high.antenna_k)
        series = Series(
            antenna_k=merged.antenna_k,
            sigma_k=merged.sigma_k,
            flags=low.flags | high.flags,
            # one set of diodes serves both gains
            scale_sigma=float(np.fmin(low.scale_sigma, high.scale_sigma)),
            low_gain_weight=float(merged.weights[0]),
        )
    known = np.isfinite(series.antenna_k) & (series.sigma_k > 0)
    flags = series.flags.copy()
    # a fault of one gain is none of the channel if the other gain has a number
    flags[known] &= np.uint16(~RowFlag.unusable() & 0xFFFF)
    flags[~known & ~_unusable(flags)] |= np.uint16(RowFlag.BAD_CALIBRATION)
    return replace(
        series,
        antenna_k=np.where(known, series.antenna_k, np.nan),
        sigma_k=np.where(known, series.sigma_k, np.nan),
        flags=flags,
    )


def without_outliers(et: Float64, channel: Series, limit: float) -> Series:
    """Flag and empty single rows that stand off their neighbours.

    Parameters
    ----------
    et : array (n,) float64
    channel : Series
    limit : float
        Standard deviations.

    Returns
    -------
    Series
    """
    odd = outlying_rows(et, channel.antenna_k, channel.noise_k, limit=limit)
    flags = channel.flags.copy()
    flags[odd] |= np.uint16(RowFlag.OUTLIER)
    return replace(
        channel,
        antenna_k=np.where(odd, np.nan, channel.antenna_k),
        sigma_k=np.where(odd, np.nan, channel.sigma_k),
        flags=flags,
    )


def _unusable(flags: NDArray[np.uint16]) -> NDArray[np.bool_]:
    return np.asarray((flags & np.uint16(RowFlag.unusable())) != 0)
