"""From rows of counts to a `RadiometerSwath`, and what was found on the way."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.radiometer.columns import CHANNEL_OF_RECEIVER, RECEIVERS
from hotspots.archive.radiometer.rows import RadiometerRows
from hotspots.calibration.radiometer.gain import ReceiverGain, receiver_gain
from hotspots.calibration.radiometer.merging import merge_gains
from hotspots.calibration.radiometer.noise import row_noise
from hotspots.calibration.radiometer.outliers import outlying_rows
from hotspots.calibration.radiometer.relation import (
    RelationFit,
    antenna_temperature,
    archived_relations,
)
from hotspots.calibration.radiometer.saturation import saturated_counts
from hotspots.calibration.radiometer.smoothing import smoothed
from hotspots.errors import CalibrationError
from hotspots.radiometer import CHANNELS, RadiometerSwath, RowFlag

__all__ = ["RadiometerCalibration", "calibrate_rows"]

Float64 = NDArray[np.float64]

_FEWEST_ROWS = 8
"""Rows with load and temperature below which a receiver is not calibrated."""


@dataclass(frozen=True, kw_only=True)
class RadiometerCalibration:
    """What calibration found.

    Parameters
    ----------
    relations : tuple of RelationFit
        Every relation tried on the archived antenna temperature.
    gains : tuple of ReceiverGain, length 8
    receiver_noise_k : array (8,) float64
        Noise of one row by receiver, K.
    scale_sigma : array (6,) float64
        Relative standard error of each channel's scale.
    low_gain_weight : array (6,) float64
        Share of the low gain; 0 where a channel has one receiver.
    """

    relations: tuple[RelationFit, ...]
    gains: tuple[ReceiverGain, ...]
    receiver_noise_k: Float64
    scale_sigma: Float64
    low_gain_weight: Float64


def calibrate_rows(
    visit: str, rows: RadiometerRows, *, spacing_s: float, outlier_sigma: float
) -> tuple[RadiometerSwath, RadiometerCalibration]:
    """Recompute antenna temperatures from counts.

    Parameters
    ----------
    visit : str
    rows : RadiometerRows
    spacing_s : float
        Between knots of the curves through gain and load, s: half a turn is what the zero
        of a turn does not already take off.
    outlier_sigma : float
        A row this many standard deviations off its neighbours is an outlier.

    Returns
    -------
    swath : RadiometerSwath
        One turn, and the zero as the load's column has it: both want the beams first.
    calibration : RadiometerCalibration

    Raises
    ------
    CalibrationError
        If no receiver has counts, load and noise diodes.
    """
    gains = tuple(receiver_gain(rows, r, spacing_s) for r in range(len(RECEIVERS)))
    receivers = [_receiver(rows, r, gain, spacing_s) for r, gain in enumerate(gains)]
    if not any(np.isfinite(one.antenna_k).any() for one in receivers):
        msg = f"{visit}: no receiver of the radiometer has counts, load and noise diodes"
        raise CalibrationError(msg)
    channels = [
        _channel([one for one, c in zip(receivers, CHANNEL_OF_RECEIVER, strict=True) if c == k])
        for k in range(len(CHANNELS))
    ]
    cleaned = [_without_outliers(rows.et, channel, outlier_sigma) for channel in channels]
    swath = RadiometerSwath(
        visit=visit,
        et=rows.et,
        antenna_k=np.column_stack([channel.antenna_k for channel in cleaned]),
        sigma_k=np.column_stack([channel.sigma_k for channel in cleaned]),
        flags=np.column_stack([channel.flags for channel in cleaned]),
        spin=np.zeros(len(rows), np.int32),
        boresight=rows.boresight,
        juno_from_jupiter_km=rows.juno_from_jupiter_km,
        jupiter_angle_deg=rows.jupiter_angle_deg,
        jupiter_intercept_deg=rows.jupiter_intercept_deg,
    )
    return swath, RadiometerCalibration(
        relations=archived_relations(rows),
        gains=gains,
        receiver_noise_k=np.array([one.noise_k for one in receivers]),
        scale_sigma=np.array([channel.scale_sigma for channel in channels]),
        low_gain_weight=np.array([channel.low_gain_weight for channel in channels]),
    )


@dataclass(frozen=True, kw_only=True)
class _Series:
    """One receiver or channel over the rows: temperatures, noise, flags, its scale's error."""

    antenna_k: Float64
    sigma_k: Float64
    flags: NDArray[np.uint16]
    scale_sigma: float
    low_gain_weight: float = 0.0

    @property
    def noise_k(self) -> float:
        known = np.isfinite(self.sigma_k)
        return float(np.median(self.sigma_k[known])) if known.any() else float("nan")


def _receiver(rows: RadiometerRows, r: int, gain: ReceiverGain, spacing_s: float) -> _Series:
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
    return _Series(
        antenna_k=antenna,
        sigma_k=np.where(np.isfinite(antenna), noise, np.nan),
        flags=flags,
        scale_sigma=gain.scale_sigma,
    )


def _channel(receivers: list[_Series]) -> _Series:
    """One temperature of the receivers of a channel, low gain first."""
    series = receivers[-1]
    if len(receivers) == 2:
        low, high = receivers
        merged = merge_gains(low.antenna_k, high.antenna_k)
        series = _Series(
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


def _without_outliers(et: Float64, channel: _Series, limit: float) -> _Series:
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
