r"""How well patterns of light explain a window of a map: `pattern_evidence`.

Flux, place, background and the error of the width of the point spread function enter a
pattern's image linearly (place and width to first order, about the best place), so that
they are integrated out in closed form.  With H the matrix of the normal equations with
priors, and :math:`\chi^2` at its solution,

.. math:: \ln E = -\tfrac12 \chi^2 - \tfrac12 \ln\det H - \sum_j \ln s_j - \ln a

up to a constant, for a prior of the flux a that is flat in its logarithm and Gaussian
priors of standard deviation :math:`s_j` of all else (MacKay 2003, *Information Theory,
Inference, and Learning Algorithms*, ch. 28).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft2, rfft2

from hotspots.retrieval.shape_models import Patterns, pattern_spectra, wave_numbers

__all__ = ["Window", "pattern_evidence"]

Float64 = NDArray[np.float64]

WIDTH_UNKNOWN = 0.1
"""Standard deviation of the width of a map's point spread function, part of itself: it is
made of optics, smear and pointing, and nobody has published a measurement of the optics."""

ROUNDS = 2
"""Linear fits, each about the place that the last one found."""

FARTHEST_STEP = 1.0
"""Longest step of a place in one round, widths of the point spread function."""

LEAST_LIGHT = 1e-3
"""Flux below which a pattern has none, median standard deviations of a cell."""


@dataclass(frozen=True)
class Window:
    """Square cut of a map around one source, neighbours and background removed.

    Parameters
    ----------
    image : array (side, side) float64
        Any unit; zero where not usable.
    weight : array (side, side) float64
        1/variance; zero where not usable.
    spread, flat : arrays (2, 2) float64
        Covariance of the point spread function, squared cells, and
        `hotspots.retrieval.shape_models.flattening`.
    reach : float
        How far the source may lie from the middle, cells.
    """

    image: Float64
    weight: Float64
    spread: Float64
    flat: Float64
    reach: float

    @property
    def width(self) -> float:
        """Geometric mean of the standard deviations of the point spread function, cells."""
        return float(np.linalg.det(self.spread) ** 0.25)


def pattern_evidence(window: Window, patterns: Patterns) -> Float64:
    """Natural logarithm of the evidence of each pattern, up to a constant of the window.

    Parameters
    ----------
    window : Window
    patterns : Patterns
        All must fit into the window, blurred.

    Returns
    -------
    array (k,) float64
        ``-inf`` where the light is negative.
    """
    side = window.image.shape[0]
    waves = wave_numbers(side)
    spectra = pattern_spectra(patterns, window.flat, window.spread, waves)
    place = _first_places(window, spectra)
    used = window.weight.ravel() > 0
    data, weight = window.image.ravel()[used], window.weight.ravel()[used]
    level = float(np.median(weight)) ** -0.5
    sd = np.array([np.inf, window.width, window.width, WIDTH_UNKNOWN, level])
    flux = np.full(len(patterns), np.inf)
    for step in range(ROUNDS):
        columns = _columns(window, spectra, place, waves)[:, :, used]
        # place and width of a source of flux a enter as a times their change
        scale = np.where(np.arange(5) % 4 == 0, 1.0, flux[:, None]) * sd
        normal = (columns * weight) @ np.swapaxes(columns, 1, 2)
        normal += np.eye(5) / scale[:, :, None] ** 2
        target = (columns * weight) @ data
        solution = np.linalg.solve(normal, target[..., None])[..., 0]
        # a pattern without light is out, whatever its errors
        lit = solution[:, 0] > LEAST_LIGHT * level
        flux = np.where(lit, solution[:, 0], np.inf)
        if step + 1 < ROUNDS:
            longest = FARTHEST_STEP * window.width
            place = place + np.clip(solution[:, 1:3] / flux[:, None], -longest, longest)
    chi2 = float(data @ (weight * data)) - np.sum(target * solution, axis=1)
    log_priors = np.log(scale[:, 1:]).sum(axis=1) + np.log(flux)
    evidence = -0.5 * chi2 - 0.5 * np.linalg.slogdet(normal)[1] - log_priors
    return np.where(lit, evidence, -np.inf)


def _first_places(window: Window, spectra: Float64) -> Float64:
    """Places (k, 2) where the correlation with each pattern is highest, to a cell."""
    side = window.image.shape[0]
    light = rfft2(window.image)
    match = irfft2(light * spectra, s=(side, side))
    cell = np.arange(side) + 0.5 - 0.5 * side
    far = np.hypot(cell[None, :], cell[:, None]) > max(window.reach, 1.0)
    best = np.argmax(np.where(far, -np.inf, match).reshape(len(spectra), -1), axis=1)
    row, column = np.divmod(best, side)
    return np.stack([column, row], axis=-1) + 0.5


def _columns(window: Window, spectra: Float64, place: Float64, waves: Float64) -> Float64:
    """Image, derivatives by column, row and width, and background: (k, 5, cells)."""
    side = window.image.shape[0]
    # the phase counts from the middle of the first cell
    by_column = np.exp(-1j * (place[:, 0, None] - 0.5) * waves[0, 0])[:, None, :]
    by_row = np.exp(-1j * (place[:, 1, None] - 0.5) * waves[1, :, 0])[:, :, None]
    moved = spectra * by_column * by_row
    blur = -(
        window.spread[0, 0] * waves[0] ** 2
        + 2 * window.spread[0, 1] * waves[0] * waves[1]
        + window.spread[1, 1] * waves[1] ** 2
    )
    factors = (1.0, -1j * waves[0], -1j * waves[1], blur)
    images = [irfft2(moved * f, s=(side, side)).reshape(len(place), -1) for f in factors]
    return np.stack([*images, np.ones_like(images[0])], axis=1)
