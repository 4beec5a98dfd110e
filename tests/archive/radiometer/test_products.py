import pytest

from hotspots.archive.radiometer.products import find_radiometer_hours
from hotspots.errors import ArchiveError


def put(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


def test_pairs_by_hour_though_record_numbers_differ(tmp_path):
    put(tmp_path, "IRDR/MWR57RI2023364080000_R30008_V04.CSV")
    put(tmp_path, "GRDR/MWR57RG2023364080000_R30000_V04.csv")
    (hour,) = find_radiometer_hours(tmp_path).hours
    assert hour.orbit == 57
    assert hour.geolocation.name == "MWR57RG2023364080000_R30000_V04.csv"


def test_highest_version_wins_and_the_other_is_reported(tmp_path):
    put(
        tmp_path,
        "b/MWR57RI2023364080000_R06000_V03.CSV",
        "a/MWR57RI2023364080000_R06000_V04.CSV",
        "c/MWR57RI2023364080000_R05000_V02.CSV",
    )
    inventory = find_radiometer_hours(tmp_path)
    assert [hour.instrument.parent.name for hour in inventory.hours] == ["a"]
    assert [issue.path.parent.name for issue in inventory.issues] == ["b", "c"]
    assert inventory.hours[0].geolocation is None


def test_hours_are_in_order_of_time(tmp_path):
    put(
        tmp_path,
        "MWR58RI2024034170000_R30000_V04.CSV",
        "MWR57RI2023364090000_R30000_V04.CSV",
        "MWR57RI2023364080000_R30000_V04.CSV",
    )
    hours = find_radiometer_hours(tmp_path).hours
    assert [hour.start.hour for hour in hours] == [8, 9, 17]


def test_geolocation_alone_and_telemetry_are_reported(tmp_path):
    put(
        tmp_path,
        "MWR57RG2023364080000_R30000_V04.CSV",
        "MWR57DR2023364080000_R30000_V04.CSV",
        "MWR57RI2023364090000_R30000_V04.LBL",
    )
    inventory = find_radiometer_hours(tmp_path)
    assert inventory.hours == ()
    assert {issue.reason.split()[0] for issue in inventory.issues} == {"telemetry", "geolocation"}


def test_needs_a_folder(tmp_path):
    with pytest.raises(ArchiveError, match="no such folder"):
        find_radiometer_hours(tmp_path / "nowhere")
