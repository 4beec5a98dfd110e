r"""Images of points, discs and rings on the ground, as a view grid shows them, exactly.

A circle of radius R on the ground is an ellipse on a view grid: with :math:`n_2` the part
of the surface normal that lies in the plane, its image is that of the unit circle under a
matrix with :math:`M = R^2 (1 - n_2 n_2^T)` as its square.  The Fourier transform of an even
disc is then

.. math:: \tilde d(k) = \frac{2 J_1(q)}{q}, \qquad q^2 = k^T M k,

(Bracewell 2000, *The Fourier Transform and Its Applications*, ch. 13), a ring is a disc less
a smaller one, and the Gaussian point spread function is a factor
:math:`e^{-k^T C k / 2}`.  Neither is sampled before it is blurred.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import j1

__all__ = ["Patterns", "flattening", "pattern_spectra", "wave_numbers"]

Float64 = NDArray[np.float64]

SMALL = 1e-6
"""Argument below which 2 J1(q) / q is one to twelve digits."""


@dataclass(frozen=True)
class Patterns:
    """Patterns of k sources: a ring of brightness 1 around a floor of less.

    Parameters
    ----------
    diameter : array (k,) float64
        Outer diameter on the ground, cells; 0 for a point.
    hole : array (k,) float64
        Diameter of the floor over that of the ring, 0 to 1; 0 for an even disc.
    floor : array (k,) float64
        Brightness of the floor over that of the ring, 0 to 1.
    """

    diameter: Float64
    hole: Float64
    floor: Float64

    def __len__(self) -> int:
        """Count the patterns."""
        return len(self.diameter)


def flattening(normal: Float64, basis: Float64) -> Float64:
    """Second moment of the view of a unit circle on the ground.

    Parameters
    ----------
    normal : array (3,) float64
        Outward normal of the surface, body-fixed, of unit length.
    basis : array (3, 3) float64
        Axes of the view grid: right, up, towards the viewer (`hotspots.grid.Grid.basis`).

    Returns
    -------
    array (2, 2) float64
        In (column, row); the unit matrix for a source seen from right above.
    """
    tilt = np.array([basis[0] @ normal, -(basis[1] @ normal)])
    return np.asarray(np.eye(2) - np.outer(tilt, tilt))


def wave_numbers(side: int) -> Float64:
    """Wave numbers (2, side, side // 2 + 1) of a square window, by column and row, 1/cell."""
    column = 2 * np.pi * np.fft.rfftfreq(side)
    row = 2 * np.pi * np.fft.fftfreq(side)
    return np.stack(np.broadcast_arrays(column[None, :], row[:, None]))


def pattern_spectra(patterns: Patterns, flat: Float64, spread: Float64, waves: Float64) -> Float64:
    """Fourier transforms of blurred patterns of unit flux about the origin.

    Parameters
    ----------
    patterns : Patterns
    flat : array (2, 2) float64
        From `flattening`.
    spread : array (2, 2) float64
        Covariance of the point spread function in (column, row), squared cells.
    waves : array (2, rows, columns) float64
        From `wave_numbers`.

    Returns
    -------
    array (k, rows, columns) float64
    """
    across = np.sqrt(np.maximum(_form(waves, flat), 0.0))
    radius = 0.5 * patterns.diameter[:, None, None]
    hole, floor = patterns.hole[:, None, None], patterns.floor[:, None, None]
    dark = (1.0 - floor) * hole**2
    ring = (_disc(radius * across) - dark * _disc(hole * radius * across)) / (1.0 - dark)
    return np.asarray(ring * np.exp(-0.5 * _form(waves, spread)))


def _form(waves: Float64, matrix: Float64) -> Float64:
    """Quadratic form of the wave numbers."""
    return np.asarray(
        matrix[0, 0] * waves[0] ** 2
        + 2 * matrix[0, 1] * waves[0] * waves[1]
        + matrix[1, 1] * waves[1] ** 2
    )


def _disc(q: Float64) -> Float64:
    """2 J1(q) / q."""
    safe = np.where(q < SMALL, 1.0, q)
    return np.where(q < SMALL, 1.0, 2.0 * j1(safe) / safe)
