"""Whether reported probabilities mean what they say: of detections at 0.8, four in five are real.

Judged is the probability of being any source, against being paired with a true one,
asked for or neutral.  Fragments count neither for nor against, as everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hotspots.evaluation.matching import MatchedVisit
from hotspots.evaluation.statistics import Proportion, ratio

__all__ = ["ProbabilityBin", "ProbabilityScore", "probability_score"]

_BINS = 15


@dataclass(frozen=True)
class ProbabilityBin:
    """Detections of like probability: from `low`, which belongs to it, up to `high`."""

    low: float
    high: float
    mean: float | None
    """Of the probabilities reported."""
    real: Proportion


@dataclass(frozen=True)
class ProbabilityScore:
    """Distance of probabilities from outcomes.

    `expected_calibration_error` is the mean of abs(mean probability - share of real
    ones) over 15 bins of equal width, weighted with their detections (Naeini et al.
    2015, doi:10.1609/aaai.v29i1.9602); `brier` the mean squared difference (Brier
    1950).  Detections without probabilities are counted and left out.
    """

    n: int
    n_without: int
    expected_calibration_error: float | None
    brier: float | None
    bins: tuple[ProbabilityBin, ...]


def probability_score(visits: Sequence[MatchedVisit]) -> ProbabilityScore:
    """Probabilities of one visit, or pooled over many."""
    judged = [
        *((m.detection, True) for visit in visits for m in (*visit.asked, *visit.neutral)),
        *((item.detection, False) for visit in visits for item in visit.false),
    ]
    pairs = [(d.p_source, real) for d, real in judged if d.p_source is not None]
    probability = np.array([p for p, _ in pairs], dtype=np.float64)
    outcome = np.array([real for _, real in pairs], dtype=np.float64)
    number = np.minimum((probability * _BINS).astype(int), _BINS - 1)
    bins = tuple(
        _bin(k, probability[number == k].tolist(), outcome[number == k].tolist())
        for k in range(_BINS)
    )
    gaps = sum(
        one.real.asked * abs(one.mean - one.real.fraction)
        for one in bins
        if one.mean is not None and one.real.fraction is not None
    )
    return ProbabilityScore(
        n=len(pairs),
        n_without=len(judged) - len(pairs),
        expected_calibration_error=ratio(gaps, len(pairs)),
        brier=ratio(float(np.sum((probability - outcome) ** 2)), len(pairs)),
        bins=bins,
    )


def _bin(number: int, probability: list[float], outcome: list[float]) -> ProbabilityBin:
    return ProbabilityBin(
        low=number / _BINS,
        high=(number + 1) / _BINS,
        mean=ratio(sum(probability), len(probability)),
        real=Proportion.of(real > 0 for real in outcome),
    )
