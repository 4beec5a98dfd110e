"""The rule of comparison: what a catalogue owes to each source, and how far a match may lie."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.evaluation.outputs import Detection
from hotspots.evaluation.truth import TruthSource

__all__ = [
    "MAX_EMISSION_DEG",
    "MIN_ASKED_SNR",
    "SourceRole",
    "great_circle_km",
    "match_radius_km",
    "offset_km",
    "role_of",
    "separations_km",
]

MAX_EMISSION_DEG = 70.0
"""Sources seen more slantingly than this are not asked for."""

MIN_ASKED_SNR = 3.0
"""Fainter sources (all frames of the visit together) are not asked for."""

_MIN_SEEN_SNR = 1.0
_KM_PER_DEG = IO_MEAN_RADIUS_KM * np.pi / 180.0

_Floats: TypeAlias = NDArray[np.float64]


class SourceRole(StrEnum):
    """What a catalogue owes to a true source."""

    ASKED = "asked"
    NEUTRAL = "neutral"
    """May be reported or not: blended, below SNR 3, near the limb, or in the L band alone."""
    UNSEEN = "unseen"
    """In no frame, or below SNR 1: a detection at its place is chance."""


def role_of(source: TruthSource) -> SourceRole:
    """Say what a catalogue owes to a source.

    The emission angle is that of the frame where the source stands out best, the
    frame that its SNR and its pixel scale belong to, not the steepest view of it.
    """
    if not source.m_frames:
        return SourceRole.NEUTRAL if source.n_l_frames else SourceRole.UNSEEN
    if source.stacked_snr < _MIN_SEEN_SNR:
        return SourceRole.UNSEEN
    asked = (
        not source.blended
        and source.stacked_snr >= MIN_ASKED_SNR
        and source.emission_deg < MAX_EMISSION_DEG
    )
    return SourceRole.ASKED if asked else SourceRole.NEUTRAL


def match_radius_km(source: TruthSource) -> float:
    """Reach of a source: max(1.5 px, min(1 degree, 3 px)), plus half an extended footprint."""
    pixel = source.km_per_px
    reach = max(1.5 * pixel, min(_KM_PER_DEG, 3.0 * pixel))
    return reach + (source.footprint_km / 2 if source.is_extended else 0.0)


def great_circle_km(
    lat_deg: _Floats, lon_deg: _Floats, other_lat_deg: _Floats, other_lon_deg: _Floats
) -> _Floats:
    """Distance on the sphere of 1821.49 km, by the haversine formula; shapes broadcast."""
    lat, lon, other_lat, other_lon = (
        np.radians(angle) for angle in (lat_deg, lon_deg, other_lat_deg, other_lon_deg)
    )
    haversine = (
        np.sin((lat - other_lat) / 2) ** 2
        + np.cos(lat) * np.cos(other_lat) * np.sin((lon - other_lon) / 2) ** 2
    )
    distance: _Floats = 2 * IO_MEAN_RADIUS_KM * np.arcsin(np.sqrt(np.clip(haversine, 0.0, 1.0)))
    return distance


def separations_km(
    sources: Sequence[TruthSource], detections: Sequence[Detection]
) -> NDArray[np.float64]:
    """Distances of detections from sources.

    An extended source may be placed at its middle or where its flux is, so the smaller
    of the two distances counts.

    Returns
    -------
    float64 array (n_detections, n_sources)
        Kilometres.
    """
    lat = np.array([d.lat_deg for d in detections], dtype=np.float64)[:, np.newaxis]
    lon = np.array([d.lon_east_deg for d in detections], dtype=np.float64)[:, np.newaxis]
    flux_places = np.array([(s.lat_deg, s.lon_east_deg) for s in sources]).reshape(-1, 2)
    middles = np.array([(s.centre_lat_deg, s.centre_lon_east_deg) for s in sources]).reshape(-1, 2)
    extended = np.array([s.is_extended for s in sources], dtype=bool)
    from_flux = great_circle_km(lat, lon, flux_places[:, 0], flux_places[:, 1])
    from_middle = great_circle_km(lat, lon, middles[:, 0], middles[:, 1])
    return np.where(extended, np.minimum(from_flux, from_middle), from_flux)


def offset_km(source: TruthSource, detection: Detection) -> tuple[float, float]:
    """How far east and north of a source a detection lies, km.

    Counted from the middle of an extended source where that is nearer than its flux, as
    in `separations_km`; the length of the offset is that separation.
    """
    places = [(source.lat_deg, source.lon_east_deg)]
    if source.is_extended:
        places.append((source.centre_lat_deg, source.centre_lon_east_deg))
    lat, lon = np.array(detection.lat_deg), np.array(detection.lon_east_deg)
    distance = [float(great_circle_km(lat, lon, np.array(a), np.array(b))) for a, b in places]
    nearest = int(np.argmin(distance))
    from_lat, from_lon = np.radians(places[nearest])
    to_lat, to_lon = np.radians((detection.lat_deg, detection.lon_east_deg))
    east = np.cos(to_lat) * np.sin(to_lon - from_lon)
    north = np.cos(from_lat) * np.sin(to_lat) - np.sin(from_lat) * np.cos(to_lat) * np.cos(
        to_lon - from_lon
    )
    bearing = np.arctan2(east, north)
    return distance[nearest] * float(np.sin(bearing)), distance[nearest] * float(np.cos(bearing))
