"""Whether sources of different visits were linked rightly, by the names in the truth.

Two detections of different visits that stand for true sources of one name should have one
``volcano_id``, and those of two names two.  The rule asks for no more than can be seen:

- a *wrong merge* is one of two volcanoes more than `APART_PX` pixels (of the coarser visit)
  from each other, a *wrong split* one of a volcano that has no other visible source so near;
- a detection that by its own diameter covers two true sources is a *blend*, and what it is
  linked to is counted apart;
- names that stand for several sources of a visit, and sources without a name, are left out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from hotspots.catalogue.places import distance_km
from hotspots.catalogue.records import SourceRecord
from hotspots.evaluation.matching import match_visit
from hotspots.evaluation.outputs import read_visit_output
from hotspots.evaluation.rule import MIN_ASKED_SNR
from hotspots.evaluation.tables import read_table
from hotspots.evaluation.truth import TruthSource, read_visit_truth, truth_visits
from hotspots.products.catalogue import CATALOGUE
from hotspots.products.tables import read_sources

__all__ = ["APART_PX", "LinkFault", "LinkScore", "LinkedDetection", "read_links", "score_links"]

APART_PX = 3.0
"""Sources nearer to each other than so many pixels may be one source of a visit."""


@dataclass(frozen=True, kw_only=True)
class LinkedDetection:
    """A detection, the named true source that it stands for, and the volcano it was given to.

    Parameters
    ----------
    visit, name, volcano_id : str
    source : TruthSource
    record : SourceRecord
        The detection.
    alone : bool
        Whether no other visible source lies within `APART_PX` pixels of the true one.
    blend : bool
        Whether the detection covers another visible source as well.
    """

    visit: str
    name: str
    volcano_id: str
    source: TruthSource
    record: SourceRecord
    alone: bool
    blend: bool


@dataclass(frozen=True)
class LinkFault:
    """Two detections that were linked wrongly, and how far apart their true sources lie."""

    kind: str
    names: tuple[str, str]
    source_ids: tuple[str, str]
    distance_km: float
    distance_px: float


@dataclass(frozen=True)
class LinkScore:
    """How many pairs of detections were linked rightly, and every one that was not.

    Parameters
    ----------
    detections : int
        Detections of named sources that are no blends.
    same, same_split : int
        Pairs of one volcano that is alone, and how many of them were split.
    crowded, crowded_split : int
        The same of volcanoes that are not.
    apart, apart_merged : int
        Pairs of two volcanoes apart from each other, and how many of them were merged.
    blends, blends_wrong : int
        Pairs with a blend that are one volcano or were linked, and how many are wrong.
    faults : tuple of LinkFault
    """

    detections: int
    same: int
    same_split: int
    crowded: int
    crowded_split: int
    apart: int
    apart_merged: int
    blends: int
    blends_wrong: int
    faults: tuple[LinkFault, ...]


def read_links(truth: Path, out: Path) -> tuple[LinkedDetection, ...]:
    """Detections of named sources in an output folder with a catalogue.

    Raises
    ------
    TruthError
        If the truth or a visit's output cannot be read.
    ProductError
        If the catalogue cannot be read.
    """
    records = {(one.visit, one.source_id): one for one in read_sources(out / CATALOGUE)}
    return tuple(
        linked
        for visit in truth_visits(truth)
        for linked in _visit_links(truth, out, visit, records)
    )


def score_links(links: Sequence[LinkedDetection]) -> LinkScore:
    """Compare every pair of detections of different visits with the truth."""
    counts: Counter[str] = Counter()
    faults = []
    for one, other in combinations(links, 2):
        kind = _kind(one, other)
        if kind is None:
            continue
        wrong = (one.name == other.name) != (one.volcano_id == other.volcano_id)
        counts[kind] += 1
        counts[f"{kind}_wrong"] += wrong
        if wrong:
            faults.append(_fault(kind, one, other))
    return LinkScore(
        detections=sum(not one.blend for one in links),
        same=counts["same"],
        same_split=counts["same_wrong"],
        crowded=counts["crowded"],
        crowded_split=counts["crowded_wrong"],
        apart=counts["apart"],
        apart_merged=counts["apart_wrong"],
        blends=counts["blend"],
        blends_wrong=counts["blend_wrong"],
        faults=tuple(faults),
    )


def _kind(one: LinkedDetection, other: LinkedDetection) -> str | None:
    """Which count a pair belongs to; None if nothing is asked of it."""
    if one.visit == other.visit:
        return None
    same = one.name == other.name
    if one.blend or other.blend:
        return "blend" if same or one.volcano_id == other.volcano_id else None
    if same:
        return "same" if one.alone and other.alone else "crowded"
    return "apart" if _distance_px(one, other) > APART_PX else None


def _fault(kind: str, one: LinkedDetection, other: LinkedDetection) -> LinkFault:
    return LinkFault(
        kind,
        (one.name, other.name),
        (one.record.source_id, other.record.source_id),
        round(_between_km(one.source, other.source), 1),
        round(_distance_px(one, other), 2),
    )


def _distance_px(one: LinkedDetection, other: LinkedDetection) -> float:
    coarser = max(one.source.km_per_px, other.source.km_per_px)
    return _between_km(one.source, other.source) / coarser


def _between_km(one: TruthSource, other: TruthSource) -> float:
    place = one.lat_deg, one.lon_east_deg
    return float(distance_km(*place, other.lat_deg, other.lon_east_deg))


def _visit_links(
    truth: Path, out: Path, visit: str, records: Mapping[tuple[str, str], SourceRecord]
) -> Iterable[LinkedDetection]:
    names = _names(truth / f"{visit}_sources.csv")
    matched = match_visit(read_visit_truth(truth, visit), read_visit_output(out, visit))
    visible = [one for one in matched.truth.sources if one.stacked_snr >= MIN_ASKED_SNR]
    for match in (*matched.asked, *matched.neutral):
        record = records.get((visit, match.detection.source_id))
        name = names.get(match.source.source_id)
        if record is None or record.volcano_id is None or name is None:
            continue
        others = [one for one in visible if one.source_id != match.source.source_id]
        near_km = APART_PX * match.source.km_per_px
        yield LinkedDetection(
            visit=visit,
            name=name,
            volcano_id=record.volcano_id,
            source=match.source,
            record=record,
            alone=all(_between_km(match.source, one) > near_km for one in others),
            blend=any(_covers(record, one) for one in others),
        )


def _covers(record: SourceRecord, source: TruthSource) -> bool:
    """Whether a source lies on the disc that a detection reports."""
    if record.diameter_km is None:
        return False
    place = record.lat_deg, record.lon_east_deg
    away = float(distance_km(*place, source.lat_deg, source.lon_east_deg))
    return away < 0.5 * record.diameter_km + source.km_per_px


def _names(path: Path) -> dict[str, str]:
    """Names by the ids of the sources, those alone that stand for one source."""
    rows = read_table(path, ("source_id", "name"))
    counts = Counter(row.text("name") for row in rows)
    return {
        row.text("source_id"): row.text("name")
        for row in rows
        if row.text("name") and counts[row.text("name")] == 1
    }
