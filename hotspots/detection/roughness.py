"""How far sunlit ground may stand out by itself.

The sunlight model knows no albedo and is least sure at the terminator and at the limb.
In long exposures that, and not the noise, decides what can be told from a source: a
peak must exceed the ground's own pattern as it must exceed the noise.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.detection.scene import Scene

__all__ = ["ground_roughness"]

Float64 = NDArray[np.float64]

ALBEDO_PATTERN = 0.025
"""Standard deviation of the ground's brightness on the scale of the point spread
function, over the brightness; broader patterns are background."""

EDGE_PATTERN = 0.06
"""The same at terminator and limb, over the brightness of the brightest ground; assumed."""

EDGE_RAD = 0.04
"""Half width of the zone about terminator and limb, radians on the ground."""


def ground_roughness(scene: Scene, cell_km: float) -> Float64:
    """Standard deviation that sunlit ground adds to the peak of a source.

    Parameters
    ----------
    scene : Scene
    cell_km : float
        Side of a cell, km.

    Returns
    -------
    array (rows, columns) float64
        Unit of the image; zero where the whole map is dark.
    """
    if not scene.lit.any():
        return np.zeros(scene.image.shape)
    lit = (scene.lit & scene.usable).astype(np.float64)
    share = gaussian_filter(lit, EDGE_RAD * IO_MEAN_RADIUS_KM / cell_km)
    edge = 4 * share * (1 - share)
    brightest = float(scene.sunlight.max())
    return np.asarray(ALBEDO_PATTERN * scene.sunlight + EDGE_PATTERN * brightest * edge)
