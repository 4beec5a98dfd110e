import io

import pytest
from rich.console import Console

from hotspots.evaluation.comparison import compare
from hotspots.evaluation.comparison_table import (
    comparison_markdown,
    comparison_rows,
    print_comparison,
)


@pytest.fixture
def scores(make):
    """Two sources; one detector has the first and a false one, the other has nothing."""
    sources = [make.source(), make.source(source_id="S2", lat_deg=30.0)]
    found = [make.detection(snr=7.0), make.detection(lat_deg=-40.0, snr=7.0, km_per_px=10.0)]
    return {
        "a|b [x]": compare([make.visit(sources, found)]),
        "none": compare([make.visit(sources, [])]),
    }


def cells(scores, section, label):
    (row,) = [
        one
        for one in comparison_rows(scores)
        if one.section.startswith(section) and one.label == label
    ]
    return row.cells


def test_counts_fraction_and_interval_stand_together(scores):
    # Wilson at one standard deviation of 1 in 2: 0.5 -+ sqrt(0.1875) / 1.5.
    found, none = cells(scores, "Completeness", "2-20 km/px, SNR 10-30")
    assert found == "1/2 0.500 [0.21, 0.79]"
    assert none.startswith("0/2 0.000 [0.00,")


def test_false_detections_per_visit_and_per_covered_disc(scores):
    # Both sources are in the used frame: two discs' worth of Io.
    assert cells(scores, "False", "all") == ("1/1 1.00; 0.50", "0/1 0.00; 0.00")
    assert cells(scores, "False", "reported SNR 5-10") == ("1/1 1.00; 0.50", "0/1 0.00; 0.00")


def test_what_was_not_asked_is_empty(scores):
    assert cells(scores, "Completeness", "<2 km/px, SNR 3-5") == ("", "")
    assert cells(scores, "Lava lakes", "F1") == ("", "")
    assert cells(scores, "Sources of SNR 5", "precision")[1] == ""
    assert cells(scores, "Sources of SNR 10", "median position error, px") == ("0.000", "")
    assert cells(scores, "False", "<2 km/px") == ("", "")


def test_markdown_has_a_column_for_each_detector(scores):
    lines = comparison_markdown(scores).splitlines()
    assert lines[0] == "| | a\\|b [x] | none |"
    assert lines[1] == "|---|---:|---:|"
    assert {line.replace("\\|", "").count("|") for line in lines} == {4}
    assert "| F1 | 0.500 | 0.000 |" in lines
    assert any(line.startswith("| &lt;2 km/px, SNR 3-5 |") for line in lines)


def test_the_printed_table_has_every_row_and_names_as_they_are(scores, make):
    stream = io.StringIO()
    print_comparison(scores, Console(file=stream, width=120))
    text = stream.getvalue()
    assert "a|b [x]" in text
    assert "1/2 0.500 [0.21, 0.79]" in text
    assert all(row.label in text for row in comparison_rows(scores))
    assert "no output" not in text
