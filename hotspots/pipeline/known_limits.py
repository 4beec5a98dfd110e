"""Limits of known volcanoes in view."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hotspots.catalogue.limit_records import LimitRecord, LimitStatus
from hotspots.catalogue.records import SourceRecord
from hotspots.geometry.known_hotspots import KNOWN_SIGMA_KM, known_hotspots
from hotspots.retrieval.limits.completeness import (
    GroupCompleteness,
    limit_power,
    log_middles_at,
)
from hotspots.retrieval.limits.known import (
    Sighting,
    about,
    sightings,
    surface_of,
    unit_vectors,
)

__all__ = ["known_volcanoes"]

Float64 = NDArray[np.float64]

LEVELS = (0.5, 0.9)
"""Completeness of the two limits."""

IN_VIEW = 0.5
"""A known volcano is in view where so much of the surroundings of its place is."""


def known_volcanoes(
    visit: str,
    groups: tuple[GroupCompleteness, ...],
    sources: Sequence[SourceRecord],
    sigma: float,
    pointing_px: float,
) -> tuple[LimitRecord, ...]:
    """Say of each known volcano in view whether it was seen, and how faint it can have been.

    Parameters
    ----------
    visit : str
    groups : tuple of GroupCompleteness
        At least one.
    sources : sequence of SourceRecord
        Found in the visit.
    sigma : float
        Standard deviation of the limits over their value.
    pointing_px : float
        By how much the maps as a whole may be off, standard deviation per axis, px.

    Returns
    -------
    tuple of LimitRecord
        From south to north.
    """
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
        status = _status(pair)
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


def _status(pair: Sighting) -> LimitStatus:
    if pair.source is not None:
        return LimitStatus.SEEN
    return LimitStatus.BLENDED if pair.blended else LimitStatus.NOT_SEEN


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
