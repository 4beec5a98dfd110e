"""The dark of raw frames, built from the dark-sky frames of the same visit.

Raw counts sit on a bias of about 1,400 DN with odd-even columns 342 DN apart and a
fixed pattern of 70 DN, all of it steady.  Two frames of empty sky therefore agree to
the read noise everywhere; a frame with Io, Jupiter or lost packets agrees with no
other.  So the dark frames are found by what they are, not by a label: they are the
largest set of frames that agree with each other.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Dark", "agreeing_frames", "master_dark", "percentile_dark"]

Float32 = NDArray[np.float32]

BLOCK = 16
"""Side of the blocks whose medians are compared, px; it divides 128 and 432."""

AGREEMENT = 1.5
"""Scatter of block medians of two dark frames may exceed the expected one by this."""


@dataclass(frozen=True)
class Dark:
    """Counts without light.

    Parameters
    ----------
    counts : array (lines, samples) float32
        DN.
    n_frames : int
        Frames it was averaged from; 0 means that it is a low percentile of frames that
        are not dark, good to some 10 DN.
    """

    counts: Float32
    n_frames: int


def agreeing_frames(frames: Float32, read_noise_dn: float) -> tuple[int, ...]:
    """Indices of the frames of a stack that show nothing but the dark.

    Parameters
    ----------
    frames : array (n, lines, samples) float32
        Counts of one exposure time; lines and samples divide by 16.
    read_noise_dn : float
        Noise of one sample in one frame, DN.

    Returns
    -------
    tuple of int
        The largest set of frames each of which agrees with the set's best connected
        frame: block medians of their difference scatter by less than 1.5 times
        ``sqrt(2) * read_noise * 1.2533 / 16`` (the standard error of the median of 256
        samples).  Empty where no two frames agree.
    """
    n = len(frames)
    expected = np.sqrt(2.0) * read_noise_dn * np.sqrt(np.pi / 2) / BLOCK
    agrees = np.zeros((n, n), dtype=bool)
    for i in range(n):
        for j in range(i + 1, n):
            difference = frames[i] - frames[j]
            lines, samples = difference.shape
            blocks = difference.reshape(lines // BLOCK, BLOCK, samples // BLOCK, BLOCK)
            medians = np.median(blocks, axis=(1, 3))
            level = np.median(medians)
            scatter = np.sqrt(np.mean((medians - level) ** 2))
            agrees[i, j] = agrees[j, i] = scatter < AGREEMENT * expected
    degree = agrees.sum(axis=1)
    if n == 0 or degree.max() == 0:
        return ()
    best = int(np.argmax(degree))
    return tuple(sorted({best, *map(int, np.flatnonzero(agrees[best]))}))


def master_dark(frames: Float32) -> Dark:
    """Mean of dark frames, with particle hits left out.

    Parameters
    ----------
    frames : array (n, lines, samples) float32
        Counts of n >= 1 dark frames of one exposure time.

    Returns
    -------
    Dark
        Mean of the samples within 5 robust deviations of the median frame; where n < 3
        hits cannot be told apart and the lower sample wins there.
    """
    if len(frames) < 3:
        lowest = frames.min(axis=0)
        mean = frames.mean(axis=0)
        noise = 1.4826 * np.median(np.abs(mean - lowest)) if len(frames) > 1 else 0.0
        counts = np.where(mean - lowest > 5 * noise, lowest, mean) if noise > 0 else mean
        return Dark(counts.astype(np.float32), len(frames))
    middle = np.median(frames, axis=0)
    deviation = np.abs(frames - middle)
    good = deviation < 5 * 1.4826 * np.median(deviation)
    good |= ~good.any(axis=0)
    counts = np.sum(frames * good, axis=0) / good.sum(axis=0)
    return Dark(counts.astype(np.float32), len(frames))


def percentile_dark(frames: Float32) -> Dark:
    """Stand-in where a visit holds no dark frame: the lower quartile of its frames.

    Parameters
    ----------
    frames : array (n, lines, samples) float32
        Counts of all readable frames of one exposure time.

    Returns
    -------
    Dark
        ``n_frames`` is 0.  Sources move from frame to frame, so they drop out; sunlit
        Io, where it covers a pixel in most frames, does not: the column background
        takes that up later.
    """
    return Dark(np.percentile(frames, 25, axis=0).astype(np.float32), 0)
