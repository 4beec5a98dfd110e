"""Counts and quantiles that know the answer "nothing to count"."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

__all__ = ["BinaryScore", "Proportion", "Tally", "quantile", "ratio"]


def ratio(part: float, whole: float) -> float | None:
    """Fraction part / whole, or None where the whole is nothing."""
    return part / whole if whole else None


@dataclass(frozen=True)
class Tally:
    """How many of how many."""

    found: int
    asked: int
    fraction: float | None

    @classmethod
    def of(cls, outcomes: Iterable[bool]) -> "Tally":
        """Count true outcomes."""
        listed = list(outcomes)
        return cls(sum(listed), len(listed), ratio(sum(listed), len(listed)))


@dataclass(frozen=True)
class Proportion:
    """How many of how many, with the ends of the 68 % interval of the fraction.

    The interval is Wilson's score interval at one standard deviation (Wilson 1927,
    doi:10.1080/01621459.1927.10502953), which stays within 0..1 and does not close at
    the ends.
    """

    found: int
    asked: int
    fraction: float | None
    low: float | None
    high: float | None

    @classmethod
    def of_counts(cls, found: int, asked: int) -> "Proportion":
        """Proportion of `found` among `asked`; without a fraction where `asked` is 0."""
        if not asked:
            return cls(found, asked, None, None, None)
        fraction = found / asked
        shrinking = asked / (asked + 1.0)
        middle = shrinking * (fraction + 0.5 / asked)
        variance = fraction * (1.0 - fraction) / asked + 0.25 / asked**2
        half = shrinking * math.sqrt(variance)
        return cls(found, asked, fraction, max(0.0, middle - half), min(1.0, middle + half))

    @classmethod
    def of(cls, outcomes: Iterable[bool]) -> "Proportion":
        """Count true outcomes."""
        listed = list(outcomes)
        return cls.of_counts(sum(listed), len(listed))


@dataclass(frozen=True)
class BinaryScore:
    """How far a yes can be trusted (precision), how many yeses were given (recall), and F1."""

    precision: Proportion
    recall: Proportion
    f1: float | None

    @classmethod
    def of_counts(cls, right: int, wrong: int, missed: int) -> "BinaryScore":
        """Scores of true positives, false positives and false negatives."""
        return cls(
            precision=Proportion.of_counts(right, right + wrong),
            recall=Proportion.of_counts(right, right + missed),
            f1=ratio(2 * right, 2 * right + wrong + missed),
        )


def quantile(values: Sequence[float], level: float) -> float | None:
    """Quantile (linear between neighbours) at a level 0..1, or None of no values."""
    return float(np.quantile(np.asarray(values, dtype=np.float64), level)) if values else None
