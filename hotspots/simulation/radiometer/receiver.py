"""Eight receivers: from antenna temperature to counts, and to what the archive makes of them.

A receiver compares the antenna with an internal load, and noise diodes of known brightness
tell its gain.  The archive's temperature is ``TOFF + (AntCnt - RefCnt) TND / NDCnt``; this
relation is inferred from the names of the columns and not confirmed by a public text.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.radiometer import CHANNELS
from hotspots.simulation.ranges import Range, require_ranges

__all__ = ["RECEIVERS", "ReceiverRanges", "ReceiverRecord", "record"]

Float64 = NDArray[np.float64]

RECEIVERS = ("R1_1", "R1_2", "R2_1", "R2_2", "R3", "R4", "R5", "R6")
"""In the archive's order; the first two channels have a low (1) and a high (2) gain."""

_CHANNEL = np.array([0, 0, 1, 1, 2, 3, 4, 5])
_LOW_GAIN = np.array([True, False, True, False, False, False, False, False])
_HIGH_GAIN = np.array([False, True, False, True, False, False, False, False])

_RELATIVE_BANDWIDTH = 0.035
"""Of the frequency; 4 % says NASA LAMBDA."""
_INTEGRATION_S = 0.1

_DIODE_K = np.array([320.0, 165.0, 65.0])
"""Brightness of the three diodes, about."""


