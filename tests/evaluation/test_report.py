import io

import pytest
from rich.console import Console

from hotspots.catalogue.records import FrameStatus
from hotspots.evaluation.report import print_report
from hotspots.evaluation.summary import evaluate
from hotspots.evaluation.truth import Expectation


def printed(evaluation):
    stream = io.StringIO()
    print_report(evaluation, Console(file=stream, width=120))
    return stream.getvalue()


@pytest.fixture
def report(make):
    frames = [
        make.frame(),
        make.frame("F2", defect="truncated", shows_io=False, expected=Expectation.BAD),
        make.frame("F3"),
    ]
    reason = "wanted [bold] lines, got 3"
    records = [
        make.record(),
        make.record("F2", status=FrameStatus.FAILED, reason=reason),
        make.record("extra"),
    ]
    sources = [make.source(), make.source(source_id="S2", lat_deg=30.0, stacked_snr=4.0)]
    detections = [make.detection(), make.detection(source_id="D2", lat_deg=-40.0)]
    visits = [
        make.visit(sources, detections, frames, records),
        make.visit(sources, [], frames, records, name="PJ02"),
    ]
    return printed(evaluate(visits, ("PJ99",)))


def cells(report, start):
    """Cells of the first line that starts with a word and stands after a title."""
    title, word = start
    after = report[report.index(title) :]
    line = next(line for line in after.splitlines() if line[2:].startswith(word))
    return [cell.strip() for cell in line.strip("│ ").split("│")]


def test_visits_and_pool_are_side_by_side(report):
    title = "Completeness: sources found / asked for, by expected SNR"
    nothing = "-"
    expected = ["1/1 1.00", "0/1 0.00", nothing, "1/1 1.00", nothing]
    assert cells(report, (title, "PJ01")) == ["PJ01", *expected]
    expected = ["1/2 0.50", "0/2 0.00", nothing, "1/2 0.50", nothing]
    assert cells(report, (title, "pooled")) == ["pooled", *expected]


def test_false_detections_per_visit_and_per_disc_are_told_apart(report):
    assert "false detections per visit with Io frames used" in report
    assert "false detections per covered Io disc" in report
    assert cells(report, ("Headline", "false detections per visit"))[1] == "0.50"


def test_reasons_stand_as_they_were_written(report):
    assert "wanted [bold] lines, got 3" in report
    assert "io, truncated" in report


def test_what_does_not_fit_together_is_named(report):
    assert "Visits without truth, not compared: PJ99" in report
    assert "Products used that the truth does not know: extra" in report
    assert "Good Io frames not used" in report
    assert "not mentioned" in report


def test_nothing_at_all_can_be_printed(make):
    text = printed(evaluate([make.visit([], [], [], [])]))
    assert "Headline" in text
    assert "Good Io frames not used" not in text
