"""Matched filter in units of the noise that is really there.

The sigma of a map is that of its samples; detector, crowding and sunlit ground add to it.
Each tile is scaled by how much its own filtered values scatter, and in sunlight by the
pattern of the ground.
"""

import math

import numpy as np
from numpy.typing import NDArray

from hotspots.detection.background import mesh_statistics
from hotspots.detection.filtering import point_filter
from hotspots.detection.local_background import LocalBackground
from hotspots.detection.scene import Scene

__all__ = ["NormalisedFilter", "snr_of_unit_peak"]

Float64 = NDArray[np.float64]

LEAST_SCATTER = 0.5
"""The map's own scatter lowers its noise to this part at most."""


class NormalisedFilter:
    """Filter of one scene, for several images of it: the sources taken off, round by round.

    Parameters
    ----------
    scene : Scene
    free : array (rows, columns) bool
        Usable cells that no resolved source covers.
    roughness : array (rows, columns) float64
        Standard deviation that the ground itself adds to a peak, unit of the image.
    mesh_cells : int
        Side of a background tile, cells.
    """

    def __init__(
        self, scene: Scene, free: NDArray[np.bool_], roughness: Float64, mesh_cells: int
    ) -> None:
        self.scene = scene
        self.mesh_cells = mesh_cells
        self.background = LocalBackground(scene, free, mesh_cells)
        self.filter = point_filter(scene.weight(free), scene.spread)
        self.rough = roughness * snr_of_unit_peak(self.filter.weight, scene)

    def apply(self, bare: Float64) -> tuple[Float64, Float64, Float64]:
        """Background, weights scaled to the noise that is really there, and filtered map.

        Parameters
        ----------
        bare : array (rows, columns) float64
            The scene's image with the sources known so far taken off.

        Returns
        -------
        background, weight, snr : arrays (rows, columns) float64
            Unit of the image; its inverse square, zero where not free; and standard
            deviations of a point source's flux.
        """
        background, _ = self.background.of(bare)
        good = self.filter.weight > 0
        _, snr = self.filter.apply(np.where(good, bare - background, 0.0))
        level, scatter = mesh_statistics(snr, good, self.mesh_cells)
        if self.scene.lit.any():
            # the ground's albedo pattern is patchy: in sunlight its noise is looked at closely
            _, close = mesh_statistics(snr, good, self.mesh_cells // 2)
            scatter = np.where(self.scene.lit, np.maximum(scatter, close), scatter)
        scatter = np.hypot(np.maximum(scatter, LEAST_SCATTER), self.rough)
        return background, self.filter.weight / scatter**2, (snr - level) / scatter


def snr_of_unit_peak(weight: Float64, scene: Scene) -> Float64:
    """Signal over noise of a source whose peak cell holds one unit of the map.

    Such a source has the flux 2 pi s^2, which the filter measures to 2 sqrt(pi) s sigma.
    """
    return np.asarray(math.sqrt(math.pi) * scene.width * np.sqrt(weight))
