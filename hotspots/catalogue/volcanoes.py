"""Volcanoes: the sources of all visits that belong together, with id, place, name and history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from hotspots.catalogue.identity import volcano_ids
from hotspots.catalogue.light_curves import LightCurvePoint, ObservedVisit, light_curve
from hotspots.catalogue.linking import LinkedVolcano, link_sources, wander_km
from hotspots.catalogue.names import nearest_names
from hotspots.catalogue.places import displaced, distance_km, error_covariance, offsets_km
from hotspots.catalogue.published import POSITION_REFERENCE, PublishedHotspot, published_hotspots
from hotspots.catalogue.records import SourceRecord
from hotspots.config import AcrossVisitsSettings

__all__ = ["GAZETTEER", "Volcano", "VolcanoName", "find_volcanoes", "name_of"]

GAZETTEER = "IAU Gazetteer of Planetary Nomenclature, planetarynames.wr.usgs.gov"


@dataclass(frozen=True)
class VolcanoName:
    """What a volcano is called, who says so, and how far from here it is said to lie."""

    name: str
    reference: str
    distance_km: float


@dataclass(frozen=True)
class Volcano:
    """One volcano of the catalogue.

    Parameters
    ----------
    volcano_id : str
    published : PublishedHotspot or None
    members : tuple of SourceRecord
        Its sources, one a visit at most, in the order of time.
    lat_deg, lon_east_deg : float
        Middle of the places of its sources, weighted with their errors.
    sigma_km : float
        One standard deviation of that middle along one axis, wandering included.
    light_curve : tuple of LightCurvePoint
        One a visit of the catalogue, in the order of time.
    """

    volcano_id: str
    published: PublishedHotspot | None
    members: tuple[SourceRecord, ...]
    lat_deg: float
    lon_east_deg: float
    sigma_km: float
    light_curve: tuple[LightCurvePoint, ...]


def find_volcanoes(
    sources: Iterable[SourceRecord],
    visits: Sequence[ObservedVisit],
    settings: AcrossVisitsSettings,
    *,
    remembered: Iterable[str] = (),
) -> tuple[Volcano, ...]:
    """Volcanoes that the sources of all visits belong to.

    Parameters
    ----------
    sources : iterable of SourceRecord
        Of all visits.
    visits : sequence of ObservedVisit
    settings : AcrossVisitsSettings
    remembered : iterable of str
        Ids of an earlier catalogue.

    Returns
    -------
    tuple of Volcano
        Published ones from north to south, then new ones in the order of their discovery.
    """
    linked = link_sources(sources, published_hotspots(), settings)
    ids = volcano_ids(linked, remembered)
    return tuple(
        _volcano(volcano_id, one, visits, settings)
        for volcano_id, one in zip(ids, linked, strict=True)
    )


def name_of(volcano: Volcano) -> VolcanoName | None:
    """Name of the published hot spot, else of the feature it lies in, else its JRM number."""
    known = volcano.published
    place = volcano.lat_deg, volcano.lon_east_deg
    if known and known.name:
        away = float(distance_km(*place, known.lat_deg, known.lon_east_deg))
        return VolcanoName(known.name, POSITION_REFERENCE, away)
    (feature,) = nearest_names(*place)
    if feature:
        return VolcanoName(feature.name, GAZETTEER, feature.distance_km)
    if known and known.jrm_id:
        away = float(distance_km(*place, known.lat_deg, known.lon_east_deg))
        return VolcanoName(known.jrm_id, POSITION_REFERENCE, away)
    return None


def _volcano(
    volcano_id: str,
    linked: LinkedVolcano,
    visits: Sequence[ObservedVisit],
    settings: AcrossVisitsSettings,
) -> Volcano:
    lat, lon, sigma = _middle(linked.members, wander_km(linked.published, settings))
    curve = light_curve(volcano_id, (lat, lon), linked.members, visits)
    return Volcano(volcano_id, linked.published, linked.members, lat, lon, sigma, curve)


def _middle(members: Sequence[SourceRecord], stray_km: float) -> tuple[float, float, float]:
    """Weighted middle of sources, and its standard deviation along one axis, km."""
    first = members[0]
    wander = np.eye(2) * stray_km**2
    weights = [np.linalg.inv(error_covariance(source) + wander) for source in members]
    covariance = np.linalg.inv(np.sum(weights, axis=0))
    pull = np.zeros(2)
    for source, weight in zip(members, weights, strict=True):
        pull += weight @ offsets_km(
            first.lat_deg, first.lon_east_deg, source.lat_deg, source.lon_east_deg
        )
    east, north = covariance @ pull
    lat, lon = displaced(first.lat_deg, first.lon_east_deg, float(east), float(north))
    return lat, lon, float(np.linalg.det(covariance) ** 0.25)
