"""The class of every cell of a map, from what is known to be there.

A cell belongs to the source that dominates it; around each source lies a margin that
neither teaches nor counts, because where a blurred source ends is nobody's knowledge.
What is too faint to be asked for, and yet is there, is left out the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation
from skimage.draw import disk, polygon

from hotspots.grid import Grid
from hotspots.training.peak_places import cells_of
from hotspots.training.samples import BACKGROUND, IGNORED, OBJECT_FIELDS

__all__ = ["KnownSource", "label_map"]

CORE = 1.1
"""Radius of an unresolved source's cells, in widths of the point spread function."""

MARGIN = 2.6
"""Radius up to which the cells around it are ignored, same unit."""

LEAST_RADIUS = 1.0
"""Cells; a narrower core would miss the cell that the source is in."""

ASKED_SNR = 3.0
"""Expected signal over noise from which a source must be found."""

SEEN_SNR = 1.0
"""From which it may be: its cells are ignored.  Fainter ones are background."""


@dataclass(frozen=True)
class KnownSource:
    """One source that is known to be on a map.

    Parameters
    ----------
    latitude_deg, longitude_east_deg : float
        Planetocentric, east positive: where its light is.
    kind : int
        `hotspots.training.samples.HOTSPOT` or ``LAVA_LAKE``.
    snr : float
        Signal over noise expected on this map.
    outline_deg : tuple of (latitude, longitude) pairs
        Rim of a resolved lava lake; empty for a point.
    """

    latitude_deg: float
    longitude_east_deg: float
    kind: int
    snr: float
    outline_deg: tuple[tuple[float, float], ...] = ()


def label_map(
    grid: Grid, width: float, usable: NDArray[np.bool_], sources: Sequence[KnownSource]
) -> tuple[NDArray[np.uint8], NDArray[np.void]]:
    """Paint the sources on a map.

    Parameters
    ----------
    grid : Grid
    width : float
        Standard deviation of the point spread function, cells.
    usable : array (rows, columns) bool
        Cells that can be judged; the others are ignored.
    sources : sequence of KnownSource
        In any order.

    Returns
    -------
    labels : array (rows, columns) uint8
    objects : array (n,) of `hotspots.training.samples.OBJECT_FIELDS`
        Sources of `SEEN_SNR` or more whose centre lies on a usable cell.
    """
    labels = np.full(grid.shape, BACKGROUND, dtype=np.uint8)
    objects = []
    # the strongest is painted last, over the cores and margins of the fainter ones
    for source in sorted(sources, key=lambda s: s.snr):
        if source.snr < SEEN_SNR:
            continue
        (column,), (row,) = cells_of(grid, [(source.latitude_deg, source.longitude_east_deg)])
        inside = 0 <= column < grid.shape[1] and 0 <= row < grid.shape[0]
        if not inside:
            continue
        core = _core(grid, width, source, float(row), float(column))
        if not core[0].size:
            continue
        asked = source.snr >= ASKED_SNR
        _paint(labels, core, source.kind if asked else IGNORED, (MARGIN - CORE) * width)
        if usable[int(row), int(column)]:
            radius = np.sqrt(core[0].size / np.pi)
            objects.append((row, column, source.kind, source.snr, radius, asked))
    labels[~usable] = IGNORED
    return labels, np.array(objects, dtype=OBJECT_FIELDS)


Cells = tuple[NDArray[np.int64], NDArray[np.int64]]


def _core(grid: Grid, width: float, source: KnownSource, row: float, column: float) -> Cells:
    """Cells that a source dominates."""
    if source.outline_deg:
        columns, rows = cells_of(grid, source.outline_deg)
        if np.isfinite(rows).all():
            inside = polygon(rows - 0.5, columns - 0.5, shape=grid.shape)
            return inside[0].astype(np.int64), inside[1].astype(np.int64)
    radius = max(CORE * width, LEAST_RADIUS)
    inside = disk((row - 0.5, column - 0.5), radius, shape=grid.shape)
    return inside[0].astype(np.int64), inside[1].astype(np.int64)


def _paint(labels: NDArray[np.uint8], core: Cells, kind: int, margin: float) -> None:
    """Set a core, and ignore the background around it."""
    reach = int(np.ceil(margin))
    top, left = (max(int(axis.min()) - reach, 0) for axis in core)
    box = (
        slice(top, int(core[0].max()) + reach + 1),
        slice(left, int(core[1].max()) + reach + 1),
    )
    part = labels[box]
    mask = np.zeros(part.shape, dtype=bool)
    mask[core[0] - top, core[1] - left] = True
    y, x = np.ogrid[-reach : reach + 1, -reach : reach + 1]
    wide = binary_dilation(mask, structure=x**2 + y**2 <= margin**2)
    part[wide & ~mask & (part == BACKGROUND)] = IGNORED
    part[mask] = kind
