"""A smooth random pattern on a globe: waves of random directions and phases."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["random_field"]

Float64 = NDArray[np.float64]

_WAVES = 64
"""Enough for a normal distribution of the values at a place (central limit)."""


def random_field(directions: Float64, length_rad: float, rng: np.random.Generator) -> Float64:
    """Values of mean 0 and standard deviation 1 that are alike within ``length_rad``.

    Parameters
    ----------
    directions : array (n, 3)
        Unit vectors.
    length_rad : float
        Standard deviation of the Gaussian that the correlation of two places follows with
        their distance, in radii of the globe.
    rng : numpy.random.Generator

    Returns
    -------
    array (n,)
    """
    # Waves of a Gaussian spectrum have a Gaussian correlation (theorem of Bochner).
    waves = rng.normal(size=(_WAVES, 3)) / length_rad
    phases = rng.uniform(0.0, 2.0 * np.pi, _WAVES)
    return np.asarray(np.sqrt(2.0 / _WAVES) * np.cos(directions @ waves.T + phases).sum(axis=1))
