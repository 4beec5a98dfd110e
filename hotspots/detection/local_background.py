"""What lies under the sources: a mesh everywhere, and a finer smooth map in sunlight.

At night the ground is dark and a mesh of tiles follows detector and limb well enough.
In sunlight the albedo pattern of the ground shines with up to half the brightness of
the disc, on scales of a few pixels and up: there the map without its sources is
smoothed over a few widths of the point spread function and taken off as well.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from hotspots.detection.background import mesh_statistics
from hotspots.detection.scene import Scene

__all__ = ["local_background"]

Float64 = NDArray[np.float64]

SMOOTHING = 3.5
"""Standard deviation of the smoothing in sunlight, in widths of the point spread function."""

EDGE = 2.0
"""Standard deviation over which the smooth map fades out at the terminator, same unit."""

UNKNOWN_SOURCE = 4.0
"""The smooth map follows the ground up to so many times its scatter: sources that are
not known yet must not raise the ground that they are measured against."""

LEAST_SHARE = 1e-3
"""Part of the smoothing kernel below which there is nothing to smooth."""


def local_background(
    scene: Scene, bare: Float64, usable: NDArray[np.bool_], tile: int
) -> tuple[Float64, Float64]:
    """Background of every cell, and how much the cells around it scatter.

    Parameters
    ----------
    scene : Scene
    bare : array (rows, columns) float64
        The scene's image with the sources known so far taken off.
    usable : array (rows, columns) bool
        Cells to look at: the scene's, without resolved sources.
    tile : int
        Side of a tile of the mesh, cells.

    Returns
    -------
    background, scatter : arrays (rows, columns) float64
        Unit of the image.
    """
    mesh, scatter = (np.asarray(m) for m in mesh_statistics(bare, usable, tile))
    if not scene.lit.any():
        return mesh, scatter
    rest = np.clip(bare - mesh, -UNKNOWN_SOURCE * scatter, UNKNOWN_SOURCE * scatter) * usable
    smoothing = SMOOTHING * scene.width
    share = gaussian_filter(usable.astype(np.float64), smoothing, mode="constant")
    smooth = gaussian_filter(rest, smoothing, mode="constant") / np.maximum(share, LEAST_SHARE)
    inside = gaussian_filter(scene.lit.astype(np.float64), EDGE * scene.width)
    return mesh + inside * smooth, scatter
