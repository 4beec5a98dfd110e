"""Every pair and every leftover as a CSV table, to see what was missed and what made up."""

import csv
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from hotspots.errors import ProductError
from hotspots.evaluation.matching import Match, MatchedVisit
from hotspots.evaluation.outputs import Detection
from hotspots.evaluation.truth import TruthSource

__all__ = ["MATCH_COLUMNS", "Outcome", "match_rows", "write_matches"]

MATCH_COLUMNS = (
    *("visit", "outcome", "truth_id", "detection_id", "separation_px", "separation_km"),
    *("truth_lat_deg", "truth_lon_east_deg", "truth_class", "truth_snr", "truth_emission_deg"),
    *("truth_footprint_km", "truth_km_per_px", "truth_m_power_gw_um", "truth_saturated"),
    *("lat_deg", "lon_east_deg", "class", "emission_deg", "saturated"),
    *("m_power_gw_um", "m_power_lo_gw_um", "m_power_hi_gw_um"),
)
"""Headings: the source as it truly is, then the detection as it was reported."""


class Outcome(StrEnum):
    """What a row of the table is."""

    FOUND = "found"
    MISSED = "missed"
    NEUTRAL = "neutral"
    FRAGMENT = "fragment"
    FALSE = "false"


def match_rows(visit: MatchedVisit) -> Iterator[dict[str, object]]:
    """Rows of one visit: found, missed, neutral, fragments, false.

    A false detection at a source below SNR 1 has that source beside it.
    """
    found = {match.source for match in visit.asked}
    name = visit.truth.visit
    for match in visit.asked:
        yield _row(name, Outcome.FOUND, match)
    for source in visit.asked_sources:
        if source not in found:
            yield {"visit": name, "outcome": Outcome.MISSED, **_truth_cells(source)}
    for match in visit.neutral:
        yield _row(name, Outcome.NEUTRAL, match)
    for match in visit.fragments:
        yield _row(name, Outcome.FRAGMENT, match)
    for item in visit.false:
        truth = {} if item.unseen_source is None else _truth_cells(item.unseen_source)
        detection = _detection_cells(item.detection)
        yield {"visit": name, "outcome": Outcome.FALSE, **truth, **detection}


def write_matches(visits: Sequence[MatchedVisit], path: Path) -> None:
    """Write the rows of all visits.

    Raises
    ------
    ProductError
        The file cannot be written.
    """
    try:
        with path.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, MATCH_COLUMNS, restval="", lineterminator="\n")
            writer.writeheader()
            for visit in visits:
                writer.writerows(match_rows(visit))
    except OSError as error:
        msg = f"{path}: cannot be written ({error.strerror}); name a file in a writable folder"
        raise ProductError(msg) from error


def _row(visit: str, outcome: Outcome, match: Match) -> dict[str, object]:
    return {
        "visit": visit,
        "outcome": outcome,
        "separation_px": f"{match.separation_px:.3f}",
        "separation_km": f"{match.separation_km:.3f}",
        **_truth_cells(match.source),
        **_detection_cells(match.detection),
    }


def _truth_cells(source: TruthSource) -> dict[str, object]:
    return {
        "truth_id": source.source_id,
        "truth_lat_deg": source.lat_deg,
        "truth_lon_east_deg": source.lon_east_deg,
        "truth_class": source.source_class,
        "truth_snr": source.stacked_snr,
        "truth_emission_deg": source.emission_deg,
        "truth_footprint_km": source.footprint_km,
        "truth_km_per_px": source.km_per_px,
        "truth_m_power_gw_um": source.m_power_gw_um,
        "truth_saturated": int(source.saturated),
    }


def _detection_cells(detection: Detection) -> dict[str, object]:
    return {
        "detection_id": detection.source_id,
        "lat_deg": detection.lat_deg,
        "lon_east_deg": detection.lon_east_deg,
        "class": detection.source_class,
        "emission_deg": detection.emission_deg,
        "saturated": int(detection.saturated),
        "m_power_gw_um": detection.m_power.value,
        "m_power_lo_gw_um": detection.m_power.low,
        "m_power_hi_gw_um": detection.m_power.high,
    }
