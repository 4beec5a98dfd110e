"""How much of what a catalogue owes it holds, by how well it could be seen and by power."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hotspots.evaluation.bins import ANY_SCALE, SCALE_BINS, SNR_BINS
from hotspots.evaluation.matching import MatchedVisit
from hotspots.evaluation.statistics import Proportion, Tally
from hotspots.evaluation.truth import TruthSource

__all__ = [
    "BRIGHT_SNR",
    "SNR_BIN_NAMES",
    "Completeness",
    "completeness",
    "completeness_by_scale",
]

BRIGHT_SNR = 10.0
"""The headline figures are those of sources from this SNR up (all frames together)."""

SNR_BIN_NAMES = tuple(one.name for one in SNR_BINS)
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
    outcomes = _outcomes(visits)
    decades = sorted({_decade(source.m_power_gw_um) for source, _ in outcomes})
    return Completeness(
        bright=Tally.of(found for source, found in outcomes if source.stacked_snr >= BRIGHT_SNR),
        by_snr={
            snr.name: Tally.of(found for source, found in outcomes if snr.holds(source.stacked_snr))
            for snr in SNR_BINS
        },
        by_power={
            f"{10.0**decade:g}": Tally.of(
                found for source, found in outcomes if _decade(source.m_power_gw_um) == decade
            )
            for decade in decades
        },
    )


def completeness_by_scale(visits: Sequence[MatchedVisit]) -> dict[str, dict[str, Proportion]]:
    """Sources found of those asked for, by pixel scale and by expected stacked SNR.

    Returns
    -------
    dict of str to dict of str to Proportion
        Name of the bin of kilometres per pixel ("all" is the last), then name of the bin
        of SNR.  Both belong to the source: the scale is that of its best frame.
    """
    outcomes = _outcomes(visits)
    return {
        scale.name: {
            snr.name: Proportion.of(
                found
                for source, found in outcomes
                if snr.holds(source.stacked_snr) and scale.holds(source.km_per_px)
            )
            for snr in SNR_BINS
        }
        for scale in (*SCALE_BINS, ANY_SCALE)
    }


def _outcomes(visits: Sequence[MatchedVisit]) -> list[tuple[TruthSource, bool]]:
    """Each source asked for, and whether it was found."""
    outcomes = []
    for visit in visits:
        found = {match.source for match in visit.asked}
        outcomes += [(source, source in found) for source in visit.asked_sources]
    return outcomes


def _decade(power_gw_um: float) -> int:
    return math.floor(math.log10(power_gw_um))
