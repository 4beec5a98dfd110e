"""``infer.py`` from end to end on the shipped example: files, skipping, and the truth."""

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from hotspots.catalogue.records import FrameStatus
from hotspots.cli.infer import main
from hotspots.products.tables import read_frames, read_sources
from tests.helpers.example import EXAMPLE_ARCHIVE, GOOD_FRAMES

# Isolated, unsaturated sources that three frames of the example see at an emission below
# 50 deg: latitude, longitude east (deg), M-band power (GW/um) that the simulation gave them.
STRONG_SOURCES = (
    (38.3659, 227.9003, 2.210),
    (40.1437, 226.2749, 1.285),
    (38.7007, 218.7912, 0.366),
    (37.2644, 194.0279, 0.368),
    (63.8128, 157.4423, 0.659),
)
IO_DEGREE_KM = 31.8
QUICK = ("backend=cpu", "limits.injections=1", "limits.false_alarms=false")
PIXEL_KM = 7.5


@pytest.fixture(scope="module")
def finished(tmp_path_factory) -> tuple[Path, int]:
    """Output folder of one run and its exit status."""
    out = tmp_path_factory.mktemp("example") / "out"
    return out, main([f"archive={EXAMPLE_ARCHIVE}", f"out={out}", *QUICK])


def test_run_ends_well_with_all_files(finished):
    out, status = finished
    assert status == 0
    names = {path.name for path in (out / "PJ53").iterdir()}
    wanted = {"hotspots.csv", "hotspots.gpkg", "hotspots.geojson", "frames.csv", "grid.nc"}
    assert wanted | {"provenance.json"} <= names
    assert {"limits.csv", "limits.tif", "equirectangular.tif"} <= names
    assert {"PJ53", "catalogue.csv", "catalogue.gpkg"} <= {path.name for path in out.iterdir()}
    assert set(json.loads((out / "PJ53" / "provenance.json").read_text())["outputs"]) <= names


def test_every_product_has_one_fate(finished):
    out, _ = finished
    frames = {frame.product_id[-14:-4]: frame for frame in read_frames(out / "PJ53" / "frames.csv")}
    labels = {path.stem[-14:-4] for path in EXAMPLE_ARCHIVE.rglob("JIR_IMG_*.LBL")}
    assert labels == set(frames)
    used = {time for time, frame in frames.items() if frame.status is FrameStatus.USED}
    assert used == {f"212T{time}" for time in GOOD_FRAMES}
    assert frames["212T045142"].status is FrameStatus.REJECTED
    assert frames["212T045154"].status is FrameStatus.FAILED
    assert frames["212T044345"].status is FrameStatus.FAILED
    assert all(frame.reason for frame in frames.values() if frame.status is not FrameStatus.USED)


def test_pointing_is_found_hundreds_of_lines_away(finished):
    out, _ = finished
    used = [frame for frame in read_frames(out / "PJ53" / "frames.csv") if frame.dy_px is not None]
    assert len(used) >= len(GOOD_FRAMES)
    assert all(-546 < frame.dy_px < -533 and 1 < frame.dx_px < 6 for frame in used)


def test_strong_sources_are_found_where_they_are_and_as_strong_as_they_are(finished):
    out, _ = finished
    sources = read_sources(out / "PJ53" / "hotspots.csv")
    places = np.array([(one.lat_deg, one.lon_east_deg) for one in sources])
    for latitude, longitude, power in STRONG_SOURCES:
        stretch = (1.0, np.cos(np.radians(latitude)))
        distance = np.hypot(*((places - (latitude, longitude)) * stretch).T) * IO_DEGREE_KM
        nearest = sources[int(np.argmin(distance))]
        assert distance.min() < PIXEL_KM, (latitude, longitude)
        assert nearest.m_power_gw_um / power == pytest.approx(1.0, abs=0.25), nearest.source_id


def test_catalogue_holds_the_sources_of_the_visit(finished):
    out, _ = finished
    with (out / "catalogue.csv").open(newline="") as stream:
        catalogue = list(csv.DictReader(stream))
    with (out / "PJ53" / "hotspots.csv").open(newline="") as stream:
        sources = list(csv.DictReader(stream))
    # the visit itself knows of no others
    assert {row.pop("volcano_id") for row in sources} == {""}
    ids = [row.pop("volcano_id") for row in catalogue]
    assert len(set(ids)) == len(ids)
    assert "" not in ids
    assert sources == catalogue


def test_volcanoes_have_light_curves_and_nothing_is_alarming(finished):
    out, _ = finished
    with (out / "light_curves.csv").open(newline="") as stream:
        curves = list(csv.DictReader(stream))
    with (out / "volcanoes.csv").open(newline="") as stream:
        volcanoes = list(csv.DictReader(stream))
    assert [row["volcano_id"] for row in curves] == [row["volcano_id"] for row in volcanoes]
    assert {row["status"] for row in curves} <= {"detected", "saturated"}
    assert (out / "alerts.csv").read_text().count("\n") == 1
    assert (out / "light_curves.png").is_file()


def test_second_run_leaves_the_visit_alone(finished, capsys):
    out, _ = finished
    before = {path: path.stat().st_mtime_ns for path in (out / "PJ53").iterdir()}
    assert main([f"archive={EXAMPLE_ARCHIVE}", f"out={out}", *QUICK]) == 0
    assert "PJ53: finished before" in capsys.readouterr().out
    assert {path: path.stat().st_mtime_ns for path in (out / "PJ53").iterdir()} == before


def test_run_elsewhere_gives_the_same_sources_bit_by_bit(finished, tmp_path):
    out, _ = finished
    archive = shutil.copytree(EXAMPLE_ARCHIVE, tmp_path / "moved")
    again = tmp_path / "again"
    words = [f"archive={archive}", f"out={again}", "backend=cpu", "products.cogs=false"]
    assert main(words) == 0
    name = "PJ53/hotspots.csv"
    assert (again / name).read_bytes() == (out / name).read_bytes()
