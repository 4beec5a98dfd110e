"""How true the numbers of a catalogue are, and how honest their intervals.

Judged are sources that were asked for, from a given SNR up, and found.  A source counts as
saturated by the truth, not by what the catalogue says of it: whether a program noticed is
part of what its interval shows.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hotspots.evaluation.matching import Match, MatchedVisit
from hotspots.evaluation.outputs import MeasuredPower, MeasuredQuantity
from hotspots.evaluation.rule import offset_km
from hotspots.evaluation.statistics import Tally, quantile

__all__ = [
    "Measurements",
    "PlaceScore",
    "PowerScore",
    "QuantityScore",
    "SaturatedScore",
    "measurements",
]

CIRCLE_68 = 1.515
"""Standard deviations within which 68 % of the places lie: sqrt(-2 log(1 - 0.6827))."""

ELLIPSE_68 = 2.296
"""Its square: of the Mahalanobis distance."""

WITHIN_FACTOR = 1.3
"""Named threshold for powers: published ones of one source differ by more."""

WITHIN_PX = 0.8
"""Named threshold for places."""


@dataclass(frozen=True)
class PowerScore:
    """Measured over true power of unsaturated sources in one band.

    `half_spread` is half the distance from the 16 % to the 84 % point of the ratio;
    intervals count where they have both ends; `within` counts ratios within a factor of
    `WITHIN_FACTOR`.
    """

    n: int
    median_ratio: float | None
    half_spread: float | None
    covers_68: Tally
    covers_95: Tally
    within: Tally


@dataclass(frozen=True)
class SaturatedScore:
    """Intervals in M of sources that are truly saturated.

    An interval without an upper end holds all that lies above its lower one.
    `median_factor` is upper over lower end of the closed 95 % intervals, `open_factor`
    value over lower end of the open ones: how much above the limit the source is said to be.
    """

    n: int
    holds_68: Tally
    holds_95: Tally
    open_above: Tally
    median_factor: float | None
    open_factor: float | None


@dataclass(frozen=True)
class QuantityScore:
    """A quantity with a value and a 68 % interval against its truth.

    `median_error` is the median of ``|measured / true - 1|``; `limits` counts intervals
    with one end that hold the truth; `median_factor` is upper over lower end.
    """

    n: int
    median_ratio: float | None
    median_error: float | None
    covers_68: Tally
    limits: Tally
    median_factor: float | None


@dataclass(frozen=True)
class PlaceScore:
    """Places and what is said of their errors.

    `within_sigma` counts places within `CIRCLE_68` standard deviations, `within_ellipse`
    those within the ellipse that should hold as many, `within` those within `WITHIN_PX`.
    """

    n: int
    median_px: float | None
    p90_px: float | None
    within_sigma: Tally
    within_ellipse: Tally
    within: Tally


@dataclass(frozen=True)
class Measurements:
    """All figures of measurement of sources from an SNR up.

    `total_power` is that of sources with a value, thus seen in both bands,
    `total_power_range` that of sources with a range alone.
    """

    min_snr: float
    m_power: PowerScore
    l_power: PowerScore
    saturated: SaturatedScore
    temperature: QuantityScore
    total_power: QuantityScore
    total_power_range: QuantityScore
    place: PlaceScore


def measurements(visits: Sequence[MatchedVisit], min_snr: float) -> Measurements:
    """Figures of the pairs with asked sources of one visit, or pooled over many."""
    found = [m for visit in visits for m in visit.asked if m.source.stacked_snr >= min_snr]
    numbers = [m for m in found if not m.source.saturated and not m.detection.saturated]
    totals = [
        (m.source.total_power_gw, m.detection.total_power_gw)
        for m in found
        if m.source.total_power_gw is not None
    ]
    return Measurements(
        min_snr=min_snr,
        m_power=_power((m.source.m_power_gw_um, m.detection.m_power) for m in numbers),
        l_power=_power(
            (m.source.l_power_gw_um, m.detection.l_power) for m in numbers if m.source.n_l_frames
        ),
        saturated=_saturated(
            [(m.source.m_power_gw_um, m.detection.m_power) for m in found if m.source.saturated]
        ),
        temperature=_quantity(
            (m.source.colour_temperature_k, m.detection.temperature_k)
            for m in found
            if m.source.colour_temperature_k is not None
        ),
        total_power=_quantity((truth, total) for truth, total in totals if total.value is not None),
        total_power_range=_quantity(
            (truth, total) for truth, total in totals if total.value is None
        ),
        place=_place(found),
    )


def _power(pairs: Iterable[tuple[float, MeasuredPower]]) -> PowerScore:
    known = [(truth, power) for truth, power in pairs if power.value is not None]
    ratios = [power.value / truth for truth, power in known if power.value is not None]
    low, high = quantile(ratios, 0.16), quantile(ratios, 0.84)
    return PowerScore(
        n=len(ratios),
        median_ratio=quantile(ratios, 0.5),
        half_spread=None if low is None or high is None else (high - low) / 2,
        covers_68=_covers((truth, p.low, p.high) for truth, p in known),
        covers_95=_covers((truth, p.low_95, p.high_95) for truth, p in known),
        within=Tally.of(1 / WITHIN_FACTOR <= ratio <= WITHIN_FACTOR for ratio in ratios),
    )


def _saturated(pairs: Sequence[tuple[float, MeasuredPower]]) -> SaturatedScore:
    powers = [power for _, power in pairs]
    return SaturatedScore(
        n=len(pairs),
        holds_68=Tally.of(_holds(truth, p.low, p.high) for truth, p in pairs),
        holds_95=Tally.of(_holds(truth, p.low_95, p.high_95) for truth, p in pairs),
        open_above=Tally.of(p.high is None for p in powers),
        median_factor=quantile(_factors((p.low_95, p.high_95) for p in powers), 0.5),
        open_factor=quantile(_factors((p.low, p.value) for p in powers if p.high is None), 0.5),
    )


def _quantity(pairs: Iterable[tuple[float | None, MeasuredQuantity]]) -> QuantityScore:
    known = [(truth, measured) for truth, measured in pairs if truth]
    ratios = [m.value / truth for truth, m in known if m.value is not None]
    return QuantityScore(
        n=sum(any(part is not None for part in (m.value, m.low, m.high)) for _, m in known),
        median_ratio=quantile(ratios, 0.5),
        median_error=quantile([abs(ratio - 1.0) for ratio in ratios], 0.5),
        covers_68=_covers((truth, m.low, m.high) for truth, m in known),
        limits=Tally.of(
            (m.low is None or m.low <= truth) and (m.high is None or truth <= m.high)
            for truth, m in known
            if (m.low is None) != (m.high is None)
        ),
        median_factor=quantile(_factors((m.low, m.high) for _, m in known), 0.5),
    )


def _place(found: Sequence[Match]) -> PlaceScore:
    pixels = [match.separation_px for match in found]
    claims = [(m, m.detection.place_error) for m in found]
    return PlaceScore(
        n=len(found),
        median_px=quantile(pixels, 0.5),
        p90_px=quantile(pixels, 0.9),
        within_sigma=Tally.of(
            match.separation_km <= CIRCLE_68 * error.sigma_km
            for match, error in claims
            if error is not None
        ),
        within_ellipse=Tally.of(
            square <= ELLIPSE_68 for square in map(_mahalanobis, found) if square is not None
        ),
        within=Tally.of(separation <= WITHIN_PX for separation in pixels),
    )


def _mahalanobis(match: Match) -> float | None:
    """Square of the distance in units of the claimed ellipse; None where none is claimed."""
    error = match.detection.place_error
    if error is None or not error.major_km or not error.minor_km or error.azimuth_deg is None:
        return None
    east, north = offset_km(match.source, match.detection)
    azimuth = math.radians(error.azimuth_deg)
    along = east * math.sin(azimuth) + north * math.cos(azimuth)
    across = east * math.cos(azimuth) - north * math.sin(azimuth)
    return (along / error.major_km) ** 2 + (across / error.minor_km) ** 2


def _covers(intervals: Iterable[tuple[float, float | None, float | None]]) -> Tally:
    """Closed intervals that hold the truth."""
    return Tally.of(
        low <= truth <= high
        for truth, low, high in intervals
        if low is not None and high is not None
    )


def _holds(truth: float, low: float | None, high: float | None) -> bool:
    """Whether an interval, open above where it has no upper end, holds the truth."""
    return low is not None and low <= truth and (high is None or truth <= high)


def _factors(ends: Iterable[tuple[float | None, float | None]]) -> list[float]:
    """Upper over lower end, where both are there and above zero."""
    return [high / low for low, high in ends if low is not None and high is not None and low > 0]
