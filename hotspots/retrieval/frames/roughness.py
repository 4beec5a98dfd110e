"""How much rougher the ground about sources is than noise alone."""

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.frames.equations import BandEquations

__all__ = ["local_roughness"]

Float64 = NDArray[np.float64]

FAR_PX = 3.0
"""Samples this far from all points show the ground."""

CLIP = 3.0
"""Samples further off, in standard deviations, are hits or neighbours."""

CLIPPED = 1.0148
"""Standard deviation of a Gaussian over that of what is left after the clip."""

PRIOR_SAMPLES = 20.0
"""Number of samples of plain noise that every estimate is drawn to."""


def local_roughness(equations: BandEquations, residual: Float64, sigma: Float64) -> Float64:
    """Scatter of samples beyond their noise: albedo, stripes, faint neighbours.

    Parameters
    ----------
    equations : BandEquations
    residual : array (m,) float64
        Values less background and light.
    sigma : array (m,) float64
        Noise of the samples.

    Returns
    -------
    array (m,) float64
        The same for all samples of one background.
    """
    far = (equations.distance_px > FAR_PX) & ~equations.limit
    n = equations.n_groups
    scale = np.full(n, np.inf)
    for _ in range(3):
        use = far & (np.abs(residual) < CLIP * scale[equations.group])
        count = np.bincount(equations.group[use], minlength=n)
        square = np.bincount(equations.group[use], residual[use] ** 2, minlength=n)
        noise = np.bincount(equations.group[use], sigma[use] ** 2, minlength=n)
        scale = CLIPPED * np.sqrt(square / np.maximum(count, 1))
    extra = scale**2 - noise / np.maximum(count, 1)
    extra *= count / (count + PRIOR_SAMPLES)
    return np.asarray(np.sqrt(np.maximum(extra, 0.0))[equations.group])
