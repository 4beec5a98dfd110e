"""Stage 7: how faint a source of this visit could have been and still be found."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hotspots.catalogue.limit_records import LimitRecord, LimitStatus
from hotspots.catalogue.records import SourceRecord
from hotspots.geometry.known_hotspots import KNOWN_SIGMA_KM, known_hotspots
from hotspots.grid import Grid, GridMap, Plane
from hotspots.gridding.locate import cell_surface
from hotspots.pipeline.false_alarms import false_alarms_of
from hotspots.pipeline.injection import GroupLimits, Search, Searched, limits_of_group
from hotspots.pipeline.outcome import LimitsOutcome
from hotspots.pipeline.product_grids import equirectangular_grid
from hotspots.retrieval.limits.completeness import (
    GroupCompleteness,
    limit_here,
    limit_power,
    log_middles_at,
)
from hotspots.retrieval.limits.known import about, sightings, surface_of, unit_vectors

__all__ = ["visit_limits"]

Float64 = NDArray[np.float64]

LEVELS = (0.5, 0.9)
"""Completeness of the two limits."""

ROWS_AT_ONCE = 64
"""Rows of the product grid that are worked on together: bounds memory."""

IN_VIEW = 0.5
"""A known volcano is in view where so much of the surroundings of its place is."""


def visit_limits(
    visit: str,
    searched: Sequence[Searched],
    sources: Sequence[SourceRecord],
    search: Search,
) -> LimitsOutcome | None:
    """Work out the limits of a visit.

    Parameters
    ----------
    visit : str
    searched : sequence of Searched
        Its groups of frames and what was found on their maps.
    sources : sequence of SourceRecord
        Its sources.
    search : Search
        How it was searched.

    Returns
    -------
    LimitsOutcome or None
        None where limits are not asked for.
    """
    settings = search.settings
    if not settings.limits.enabled:
        return None
    random = np.random.default_rng(settings.limits.seed)
    told = {
        one.group.name: limits
        for one in searched
        if (limits := limits_of_group(one, search, random)) is not None
    }
    alarms = false_alarms_of(searched, search, random) if settings.limits.false_alarms else {}
    notes = {"groups": {name: _note(one) for name, one in told.items()}, "false_alarms": alarms}
    if not told:
        return LimitsOutcome(notes=notes)
    groups = tuple(one.completeness for one in told.values())
    sigma = max(one.log_sigma for one in told.values())
    pointing_px = math.sqrt(float(np.trace(search.pointed.common_covariance_px)) / 2)
    grid = equirectangular_grid(settings.products.equirectangular_cell_deg)
    return LimitsOutcome(
        records=_known_volcanoes(visit, groups, sources, sigma, pointing_px),
        limit_map=_limit_map(groups, grid) if settings.products.cogs else None,
        notes=notes,
    )


def _note(limits: GroupLimits) -> dict[str, float]:
    """What is worth remembering of one group's trials."""
    return {
        "injections": limits.trials,
        "share_on_blends": limits.on_blends / max(limits.trials, 1),
        "snr_of_half": limits.snr_of_half,
        "log_width": limits.curve.width,
        "loss": limits.curve.loss,
        "relative_sigma": limits.log_sigma,
    }


def _limit_map(groups: tuple[GroupCompleteness, ...], grid: Grid) -> GridMap:
    """Limits of every cell of a product grid, a few rows at a time."""
    names = ("m_limit50_gw_um", "m_limit90_gw_um", "m_limit50_alone_gw_um")
    planes = {name: np.full(grid.shape, np.nan, dtype=np.float32) for name in names}
    cosine = np.full(grid.shape, np.nan, dtype=np.float32)
    frames = np.zeros(grid.shape, dtype=np.float32)
    for first in range(0, grid.shape[0], ROWS_AT_ONCE):
        rows = slice(first, min(first + ROWS_AT_ONCE, grid.shape[0]))
        surface, _, _ = cell_surface(_strip(grid, rows))
        middles = log_middles_at(groups, surface)
        seen = np.isfinite(middles).any(axis=0)
        if not seen.any():
            continue
        alone = log_middles_at(groups, surface[seen], alone=True)
        values = (
            *(limit_here(groups, middles[:, seen], level) for level in LEVELS),
            limit_here(groups, alone, LEVELS[0]),
        )
        for name, value in zip(names, values, strict=True):
            planes[name][rows][seen] = value
        cosine[rows][seen] = np.max(
            [group.at(group.cos_emission, surface[seen], 0.0) for group in groups], axis=0
        )
        frames[rows][seen] = np.sum(
            [group.at(group.frames, surface[seen], 0.0) for group in groups], axis=0
        )
    described = {
        names[0]: "spectral power found as often as not, beside the sources found",
        names[1]: "spectral power found nine times in ten, beside the sources found",
        names[2]: "spectral power found as often as not, if no source were near",
    }
    limits = {name: Plane(planes[name], "GW um-1", described[name]) for name in names}
    limits["cos_emission"] = Plane(cosine, "1", "cosine of the emission angle, best group")
    limits["frames"] = Plane(frames, "1", "frames of the M band that cover the cell")
    return GridMap(grid, limits, {"name": "limits"})


