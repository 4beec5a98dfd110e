"""What is wrong with a sample: flags from counts, packets and the detector's own faults."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter

from hotspots.config import InstrumentSettings
from hotspots.swath import Flag

__all__ = ["flag_counts", "hot_pixels", "measured_noise"]

Float32 = NDArray[np.float32]


def flag_counts(
    counts: Float32, missing: NDArray[np.bool_], instrument: InstrumentSettings
) -> NDArray[np.uint8]:
    """Flags that a single frame shows by itself.

    Parameters
    ----------
    counts : array (lines, samples) float32
        DN above the dark.
    missing : array (lines, samples) bool
        Samples of lost telemetry packets.
    instrument : InstrumentSettings
        Plateau (``saturation_dn``) and end of the linear range (``linear_dn``), DN.

    Returns
    -------
    array (lines, samples) uint8
        SATURATED from 5 % below the plateau on (the margin of Davies et al. 2024,
        doi:10.3847/PSJ/ad4346), NONLINEAR above the linear range, MISSING.
    """
    flags = np.zeros(counts.shape, dtype=np.uint8)
    saturated = counts >= 0.95 * instrument.saturation_dn
    flags[saturated] |= np.uint8(Flag.SATURATED)
    flags[(counts >= instrument.linear_dn) & ~saturated] |= np.uint8(Flag.NONLINEAR)
    flags[missing] = Flag.MISSING
    return flags


def measured_noise(values: Float32, usable: NDArray[np.bool_]) -> float:
    """Noise of a frame's dark samples from what neighbours in a column disagree by.

    Parameters
    ----------
    values : array (lines, samples) float32
        Any unit.
    usable : array (lines, samples) bool
        Samples to look at.

    Returns
    -------
    float
        Robust standard deviation in the unit of ``values``: median absolute second
        difference along lines, times 1.4826 / sqrt(6).  Column patterns, the disc and
        the few samples on sources all drop out.  NaN where nothing is usable.
    """
    difference = values[2:] - 2 * values[1:-1] + values[:-2]
    good = usable[2:] & usable[1:-1] & usable[:-2]
    if not good.any():
        return float("nan")
    return float(1.4826 / np.sqrt(6.0) * np.median(np.abs(difference[good])))


def hot_pixels(
    values: Float32, sigma: Float32, flags: NDArray[np.uint8], threshold: float
) -> NDArray[np.bool_]:
    """Detector elements that stand out of their surroundings in most frames of a visit.

    Parameters
    ----------
    values, sigma : arrays (n, lines, samples) float32
        Radiance and its standard deviation, one unit.
    flags : array (n, lines, samples) uint8
        Bits of `Flag`.
    threshold : float
        Deviation, in standard deviations, that makes a sample stand out.

    Returns
    -------
    array (lines, samples) bool
        Elements that stand out (above or below the median of their 5 x 5 neighbours) in
        at least three frames and 70 % of those that have them.  A source moves over the
        detector between frames and cannot do that.
    """
    if len(values) < 3:
        return np.zeros(values.shape[1:], dtype=bool)
    usable = (flags & Flag.unusable()) == 0
    stands_out = np.zeros(values.shape, dtype=bool)
    for i, frame in enumerate(values):
        candidates = usable[i] & (np.abs(frame - np.median(frame)) > threshold * sigma[i])
        stands_out[i] = candidates & _above_neighbours(frame, sigma[i], threshold)
    seen = usable.sum(axis=0)
    count = stands_out.sum(axis=0)
    return np.asarray((count >= 3) & (count >= 0.7 * seen))


def _above_neighbours(frame: Float32, sigma: Float32, threshold: float) -> NDArray[np.bool_]:
    surroundings = median_filter(frame, size=5, mode="nearest")
    return np.asarray(np.abs(frame - surroundings) > threshold * sigma)
