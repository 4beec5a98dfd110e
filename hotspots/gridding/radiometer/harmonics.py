"""Real spherical harmonics, in which a prior without preferred place or direction is diagonal."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["degrees", "gaussian_response", "spherical_harmonics"]

Float64 = NDArray[np.float64]


def degrees(highest: int) -> NDArray[np.int64]:
    """Degree of each of the ``(highest + 1) ** 2`` harmonics, in the order used here."""
    degree = np.arange(highest + 1)
    return np.repeat(degree, 2 * degree + 1)


def spherical_harmonics(direction: Float64, highest: int) -> Float64:
    """Orthonormal real harmonics of all degrees up to ``highest``.

    Parameters
    ----------
    direction : array (c, 3) float64
        Unit vectors.
    highest : int

    Returns
    -------
    array (c, (highest + 1)**2) float64
        Degree by degree, within one by order -l .. l; sine for negative orders.  The mean
        of the square of each over the sphere is 1/(4 pi).

    Notes
    -----
    Upward recursion of the normalised Legendre functions in degree, stable for all
    degrees used here (Holmes & Featherstone 2002, doi:10.1007/s00190-002-0216-2, eq. 11).
    """
    z = direction[:, 2]
    across = np.hypot(direction[:, 0], direction[:, 1])
    longitude = np.arctan2(direction[:, 1], direction[:, 0])
    result = np.empty((len(direction), (highest + 1) ** 2))
    sectoral = np.full(len(direction), np.sqrt(0.25 / np.pi))
    for m in range(highest + 1):
        if m > 0:
            sectoral = sectoral * across * np.sqrt((2 * m + 1) / (2 * m))
        cos, sin = np.cos(m * longitude), np.sin(m * longitude)
        before, legendre = np.zeros_like(z), sectoral
        for l in range(m, highest + 1):
            if l > m:
                scale = np.sqrt((4.0 * l * l - 1.0) / (l * l - m * m))
                lower = np.sqrt(((l - 1.0) ** 2 - m * m) / (4.0 * (l - 1.0) ** 2 - 1.0))
                before, legendre = legendre, scale * (z * legendre - lower * before)
            if m == 0:
                result[:, l * l + l] = legendre
            else:
                result[:, l * l + l + m] = np.sqrt(2.0) * legendre * cos
                result[:, l * l + l - m] = np.sqrt(2.0) * legendre * sin
    return result


def gaussian_response(width_rad: Float64, highest: int) -> Float64:
    """What a Gaussian blur leaves of each degree.

    Parameters
    ----------
    width_rad : array (k,) float64
        Full widths at half maximum, rad of arc.
    highest : int

    Returns
    -------
    array (k, highest + 1) float64
        exp(-l (l + 1) s**2 / 2), s the standard deviation along one axis.
    """
    variance = np.asarray(width_rad)[:, None] ** 2 / (8.0 * np.log(2.0))
    degree = np.arange(highest + 1)
    return np.asarray(np.exp(-0.5 * variance * degree * (degree + 1)))
