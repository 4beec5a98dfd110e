"""Why an alert was raised, in words that name every number and its source."""

from collections.abc import Sequence

from hotspots.catalogue.light_curves import LightCurvePoint, PointStatus, power_observation
from hotspots.catalogue.published import POSITION_REFERENCE, POWER_REFERENCE, PublishedHotspot

__all__ = ["words_of_brightening", "words_of_chance", "words_of_new", "words_of_power"]

_NEGLIGIBLE = 1e-6


def words_of_power(power_gw_um: float, *, saturated: bool) -> str:
    """Say how bright it is."""
    return f"{'at least ' if saturated else ''}{power_gw_um:.3g} GW/um in M"


def words_of_new(before: Sequence[LightCurvePoint]) -> str:
    """Say what was known of the place of a new volcano."""
    limits = [
        (point.m_limit90_gw_um, point.visit)
        for point in before
        if point.status is PointStatus.NOT_SEEN and point.m_limit90_gw_um is not None
    ]
    where = f"where no hot spot is published ({POSITION_REFERENCE})"
    if not limits:
        return where
    limit, visit = min(limits)
    return f"{where} and {visit} saw nothing above {limit:.2g}"


def words_of_brightening(
    factor: float,
    ordinary_gw_um: float,
    before: Sequence[LightCurvePoint],
    published: PublishedHotspot | None,
) -> str:
    """Say what the power is compared with."""
    visits = [point.visit for point in before if power_observation(point) is not None]
    known = []
    if visits:
        known.append(f"{visits[0]} to {visits[-1]}" if len(visits) > 1 else visits[0])
    if published is not None:
        known.append(_words_of_published(published))
    return f"{factor:.3g} times the ordinary {ordinary_gw_um:.2g} ({'; '.join(known)})"


def words_of_chance(varied: float, false: float, tested: int, *, new: bool) -> str:
    """Say how many alerts as strong as this there would be by chance, and of what kind."""
    what = (
        "volcanoes on no list that vary"
        if new
        else f"ordinary variation of the {tested} sources tested"
    )
    parts = f"{what} {_rate(varied)}, a false detection {_rate(false)}"
    return f"by chance {_rate(varied + false)} a visit: {parts}"


def _words_of_published(published: PublishedHotspot) -> str:
    if published.brightest_gw_um is None:
        return f"M power unknown, listed by {POSITION_REFERENCE}"
    times = "measurement" if published.measured == 1 else "measurements"
    most = f"at most {published.brightest_gw_um:.2g} in {published.measured} published {times}"
    return f"{most}, {POWER_REFERENCE}"


def _rate(number: float) -> str:
    return "below 1e-06" if number < _NEGLIGIBLE else f"{number:.1g}"
