import pytest

from hotspots.catalogue.records import FrameStatus
from hotspots.evaluation.frames import (
    Verdict,
    pointing,
    product_fates,
    unlisted_used_products,
)
from hotspots.evaluation.statistics import Tally
from hotspots.evaluation.truth import Expectation


def test_pointing_errors_by_hand(make):
    frames = [make.frame(f"F{k}") for k in range(3)]  # truth 1, -2
    records = [
        make.record("F0", dx_px=1.5, dy_px=-2.0, sigma_px=0.4),
        make.record("F1", dx_px=0.0, dy_px=-2.25, sigma_px=0.25),
        make.record("F2", dx_px=1.1, dy_px=-1.0, sigma_px=None),
    ]
    score = pointing([make.visit([], [], frames, records)])
    assert score.n == 3
    assert score.dx.median_px == pytest.approx(0.5)
    assert score.dx.p90_px == pytest.approx(0.9)
    assert score.dx.max_px == pytest.approx(1.0)
    assert score.dy.median_px == pytest.approx(0.25)
    assert score.dy.max_px == pytest.approx(1.0)
    assert score.within_sigma == Tally(2, 4, 0.5)
    assert score.good_frames == Tally(3, 3, 1.0)


def test_only_used_frames_of_io_are_judged(make):
    frames = [
        make.frame("io"),
        make.frame("part", expected=Expectation.ANY),
        make.frame("rejected"),
        make.frame("unmentioned"),
        make.frame("europa", shows_io=False),
        make.frame("sky", shows_io=False, expected=Expectation.REJECTED),
    ]
    records = [
        make.record("io"),
        make.record("part"),
        make.record("rejected", status=FrameStatus.REJECTED, dx_px=99.0),
        make.record("sky", dx_px=99.0),
    ]
    score = pointing([make.visit([], [], frames, records)])
    assert score.n == 2
    assert score.dx.max_px == 0.0
    assert score.good_frames == Tally(1, 3, pytest.approx(1 / 3))


def test_used_frames_without_pointing_are_counted(make):
    score = pointing([make.visit(records=[make.record(dx_px=None)])])
    assert (score.n, score.n_without_solution) == (0, 1)
    assert score.dx.median_px is None
    assert score.dx.max_px is None


@pytest.mark.parametrize(
    ("expected", "right"),
    [
        ("used", {"used"}),
        ("rejected", {"rejected"}),
        ("bad", {"rejected", "failed"}),
        ("any", {"used", "rejected", "failed", "ignored"}),
    ],
)
@pytest.mark.parametrize("status", [*FrameStatus, None])
def test_verdicts(make, expected, right, status):
    records = [] if status is None else [make.record(status=status, reason="because")]
    frame = make.frame(kind="io", defect="md5", expected=Expectation(expected))
    (fate,) = product_fates(make.visit([], [], [frame], records))
    assert fate.verdict is (Verdict.OK if status in right else Verdict.WRONG)
    assert fate.status is status
    assert fate.reason == ("" if status is None else "because")
    assert (fate.kind, fate.defect, fate.visit) == ("io", "md5", "PJ01")


def test_used_products_that_the_truth_does_not_know(make):
    records = [make.record(), make.record("X"), make.record("LOG", status=FrameStatus.IGNORED)]
    assert unlisted_used_products(make.visit(records=records)) == ("X",)
