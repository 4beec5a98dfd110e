"""The table at the end, and the lines on the way."""

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from hotspots.batch import BatchOutcome, VisitResult
from hotspots.catalogue.alerts import Alert, AlertKind
from hotspots.catalogue.records import SourceClass, SourceRecord
from hotspots.cli.progress import ProgressObserver
from hotspots.cli.summary import alert_lines, count_of, print_summary, strongest


def source(number: int, **values) -> SourceRecord:
    given = {
        "visit": "PJ53",
        "source_id": f"PJ53_{number:03d}",
        "time_utc": "2023-07-31T04:45:00Z",
        "lat_deg": 10.0,
        "lon_east_deg": 200.0,
        "sigma_km": 1.5,
        "source_class": SourceClass.HOTSPOT,
        "snr": 12.0,
        "n_frames": 3,
        "range_km": 30000.0,
        "km_per_px": 7.1,
        "emission_deg": 20.0,
        "incidence_deg": 120.0,
    }
    return SourceRecord(**given | values)


def printed(outcome: BatchOutcome, width: int = 120) -> str:
    console = Console(file=io.StringIO(), width=width)
    print_summary(outcome, console)
    return console.file.getvalue()


def test_strongest_go_by_m_power_then_by_l_power():
    sources = [
        source(1, m_power_gw_um=1.0),
        source(2, l_power_gw_um=2.0),
        source(3),
        source(4, m_power_gw_um=3.0, l_power_gw_um=0.1),
    ]
    assert [one.source_id[-1] for one in strongest(sources)] == ["4", "2", "1", "3"]
    assert [one.source_id[-1] for one in strongest(sources, 2)] == ["4", "2"]


@pytest.mark.parametrize(
    ("number", "words"), [(0, "no sources"), (1, "1 source"), (2, "2 sources")]
)
def test_count(number, words):
    assert count_of(number, "source") == words


def test_unknown_is_empty_and_saturated_a_limit():
    sources = (
        source(1, m_power_gw_um=12.345, saturated=True),
        source(2, m_power_gw_um=0.012345, l_power_gw_um=0.1, temperature_k=512.3, name="Loki"),
    )
    visit = VisitResult(name="PJ53", folder=Path("out/PJ53"), sources=sources)
    text = printed(BatchOutcome((visit,), Path("out/catalogue.csv")))
    rows = {line.split()[0]: line.split()[1:] for line in text.splitlines() if "PJ53_0" in line}
    assert rows["PJ53_001"] == ["hotspot", "10.00", "200.00", "1.5", ">12.3", "12"]
    assert rows["PJ53_002"][1:] == ["Loki", "10.00", "200.00", "1.5", "0.0123", "0.1", "512", "12"]


def test_narrow_terminal_loses_no_number():
    sources = (source(1, m_power_gw_um=12.3, l_power_gw_um=9.87, name="A rather long name"),)
    visit = VisitResult(name="PJ53", folder=Path("out/PJ53"), sources=sources)
    text = printed(BatchOutcome((visit,), Path("out/catalogue.csv")), width=80)
    for number in ("PJ53_001", "200.00", "12.3", "9.87"):
        assert number in text


def test_files_are_named_and_failed_visits_are_not():
    visits = (
        VisitResult(name="PJ53", folder=Path("out/PJ53"), skipped=True),
        VisitResult(name="PJ57", folder=None, reason="no kernels"),
    )
    text = printed(BatchOutcome(visits, Path("out/catalogue.csv")))
    assert "no sources in 1 visit (1 finished before" in text
    assert "  out/PJ53\n  out/catalogue.csv\n" in text
    assert "PJ57" not in text


def alert(number: int, **values) -> Alert:
    given = {
        "visit": "PJ68",
        "time_utc": "2024-12-27T04:00:00Z",
        "kind": AlertKind.NEW,
        "volcano_id": f"HS_731S14{number:02d}E",
        "source_id": f"PJ68_{number:03d}",
        "name": None,
        "lat_deg": -73.1,
        "lon_east_deg": 140.2,
        "m_power_gw_um": 12345.0,
        "saturated": True,
        "ordinary_m_power_gw_um": None,
        "factor": None,
        "expected_false_alarms": 0.00021,
        "reason": "in many words",
    }
    return Alert(**given | values)


def test_alerts_are_named_in_a_line_each():
    loki = alert(
        2,
        kind=AlertKind.BRIGHTENING,
        name="Loki Patera",
        factor=27.3,
        saturated=False,
        m_power_gw_um=812.0,
        expected_false_alarms=0.013,
    )
    place = "(-73.1, 140.2 E)"
    assert alert_lines([alert(1), loki]) == [
        "2 alerts:",
        f"  PJ68 HS_731S1401E {place}: new volcano, >1.23e+04 GW/um in M; by chance 0.0002 a visit",
        f"  PJ68 Loki Patera {place}: 27.3 times the usual, 812 GW/um in M; by chance 0.01 a visit",
    ]
    assert alert_lines([]) == []
    visit = VisitResult(name="PJ68", folder=Path("out/PJ68"))
    text = printed(BatchOutcome((visit,), Path("out/catalogue.csv"), (loki,)))
    assert "out/catalogue.csv\n1 alert:\n  PJ68 Loki Patera" in text


def test_of_many_alerts_the_last_are_shown():
    lines = alert_lines([alert(number) for number in range(9)])
    assert lines[0] == "9 alerts, the last 5 of them:"
    assert [line.split()[1] for line in lines[1:]] == [f"HS_731S14{n:02d}E" for n in range(4, 9)]


@pytest.mark.parametrize("terminal", [False, True])
def test_progress_prints_a_line_for_each_visit(terminal):
    console = Console(file=io.StringIO(), force_terminal=terminal, width=80)
    with ProgressObserver(console) as observer:
        observer.visits_found(["PJ53", "PJ57"])
        observer.visit_started("PJ53")
        observer.stage("pointing")
        observer.message("[3] of 4 frames")
        observer.visit_finished("PJ53", "sources: 41")
    text = console.file.getvalue()
    assert "visits: PJ53, PJ57" in text
    assert "[3] of 4 frames" in text
    assert re.search(r"PJ53: sources: 41 \(\d+\.\d s\)", text)
    assert ("pointing" in text) is terminal
