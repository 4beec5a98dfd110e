"""Which detection is which source: one-to-one pairs within reach, and what is left over.

1. Detections are paired with the sources *asked for*.
2. Detections left over are paired with *neutral* sources: real, but not asked for.
3. A detection still left over that lies on an extended source which already has its
   pair is a *fragment* of it.
4. Every other detection is *false*, also where a source lies that nobody could see.

Pairing is the Hungarian method (Kuhn 1955, doi:10.1002/nav.3800020109): as many pairs
as there can be, and among those the least sum of separation over radius.  The stages
let a source that is asked for win a detection that a neutral one also could explain.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from hotspots.evaluation.outputs import Detection, VisitOutput
from hotspots.evaluation.rule import SourceRole, match_radius_km, role_of, separations_km
from hotspots.evaluation.truth import TruthSource, VisitTruth

__all__ = ["FalseDetection", "Match", "MatchedVisit", "assign", "match_visit"]


@dataclass(frozen=True)
class Match:
    """A detection and the source it stands for."""

    source: TruthSource
    detection: Detection
    separation_km: float

    @property
    def separation_px(self) -> float:
        """Separation in pixels of the source's best frame."""
        return self.separation_km / self.source.km_per_px


@dataclass(frozen=True)
class FalseDetection:
    """A detection that stands for nothing, and the source below SNR 1 it lies on, if any."""

    detection: Detection
    unseen_source: TruthSource | None


@dataclass(frozen=True)
class MatchedVisit:
    """Truth and output of a visit, every detection in exactly one of the four lists."""

    truth: VisitTruth
    output: VisitOutput
    asked: tuple[Match, ...]
    neutral: tuple[Match, ...]
    fragments: tuple[Match, ...]
    false: tuple[FalseDetection, ...]

    @property
    def asked_sources(self) -> tuple[TruthSource, ...]:
        """Sources that a complete catalogue holds."""
        return tuple(s for s in self.truth.sources if role_of(s) is SourceRole.ASKED)


def assign(distance: NDArray[np.float64], radius: NDArray[np.float64]) -> list[tuple[int, int]]:
    """One-to-one pairs within reach: the most pairs, then the least sum of distance / radius.

    Parameters
    ----------
    distance : float64 array (n, m)
        From each of n detections to each of m sources.
    radius : float64 array (m,)
        Reach of each source, above 0.

    Returns
    -------
    list of (int, int)
        Row and column of each pair.
    """
    cost = distance / radius
    within = cost <= 1.0
    # One pair out of reach costs more than all pairs within reach together.
    cost = np.where(within, cost, min(cost.shape) + 1.0)
    rows, columns = linear_sum_assignment(cost)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if within[i, j]]


def match_visit(truth: VisitTruth, output: VisitOutput) -> MatchedVisit:
    """Pair the detections of one visit with its sources, by the rule at the head."""
    roles: dict[SourceRole, list[TruthSource]] = {role: [] for role in SourceRole}
    for source in truth.sources:
        roles[role_of(source)].append(source)
    asked, rest = _pair(roles[SourceRole.ASKED], output.detections)
    neutral, rest = _pair(roles[SourceRole.NEUTRAL], rest)
    taken = [match.source for match in (*asked, *neutral) if match.source.is_extended]
    fragments = [_nearest(taken, detection) for detection in rest]
    in_view = [source for source in roles[SourceRole.UNSEEN] if source.m_frames]
    chance = [_nearest(in_view, detection) for detection in rest]
    return MatchedVisit(
        truth=truth,
        output=output,
        asked=asked,
        neutral=neutral,
        fragments=tuple(fragment for fragment in fragments if fragment is not None),
        false=tuple(
            FalseDetection(detection, None if unseen is None else unseen.source)
            for detection, fragment, unseen in zip(rest, fragments, chance, strict=True)
            if fragment is None
        ),
    )


def _pair(
    sources: Sequence[TruthSource], detections: Sequence[Detection]
) -> tuple[tuple[Match, ...], list[Detection]]:
    """Pairs, and the detections without one."""
    if not sources or not detections:
        return (), list(detections)
    distance = separations_km(sources, detections)
    pairs = assign(distance, np.array([match_radius_km(source) for source in sources]))
    used = {row for row, _ in pairs}
    rest = [detection for row, detection in enumerate(detections) if row not in used]
    return tuple(Match(sources[j], detections[i], float(distance[i, j])) for i, j in pairs), rest


def _nearest(sources: Sequence[TruthSource], detection: Detection) -> Match | None:
    """Pick the source with the least separation over radius, taken or not, if within reach."""
    if not sources:
        return None
    distance = separations_km(sources, [detection])[0]
    share = distance / np.array([match_radius_km(source) for source in sources])
    best = int(np.argmin(share))
    return Match(sources[best], detection, float(distance[best])) if share[best] <= 1.0 else None
