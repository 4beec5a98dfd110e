"""All sources of a visit fitted in all its frames: `fit_frames`.

First every source that was found as one peak is a point that may be a little wide; those
that turn out to be wider, or to leave light about them, are lattices of points in the next
round, and larger ones in the one after.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.frames.adjustment import adjust_light
from hotspots.retrieval.frames.equations import BandEquations
from hotspots.retrieval.frames.growth import resolved_sources
from hotspots.retrieval.frames.optics import BandOptics, OpticsPrior
from hotspots.retrieval.frames.priors import FramePriors
from hotspots.retrieval.frames.scene import FrameScene
from hotspots.retrieval.frames.solution import FrameFit
from hotspots.retrieval.frames.sources import ModelledSource, PointList
from hotspots.retrieval.frames.unknowns import Unknowns

__all__ = ["fit_frames"]

Float64 = NDArray[np.float64]

REACH_PX = 6
"""Half width of a stamp: the background needs samples that a source hardly reaches."""

PLACE_SIGMA_PX = 1.0
"""Standard deviation of the places that the detector finds, px."""

LATTICE_SIGMA_PX = 0.02
"""The same for lattices, whose powers already follow the light wherever it is."""

WIDTH_MEAN_KM2 = 4.0
"""Mean of the variance of a hot spot: that of an even disc of 8 km, about the size of the
emitting areas (10 to 100 km2) of the hot spots of Davies et al. 2024."""

GROWTHS = 2
"""Rounds in which resolved sources may grow."""


def fit_frames(
    scene: FrameScene,
    sources: Sequence[ModelledSource],
    *,
    sample_fraction: float,
    optics: dict[str, BandOptics] | None = None,
) -> FrameFit:
    """Fit all sources in all frames.

    Parameters
    ----------
    scene : FrameScene
    sources : sequence of ModelledSource
        At least one.
    sample_fraction : float
        Error of a sample in proportion to the light in it.
    optics : dict of str to BandOptics, optional
        First guess of the point spread functions.

    Returns
    -------
    FrameFit
    """
    fit = _adjusted(scene, tuple(sources), sample_fraction, optics or {}, None)
    for _ in range(GROWTHS):
        grown = resolved_sources(scene, fit)
        if all(new is old for new, old in zip(grown, fit.sources, strict=True)):
            break
        fit = _adjusted(scene, grown, sample_fraction, {}, fit)
    return fit


def _adjusted(
    scene: FrameScene,
    sources: tuple[ModelledSource, ...],
    sample_fraction: float,
    optics: dict[str, BandOptics],
    before: FrameFit | None,
) -> FrameFit:
    points = PointList.of(sources)
    stamps = {
        band: frames.stamps(points.points_km, REACH_PX) for band, frames in scene.bands.items()
    }
    stamps = {band: found for band, found in stamps.items() if len(found)}
    equations = {
        band: BandEquations.of(found, points.source, scene.bands[band].swath.values.shape[1:])
        for band, found in stamps.items()
    }
    unknowns = Unknowns(tuple(stamps), points.source, scene.products)
    extended = np.array([source.extended for source in sources])
    pixel = np.array([source.km_per_px / np.sqrt(source.cos_emission) for source in sources])
    priors = FramePriors(
        place_sigma_km=np.where(extended, LATTICE_SIGMA_PX, PLACE_SIGMA_PX) * pixel,
        width_mean_km2=np.where(extended, 0.0, WIDTH_MEAN_KM2),
        shift_covariance_px2=np.array([scene.covariance_px2[n] for n in scene.products]),
        optics=OpticsPrior(),
    )
    start = np.zeros(unknowns.size)
    for band in unknowns.bands:
        start[unknowns.powers(band)] = np.concatenate([s.powers[band] for s in sources])
        guess = optics.get(band, priors.optics.mean)
        start[unknowns.optics(band)] = guess.vector
    if before is not None:
        _carry_over(start, unknowns, sources, before)
    adjusted = adjust_light(
        stamps,
        equations,
        unknowns,
        start,
        priors,
        sample_fraction=sample_fraction,
        warm=before is not None,
    )
    return FrameFit(sources, stamps, equations, adjusted)


def _carry_over(
    start: Float64, unknowns: Unknowns, sources: tuple[ModelledSource, ...], before: FrameFit
) -> None:
    """Start where a former fit of the same sources and frames ended."""
    old, state = before.adjusted.unknowns, before.adjusted.state
    same = np.array([new is was for new, was in zip(sources, before.sources, strict=True)])
    start[unknowns.shifts] = state[old.shifts]
    start[unknowns.all_optics] = state[old.all_optics]
    start[unknowns.widths] = np.where(same, state[old.widths], 0.0)
    start[unknowns.places] = (same[:, None] * state[old.places].reshape(-1, 2)).ravel()
    kept, was = same[unknowns.source_of_point], same[old.source_of_point]
    for band in unknowns.bands:
        start[unknowns.powers(band)][kept] = state[old.powers(band)][was]
