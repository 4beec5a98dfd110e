"""All sources of a visit fitted in all its frames: `fit_frames`.

First every source that was found as one peak is a point that may be a little wide; those
that turn out to be wider, or to leave light about them, are lattices of points in the next
round, and larger ones in the one after.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.frames.adjustment import adjust_light
from hotspots.retrieval.frames.coverage import coverage_of
from hotspots.retrieval.frames.equations import BandEquations
from hotspots.retrieval.frames.growth import resolved_sources
from hotspots.retrieval.frames.optics import BandOptics, OpticsPrior
from hotspots.retrieval.frames.priors import FramePriors
from hotspots.retrieval.frames.scene import FrameScene
from hotspots.retrieval.frames.solution import FrameFit
from hotspots.retrieval.frames.sources import ModelledSource, PointList
from hotspots.retrieval.frames.stamps import FrameStamps
from hotspots.retrieval.frames.unknowns import Unknowns

__all__ = ["WING_FRACTION", "fit_frames", "fit_optics"]

Float64 = NDArray[np.float64]

REACH_PX = 6
"""Half width of a stamp: the background needs samples that a source hardly reaches."""

PLACE_SIGMA_PX = 1.0
"""Standard deviation of the places that the detector finds, px."""

LATTICE_SIGMA_PX = 0.02
"""The same for lattices, whose powers already follow the light wherever it is."""

POWER_RANGE, LATTICE_RANGE, LEAST_POWER = 100.0, 3.0, 0.01
"""A power is within so many times that on the map (its larger band, at least 0.01 GW/um), a
point of a lattice within so many times that of its whole source; standard deviations."""

WING_FRACTION = 0.3
"""Error of a sample in proportion to its light about a saturated source: wings are known no
better, and it is on them that the light is."""

LEAST_POINTS = 2
"""Lattices of fewer points that are shown are left alone."""

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


def fit_optics(
    scene: FrameScene, sources: Sequence[ModelledSource], *, sample_fraction: float
) -> dict[str, tuple[BandOptics, Float64]]:
    """Point spread functions of a visit from some of its sources.

    Parameters
    ----------
    scene : FrameScene
    sources : sequence of ModelledSource
        Bright, unsaturated ones, at least one; their places, powers and widths are fitted
        with the optics.
    sample_fraction : float
        Error of a sample in proportion to the light in it.

    Returns
    -------
    dict of str to (BandOptics, array (4, 4) float64)
        By band: the most likely optics, and the covariance of the parameters of
        `BandOptics.vector`.
    """
    adjusted = _adjusted(scene, tuple(sources), sample_fraction, {}, None).adjusted
    parts = {band: adjusted.unknowns.optics(band) for band in adjusted.unknowns.bands}
    return {
        band: (adjusted.optics(band), adjusted.covariance[part, part])
        for band, part in parts.items()
    }


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
    trimmed = _shown(sources, stamps, points)
    if trimmed is not None:
        return _adjusted(scene, trimmed, sample_fraction, optics, before)
    equations = {
        band: BandEquations.of(found, points.source, scene.bands[band].swath.values.shape[1:])
        for band, found in stamps.items()
    }
    bent = {band: coverage_of(found, points.source).saturated for band, found in stamps.items()}
    unknowns = Unknowns(tuple(stamps), points.source, scene.products)
    guessed = {band: np.concatenate([s.powers[band] for s in sources]) for band in unknowns.bands}
    largest = np.max([np.bincount(points.source, np.abs(g)) for g in guessed.values()], axis=0)
    likely = np.where(np.array([s.extended for s in sources]), LATTICE_RANGE, POWER_RANGE)
    likely = np.maximum(largest, LEAST_POWER) * likely
    extended = np.array([source.extended for source in sources])
    pixel = np.array([source.km_per_px / np.sqrt(source.cos_emission) for source in sources])
    prior = OpticsPrior()
    optics_mean = np.tile(prior.mean.vector, len(unknowns.bands))
    optics_information = prior.information(len(unknowns.bands))
    first_guess = np.concatenate([optics.get(b, prior.mean).vector for b in unknowns.bands])
    if before is not None:
        # sources that became lattices say no more of the optics, but they have said it
        known = before.adjusted.unknowns.all_optics
        optics_mean = first_guess = before.adjusted.state[known]
        optics_information = np.asarray(np.linalg.inv(before.adjusted.covariance[known, known]))
    priors = FramePriors(
        power_sigma=np.tile(likely[points.source], len(unknowns.bands)),
        place_sigma_km=np.where(extended, LATTICE_SIGMA_PX, PLACE_SIGMA_PX) * pixel,
        width_free=~extended,
        shift_covariance_px2=np.array([scene.covariance_px2[n] for n in scene.products]),
        optics_mean=optics_mean,
        optics_information=optics_information,
    )
    start = np.zeros(unknowns.size)
    start[unknowns.all_optics] = first_guess
    for band in unknowns.bands:
        start[unknowns.powers(band)] = guessed[band]
    if before is not None:
        _carry_over(start, unknowns, sources, before)
    adjusted = adjust_light(
        stamps,
        equations,
        unknowns,
        start,
        priors,
        sample_fraction={
            band: np.where(bent[band][found.source], WING_FRACTION, sample_fraction)
            for band, found in equations.items()
        },
        warm=before is not None,
    )
    return FrameFit(sources, stamps, equations, adjusted)


def _shown(
    sources: tuple[ModelledSource, ...], stamps: dict[str, FrameStamps], points: PointList
) -> tuple[ModelledSource, ...] | None:
    """Sources without lattice points that no frame shows; None where all are shown."""
    seen = np.zeros(len(points.source), dtype=bool)
    for found in stamps.values():
        seen |= coverage_of(found, np.arange(len(points.source))).seen
    parts = [seen[points.source == i] for i in range(len(sources))]
    if all(part.all() or part.sum() < LEAST_POINTS for part in parts):
        return None
    return tuple(
        source
        if part.all() or part.sum() < LEAST_POINTS
        else replace(
            source,
            points_km=source.points_km[part],
            powers={band: power[part] for band, power in source.powers.items()},
        )
        for source, part in zip(sources, parts, strict=True)
    )


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
