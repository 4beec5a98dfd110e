"""The figures of measurement beside the ranges that they are wanted in."""

from collections.abc import Iterator
from dataclasses import dataclass

from hotspots.evaluation.measurements import Measurements
from hotspots.evaluation.statistics import Tally

__all__ = ["Goal", "goals"]

COVERAGE_68 = (0.62, 0.74)
COVERAGE_95 = (0.91, 0.98)


@dataclass(frozen=True)
class Goal:
    """One figure, the range it is wanted in, and how many sources it rests on."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int

    @property
    def met(self) -> bool | None:
        """Whether the figure lies in the range; None where there is none."""
        if self.value is None:
            return None
        above = self.low is None or self.low <= self.value
        return above and (self.high is None or self.value <= self.high)


def goals(scores: Measurements) -> tuple[Goal, ...]:
    """All goals, in the order of reading."""
    return tuple(_goals(scores))


def _goals(scores: Measurements) -> Iterator[Goal]:
    for band, power in (("M", scores.m_power), ("L", scores.l_power)):
        yield Goal(
            f"{band} power, measured / true, median", power.median_ratio, 0.97, 1.03, power.n
        )
        yield Goal(f"{band} power, half the 16-84 % spread", power.half_spread, None, 0.10, power.n)
        yield _share(f"{band} power, 68 % intervals that hold it", power.covers_68, COVERAGE_68)
        yield _share(f"{band} power, 95 % intervals that hold it", power.covers_95, COVERAGE_95)
    saturated, place = scores.saturated, scores.place
    yield _share("saturated: 95 % intervals that hold M", saturated.holds_95, (0.95, None))
    yield _share("temperature, 68 % intervals that hold it", scores.temperature.covers_68)
    temperature = scores.temperature
    yield Goal("temperature, median error", temperature.median_error, None, 0.07, temperature.n)
    yield _share("total power, 68 % intervals that hold it", scores.total_power.covers_68)
    yield Goal("place, median px", place.median_px, None, 0.15, place.n)
    yield Goal("place, 90 % px", place.p90_px, None, 0.8, place.n)
    yield _share("place, within 1.515 sigma_km", place.within_sigma)
    yield _share("place, within its 68 % ellipse", place.within_ellipse)


def _share(
    name: str, tally: Tally, wanted: tuple[float | None, float | None] = COVERAGE_68
) -> Goal:
    return Goal(name, tally.fraction, wanted[0], wanted[1], tally.asked)
