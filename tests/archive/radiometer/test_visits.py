from datetime import UTC, datetime
from pathlib import Path

from hotspots.archive.find import find_products
from hotspots.archive.radiometer.products import RadiometerHour
from hotspots.archive.radiometer.visits import with_radiometer
from hotspots.archive.visits import Visit


def hour(orbit, of_day=8):
    return RadiometerHour(
        product_id=f"MWR{orbit}RI{of_day}",
        orbit=orbit,
        start=datetime(2023, 12, 30, of_day, tzinfo=UTC),
        instrument=Path("x.CSV"),
        geolocation=None,
    )


def visit(name, orbit):
    return Visit(name, orbit, (), ())


def test_both_instruments_of_an_orbit_share_its_visit():
    visits = with_radiometer([visit("PJ55", 55), visit("PJ57", 57)], [hour(57, 8), hour(57, 9)])
    assert [one.name for one in visits] == ["PJ55", "PJ57"]
    assert [len(one.radiometer) for one in visits] == [0, 2]


def test_an_orbit_of_the_radiometer_alone_is_a_visit_too():
    visits = with_radiometer([visit("PJ57", 57), visit("T20230731", None)], [hour(55), hour(7)])
    assert [one.name for one in visits] == ["PJ07", "PJ55", "PJ57", "T20230731"]
    assert visits[1].products == ()
    assert visits[3].radiometer == ()


def test_nothing_of_the_radiometer_changes_nothing():
    visits = (visit("PJ57", 57),)
    assert with_radiometer(visits, []) == visits


def test_labels_of_the_radiometer_are_no_stray_files_of_the_camera(tmp_path):
    (tmp_path / "MWR57RI2023364080000_R06005_V04.LBL").write_text("PDS_VERSION_ID = PDS3\r\n")
    (tmp_path / "SOMETHING_ELSE.LBL").write_text("PDS_VERSION_ID = PDS3\r\n")
    inventory = find_products(tmp_path)
    assert [issue.path.name for issue in inventory.issues] == ["SOMETHING_ELSE.LBL"]
