"""Sources much larger than the point spread function: lava lakes seen from nearby.

Such a source is a patch of ground that stands out as a whole.  Filling it with point
sources would take thousands; its outline is found instead, and parts that are close to
each other (the pieces of a broken ring, islands of crust) are one source.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, find_objects, gaussian_filter, label

from hotspots.detection.background import mesh_statistics
from hotspots.detection.scene import Scene

__all__ = ["resolved_patches"]

Float64 = NDArray[np.float64]
Cells = tuple[NDArray[np.int64], NDArray[np.int64]]

LEAST_AREA = 60.0
"""Area from which a patch counts as resolved, in areas 2 pi sqrt(det) of the spread."""

LEAST_BRIGHT_AREA = 4.0
"""Area of its bright part from which it does, same unit: the halo of one very bright point
is wide too, but nearly all of its light is in the core."""

BRIGHT_PART = 0.1
"""Excess of the bright part over that of the brightest cell."""

SMOOTHING = 0.7
"""Standard deviation of the smoothing, in widths of the point spread function."""

SMOOTHED_NOISE = 0.5
"""Noise after that smoothing over noise of a cell, about."""

ALBEDO_CONTRAST = 0.7
"""In sunlight a patch must exceed the disc by this part of its brightness: the albedo of
Io's ground varies by less."""


def resolved_patches(scene: Scene, *, threshold: float, tile: int, gap: float) -> list[Cells]:
    """Cells of every resolved source.

    Parameters
    ----------
    scene : Scene
    threshold : float
        Signal over noise of a smoothed cell that belongs to a patch.
    tile : int
        Side of a tile of the coarse mesh, cells; larger than any patch's half.
    gap : float
        Pieces closer than this are one source, cells.

    Returns
    -------
    list of (rows, columns) index arrays
        Largest first.
    """
    background, _ = mesh_statistics(scene.image, scene.usable, tile)
    excess = np.where(scene.usable, scene.image - background, 0.0)
    smooth = gaussian_filter(excess, SMOOTHING * scene.width)
    bar = SMOOTHED_NOISE * threshold * scene.noise
    bar += np.where(scene.lit, ALBEDO_CONTRAST * scene.sunlight, 0.0)
    inside = scene.usable & (smooth > bar)
    point_area = 2 * np.pi * scene.width**2
    patches = [
        cells
        for cells in _pieces(inside, gap)
        if len(cells[0]) >= LEAST_AREA * point_area
        and _bright_area(excess[cells]) >= LEAST_BRIGHT_AREA * point_area
    ]
    return sorted(patches, key=lambda cells: -len(cells[0]))


def _pieces(inside: NDArray[np.bool_], gap: float) -> Iterator[Cells]:
    """Cells of the connected parts of a mask, gaps bridged."""
    reach = max(round(gap / 2), 1)
    y, x = np.ogrid[-reach : reach + 1, -reach : reach + 1]
    bridged, _ = label(binary_dilation(inside, structure=x**2 + y**2 <= reach**2))
    for number, box in enumerate(find_objects(bridged), start=1):
        row, column = np.nonzero((bridged[box] == number) & inside[box])
        yield row + box[0].start, column + box[1].start


def _bright_area(excess: Float64) -> int:
    """Cells that are not much fainter than the brightest."""
    return int(np.count_nonzero(excess > BRIGHT_PART * excess.max(initial=0.0)))
