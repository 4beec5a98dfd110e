"""All figures of a comparison, per visit and pooled, and the few that head the report."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from hotspots.errors import TruthError
from hotspots.evaluation.accuracy import Accuracy, accuracy
from hotspots.evaluation.completeness import BRIGHT_SNR, Completeness, completeness
from hotspots.evaluation.frames import (
    PointingScore,
    ProductFate,
    Verdict,
    pointing,
    product_fates,
    unlisted_used_products,
)
from hotspots.evaluation.goals import Goal, goals
from hotspots.evaluation.matching import MatchedVisit, match_visit
from hotspots.evaluation.measurements import Measurements, measurements
from hotspots.evaluation.outputs import output_visits, read_visit_output
from hotspots.evaluation.reliability import Reliability, reliability
from hotspots.evaluation.rule import MIN_ASKED_SNR
from hotspots.evaluation.truth import Expectation, read_visit_truth, truth_visits

__all__ = ["Evaluation", "Headline", "Scores", "evaluate", "json_line", "match_folders", "score"]


@dataclass(frozen=True)
class Scores:
    """Every figure of one visit, or of many pooled."""

    completeness: Completeness
    reliability: Reliability
    bright: Accuracy
    """Of the sources from SNR 10 up."""
    asked: Accuracy
    """Of all sources asked for, from SNR 3 up."""
    pointing: PointingScore
    measurements: Measurements
    """Of the sources from SNR 10 up."""


@dataclass(frozen=True)
class Headline:
    """The figures a release is judged by, pooled.

    Completeness, positions and powers are those of unblended sources of SNR 10 or more
    seen at emission below 70 degrees, powers only of the unsaturated ones.
    """

    completeness: float | None
    n_found: int
    n_asked: int
    false_per_disc: float | None
    """False detections / visits with any Io frame used."""
    false_per_covered_disc: float | None
    position_median_px: float | None
    m_power_median_ratio: float | None
    m_power_interval_coverage: float | None
    pointing_dx_p90_px: float | None
    pointing_dy_p90_px: float | None
    good_frames_used: float | None
    n_products_wrong: int
    """Bad, not-Io and partly usable products that were treated wrongly or left out."""


@dataclass(frozen=True)
class Evaluation:
    """The whole comparison."""

    headline: Headline
    goals: tuple[Goal, ...]
    """Of measurement, pooled."""
    pooled: Scores
    visits: dict[str, Scores]
    products: tuple[ProductFate, ...]
    """Every damaged, not-Io and partly usable product."""
    good_frames_not_used: tuple[ProductFate, ...]
    used_products_without_truth: tuple[str, ...]
    visits_without_output: tuple[str, ...]
    visits_without_truth: tuple[str, ...]


def match_folders(
    truth_folder: Path, output_folder: Path, visits: Sequence[str] = ()
) -> tuple[tuple[MatchedVisit, ...], tuple[str, ...]]:
    """Read and match every visit that has truth.

    Parameters
    ----------
    truth_folder, output_folder : Path
        ``<visit>_sources.csv``, ``<visit>_frames.csv`` and ``<visit>/hotspots.csv``,
        ``<visit>/frames.csv``.
    visits : sequence of str
        Names of the visits to compare; none for all.

    Returns
    -------
    tuple of MatchedVisit, tuple of str
        The comparison, and the visits that the output has and the truth has not.

    Raises
    ------
    TruthError
        A folder or table is missing or unreadable, or a visit has no truth.
    """
    known = truth_visits(truth_folder)
    written = output_visits(output_folder)
    unknown = sorted(set(visits) - set(known))
    if unknown:
        msg = f"{truth_folder}: no truth for {', '.join(unknown)}; it holds {', '.join(known)}"
        raise TruthError(msg)
    matched = tuple(
        match_visit(read_visit_truth(truth_folder, v), read_visit_output(output_folder, v))
        for v in known
        if not visits or v in visits
    )
    return matched, () if visits else tuple(sorted(set(written) - set(known)))


def score(visits: Sequence[MatchedVisit]) -> Scores:
    """Every figure of the given visits, pooled."""
    return Scores(
        completeness=completeness(visits),
        reliability=reliability(visits),
        bright=accuracy(visits, BRIGHT_SNR),
        asked=accuracy(visits, MIN_ASKED_SNR),
        pointing=pointing(visits),
        measurements=measurements(visits, BRIGHT_SNR),
    )


def evaluate(
    visits: Sequence[MatchedVisit], visits_without_truth: tuple[str, ...] = ()
) -> Evaluation:
    """Figures per visit and pooled, and the fate of the products."""
    fates = [fate for visit in visits for fate in product_fates(visit)]
    products = tuple(fate for fate in fates if fate.expected is not Expectation.USED)
    pooled = score(visits)
    return Evaluation(
        headline=_headline(pooled, products),
        goals=goals(pooled.measurements),
        pooled=pooled,
        visits={visit.truth.visit: score([visit]) for visit in visits},
        products=products,
        good_frames_not_used=tuple(
            fate
            for fate in fates
            if fate.expected is Expectation.USED and fate.verdict is Verdict.WRONG
        ),
        used_products_without_truth=tuple(
            product for visit in visits for product in unlisted_used_products(visit)
        ),
        visits_without_output=tuple(v.truth.visit for v in visits if not v.output.exists),
        visits_without_truth=visits_without_truth,
    )


def json_line(evaluation: Evaluation) -> str:
    """Every figure as one line of JSON; null where there was nothing to measure."""
    return json.dumps(asdict(evaluation), allow_nan=False)


def _headline(pooled: Scores, products: Sequence[ProductFate]) -> Headline:
    return Headline(
        completeness=pooled.completeness.bright.fraction,
        n_found=pooled.completeness.bright.found,
        n_asked=pooled.completeness.bright.asked,
        false_per_disc=pooled.reliability.false_per_disc,
        false_per_covered_disc=pooled.reliability.false_per_covered_disc,
        position_median_px=pooled.bright.position.median_px,
        m_power_median_ratio=pooled.bright.m_power.median_ratio,
        m_power_interval_coverage=pooled.bright.m_power.interval.fraction,
        pointing_dx_p90_px=pooled.pointing.dx.p90_px,
        pointing_dy_p90_px=pooled.pointing.dy.p90_px,
        good_frames_used=pooled.pointing.good_frames.fraction,
        n_products_wrong=sum(fate.verdict is Verdict.WRONG for fate in products),
    )
