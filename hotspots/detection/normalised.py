"""Matched filter in units of the noise that is really there.

The sigma of a map is that of its samples; detector, crowding and sunlit ground add to it.
Each tile is scaled by how much its own filtered values scatter, and in sunlight by the
pattern of the ground.
"""

import math

import numpy as np
from numpy.typing import NDArray

from hotspots.detection.background import mesh_statistics
from hotspots.detection.filtering import matched_filter
from hotspots.detection.local_background import local_background
from hotspots.detection.scene import Scene

__all__ = ["normalised_filter", "snr_of_unit_peak"]

Float64 = NDArray[np.float64]

LEAST_SCATTER = 0.5
"""The map's own scatter lowers its noise to this part at most."""


def normalised_filter(
    scene: Scene, bare: Float64, free: NDArray[np.bool_], roughness: Float64, mesh_cells: int
) -> tuple[Float64, Float64, Float64]:
    """Background, weights scaled to the noise that is really there, and filtered map.

    Parameters
    ----------
    scene : Scene
    bare : array (rows, columns) float64
        The scene's image with the sources known so far taken off.
    free : array (rows, columns) bool
        Usable cells that no resolved source covers.
    roughness : array (rows, columns) float64
        Standard deviation that the ground itself adds to a peak, unit of the image.
    mesh_cells : int
        Side of a background tile, cells.

    Returns
    -------
    background, weight, snr : arrays (rows, columns) float64
        Unit of the image; its inverse square, zero where not free; and standard
        deviations of a point source's flux.
    """
    background, _ = local_background(scene, bare, free, mesh_cells)
    weight = scene.weight(free)
    good = weight > 0
    _, snr = matched_filter(np.where(good, bare - background, 0.0), weight, scene.spread)
    level, scatter = mesh_statistics(snr, good, mesh_cells)
    # the ground's albedo pattern is patchy: in sunlight its noise is looked at closely
    _, close = mesh_statistics(snr, good, mesh_cells // 2)
    scatter = np.where(scene.lit, np.maximum(scatter, close), scatter)
    scatter = np.maximum(scatter, LEAST_SCATTER)
    scatter = np.hypot(scatter, roughness * snr_of_unit_peak(weight, scene))
    return background, weight / scatter**2, (snr - level) / scatter


def snr_of_unit_peak(weight: Float64, scene: Scene) -> Float64:
    """Signal over noise of a source whose peak cell holds one unit of the map.

    Such a source has the flux 2 pi s^2, which the filter measures to 2 sqrt(pi) s sigma.
    """
    return np.asarray(math.sqrt(math.pi) * scene.width * np.sqrt(weight))
