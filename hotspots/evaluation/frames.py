"""What became of the products: pointing of the used ones, and the answer to each bad one."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hotspots.catalogue.records import FrameRecord, FrameStatus
from hotspots.evaluation.matching import MatchedVisit
from hotspots.evaluation.statistics import Tally, quantile
from hotspots.evaluation.truth import Expectation, TruthFrame

__all__ = [
    "AxisError",
    "PointingScore",
    "ProductFate",
    "Verdict",
    "pointing",
    "product_fates",
    "unlisted_used_products",
]

_RIGHT_STATUS = {
    Expectation.USED: {FrameStatus.USED},
    Expectation.REJECTED: {FrameStatus.REJECTED},
    Expectation.BAD: {FrameStatus.REJECTED, FrameStatus.FAILED},
    Expectation.ANY: set(FrameStatus),
}


class Verdict(StrEnum):
    """Whether a product was treated as it deserves."""

    OK = "ok"
    WRONG = "WRONG"


@dataclass(frozen=True)
class AxisError:
    """Absolute pointing error along one image axis, px."""

    median_px: float | None
    p90_px: float | None
    max_px: float | None


@dataclass(frozen=True)
class PointingScore:
    """Solved against true pointing over the Io frames that a run used.

    `good_frames` counts the undamaged, whole Io frames that were used;
    `n_without_solution` used frames for which no pointing is given.
    `within_sigma` counts errors, both axes, of at most the reported sigma (0.68 is right).
    """

    n: int
    n_without_solution: int
    dx: AxisError
    dy: AxisError
    within_sigma: Tally
    good_frames: Tally


@dataclass(frozen=True)
class ProductFate:
    """One product: what it was, what a run made of it, and whether that is right.

    `status` is None for a product that the run does not mention.
    """

    visit: str
    product_id: str
    kind: str
    defect: str
    expected: Expectation
    status: FrameStatus | None
    reason: str
    verdict: Verdict


def pointing(visits: Sequence[MatchedVisit]) -> PointingScore:
    """Pointing errors of one visit, or pooled over many."""
    pairs = [
        (frame, record)
        for visit in visits
        for frame, record in _frame_pairs(visit)
        if frame.shows_io and record is not None and record.status is FrameStatus.USED
    ]
    errors = [
        (abs(record.dx_px - frame.dx_px), abs(record.dy_px - frame.dy_px), record.sigma_px)
        for frame, record in pairs
        if record.dx_px is not None and record.dy_px is not None
    ]
    return PointingScore(
        n=len(errors),
        n_without_solution=len(pairs) - len(errors),
        dx=_axis([dx for dx, _, _ in errors]),
        dy=_axis([dy for _, dy, _ in errors]),
        within_sigma=Tally.of(
            error <= sigma for *both, sigma in errors if sigma is not None for error in both
        ),
        good_frames=Tally.of(
            record is not None and record.status is FrameStatus.USED
            for visit in visits
            for frame, record in _frame_pairs(visit)
            if frame.shows_io and frame.expected is Expectation.USED
        ),
    )


def product_fates(visit: MatchedVisit) -> tuple[ProductFate, ...]:
    """Judge every product of a visit, in the order of the truth table."""
    return tuple(_fate(visit.truth.visit, *pair) for pair in _frame_pairs(visit))


def unlisted_used_products(visit: MatchedVisit) -> tuple[str, ...]:
    """Products that a run says it used and that the truth does not know."""
    known = {frame.product_id for frame in visit.truth.frames}
    return tuple(
        record.product_id
        for record in visit.output.frames
        if record.status is FrameStatus.USED and record.product_id not in known
    )


def _frame_pairs(visit: MatchedVisit) -> list[tuple[TruthFrame, FrameRecord | None]]:
    records = {record.product_id: record for record in visit.output.frames}
    return [(frame, records.get(frame.product_id)) for frame in visit.truth.frames]


def _fate(visit: str, frame: TruthFrame, record: FrameRecord | None) -> ProductFate:
    right = record is not None and record.status in _RIGHT_STATUS[frame.expected]
    return ProductFate(
        visit=visit,
        product_id=frame.product_id,
        kind=frame.kind,
        defect=frame.defect,
        expected=frame.expected,
        status=None if record is None else record.status,
        reason="" if record is None else record.reason,
        verdict=Verdict.OK if right else Verdict.WRONG,
    )


def _axis(errors: Sequence[float]) -> AxisError:
    return AxisError(quantile(errors, 0.5), quantile(errors, 0.9), max(errors, default=None))
