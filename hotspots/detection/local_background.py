"""What lies under the sources: a mesh everywhere, and a finer smooth map in sunlight.

At night the ground is dark and a mesh of tiles follows detector and limb well enough.
In sunlight the albedo pattern of the ground shines with up to half the brightness of
the disc, on scales of a few pixels and up: there the map without its sources is
smoothed over a few widths of the point spread function and taken off as well.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from hotspots.detection.background import mesh_statistics
from hotspots.detection.scene import Scene

__all__ = ["LocalBackground"]

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


@dataclass(frozen=True)
class LocalBackground:
    """Estimator of the background of one scene, for several images of it.

    Parameters
    ----------
    scene : Scene
    usable : array (rows, columns) bool
        Cells to look at: the scene's, without resolved sources.
    tile : int
        Side of a tile of the mesh, cells.
    """

    scene: Scene
    usable: NDArray[np.bool_]
    tile: int

    @cached_property
    def _share(self) -> Float64:
        """Part of the smoothing kernel on usable cells."""
        share = gaussian_filter(self.usable.astype(np.float64), self._smoothing, mode="constant")
        return np.maximum(share, LEAST_SHARE)

    @cached_property
    def _inside(self) -> Float64:
        """How far a cell is inside the sunlight, 0 to 1."""
        return np.asarray(
            gaussian_filter(self.scene.lit.astype(np.float64), EDGE * self.scene.width)
        )

    @property
    def _smoothing(self) -> float:
        return SMOOTHING * self.scene.width

    def of(self, bare: Float64) -> tuple[Float64, Float64]:
        """Background of every cell, and how much the cells around it scatter.

        Parameters
        ----------
        bare : array (rows, columns) float64
            The scene's image with the sources known so far taken off.

        Returns
        -------
        background, scatter : arrays (rows, columns) float64
            Unit of the image.
        """
        mesh, scatter = (np.asarray(m) for m in mesh_statistics(bare, self.usable, self.tile))
        if not self.scene.lit.any():
            return mesh, scatter
        limit = UNKNOWN_SOURCE * scatter
        rest = np.clip(bare - mesh, -limit, limit) * self.usable
        smooth = gaussian_filter(rest, self._smoothing, mode="constant") / self._share
        return mesh + self._inside * smooth, scatter
