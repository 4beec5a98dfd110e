"""Light curves: what each visit says of one volcano, also the visits that did not see it."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hotspots.catalogue.lognormal import PowerKind, PowerObservation
from hotspots.catalogue.records import SourceRecord

__all__ = [
    "LightCurvePoint",
    "ObservedVisit",
    "PointStatus",
    "View",
    "light_curve",
    "power_observation",
    "power_observations",
]

NINE_TENTHS = 1.2816
"""Standard deviations from the half to nine tenths of a normal distribution."""


class PointStatus(StrEnum):
    """What a visit saw of a volcano."""

    DETECTED = "detected"
    SATURATED = "saturated"
    """Detected, and the camera saturated: its powers may be lower limits."""
    NOT_SEEN = "not_seen"
    """In view and below the limit."""
    NOT_IN_VIEW = "not_in_view"
    UNKNOWN = "unknown"
    """No source, and the visit has no limits that say whether it was in view."""


@dataclass(frozen=True)
class View:
    """How well a visit saw a place where it found nothing.

    Parameters
    ----------
    in_view : bool or None
        None: not known.
    m_limit50_gw_um, m_limit90_gw_um : float or None
        M-band power from which on half and nine tenths of sources are found, GW/um; None:
        not known, or no power is.
    """

    in_view: bool | None
    m_limit50_gw_um: float | None = None
    m_limit90_gw_um: float | None = None


@dataclass(frozen=True)
class ObservedVisit:
    """One visit of the catalogue.

    Parameters
    ----------
    name : str
    time_utc : str
        ISO 8601; of its first source, or of its first product where it has none.
    view : callable
        Takes latitude and east longitude, degrees, to a `View`.
    """

    name: str
    time_utc: str
    view: Callable[[float, float], View]


@dataclass(frozen=True, kw_only=True)
class LightCurvePoint:
    """One visit's word on one volcano: a row of ``light_curves.csv``.

    The columns of a detected source are those of `SourceRecord`; the limits are those of
    `View`.
    """

    volcano_id: str
    visit: str
    time_utc: str
    status: PointStatus
    source_id: str | None = None
    m_power_gw_um: float | None = None
    m_power_lo_gw_um: float | None = None
    m_power_hi_gw_um: float | None = None
    m_limit50_gw_um: float | None = None
    m_limit90_gw_um: float | None = None
    l_power_gw_um: float | None = None
    l_power_lo_gw_um: float | None = None
    l_power_hi_gw_um: float | None = None
    temperature_k: float | None = None
    temperature_lo_k: float | None = None
    temperature_hi_k: float | None = None
    total_power_gw: float | None = None
    total_power_lo_gw: float | None = None
    total_power_hi_gw: float | None = None
    emission_deg: float | None = None


def light_curve(
    volcano_id: str,
    place: tuple[float, float],
    members: Iterable[SourceRecord],
    visits: Sequence[ObservedVisit],
) -> tuple[LightCurvePoint, ...]:
    """Light curve of one volcano.

    Parameters
    ----------
    volcano_id : str
    place : (float, float)
        Latitude and east longitude, degrees.
    members : iterable of SourceRecord
        Its sources, one a visit at most.
    visits : sequence of ObservedVisit
        All visits of the catalogue.

    Returns
    -------
    tuple of LightCurvePoint
        One a visit, in the order of time.
    """
    own = {source.visit: source for source in members}
    points = [
        _seen(volcano_id, own[visit.name])
        if visit.name in own
        else _not_seen(volcano_id, visit, visit.view(*place))
        for visit in visits
    ]
    return tuple(sorted(points, key=lambda point: (point.time_utc, point.visit)))


def power_observation(point: LightCurvePoint, band: str = "m") -> PowerObservation | None:
    """What a point says of the power in a band, as data of `hotspots.catalogue.lognormal`.

    Parameters
    ----------
    point : LightCurvePoint
    band : str
        ``m`` or ``l``; only M has upper limits.

    Returns
    -------
    PowerObservation or None
        Of the natural logarithm of the power in GW/um; None if the point says nothing.
    """
    if point.status is PointStatus.NOT_SEEN:
        return _upper_limit(point) if band == "m" else None
    value = getattr(point, f"{band}_power_gw_um")
    low = getattr(point, f"{band}_power_lo_gw_um")
    high = getattr(point, f"{band}_power_hi_gw_um")
    least = low if low is not None and low > 0 else value
    if least is None or least <= 0:
        return None
    if high is None and point.status is PointStatus.SATURATED:
        return PowerObservation(PowerKind.AT_LEAST, math.log(least))
    if value is None or value <= 0:
        return None
    sigma = 0.0
    if high is not None and high > value:
        # an interval that reaches to zero is judged by its upper half
        lower = math.log(value / least) if least < value else math.log(high / value)
        sigma = 0.5 * (math.log(high / value) + lower)
    return PowerObservation(PowerKind.MEASURED, math.log(value), sigma)


def power_observations(
    points: Iterable[LightCurvePoint], band: str = "m"
) -> tuple[PowerObservation, ...]:
    """Apply `power_observation` to many points; those that say nothing are left out."""
    found = (power_observation(point, band) for point in points)
    return tuple(one for one in found if one is not None)


def _upper_limit(point: LightCurvePoint) -> PowerObservation | None:
    """Not seen: below the power that is found in half of the cases, give or take.

    The rise of completeness from 50 to 90 % says how soft that limit is.
    """
    half, most = point.m_limit50_gw_um, point.m_limit90_gw_um
    if half is not None and most is not None and most >= half:
        softness = math.log(most / half) / NINE_TENTHS
        return PowerObservation(PowerKind.AT_MOST, math.log(half), softness)
    limit = most if most is not None else half
    return None if limit is None else PowerObservation(PowerKind.AT_MOST, math.log(limit))


def _seen(volcano_id: str, source: SourceRecord) -> LightCurvePoint:
    return LightCurvePoint(
        volcano_id=volcano_id,
        visit=source.visit,
        time_utc=source.time_utc,
        status=PointStatus.SATURATED if source.saturated else PointStatus.DETECTED,
        source_id=source.source_id,
        m_power_gw_um=source.m_power_gw_um,
        m_power_lo_gw_um=source.m_power_lo_gw_um,
        m_power_hi_gw_um=source.m_power_hi_gw_um,
        l_power_gw_um=source.l_power_gw_um,
        l_power_lo_gw_um=source.l_power_lo_gw_um,
        l_power_hi_gw_um=source.l_power_hi_gw_um,
        temperature_k=source.temperature_k,
        temperature_lo_k=source.temperature_lo_k,
        temperature_hi_k=source.temperature_hi_k,
        total_power_gw=source.total_power_gw,
        total_power_lo_gw=source.total_power_lo_gw,
        total_power_hi_gw=source.total_power_hi_gw,
        emission_deg=source.emission_deg,
    )


def _not_seen(volcano_id: str, visit: ObservedVisit, view: View) -> LightCurvePoint:
    status = {
        None: PointStatus.UNKNOWN,
        True: PointStatus.NOT_SEEN,
        False: PointStatus.NOT_IN_VIEW,
    }[view.in_view]
    return LightCurvePoint(
        volcano_id=volcano_id,
        visit=visit.name,
        time_utc=visit.time_utc,
        status=status,
        m_limit50_gw_um=view.m_limit50_gw_um if view.in_view else None,
        m_limit90_gw_um=view.m_limit90_gw_um if view.in_view else None,
    )
