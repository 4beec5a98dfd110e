"""What lies under the sources: a mesh everywhere, and a finer smooth map in sunlight.

At night the ground is dark and a mesh of tiles follows detector and limb well enough.
In sunlight the albedo pattern of the ground shines with up to half the brightness of
the disc, on scales of a few pixels and up: there the map without its sources is
smoothed over a few widths of the point spread function and taken off as well.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from hotspots.detection.background import mesh_statistics

__all__ = ["Scene", "local_background"]

Float64 = NDArray[np.float64]

SMOOTHING = 3.5
"""Standard deviation of the smoothing in sunlight, in widths of the point spread function."""


@dataclass(frozen=True)
class Scene:
    """One band of a map on the host, ready to be searched or measured.

    Parameters
    ----------
    image, noise : arrays (rows, columns) float64
        Residual radiance (sunlight model removed) and its standard deviation; any value
        where not usable.
    usable : array (rows, columns) bool
    lit : array (rows, columns) bool
        Cells in sunlight.
    spread : array (2, 2) float64
        Covariance of the point spread function, squared cells.
    """

    image: Float64
    noise: Float64
    usable: NDArray[np.bool_]
    lit: NDArray[np.bool_]
    spread: Float64

    @property
    def width(self) -> float:
        """Geometric mean of the standard deviations of the point spread function, cells."""
        return float(np.linalg.det(self.spread) ** 0.25)


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
    background, scatter = mesh_statistics(bare, usable, tile)
    if not scene.lit.any():
        return np.asarray(background), np.asarray(scatter)
    rest = bare - background
    # unknown sources must not raise the ground that they are measured against
    rest = np.clip(rest, -4 * scatter, 4 * scatter) * usable
    smoothing = SMOOTHING * scene.width
    share = gaussian_filter(usable.astype(np.float64), smoothing, mode="constant")
    smooth = gaussian_filter(rest, smoothing, mode="constant") / np.maximum(share, 1e-3)
    edge = gaussian_filter(scene.lit.astype(np.float64), 2 * scene.width)
    return np.asarray(background + edge * smooth), np.asarray(scatter)