@dataclass(frozen=True)
class ReceiverRanges:
    """How good the receivers are.  No table of it is public; all is assumed.

    Parameters
    ----------
    system_k : Range
        System temperature, which sets the noise: 2 T / sqrt(bandwidth x time).
    low_gain_noise : Range
        Noise of the outputs of low gain over that of high gain.
    gain_counts_k : Range
        Counts per kelvin of low gain.
    high_gain_factor : Range
        High gain over low gain; the receivers of one output have it too.
    gain_flicker : Range
        Standard deviation of the gain's slow wandering, as a fraction.
    spin_offset_k : Range
        Standard deviation of an offset that changes from turn to turn.
    load_error_k : Range
        Standard deviation of a slow error of the load's stated brightness; the absolute
        calibration is "only accurate to +/-6 K" (NASA LAMBDA).
    diode_error : Range
        Standard deviation of the error of the diodes' stated brightness, as a fraction.
    diode_drift : Range
        By how much one of the diodes drifts in a flyby, as a fraction.
    diode_noise_k : Range
        Noise of the diodes' deflection at a calibration.
    calibration_interval_s : Range
        Between calibrations; rows between have interpolated numbers.
    saturation_k : Range
        Antenna temperature at which the outputs of high gain end.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    system_k: Range = Range(350.0, 700.0)
    low_gain_noise: Range = Range(1.0, 1.8)
    gain_counts_k: Range = Range(6.0, 10.0)
    high_gain_factor: Range = Range(3.0, 5.0)
    gain_flicker: Range = Range(1e-4, 6e-4, logarithmic=True)
    spin_offset_k: Range = Range(0.05, 0.4)
    load_error_k: Range = Range(0.5, 4.0)
    diode_error: Range = Range(0.003, 0.012)
    diode_drift: Range = Range(0.0, 0.02)
    diode_noise_k: Range = Range(0.05, 0.3)
    calibration_interval_s: Range = Range(2.0, 8.0)
    saturation_k: Range = Range(330.0, 900.0)

    def __post_init__(self) -> None:
        require_ranges(self, 1.0, 1e4, "system_k", "saturation_k")
        require_ranges(self, 0.1, 10.0, "low_gain_noise", "high_gain_factor")
        require_ranges(self, 0.1, 1e3, "gain_counts_k", "calibration_interval_s")
        require_ranges(self, 0.0, 0.2, "gain_flicker", "diode_error", "diode_drift")
        require_ranges(self, 0.0, 20.0, "spin_offset_k", "load_error_k", "diode_noise_k")


@dataclass(frozen=True)
class ReceiverRecord:
    """What the archive has of n rows of eight receivers.

    Parameters
    ----------
    antenna_counts : array (n, 8)
        Whole numbers.
    load_counts : array (n, 8)
    diode_counts, diode_k : array (n, 8, 3, 2)
        Deflection and stated brightness of three diodes, switch at antenna and load.
    load_k : array (n, 8)
        Stated brightness of the load.
    archived_k : array (n, 8)
        Antenna temperature of the archive.
    saturated : array (n, 8) bool
    noise_k : array (8,)
        True noise of one row.
    gain_error : array (8,)
        By which fraction archived temperatures differ from true ones on average.
    diode : int
        Which diode made the archived temperatures, 1..3.
    """

    antenna_counts: Float64
    load_counts: Float64
    diode_counts: Float64
    diode_k: Float64
    load_k: Float64
    archived_k: Float64
    saturated: NDArray[np.bool_]
    noise_k: Float64
    gain_error: Float64
    diode: int

    def __len__(self) -> int:
        return len(self.archived_k)


def record(
    ranges: ReceiverRanges,
    et: Float64,
    turn: NDArray[np.int64],
    antenna_k: Float64,
    rng: np.random.Generator,
) -> ReceiverRecord:
    """Let eight receivers take a series of antenna temperatures.

    Parameters
    ----------
    ranges : ReceiverRanges
    et : array (n,)
        s, increasing.
    turn : array (n,) int64
        Number of the turn of each row.
    antenna_k : array (n, 6)
        Without noise.
    rng : numpy.random.Generator

    Returns
    -------
    ReceiverRecord
    """
    count, outputs = len(et), len(RECEIVERS)
    frequency = np.array([channel.frequency_ghz for channel in CHANNELS]) * 1e9
    bandwidth = _RELATIVE_BANDWIDTH * frequency[_CHANNEL]
    noise = 2.0 * ranges.system_k.draw(rng, outputs) / np.sqrt(bandwidth * _INTEGRATION_S)
    noise = noise * np.where(_LOW_GAIN, ranges.low_gain_noise.draw(rng, outputs), 1.0)
    gain = ranges.gain_counts_k.draw(rng, outputs)
    gain = gain * np.where(_LOW_GAIN, 1.0, ranges.high_gain_factor.draw(rng, outputs))
    wander = _slow(et, 120.0, outputs, rng) * ranges.gain_flicker.draw(rng)
    gain_now = gain * (1.0 + wander)
    load = rng.uniform(290.0, 310.0, outputs) + 0.3 * _slow(et, 600.0, outputs, rng)
    zero = rng.uniform(3000.0, 8000.0, outputs)
    offset = ranges.spin_offset_k.draw(rng) * rng.normal(size=(int(turn.max()) + 1, outputs))
    seen = antenna_k[:, _CHANNEL] + offset[turn] + noise * rng.normal(size=(count, outputs))
    highest = np.where(_HIGH_GAIN, ranges.saturation_k.draw(rng, outputs), np.inf)
    saturated = seen > highest
    antenna_counts = np.round(zero + gain_now * np.minimum(seen, highest))
    interval = ranges.calibration_interval_s.draw(rng)
    load_noise = noise / np.sqrt(interval / _INTEGRATION_S / 4.0)
    load_counts = zero + gain_now * (load + load_noise * _steps(et, interval, outputs, rng))
    true_k = _DIODE_K * rng.uniform(0.95, 1.1, (outputs, 1)) * rng.uniform(0.95, 1.05, (outputs, 3))
    # The two gains of one channel share their diodes.
    true_k[_HIGH_GAIN] = true_k[_LOW_GAIN]
    shift = 1.0 + rng.uniform(0.001, 0.008)  # the load's switch position has less loss
    positions = np.array([1.0, shift])
    error = ranges.diode_error.draw(rng) * rng.normal(size=(len(CHANNELS), 3))[_CHANNEL]
    stated = true_k * (1.0 + error)
    drifting = rng.integers(3)
    drift = np.ones((count, 3))
    drift[:, drifting] += ranges.diode_drift.draw(rng) * np.linspace(-0.5, 0.5, count)
    flicker = ranges.diode_noise_k.draw(rng) * np.stack(
        [_steps(et, interval, outputs * 3, rng).reshape(count, outputs, 3) for _ in positions], -1
    )
    deflection = (true_k * drift[:, None])[..., None] * positions + flicker
    diode_counts = gain_now[:, :, None, None] * deflection
    diode_k = np.broadcast_to((stated[:, :, None] * positions)[None], diode_counts.shape)
    load_k = load + ranges.load_error_k.draw(rng) * _slow(et, 300.0, outputs, rng)
    diode = int(rng.integers(3))
    scale = diode_k[:, :, diode, 0] / diode_counts[:, :, diode, 0]
    archived = load_k + (antenna_counts - load_counts) * scale
    return ReceiverRecord(
        antenna_counts=antenna_counts,
        load_counts=load_counts,
        diode_counts=diode_counts,
        diode_k=np.ascontiguousarray(diode_k),
        load_k=load_k,
        archived_k=archived,
        saturated=saturated,
        noise_k=noise,
        gain_error=error[:, diode],
        diode=diode + 1,
    )


def _slow(et: Float64, period_s: float, size: int, rng: np.random.Generator) -> Float64:
    """Slow wanderings (n, size) of mean square 1: a few waves, the long ones the strongest."""
    time = (et - et[0])[:, None, None]
    number = np.arange(1, 9)
    phase = rng.uniform(0, 2 * np.pi, (size, 8))
    # Power as 1 / f: amplitudes as its root.
    size_of_wave = 1.0 / np.sqrt(number)
    waves = size_of_wave * np.cos(2 * np.pi * number * time / (4 * period_s) + phase)
    return np.asarray(np.sqrt(2.0 / np.sum(size_of_wave**2)) * np.sum(waves, axis=2))


def _steps(et: Float64, interval_s: float, size: int, rng: np.random.Generator) -> Float64:
    """Noise (n, size) of calibrations some seconds apart, straight lines between them."""
    knots = np.arange(et[0] - interval_s, et[-1] + 2 * interval_s, interval_s)
    values = rng.normal(size=(len(knots), size))
    place = (et - knots[0]) / interval_s
    below = np.floor(place).astype(np.int64)
    part = (place - below)[:, None]
    return np.asarray((1 - part) * values[below] + part * values[below + 1])
