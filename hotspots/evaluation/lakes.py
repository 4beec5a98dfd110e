"""Whether lava lakes are told from hot spots, where a picture can tell.

Asked about are lakes that fill more than 3 px (resolvable) and hot spots, among the
sources asked for.  A narrower lake looks like a hot spot, and may be called either.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hotspots.catalogue.records import SourceClass
from hotspots.evaluation.matching import MatchedVisit
from hotspots.evaluation.outputs import Detection
from hotspots.evaluation.statistics import BinaryScore

__all__ = ["LakeScore", "lake_score"]


@dataclass(frozen=True)
class LakeScore:
    """Lava lakes among detections, and detections among lava lakes.

    `score` counts a resolvable lake as right where its detection is called a lava lake,
    and as missed where it is called a hot spot or was not found.  Wrong are
    `n_hotspots_called_lakes` and `n_false_called_lakes`, which stand for nothing.
    """

    score: BinaryScore
    n_lakes_not_found: int
    n_hotspots_called_lakes: int
    n_false_called_lakes: int


def lake_score(visits: Sequence[MatchedVisit]) -> LakeScore:
    """Lava lakes of one visit, or pooled over many."""
    lakes = sum(s.is_resolvable_lake for visit in visits for s in visit.asked_sources)
    found = [m for visit in visits for m in visit.asked if m.source.is_resolvable_lake]
    right = sum(_is_called_lake(match.detection) for match in found)
    hotspots = sum(
        _is_called_lake(match.detection)
        for visit in visits
        for match in visit.asked
        if match.source.source_class is SourceClass.HOTSPOT
    )
    false = sum(_is_called_lake(item.detection) for visit in visits for item in visit.false)
    return LakeScore(
        score=BinaryScore.of_counts(right, wrong=hotspots + false, missed=lakes - right),
        n_lakes_not_found=lakes - len(found),
        n_hotspots_called_lakes=hotspots,
        n_false_called_lakes=false,
    )


def _is_called_lake(detection: Detection) -> bool:
    return detection.source_class is SourceClass.LAVA_LAKE
