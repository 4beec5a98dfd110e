"""Point sources of a scene: peaks of the matched filter, fitted together, round by round.

Each round takes off the sources found so far, measures background and noise anew, and
looks for peaks in what is left; then all peaks are fitted at once.  So close pairs
split, and a faint source beside a bright one is seen.  A part of the light around a
bright source is not trusted, because the point spread function is not known better.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter

from hotspots.detection.filtering import local_maxima, matched_filter
from hotspots.detection.matched_filter_settings import MatchedFilterSettings
from hotspots.detection.normalised import NormalisedFilter, snr_of_unit_peak
from hotspots.detection.point_fit import PointFit, fit_points
from hotspots.detection.point_kernel import point_model
from hotspots.detection.scene import Scene

__all__ = ["PeakSearch", "search_peaks"]

Float64 = NDArray[np.float64]
Mask = NDArray[np.bool_]

KEPT_PART = 0.7
"""A peak stays in the fit while its signal over noise exceeds this part of the lowest
threshold: the fit of a blend moves light between its members."""

SATURATED = 0.02
"""Fraction of saturated light from which a cell counts as saturated."""

BESIDE = 3.0
"""A peak is beside a source within so many standard deviations of the spread: further
out, what is not known of the spread weighs less than the noise."""


@dataclass(frozen=True)
class PeakSearch:
    """Result of `search_peaks`.

    Parameters
    ----------
    fit : PointFit
        Peaks fitted to the scene.
    background : array (rows, columns) float64
        Unit of the image.
    snr : array (rows, columns) float64
        Matched filter of the image, sources and all, less the background.
    left : array (rows, columns) float64
        Matched filter of what the sources found before the last fit leave of it.
    """

    fit: PointFit
    background: Float64
    snr: Float64
    left: Float64


def search_peaks(
    scene: Scene,
    free: Mask,
    threshold: Float64,
    roughness: Float64,
    settings: MatchedFilterSettings,
) -> PeakSearch:
    """Find and fit the point sources of a scene.

    Parameters
    ----------
    scene : Scene
    free : array (rows, columns) bool
        Usable cells that no resolved source covers.
    threshold : array (rows, columns) float64
        Signal over noise that a peak must exceed.
    roughness : array (rows, columns) float64
        Standard deviation that the ground itself adds to a peak, unit of the image.
    settings : MatchedFilterSettings

    Returns
    -------
    PeakSearch
    """
    trusted = _trusted_part(scene, settings)
    lowest = KEPT_PART * float(threshold.min())
    noise = NormalisedFilter(scene, free, roughness, settings.mesh_cells)
    fit = PointFit.empty()
    for _ in range(settings.rounds):
        model = point_model(fit.place, fit.flux, scene.spread, scene.image.shape)
        background, weight, left = noise.apply(scene.image - model)
        uncertain = trusted * _largest_near(model, scene) * snr_of_unit_peak(weight, scene)
        peaks = local_maxima(left, threshold) & free & (left > uncertain)
        row, column = np.nonzero(peaks)
        fresh = np.stack([column + 0.5, row + 0.5], axis=-1)
        apart = settings.least_separation * scene.width
        fresh = _kept_apart(fit.place, fresh, left[row, column], apart)
        if not len(fresh):
            break
        flat = scene.image - background
        fit = fit_points(flat, weight, np.concatenate([fit.place, fresh]), scene.spread)
        strong = fit.flux > lowest * fit.flux_sigma
        fit = fit_points(flat, weight, fit.place[strong], scene.spread, steps=1)
    model = point_model(fit.place, fit.flux, scene.spread, scene.image.shape)
    background, weight, left = noise.apply(scene.image - model)
    fit = fit_points(scene.image - background, weight, fit.place, scene.spread, steps=2)
    clean = np.where(scene.usable, scene.image - background, 0.0)
    _, snr = matched_filter(clean, weight, scene.spread)
    return PeakSearch(fit, background, np.asarray(snr), left)


def _trusted_part(scene: Scene, settings: MatchedFilterSettings) -> Float64:
    """Part of the fitted light that a peak beside it must exceed; more at flat tops."""
    near = maximum_filter(scene.saturated > SATURATED, size=_window(scene))
    return np.where(near, settings.saturated_fraction, settings.trusted_fraction)


def _largest_near(model: Float64, scene: Scene) -> Float64:
    """Largest fitted light beside each cell."""
    return np.asarray(maximum_filter(model, size=_window(scene)))


def _window(scene: Scene) -> int:
    return 2 * math.ceil(BESIDE * scene.width) + 1


def _kept_apart(old: Float64, fresh: Float64, strength: Float64, least: float) -> Float64:
    """Fresh peaks, strongest first, that keep their distance from all others."""
    kept = [*old]
    chosen = []
    for k in np.argsort(strength)[::-1]:
        if all(np.hypot(*(fresh[k] - other)) > least for other in kept):
            kept.append(fresh[k])
            chosen.append(fresh[k])
    return np.asarray(chosen).reshape(-1, 2)
