"""False detections per disc of Io: in total, by pixel scale, and by their own SNR.

Per visit and per covered disc are two figures, as in `hotspots.evaluation.reliability`.
A visit counts at a scale where a frame of that scale was used; a false detection counts
at the scale and SNR that the catalogue itself gives it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hotspots.evaluation.bins import ANY_SCALE, SCALE_BINS, SNR_BINS, Bin
from hotspots.evaluation.matching import MatchedVisit
from hotspots.evaluation.reliability import covered_discs, is_imaged
from hotspots.evaluation.statistics import ratio

__all__ = ["FalseRate", "FalseRates", "false_rates"]

_DETECTION_SNR_BINS = (Bin("<3", -math.inf, SNR_BINS[0].low), *SNR_BINS)
"""A catalogue may hold detections that are fainter than any source asked for."""


@dataclass(frozen=True)
class FalseRate:
    """False detections among visits imaged and discs' worth of surface covered."""

    n_false: int
    n_visits_imaged: int
    covered_discs: float
    per_visit: float | None
    per_covered_disc: float | None

    @classmethod
    def of_counts(cls, n_false: int, n_visits: int, discs: float) -> "FalseRate":
        """Rates of counts; None where there is nothing to divide by."""
        return cls(n_false, n_visits, discs, ratio(n_false, n_visits), ratio(n_false, discs))


@dataclass(frozen=True)
class FalseRates:
    """False detections; those whose scale or SNR is not given are in `total` alone.

    Every bin of SNR has the visits and discs of the total, so that its rates add up.
    """

    total: FalseRate
    by_scale: dict[str, FalseRate]
    by_snr: dict[str, FalseRate]


def false_rates(visits: Sequence[MatchedVisit]) -> FalseRates:
    """False detections of one visit, or pooled over many."""
    false = [item.detection for visit in visits for item in visit.false]

    def rate(n_false: int, scale: Bin = ANY_SCALE) -> FalseRate:
        return FalseRate.of_counts(
            n_false,
            sum(is_imaged(visit, scale) for visit in visits),
            sum(covered_discs(visit, scale) for visit in visits),
        )

    return FalseRates(
        total=rate(len(false)),
        by_scale={
            scale.name: rate(sum(scale.holds(one.km_per_px) for one in false), scale)
            for scale in SCALE_BINS
        },
        by_snr={
            snr.name: rate(sum(snr.holds(one.snr) for one in false)) for snr in _DETECTION_SNR_BINS
        },
    )
