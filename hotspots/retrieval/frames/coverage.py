"""Which sources a band shows, and which of them are saturated."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.frames.stamps import FrameStamps

__all__ = ["Coverage", "coverage_of"]

Mask = NDArray[np.bool_]

CORE_PX = 1.3
"""Samples within this distance (and half the smear) of a point hold most of its light."""

CORE_SEEN = 0.6
"""Part of those samples that a frame must have."""

POINTS_SEEN = 0.9
"""Part of a source's points that the frames of a band must show."""


@dataclass(frozen=True)
class Coverage:
    """What a band shows of k sources.

    Parameters
    ----------
    seen : array (k,) bool
        The band measures the source.
    saturated : array (k,) bool
        At least half of the frames that show the source have samples beyond the linear
        range in its core.
    frames : array (k,) int64
        Frames that show the source.
    """

    seen: Mask
    saturated: Mask
    frames: NDArray[np.int64]


def coverage_of(stamps: FrameStamps, source_of_point: NDArray[np.int64]) -> Coverage:
    """Judge a band's stamps.

    Parameters
    ----------
    stamps : FrameStamps
    source_of_point : array (p,) int64

    Returns
    -------
    Coverage
    """
    n_sources = int(source_of_point.max(initial=-1)) + 1
    across = np.abs(stamps.offset_sample)[:, None, :] <= CORE_PX
    reach = CORE_PX + 0.5 * stamps.smear_px[:, None]
    along = np.abs(stamps.offset_line) <= reach
    core = across & along[:, :, None]
    size = np.maximum(core.sum(axis=(1, 2)), 1)
    good = (core & stamps.usable).sum(axis=(1, 2)) >= CORE_SEEN * size
    bent = good & (core & stamps.limit).any(axis=(1, 2))
    point_seen = np.bincount(stamps.point[good], minlength=len(source_of_point)) > 0
    share = np.bincount(source_of_point, point_seen) / np.bincount(source_of_point)
    source = source_of_point[stamps.point]
    n_frames = len(stamps.product_ids)
    shown, clipped = (np.zeros((n_sources, n_frames), dtype=bool) for _ in range(2))
    shown[source[good], stamps.frame[good]] = True
    clipped[source[bent], stamps.frame[bent]] = True
    frames = shown.sum(axis=1)
    return Coverage(
        seen=share >= POINTS_SEEN,
        saturated=(frames > 0) & (2 * clipped.sum(axis=1) >= frames),
        frames=frames,
    )
