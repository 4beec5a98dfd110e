"""How much of a catalogue is made up: false detections, precision, recall and F1.

False detections "per Io disc" are given in two ways that must not be confused:

- per visit: false detections / visits in which any Io frame was used.  The headline.
- per covered disc: false detections / discs' worth of Io's surface that the used frames
  hold.  A close visit sees a small part of a disc, so this figure is the larger one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hotspots.catalogue.records import FrameStatus
from hotspots.evaluation.bins import ANY_SCALE, Bin
from hotspots.evaluation.matching import MatchedVisit
from hotspots.evaluation.rule import MAX_EMISSION_DEG
from hotspots.evaluation.statistics import ratio

__all__ = ["SCORED_SNR", "Reliability", "covered_discs", "is_imaged", "reliability"]

SCORED_SNR = 5.0
"""Precision, recall and F1 are those of sources from this SNR up."""


@dataclass(frozen=True)
class Reliability:
    """What the detections were, and how far the catalogue can be trusted.

    `n_false` holds `n_false_near_limb` (reported emission of 70 degrees or more) and
    `n_false_on_unseen` (at a source below SNR 1).  Precision, recall and F1 are those
    of sources from SNR 5 up: a detection of an asked source of SNR 3 to 5 counts
    neither for nor against.
    """

    n_detections: int
    n_asked_found: int
    n_neutral: int
    n_fragments: int
    n_false: int
    n_false_near_limb: int
    n_false_on_unseen: int
    n_visits_imaged: int
    covered_discs: float
    false_per_disc: float | None
    """Per visit with any Io frame used."""
    false_per_covered_disc: float | None
    precision: float | None
    recall: float | None
    f1: float | None


def reliability(visits: Sequence[MatchedVisit]) -> Reliability:
    """Reliability of one visit, or pooled over many."""
    false = [item for visit in visits for item in visit.false]
    discs = sum(covered_discs(visit) for visit in visits)
    imaged = sum(is_imaged(visit) for visit in visits)
    hits = sum(m.source.stacked_snr >= SCORED_SNR for visit in visits for m in visit.asked)
    asked = sum(s.stacked_snr >= SCORED_SNR for visit in visits for s in visit.asked_sources)
    return Reliability(
        n_detections=sum(len(visit.output.detections) for visit in visits),
        n_asked_found=sum(len(visit.asked) for visit in visits),
        n_neutral=sum(len(visit.neutral) for visit in visits),
        n_fragments=sum(len(visit.fragments) for visit in visits),
        n_false=len(false),
        n_false_near_limb=sum(
            item.detection.emission_deg is not None
            and item.detection.emission_deg >= MAX_EMISSION_DEG
            for item in false
        ),
        n_false_on_unseen=sum(item.unseen_source is not None for item in false),
        n_visits_imaged=imaged,
        covered_discs=discs,
        false_per_disc=ratio(len(false), imaged),
        false_per_covered_disc=ratio(len(false), discs),
        precision=ratio(hits, hits + len(false)),
        recall=ratio(hits, asked),
        f1=ratio(2 * hits, hits + len(false) + asked),
    )


def covered_discs(visit: MatchedVisit, scale: Bin = ANY_SCALE) -> float:
    """Hemispheres' worth of surface in the used M-band frames of a visit.

    Truth tables hold no footprints, but sources spread over all of Io: twice the share
    of them that a used frame holds is an unbiased estimate, good to some 10 % for a
    visit that sees most of a disc.  `scale` keeps to surface seen best at such a pixel
    scale; the parts of all bins add up to the whole.
    """
    used = {f.product_id for f in visit.output.frames if f.status is FrameStatus.USED}
    sources = visit.truth.sources
    in_view = sum(
        not used.isdisjoint(source.m_frames) and scale.holds(source.km_per_px) for source in sources
    )
    return 2.0 * in_view / len(sources) if sources else 0.0


def is_imaged(visit: MatchedVisit, scale: Bin = ANY_SCALE) -> bool:
    """Whether any Io frame was used; a detection proves it where the frames are not listed.

    `scale` asks for a frame or a detection of such a pixel scale, where the tables say.
    """
    every = scale is ANY_SCALE
    io_frames = {
        frame.product_id
        for frame in visit.truth.frames
        if frame.shows_io and (every or scale.holds(frame.km_per_px))
    }
    return any(every or scale.holds(d.km_per_px) for d in visit.output.detections) or any(
        frame.status is FrameStatus.USED and frame.product_id in io_frames
        for frame in visit.output.frames
    )
