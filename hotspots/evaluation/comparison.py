"""Detectors side by side: the same figures for each, on the same visits."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from hotspots.errors import TruthError
from hotspots.evaluation.accuracy import Accuracy, accuracy
from hotspots.evaluation.completeness import BRIGHT_SNR, completeness_by_scale
from hotspots.evaluation.false_rates import FalseRates, false_rates
from hotspots.evaluation.lakes import LakeScore, lake_score
from hotspots.evaluation.matching import MatchedVisit
from hotspots.evaluation.probabilities import ProbabilityScore, probability_score
from hotspots.evaluation.reliability import SCORED_SNR
from hotspots.evaluation.statistics import BinaryScore, Proportion
from hotspots.evaluation.summary import match_folders

__all__ = ["ComparedFolders", "DetectorScores", "compare", "comparison_json", "match_detectors"]


@dataclass(frozen=True)
class ComparedFolders:
    """One truth folder and the output folders to judge by it.

    Parameters
    ----------
    truth : Path
    outputs : mapping of str to Path
        Output folder of each detector, by the name it shall have.
    """

    truth: Path
    outputs: Mapping[str, Path]


@dataclass(frozen=True)
class DetectorScores:
    """What one detector is worth, all visits pooled."""

    n_visits: int
    visits_without_output: tuple[str, ...]
    completeness: dict[str, dict[str, Proportion]]
    """By bin of kilometres per pixel, then by bin of SNR."""
    false: FalseRates
    overall: BinaryScore
    """Of the sources from SNR 5 up: those of SNR 3 to 5 count neither for nor against."""
    lakes: LakeScore
    probability: ProbabilityScore
    bright: Accuracy
    """Positions and powers of the sources from SNR 10 up."""


def match_detectors(groups: Sequence[ComparedFolders]) -> dict[str, tuple[MatchedVisit, ...]]:
    """Read and match the visits of every detector, those of all truth folders in one row.

    Parameters
    ----------
    groups : sequence of ComparedFolders
        Every one with the same detectors.

    Raises
    ------
    TruthError
        A folder or table is missing or unreadable, or a detector is missing beside one
        of the truths.
    """
    names = list(groups[0].outputs) if groups else []
    for group in groups:
        if set(group.outputs) != set(names):
            msg = (
                f"{group.truth}: compared with outputs of {', '.join(group.outputs)}; wanted "
                f"{', '.join(names)} as beside {groups[0].truth}, to compare like with like"
            )
            raise TruthError(msg)
    return {
        name: tuple(
            visit
            for group in groups
            for visit in match_folders(group.truth, group.outputs[name])[0]
        )
        for name in names
    }


def compare(visits: Sequence[MatchedVisit]) -> DetectorScores:
    """Figures of one detector, pooled over its visits."""
    right = sum(m.source.stacked_snr >= SCORED_SNR for visit in visits for m in visit.asked)
    asked = sum(s.stacked_snr >= SCORED_SNR for visit in visits for s in visit.asked_sources)
    false = false_rates(visits)
    return DetectorScores(
        n_visits=len(visits),
        visits_without_output=tuple(v.truth.visit for v in visits if not v.output.exists),
        completeness=completeness_by_scale(visits),
        false=false,
        overall=BinaryScore.of_counts(right, wrong=false.total.n_false, missed=asked - right),
        lakes=lake_score(visits),
        probability=probability_score(visits),
        bright=accuracy(visits, BRIGHT_SNR),
    )


def comparison_json(scores: Mapping[str, DetectorScores]) -> str:
    """Every figure of every detector as one line of JSON; null where nothing was asked."""
    return json.dumps({name: asdict(one) for name, one in scores.items()}, allow_nan=False)
