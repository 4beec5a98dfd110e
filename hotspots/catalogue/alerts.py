r"""Alerts: a new volcano, or one that is far brighter than it ordinarily is.

Every source of a visit is tested against what was known before that visit: earlier visits
of the catalogue, with their upper limits, and the published hot spots.  The number of
alerts that would be as strong by chance, in one visit, is

- of a *brightening*: the probability that the volcano is so bright in an ordinary visit
  (`hotspots.catalogue.ordinary.ordinary_power`) times the number of sources tested;
- of a *new volcano*: the number of volcanoes on no list that are so bright by ordinary
  variation and were missed so far (`hotspots.catalogue.ordinary.unlisted_as_bright`);
- of both: the probability that the detection itself is false.

An alert is raised where that sum is at most half of ``false_alarms_per_visit``, for there
are two kinds.  A saturated power counts with its lower end.  What lies within `BESIDE_PX`
of a brighter source of its visit, or on it, may be a part of that, and raises none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hotspots.catalogue.light_curves import (
    LightCurvePoint,
    PointStatus,
    power_observation,
    power_observations,
)
from hotspots.catalogue.lognormal import PowerKind, PowerObservation
from hotspots.catalogue.ordinary import ordinary_power, unlisted_as_bright
from hotspots.catalogue.places import distance_km
from hotspots.catalogue.published import POSITION_REFERENCE, POWER_REFERENCE, PublishedHotspot
from hotspots.catalogue.records import SourceRecord
from hotspots.catalogue.volcanoes import Volcano, name_of
from hotspots.config import AcrossVisitsSettings

__all__ = ["Alert", "AlertKind", "raise_alerts"]

BESIDE_PX = 3.0
"""Sources nearer to each other than this may be one whose light is spread or saturated."""

_KINDS = 2
_SEEN = frozenset({PointStatus.DETECTED, PointStatus.SATURATED})


class AlertKind(StrEnum):
    """Why an alert was raised."""

    NEW = "new"
    BRIGHTENING = "brightening"


@dataclass(frozen=True, kw_only=True)
class Alert:
    """A row of ``alerts.csv``.

    Parameters
    ----------
    visit, time_utc, kind, volcano_id, source_id, name
    lat_deg, lon_east_deg : float
        Of the source.
    m_power_gw_um : float
        Measured, or the lower end where the camera saturated.
    saturated : bool
        The power is a lower limit.
    ordinary_m_power_gw_um : float or None
        Median of what is ordinary for this volcano; of a new one, the faintest limit of the
        earlier visits, if any has one.
    factor : float or None
        Ratio of the two.
    expected_false_alarms : float
        Alerts as strong as this by chance in one visit.
    reason : str
        The same in words.
    """

    visit: str
    time_utc: str
    kind: AlertKind
    volcano_id: str
    source_id: str
    name: str | None
    lat_deg: float
    lon_east_deg: float
    m_power_gw_um: float
    saturated: bool
    ordinary_m_power_gw_um: float | None
    factor: float | None
    expected_false_alarms: float
    reason: str


def raise_alerts(volcanoes: Sequence[Volcano], settings: AcrossVisitsSettings) -> tuple[Alert, ...]:
    """Alerts of all visits, each judged by what was known before it.

    Parameters
    ----------
    volcanoes : sequence of Volcano
    settings : AcrossVisitsSettings

    Returns
    -------
    tuple of Alert
        In the order of time; of one visit, the least likely to be chance first.
    """
    by_visit: dict[str, list[SourceRecord]] = {}
    for volcano in volcanoes:
        for source in volcano.members:
            by_visit.setdefault(source.visit, []).append(source)
    alerts = []
    for volcano in volcanoes:
        sources = {source.source_id: source for source in volcano.members}
        for number, point in enumerate(volcano.light_curve):
            if point.source_id is None:
                continue
            source = sources[point.source_id]
            others = by_visit[source.visit]
            alert = _judge(volcano, source, number, len(others), settings)
            if alert and not _is_beside_a_brighter(source, others):
                alerts.append(alert)
    return tuple(
        sorted(alerts, key=lambda one: (one.time_utc[:10], one.visit, one.expected_false_alarms))
    )


def _judge(
    volcano: Volcano, source: SourceRecord, number: int, tested: int, settings: AcrossVisitsSettings
) -> Alert | None:
    """Alert of one point of a light curve, if it deserves one."""
    point, before = volcano.light_curve[number], volcano.light_curve[:number]
    seen = power_observation(point)
    if seen is None:
        return None
    history = power_observations(before)
    is_new = volcano.published is None and not any(one.status in _SEEN for one in before)
    if is_new:
        ordinary = _faintest_limit(history)
        chance = unlisted_as_bright(seen.log_power, seen.sigma, history)
    else:
        known = ordinary_power(history, volcano.published)
        ordinary = float(known.median_quantiles(0.5))
        chance = tested * known.exceedance(seen.log_power, seen.sigma)
    false = _probability_false(source)
    power = float(np.exp(seen.log_power))
    factor = None if ordinary is None else power / ordinary
    enough = is_new or (factor is not None and factor >= settings.least_factor)
    if not enough or chance + false > settings.false_alarms_per_visit / _KINDS:
        return None
    named = name_of(volcano)
    kind = AlertKind.NEW if is_new else AlertKind.BRIGHTENING
    saturated = seen.kind is PowerKind.AT_LEAST
    strength = f"{'at least ' if saturated else ''}{power:.3g} GW/um in M"
    words = _new_words(before) if is_new else _brightening_words(volcano, before, factor, ordinary)
    return Alert(
        visit=source.visit,
        time_utc=source.time_utc,
        kind=kind,
        volcano_id=volcano.volcano_id,
        source_id=source.source_id,
        name=None if named is None else named.name,
        lat_deg=source.lat_deg,
        lon_east_deg=source.lon_east_deg,
        m_power_gw_um=power,
        saturated=saturated,
        ordinary_m_power_gw_um=ordinary,
        factor=factor,
        expected_false_alarms=chance + false,
        reason=f"{strength}, {words}; {_chance_words(kind, chance, false, tested)}",
    )


def _probability_false(source: SourceRecord) -> float:
    """Probability that the detection is no source; 0 where the detector gives none."""
    if source.p_hotspot is None or source.p_lava_lake is None:
        return 0.0
    return max(0.0, 1.0 - source.p_hotspot - source.p_lava_lake)


def _is_beside_a_brighter(source: SourceRecord, others: Sequence[SourceRecord]) -> bool:
    brighter = [one for one in others if _strength(one) > _strength(source)]
    if not brighter:
        return False
    distance = distance_km(
        source.lat_deg,
        source.lon_east_deg,
        [one.lat_deg for one in brighter],
        [one.lon_east_deg for one in brighter],
    )
    reach = [
        BESIDE_PX * max(source.km_per_px, one.km_per_px) + 0.5 * (one.diameter_km or 0.0)
        for one in brighter
    ]
    return bool(np.any(distance < reach))


def _strength(source: SourceRecord) -> float:
    return source.m_power_gw_um or source.m_power_lo_gw_um or 0.0


def _faintest_limit(history: Sequence[PowerObservation]) -> float | None:
    limits = [one.log_power for one in history if one.kind is PowerKind.AT_MOST]
    return float(np.exp(min(limits))) if limits else None


def _new_words(before: Sequence[LightCurvePoint]) -> str:
    limits = [
        (one.m_limit90_gw_um, one.visit)
        for one in before
        if one.status is PointStatus.NOT_SEEN and one.m_limit90_gw_um is not None
    ]
    where = f"where no hot spot is published ({POSITION_REFERENCE})"
    if not limits:
        return where
    limit, visit = min(limits)
    return f"{where} and {visit} saw nothing above {limit:.2g}"


def _brightening_words(
    volcano: Volcano,
    before: Sequence[LightCurvePoint],
    factor: float | None,
    ordinary: float | None,
) -> str:
    visits = [one.visit for one in before if power_observation(one) is not None]
    sources = []
    if visits:
        sources.append(f"{visits[0]} to {visits[-1]}" if len(visits) > 1 else visits[0])
    if volcano.published is not None:
        sources.append(_published_words(volcano.published))
    return f"{factor:.3g} times the ordinary {ordinary:.2g} of {' and '.join(sources)}"


def _published_words(published: PublishedHotspot) -> str:
    if published.mean_gw_um is None:
        return f"a published hot spot of unknown M power ({POSITION_REFERENCE})"
    brightest = f"at most {published.brightest_gw_um:.2g} in {published.measured} measurements"
    return f"{brightest} ({POWER_REFERENCE})"


def _chance_words(kind: AlertKind, chance: float, false: float, tested: int) -> str:
    what = (
        f"ordinary variation of the {tested} sources tested"
        if kind is AlertKind.BRIGHTENING
        else "unlisted volcanoes that vary"
    )
    return (
        f"by chance {chance + false:.1g} a visit: {what} {chance:.1g}, false detection {false:.1g}"
    )
