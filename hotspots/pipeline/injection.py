"""Stage 7a: sources put into the frames of a group, gridded and searched like the visit."""

import math
from dataclasses import dataclass, replace

import numpy as np

from hotspots.backend import to_host
from hotspots.pipeline.made_up_sources import as_sharp_as_seen, with_sources
from hotspots.pipeline.searching import Search, Searched, places_km
from hotspots.retrieval.limits.completeness import GroupCompleteness
from hotspots.retrieval.limits.places import count_places
from hotspots.retrieval.limits.recovery import match_radius_km, recovered
from hotspots.retrieval.limits.sensitivity import sensitivity_of
from hotspots.retrieval.limits.trials import (
    FittedTrials,
    Trials,
    completeness_of,
    draw_trials,
    fit_trials,
)

__all__ = ["GroupLimits", "limits_of_group"]


@dataclass(frozen=True)
class GroupLimits:
    """What the trials on one group say, and what follows for every cell."""

    fitted: FittedTrials
    completeness: GroupCompleteness


FEWEST_INJECTIONS = 150.0
"""Sources that the curve of a group wants, however many groups there are.  With 640 its
middle was good to a tenth, with so many it is to about a fifth; the limits state it."""

FEWEST_ROUNDS = 2
"""Rounds of a group, however many groups there are."""


def limits_of_group(
    searched: Searched, search: Search, random: np.random.Generator, groups: int = 1
) -> GroupLimits | None:
    """Put sources into a group's frames and learn how faint a found one may be.

    Parameters
    ----------
    searched : Searched
    search : Search
    random : numpy.random.Generator
    groups : int
        Groups of the visit: they share the sources and the rounds that it is allowed.

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
    cells_per_px = float(np.median(km_per_px[sensitivity.searched])) / grid_map.grid.cell_km
    step = max(settings.step_px * cells_per_px, 1.0)
    each = max(count_places(sensitivity.searched, step), 1.0)
    wanted = math.ceil(max(settings.injections / groups, FEWEST_INJECTIONS) / each)
    rounds = min(max(wanted, 1), max(settings.rounds // groups, FEWEST_ROUNDS), settings.rounds)
    known = places_km(grid_map.grid, searched.regions)
    spread = np.asarray(grid_map.attributes["m_spread"], dtype=np.float64).reshape(2, 2)
    blur_px = as_sharp_as_seen(
        searched.group, search.pointed, sensitivity.widening, spread, 1.0 / cells_per_px
    )
    parts = []
    for _ in range(rounds):
        drawn = draw_trials(
            grid_map.grid,
            sensitivity,
            step,
            (settings.faintest_snr, settings.brightest_snr),
            random,
        )
        group = with_sources(
            searched.group,
            drawn.sources,
            blur_px,
            search.pointed,
            search.settings.instrument,
            random,
        )
        _, regions = search(group, grid_map.grid)
        row, column = drawn.cell
        found = recovered(
            drawn.sources.surface_km,
            known,
            places_km(grid_map.grid, regions),
            match_radius_km(km_per_px[row, column]),
        )
        parts.append(replace(drawn, found=found))
    fitted = fit_trials(Trials.joined(parts), sensitivity)
    return GroupLimits(fitted, completeness_of(grid_map.grid, sensitivity, fitted.curve, km_per_px))
