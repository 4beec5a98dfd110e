r"""Which sources of different visits are one volcano.

A volcano is a place that is known with an error, from publications and from the visits so
far.  In a visit its hottest ground lies there give or take `wander_km`.  So a source at
the offset :math:`d` from it speaks for the link with

.. math:: \ln\Lambda = \ln \frac{p\,N(d;\,P + W + C)}{\rho}

where P, W and C are the covariances of the volcano's place, of the wandering and of the
source's place, p is the chance that a volcano shows up at all, and :math:`\rho` the number
of unlisted volcanoes per km2: what the source would be else.  Each visit is assigned as a
whole, one source to one volcano, with the greatest sum of positive :math:`\ln\Lambda`
(Kuhn 1955, doi:10.1002/nav.3800020109); a source that is left over founds a volcano.

Visits are taken in the order of their time, and each changes only what comes after it.  So
the order in which they are given is of no matter, and a later visit changes no earlier link.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from hotspots.catalogue.places import IO_SURFACE_KM2, displaced, error_covariance, offsets_km
from hotspots.catalogue.published import PublishedHotspot
from hotspots.catalogue.records import SourceRecord
from hotspots.config import AcrossVisitsSettings
from hotspots.geometry.known_hotspots import KNOWN_SIGMA_KM

__all__ = ["LinkedVolcano", "link_sources", "wander_km"]

Float64: TypeAlias = NDArray[np.float64]

SHOWS_UP = 0.4
"""Chance that a known volcano is among the sources of a visit: a good pass shows about 100
of 266 (Davies et al. 2024, table S1)."""


@dataclass(frozen=True)
class LinkedVolcano:
    """Sources that are one volcano.

    Parameters
    ----------
    published : PublishedHotspot or None
        Where it has been seen before, if it has.
    members : tuple of SourceRecord
        In the order of time, one a visit at most; at least one.
    """

    published: PublishedHotspot | None
    members: tuple[SourceRecord, ...]


def link_sources(
    sources: Iterable[SourceRecord],
    published: Sequence[PublishedHotspot],
    settings: AcrossVisitsSettings,
) -> tuple[LinkedVolcano, ...]:
    """Link the sources of all visits.

    Parameters
    ----------
    sources : iterable of SourceRecord
        In any order.
    published : sequence of PublishedHotspot
        Volcanoes that are known beforehand.
    settings : AcrossVisitsSettings

    Returns
    -------
    tuple of LinkedVolcano
        The published ones that were seen, in their order, then the others in the order of
        their first source.
    """
    places = _Places.of_published(published, settings)
    members: list[list[SourceRecord]] = [[] for _ in published]
    for visit in _visits_in_time(sources):
        chosen = _assign(places.log_odds(visit, settings))
        for number, source in enumerate(visit):
            index = chosen[number]
            if index is None:
                members.append([source])
                places = places.with_new(source, settings)
            else:
                members[index].append(source)
                places = places.improved(index, source)
    known: list[PublishedHotspot | None] = [*published]
    known += [None] * (len(members) - len(published))
    return tuple(
        LinkedVolcano(one, tuple(own)) for one, own in zip(known, members, strict=True) if own
    )


def _visits_in_time(sources: Iterable[SourceRecord]) -> list[list[SourceRecord]]:
    """Sources by visit, visits by the time of their first source."""
    by_name = sorted(sources, key=lambda source: (source.visit, source.time_utc, source.source_id))
    visits = [list(group) for _, group in groupby(by_name, key=lambda source: source.visit)]
    return sorted(visits, key=lambda visit: (visit[0].time_utc, visit[0].visit))


def _assign(log_odds: Float64) -> list[int | None]:
    """Volcano of each source, by the greatest sum of positive odds; None for a new one."""
    count = len(log_odds)
    # a column of its own for each source, at even odds: "none of them"
    alone = np.where(np.eye(count, dtype=bool), 0.0, -np.inf)
    gain = np.concatenate([np.where(log_odds > 0, log_odds, -np.inf), alone], axis=1)
    _, columns = linear_sum_assignment(np.where(np.isfinite(gain), gain, -1e9), maximize=True)
    return [int(column) if column < log_odds.shape[1] else None for column in columns]


def wander_km(published: PublishedHotspot | None, settings: AcrossVisitsSettings) -> float:
    """How far the hottest place of a volcano strays, one standard deviation along an axis, km.

    A volcano whose warm ground is wide may be hottest anywhere on it: light that is
    anywhere on a disc of diameter D has the standard deviation D / 4.
    """
    diameter = 0.0 if published is None else published.diameter_km
    return float(np.hypot(settings.wander_km, diameter / 4.0))


@dataclass(frozen=True)
class _Places:
    """Where n volcanoes lie so far, as Gaussians in the plane that touches each place.

    ``covariance`` (n, 2, 2) is that of the middle of each, ``wander`` (n, 2, 2) that of its
    hottest place in one visit about the middle, both km2.
    """

    lat_deg: Float64
    lon_east_deg: Float64
    covariance: Float64
    wander: Float64

    @classmethod
    def of_published(
        cls, published: Sequence[PublishedHotspot], settings: AcrossVisitsSettings
    ) -> "_Places":
        wander = np.array([wander_km(one, settings) ** 2 for one in published], dtype=np.float64)
        return cls(
            np.array([one.lat_deg for one in published], dtype=np.float64),
            np.array([one.lon_east_deg for one in published], dtype=np.float64),
            np.tile(np.eye(2) * KNOWN_SIGMA_KM**2, (len(published), 1, 1)),
            wander[:, None, None] * np.eye(2),
        )

    def log_odds(self, visit: Sequence[SourceRecord], settings: AcrossVisitsSettings) -> Float64:
        """Logarithm of the odds for each source (rows) and volcano (columns)."""
        offset = offsets_km(
            self.lat_deg,
            self.lon_east_deg,
            np.array([[source.lat_deg] for source in visit]),
            np.array([[source.lon_east_deg] for source in visit]),
        )
        errors = np.stack([error_covariance(source) for source in visit])
        total = self.covariance + self.wander + errors[:, None]
        square = np.sum(offset * np.linalg.solve(total, offset[..., None])[..., 0], axis=-1)
        density = settings.unlisted_volcanoes / IO_SURFACE_KM2
        peak = np.log(SHOWS_UP / (2.0 * np.pi * density)) - 0.5 * np.linalg.slogdet(total)[1]
        return np.asarray(peak - 0.5 * square)

    def with_new(self, source: SourceRecord, settings: AcrossVisitsSettings) -> "_Places":
        """Add the volcano that a source founds."""
        wander = np.eye(2) * wander_km(None, settings) ** 2
        return _Places(
            np.append(self.lat_deg, source.lat_deg),
            np.append(self.lon_east_deg, source.lon_east_deg),
            np.concatenate([self.covariance, (error_covariance(source) + wander)[None]]),
            np.concatenate([self.wander, wander[None]]),
        )

    def improved(self, index: int, source: SourceRecord) -> "_Places":
        """Take a source into the place of a volcano (Kalman's formula)."""
        lat, lon, own = self.lat_deg[index], self.lon_east_deg[index], self.covariance[index]
        offset = offsets_km(lat, lon, source.lat_deg, source.lon_east_deg)
        gain = own @ np.linalg.inv(own + self.wander[index] + error_covariance(source))
        better = replace(
            self,
            lat_deg=self.lat_deg.copy(),
            lon_east_deg=self.lon_east_deg.copy(),
            covariance=self.covariance.copy(),
        )
        east, north = gain @ offset
        better.lat_deg[index], better.lon_east_deg[index] = displaced(lat, lon, east, north)
        better.covariance[index] = own - gain @ own
        return better
