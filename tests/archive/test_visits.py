from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hotspots.archive.find import find_products
from hotspots.archive.products import Inventory, IssueStatus, Product, ProductIssue
from hotspots.archive.visits import group_visits, orbit_of_folder, unassigned_issues
from tests.helpers.archive_files import Frame, write_frame

START = datetime(2016, 12, 11, 12, tzinfo=UTC)


def product(minutes, *, orbit=None, folder="flat"):
    frame = Frame(start=START).later(60 * minutes)
    return Product(
        product_id=frame.product_id,
        label_path=Path(f"/archive/{folder}/DATA/{frame.product_id}.LBL"),
        image_path=Path(f"/archive/{folder}/DATA/{frame.product_id}.IMG"),
        level="RDR",
        bands=("M",),
        lines=128,
        samples=432,
        start_clock=frame.start_clock,
        stop_clock=frame.stop_clock,
        start_time_label=f"{frame.start:%Y-%m-%dT%H:%M:%S.%f}",
        stop_time_label=f"{frame.stop:%Y-%m-%dT%H:%M:%S.%f}",
        exposure_s=0.002,
        orbit=orbit,
    )


def issue(minutes, *, folder="flat", status=IssueStatus.FAILED, product_id=None):
    name = Frame(start=START).later(60 * minutes).product_id if product_id is None else product_id
    return ProductIssue(name, Path(f"/archive/{folder}/{name}.LBL"), status, "garbled")


def visits_of(*products, issues=()):
    return group_visits(Inventory(tuple(products), tuple(issues)))


def summary(visits):
    return [(visit.name, len(visit.products), len(visit.issues)) for visit in visits]


@pytest.mark.parametrize(
    ("path", "orbit"),
    [
        ("/a/jnojir_2053/DATA/x.LBL", 53),
        ("/a/JNOJIR_1062/x.LBL", 62),
        ("/a/data_calibrated/orbit04/x.xml", 4),
        ("/a/orbit_7/x.xml", 7),
        ("/jnojir_2041/old/jnojir_2043/x.LBL", 43),
        ("/a/jnojir_2053_old/x.LBL", None),
        ("/a/x.LBL", None),
    ],
)
def test_orbit_of_folder(path, orbit):
    assert orbit_of_folder(Path(path)) == orbit


def test_one_visit_per_orbit_in_order():
    visits = visits_of(product(0, orbit=3), product(5, orbit=3), product(60 * 24 * 40, orbit=10))
    assert summary(visits) == [("PJ03", 2, 0), ("PJ10", 1, 0)]
    assert [visit.orbit for visit in visits] == [3, 10]


def test_label_without_orbit_takes_that_of_the_folder():
    (visit,) = visits_of(product(0, folder="jnojir_2003"))
    assert visit.name == "PJ03"
    assert visit.products[0].orbit == 3


def test_label_and_folder_without_orbit_take_that_of_neighbours():
    assert summary(visits_of(product(0, orbit=3), product(9))) == [("PJ03", 2, 0)]


def test_neighbours_must_be_near():
    visits = visits_of(product(0, orbit=3), product(60 * 24 * 5))
    assert summary(visits) == [("PJ03", 1, 0), ("T20161216", 1, 0)]


def test_label_against_folder_and_neighbours_is_corrected():
    good = [product(minute, orbit=3, folder="jnojir_2003") for minute in (0, 1, 2)]
    wrong = product(3, orbit=8, folder="jnojir_2003")
    (visit,) = visits_of(*good, wrong)
    assert [one.orbit for one in visit.products] == [3, 3, 3, 3]


def test_label_against_its_folder_alone_stays():
    assert summary(visits_of(product(0, orbit=8, folder="jnojir_2003"))) == [("PJ08", 1, 0)]
    strays = [product(0, orbit=8, folder="jnojir_2003"), product(1, orbit=8)]
    assert summary(visits_of(*strays)) == [("PJ08", 2, 0)]


def test_without_any_orbit_the_date_names_the_visit_and_a_pause_ends_it():
    late = [product(minutes) for minutes in (0, 60 * 11, 60 * 22, 60 * 40)]
    assert summary(visits_of(*late)) == [("T20161211", 3, 0), ("T20161213", 1, 0)]


def test_issues_go_to_the_visit_of_their_folder_or_date():
    visits = visits_of(
        product(0, orbit=3),
        issues=[issue(1), issue(60 * 24 * 99, folder="jnojir_2003"), issue(60 * 24 * 99)],
    )
    assert summary(visits) == [("PJ03", 1, 2), ("T20170320", 0, 1)]


def test_visit_needs_a_product_or_a_failed_one():
    stray = issue(0, product_id="INDEX", folder="", status=IssueStatus.IGNORED)
    ignored = issue(60 * 24 * 30, folder="jnojir_2000", status=IssueStatus.IGNORED)
    inventory = Inventory((product(0, orbit=3),), (stray, ignored))
    visits = group_visits(inventory)
    assert summary(visits) == [("PJ03", 1, 0)]
    assert unassigned_issues(inventory, visits) == (stray, ignored)


def test_nothing_is_lost_or_doubled():
    products = [product(minutes, orbit=orbit) for minutes, orbit in [(0, 3), (9, None), (99, 4)]]
    issues = (issue(2), issue(4, folder="jnojir_2004"), issue(0, product_id="X"))
    inventory = Inventory(tuple(products), issues)
    visits = group_visits(inventory)
    found = [one.product_id for visit in visits for one in visit.products]
    assert sorted(found) == sorted(one.product_id for one in products)
    listed = [one for visit in visits for one in visit.issues]
    assert sorted([*listed, *unassigned_issues(inventory, visits)], key=str) == sorted(
        issues, key=str
    )


def test_empty_inventory_has_no_visits():
    assert visits_of() == ()


def test_wrong_orbit_1_of_orbit_3_from_files(tmp_path):
    frame = Frame(start=START, orbit=1)
    write_frame(tmp_path / "jnojir_2003" / "DATA", frame)
    write_frame(tmp_path / "jnojir_2003" / "DATA", replace(frame.later(30), orbit='""'))
    (visit,) = group_visits(find_products(tmp_path))
    assert (visit.name, len(visit.products)) == ("PJ03", 2)