def _strip(grid: Grid, rows: slice) -> Grid:
    """Some rows of a grid."""
    return Grid(
        projection=grid.projection,
        shape=(rows.stop - rows.start, grid.shape[1]),
        cell_km=grid.cell_km,
        x_min_km=grid.x_min_km,
        y_max_km=grid.y_max_km - rows.start * grid.cell_km,
    )


def _known_volcanoes(
    visit: str,
    groups: tuple[GroupCompleteness, ...],
    sources: Sequence[SourceRecord],
    sigma: float,
    pointing_px: float,
) -> tuple[LimitRecord, ...]:
    """Rows of ``limits.csv``; the map as a whole may be off by ``pointing_px`` pixels."""
    known = known_hotspots()
    direction = unit_vectors(known.latitude_deg, known.longitude_east_deg)
    best = _best_view(groups, surface_of(direction))
    place_km = np.hypot(KNOWN_SIGMA_KM, pointing_px * best["km_per_px"])
    around = surface_of(about(direction, place_km))
    seen = np.isfinite(log_middles_at(groups, around)).any(axis=0).mean(axis=1) >= IN_VIEW
    # the place itself is in view, or there is nothing to say of how it was seen
    chosen = np.flatnonzero(seen & (best["km_per_px"] > 0))
    around, direction = around[chosen], direction[chosen]
    best = {name: values[chosen] for name, values in best.items()}
    found = unit_vectors(
        np.array([s.lat_deg for s in sources]), np.array([s.lon_east_deg for s in sources])
    )
    pairs = sightings(direction, found, best["km_per_px"])
    # a volcano that was seen is no neighbour of its own
    limits = {
        alone: [
            limit_power(groups, log_middles_at(groups, around, alone=alone), level)
            for level in LEVELS
        ]
        for alone in (False, True)
    }
    records = []
    for i, (which, pair) in enumerate(zip(chosen.tolist(), pairs, strict=True)):
        status = LimitStatus.NOT_SEEN
        if pair.source is not None:
            status = LimitStatus.SEEN
        elif pair.blended:
            status = LimitStatus.BLENDED
        half, most = (limit[i] for limit in limits[status is LimitStatus.SEEN])
        records.append(
            LimitRecord(
                visit=visit,
                name=known.names[which],
                lat_deg=float(known.latitude_deg[which]),
                lon_east_deg=float(known.longitude_east_deg[which]),
                status=status,
                source_id=None if pair.source is None else sources[pair.source].source_id,
                distance_km=pair.distance_km,
                m_limit50_gw_um=_number(half),
                m_limit90_gw_um=_number(most),
                m_limit_relative_sigma=sigma,
                km_per_px=float(best["km_per_px"][i]),
                emission_deg=float(np.degrees(np.arccos(np.clip(best["cos_emission"][i], 0, 1)))),
                n_frames=int(best["frames"][i]),
            )
        )
    return tuple(records)


def _best_view(groups: tuple[GroupCompleteness, ...], surface_km: Float64) -> dict[str, Float64]:
    """Geometry of the group that finds the faintest source at each place, and all frames."""
    middles = log_middles_at(groups, surface_km)
    best = np.argmin(middles, axis=0)
    place = np.arange(len(surface_km))
    geometry = {
        name: np.stack([group.at(getattr(group, name), surface_km, 0.0) for group in groups])
        for name in ("km_per_px", "cos_emission", "frames")
    }
    return {
        "km_per_px": geometry["km_per_px"][best, place],
        "cos_emission": geometry["cos_emission"][best, place],
        "frames": geometry["frames"].sum(axis=0),
    }


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
