r"""Alerts: a new volcano, or one that is far brighter than it ordinarily is.

Every source of a visit is tested against what was known before that visit: earlier visits
of the catalogue, with their upper limits, and the published hot spots.  The number of
alerts that would be as strong by chance, in one visit, is

- of a *brightening*: the probability that the volcano is so bright in an ordinary visit
  (`hotspots.catalogue.ordinary.ordinary_power`) times the number of sources tested;
- of a *new volcano*: the number of volcanoes on no list that are so bright by ordinary
  variation and were missed so far (`hotspots.catalogue.ordinary.unlisted_as_bright`);
- of both: the probability that the detection itself is false.

An alert is raised where this is at most ``false_alarms_per_visit``, the first two counted
twice, for there are two kinds.  A brightening is one by ``least_factor`` at least, over the
ordinary and over the power when the volcano was last seen, so that an eruption that goes on
is alerted once.  A saturated power counts with its lower end.  What lies within `BESIDE_PX`
of a brighter source of its visit, or on it, may be a part of that, and raises none; nor does
a visit whose pointing is in doubt (`hotspots.catalogue.misplaced`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hotspots.catalogue.alert_words import (
    words_of_brightening,
    words_of_chance,
    words_of_new,
    words_of_power,
)
from hotspots.catalogue.lognormal import PowerKind
from hotspots.catalogue.misplaced import misplaced_visits
from hotspots.catalogue.places import distance_km
from hotspots.catalogue.records import SourceRecord
from hotspots.catalogue.surprise import AlertKind, Surprise, surprise_of
from hotspots.catalogue.volcanoes import Volcano, name_of
from hotspots.config import AcrossVisitsSettings

__all__ = ["Alert", "AlertKind", "raise_alerts"]

BESIDE_PX = 3.0
"""Sources nearer to each other than this may be one whose light is spread or saturated."""

_KINDS = 2


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
    doubtful = misplaced_visits(volcanoes)
    started = {visit: min(one.time_utc for one in found) for visit, found in by_visit.items()}
    alerts = [
        _alert(volcano, source, surprise)
        for volcano in volcanoes
        for source in volcano.members
        if source.visit not in doubtful
        and (surprise := surprise_of(volcano, source, len(by_visit[source.visit])))
        and _KINDS * surprise.varied + surprise.false <= settings.false_alarms_per_visit
        and (surprise.kind is AlertKind.NEW or _has_risen(surprise, settings.least_factor))
        and not _is_beside_a_brighter(source, by_visit[source.visit])
    ]
    alerts.sort(key=lambda one: (started[one.visit], one.visit, one.expected_false_alarms))
    return tuple(alerts)


def _alert(volcano: Volcano, source: SourceRecord, surprise: Surprise) -> Alert:
    named = name_of(volcano)
    saturated = surprise.seen.kind is PowerKind.AT_LEAST
    if surprise.kind is AlertKind.NEW:
        why = words_of_new(surprise.before)
    else:
        why = words_of_brightening(
            surprise.factor, surprise.ordinary or 0.0, surprise.before, volcano.published
        )
    chance = words_of_chance(
        surprise.varied, surprise.false, surprise.tested, new=surprise.kind is AlertKind.NEW
    )
    return Alert(
        visit=source.visit,
        time_utc=source.time_utc,
        kind=surprise.kind,
        volcano_id=volcano.volcano_id,
        source_id=source.source_id,
        name=None if named is None else named.name,
        lat_deg=source.lat_deg,
        lon_east_deg=source.lon_east_deg,
        m_power_gw_um=surprise.power,
        saturated=saturated,
        ordinary_m_power_gw_um=surprise.ordinary,
        factor=None if surprise.ordinary is None else surprise.factor,
        expected_false_alarms=surprise.by_chance,
        reason=f"{words_of_power(surprise.power, saturated=saturated)}, {why}; {chance}",
    )


def _has_risen(surprise: Surprise, least_factor: float) -> bool:
    """Whether it is that much above the ordinary, and above what it was when last seen."""
    before = max(surprise.ordinary or 0.0, surprise.lasts_from)
    return surprise.power >= least_factor * before


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
