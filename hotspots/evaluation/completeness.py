"""How much of what a catalogue owes it holds, by how well it could be seen and by power."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hotspots.evaluation.matching import MatchedVisit
from hotspots.evaluation.statistics import Tally

__all__ = ["BRIGHT_SNR", "SNR_BIN_NAMES", "Completeness", "completeness"]

BRIGHT_SNR = 10.0
"""The headline figures are those of sources from this SNR up (all frames together)."""

_SNR_BINS = (("3-5", 3.0, 5.0), ("5-10", 5.0, 10.0), ("10-30", 10.0, 30.0), (">30", 30.0, math.inf))
SNR_BIN_NAMES = tuple(name for name, _, _ in _SNR_BINS)
"""Bins of the expected SNR of all frames of a visit together, lower edge included."""


@dataclass(frozen=True)
class Completeness:
    """Sources found of those asked for.

    `by_snr` has bins of the expected stacked SNR, lower edge included; `by_power` has
    decades of the true M-band power, named by their lower edge in GW/um.
    """

    bright: Tally
    by_snr: dict[str, Tally]
    by_power: dict[str, Tally]


def completeness(visits: Sequence[MatchedVisit]) -> Completeness:
    """Completeness of one visit, or pooled over many."""
    outcomes = [
        (source, source in {match.source for match in visit.asked})
        for visit in visits
        for source in visit.asked_sources
    ]
    decades = sorted({_decade(source.m_power_gw_um) for source, _ in outcomes})
    return Completeness(
        bright=Tally.of(found for source, found in outcomes if source.stacked_snr >= BRIGHT_SNR),
        by_snr={
            name: Tally.of(found for source, found in outcomes if low <= source.stacked_snr < high)
            for name, low, high in _SNR_BINS
        },
        by_power={
            f"{10.0**decade:g}": Tally.of(
                found for source, found in outcomes if _decade(source.m_power_gw_um) == decade
            )
            for decade in decades
        },
    )


def _decade(power_gw_um: float) -> int:
    return math.floor(math.log10(power_gw_um))
