"""From rows of counts to a `RadiometerSwath`, and what was found on the way."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.radiometer.columns import CHANNEL_OF_RECEIVER, RECEIVERS
from hotspots.archive.radiometer.rows import RadiometerRows
from hotspots.calibration.radiometer.gain import ReceiverGain, receiver_gain
from hotspots.calibration.radiometer.relation import RelationFit, archived_relations
from hotspots.calibration.radiometer.series import (
    channel_series,
    receiver_series,
    without_outliers,
)
from hotspots.errors import CalibrationError
from hotspots.radiometer import CHANNELS, RadiometerSwath

__all__ = ["RadiometerCalibration", "calibrate_rows"]

Float64 = NDArray[np.float64]


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
    receivers = [receiver_series(rows, r, gain, spacing_s) for r, gain in enumerate(gains)]
    if not any(np.isfinite(one.antenna_k).any() for one in receivers):
        msg = f"{visit}: no receiver of the radiometer has counts, load and noise diodes"
        raise CalibrationError(msg)
    channels = [
        channel_series(
            [one for one, c in zip(receivers, CHANNEL_OF_RECEIVER, strict=True) if c == k]
        )
        for k in range(len(CHANNELS))
    ]
    cleaned = [without_outliers(rows.et, channel, outlier_sigma) for channel in channels]
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
