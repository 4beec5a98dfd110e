"""Counts and quantiles that know the answer "nothing to count"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

__all__ = ["Tally", "quantile", "ratio"]


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


def quantile(values: Sequence[float], level: float) -> float | None:
    """Quantile (linear between neighbours) at a level 0..1, or None of no values."""
    return float(np.quantile(np.asarray(values, dtype=np.float64), level)) if values else None
