"""Sources much larger than the point spread function: lava lakes seen from nearby.

Such a source is a patch of ground that stands out as a whole.  Filling it with point
sources would take thousands; its outline is found instead, and parts that are close to
each other (the pieces of a broken ring, islands of crust) are one source.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, gaussian_filter, label

from hotspots.detection.background import mesh_statistics
from hotspots.detection.local_background import Scene

__all__ = ["resolved_patches"]

Float64 = NDArray[np.float64]
Cells = tuple[NDArray[np.int64], NDArray[np.int64]]

LEAST_AREA = 60.0
"""Area from which a patch counts as resolved, in areas 2 pi sqrt(det) of the spread."""

ALBEDO_CONTRAST = 0.7
"""In sunlight a patch must exceed the disc by this part of its brightness: the albedo of
Io's ground varies by less."""


def resolved_patches(
    scene: Scene, sunlight: Float64, *, threshold: float, tile: int, gap: float
) -> list[Cells]:
    """Cells of every resolved source.

    Parameters
    ----------
    scene : Scene
    sunlight : array (rows, columns) float64
        Model of reflected sunlight, unit of the image.
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
    smooth = gaussian_filter(excess, 0.7 * scene.width)
    noise = np.where(scene.usable, scene.noise, np.inf)
    bar = threshold * 0.5 * noise
    bar += np.where(scene.lit, ALBEDO_CONTRAST * sunlight, 0.0)
    inside = scene.usable & (smooth > bar)
    reach = max(int(round(gap / 2)), 1)
    y, x = np.ogrid[-reach : reach + 1, -reach : reach + 1]
    bridged = binary_dilation(inside, structure=x**2 + y**2 <= reach**2)
    number, n = label(bridged)
    number = np.where(inside, number, 0)
    patches = []
    point_area = 2 * np.pi * scene.width**2
    for k in range(1, n + 1):
        rows, columns = np.nonzero(number == k)
        if len(rows) < LEAST_AREA * point_area:
            continue
        # the halo of one very bright point is wide too, but its light is in the core
        peak = float(excess[rows, columns].max())
        if np.count_nonzero(excess[rows, columns] > 0.1 * peak) < 4 * point_area:
            continue
        patches.append((rows, columns))
    return sorted(patches, key=lambda cells: -len(cells[0]))
