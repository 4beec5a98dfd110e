"""Stage 7a: sources put into the frames of a group, gridded and searched like the visit."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hotspots.backend import Backend, to_host
from hotspots.config import InferSettings
from hotspots.detection.detector import Detector, Region
from hotspots.grid import Grid, GridMap
from hotspots.gridding.illumination import Sunlight
from hotspots.gridding.locate import surface_at
from hotspots.gridding.particles import lone_hits
from hotspots.pipeline.grouping import Group
from hotspots.pipeline.mapping import map_group
from hotspots.pipeline.pointing import Pointed
from hotspots.retrieval.limits.believed import believed_regions
from hotspots.retrieval.limits.completeness import GroupCompleteness
from hotspots.retrieval.limits.curve import CompletenessCurve
from hotspots.retrieval.limits.places import count_places
from hotspots.retrieval.limits.recovery import match_radius_km, recovered
from hotspots.retrieval.limits.sensitivity import Sensitivity, sensitivity_of
from hotspots.retrieval.limits.stamps import Injected, inject
from hotspots.retrieval.limits.trials import (
    BLEND,
    Trials,
    completeness_of,
    draw_trials,
    fit_trials,
)
from hotspots.swath import Flag, Swath

__all__ = ["GroupLimits", "Search", "Searched", "limits_of_group", "places_km"]

Float64 = NDArray[np.float64]

HIT_SIGMA = 8.0
"""Light of a sample, in its noise, from which it is asked whether a particle made it: the
bar of `hotspots.gridding.particles.lone_hits`."""


SHARPEST_PX = 0.2
"""Least standard deviation of the optics, px: the diffraction limit."""


@dataclass(frozen=True)
class Search:
    """What all searches of a visit have in common.

    Parameters
    ----------
    pointed : Pointed
    sunlight : dict of str to Sunlight
    detector : Detector
    settings : InferSettings
    backend : Backend
    """

    pointed: Pointed
    sunlight: dict[str, Sunlight]
    detector: Detector
    settings: InferSettings
    backend: Backend

    def __call__(self, group: Group, grid: Grid) -> tuple[GridMap, tuple[Region, ...]]:
        """Grid a group of frames and say what is believed to be a source on the map."""
        _, grid_map = map_group(
            group, self.pointed, self.sunlight, self.settings.grid, self.backend, grid
        )
        return grid_map, self.on(grid_map)

    def on(self, grid_map: GridMap) -> tuple[Region, ...]:
        """Search a map, and keep what is believed."""
        found = self.detector.detect(grid_map).regions
        return believed_regions(grid_map, found, self.settings.photometry.model_fraction)


@dataclass(frozen=True)
class Searched:
    """A group of frames as the visit saw it.

    Parameters
    ----------
    group : Group
        On the host, before particle hits were flagged between its frames.
    grid_map : GridMap
    regions : tuple of Region
        What the detector found on it.
    """

    group: Group
    grid_map: GridMap
    regions: tuple[Region, ...]


@dataclass(frozen=True)
class GroupLimits:
    """What the trials on one group say.

    Parameters
    ----------
    completeness : GroupCompleteness
    curve : CompletenessCurve
    trials, on_blends : int
        Sources put in, and those of them that fell on sources found before.
    """

    completeness: GroupCompleteness
    curve: CompletenessCurve
    trials: int
    on_blends: int

    @property
    def snr_of_half(self) -> float:
        """Expected signal over noise in the middle of the curve, at night, many frames."""
        return math.exp(float(self.curve.coefficients[0]))

    @property
    def log_sigma(self) -> float:
        """Standard deviation of the logarithm of the limits, from the number of trials."""
        return math.sqrt(float(self.curve.covariance[0, 0]))


def limits_of_group(
    searched: Searched, search: Search, random: np.random.Generator
) -> GroupLimits | None:
    """Put sources into a group's frames and learn how faint a found one may be.

    Parameters
    ----------
    searched : Searched
    search : Search
    random : numpy.random.Generator

    Returns
    -------
    GroupLimits or None
        None where the M band sees nothing that can be searched.
    """
    grid_map = searched.grid_map
    if "m_residual" not in grid_map:
        return None
    sensitivity = sensitivity_of(grid_map, searched.regions)
    km_per_px = np.nan_to_num(np.asarray(to_host(grid_map["km_per_px"]), dtype=np.float64))
    if not sensitivity.searched.any():
        return None
    settings = search.settings.limits
    step = settings.step_px * float(np.median(km_per_px[sensitivity.searched]))
    step = max(step / grid_map.grid.cell_km, 1.0)
    each = max(count_places(sensitivity.searched, step), 1.0)
    rounds = min(max(math.ceil(settings.injections / each), 1), settings.rounds)
    known = places_km(grid_map.grid, searched.regions)
    blurred = _as_sharp_as_seen(searched, search.pointed, sensitivity, km_per_px)
    parts = []
    for _ in range(rounds):
        drawn = draw_trials(
            grid_map.grid,
            sensitivity,
            step,
            (settings.faintest_snr, settings.brightest_snr),
            random,
        )
        group = _with_sources(blurred, drawn.sources, search, random)
        _, regions = search(group, grid_map.grid)
        row, column = drawn.cell
        found = recovered(
            drawn.sources.surface_km,
            known,
            places_km(grid_map.grid, regions),
            match_radius_km(km_per_px[row, column]),
        )
        parts.append(replace(drawn, found=found))
    trials = Trials.joined(parts)
    curve = fit_trials(trials, sensitivity)
    return GroupLimits(
        completeness=completeness_of(grid_map.grid, sensitivity, curve, km_per_px),
        curve=curve,
        trials=len(trials),
        on_blends=_on_blends(trials, sensitivity),
    )


def places_km(grid: Grid, regions: tuple[Region, ...]) -> Float64:
    """Body-fixed places (k, 3) of regions, km; those off the body are left out."""
    column = np.array([region.column for region in regions], dtype=np.float64)
    row = np.array([region.row for region in regions], dtype=np.float64)
    surface = np.asarray(surface_at(grid, column, row)).reshape(-1, 3)
    return np.asarray(surface[np.isfinite(surface).all(axis=1)])


def _on_blends(trials: Trials, sensitivity: Sensitivity) -> int:
    row, column = trials.cell
    return int(np.count_nonzero(sensitivity.beside[row, column] >= BLEND))


def _as_sharp_as_seen(
    searched: Searched, pointed: Pointed, sensitivity: Sensitivity, km_per_px: Float64
) -> Group:
    """Group whose optics are as wide as bright sources on its map are.

    Errors of the pointing are in that width already, and each frame will draw its own.
    """
    grid_map, group = searched.grid_map, searched.group
    cell_px = grid_map.grid.cell_km / float(np.median(km_per_px[sensitivity.searched]))
    spread = np.asarray(grid_map.attributes["m_spread"], dtype=np.float64).reshape(2, 2)
    nominal = float(np.sqrt(np.linalg.det(spread))) * cell_px**2
    own = [pointed.covariance_px.get(name, np.zeros((2, 2))) for name in group.product_ids]
    pointing = float(np.median([np.trace(covariance) / 2 for covariance in own]))
    more = (sensitivity.widening**2 - 1.0) * nominal - pointing
    blur = {
        band: np.sqrt(np.maximum(px**2 + more, SHARPEST_PX**2))
        for band, px in group.blur_px.items()
    }
    return replace(group, blur_px=blur)


def _with_sources(
    group: Group, sources: Injected, search: Search, random: np.random.Generator
) -> Group:
    """Group with sources in all its frames, each off by an error of its pointing."""
    offsets = _pointing_errors(group, search.pointed, random)
    instrument = search.settings.instrument
    swaths = {}
    for band, swath in group.swaths.items():
        offset = np.array([offsets[name] for name in swath.product_ids])
        lit = inject(swath, sources, group.blur_px[band], offset, instrument, random)
        swaths[band] = _hits_flagged(lit, swath, group.blur_px[band])
    return replace(group, swaths=swaths)


def _pointing_errors(
    group: Group, pointed: Pointed, random: np.random.Generator
) -> dict[str, Float64]:
    """Draw one error (sample, line) for each product, px.

    What all frames err by together moves the map and hides nothing; it is no part of this.
    """
    none = np.zeros(2)
    return {
        name: random.multivariate_normal(none, pointed.covariance_px[name])
        if name in pointed.covariance_px
        else none
        for name in sorted(group.product_ids)
    }


def _hits_flagged(lit: Swath, before: Swath, blur_px: Float64) -> Swath:
    """Ask, as the cleaning of the visit does, which of the bright samples are hits."""
    bright = (lit.values - before.values > HIT_SIGMA * lit.sigma).any(axis=(1, 2))
    flags = lit.flags.copy()
    for i in np.flatnonzero(bright):
        blur = (float(blur_px[i, 0]), float(blur_px[i, 1]))
        hit = lone_hits(lit.values[i], lit.sigma[i], flags[i], blur)
        flags[i][hit] |= np.uint8(Flag.RADIATION)
    return lit.replace(flags=flags)
