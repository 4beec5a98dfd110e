from datetime import UTC, datetime

import numpy as np
import pytest

from hotspots.archive.kernels import KernelPool
from hotspots.archive.radiometer.products import find_radiometer_hours
from hotspots.archive.radiometer.reasons import RowFault
from hotspots.catalogue.records import FrameStatus
from hotspots.pipeline.radiometer_reading import read_radiometer
from tests.helpers.example import EXAMPLE_ARCHIVE
from tests.helpers.radiometer_files import (
    EPOCH,
    SPACING_S,
    geolocation_row,
    instrument_row,
    lines_of,
    write_lines,
)

NEAR = 0.1


@pytest.fixture(autouse=True)
def kernels():
    with KernelPool(EXAMPLE_ARCHIVE / "kernels" / "juno_io_pj53.tm"):
        yield


def write_hour(folder, hour, rows):
    stamp = f"2023212{hour:02d}0000_R{len(rows):05d}_V04.CSV"
    write_lines(folder / f"MWR53RI{stamp}", lines_of([instrument_row(n) for n in rows]))
    write_lines(folder / f"MWR53RG{stamp}", lines_of([geolocation_row(n) for n in rows]))


def read(folder, filling=NEAR, window_s=3600.0):
    return read_radiometer(find_radiometer_hours(folder).hours, filling, window_s)


def test_hours_follow_each_other_and_rows_of_their_seam_are_used_once(tmp_path):
    write_hour(tmp_path, 3, range(30))
    write_hour(tmp_path, 4, range(25, 60))
    reading = read(tmp_path)
    np.testing.assert_allclose(reading.rows.et, EPOCH + SPACING_S * np.arange(60), atol=1e-6)
    assert [(count.fault, count.rows) for count in reading.counts] == [(RowFault.DUPLICATE, 5)]
    assert [product.status for product in reading.products] == [FrameStatus.USED] * 2


def test_rows_far_from_io_are_dropped_and_counted(tmp_path):
    write_hour(tmp_path, 4, range(20))
    reading = read(tmp_path, filling=0.99)
    assert reading.rows is None
    assert [(count.fault, count.rows) for count in reading.counts] == [(RowFault.FAR_FROM_IO, 20)]
    assert reading.products[0].status is FrameStatus.REJECTED


def test_rows_long_before_the_closest_approach_are_dropped(tmp_path):
    # Juno comes nearer all the time: the last row is the closest
    write_hour(tmp_path, 3, range(30))
    write_hour(tmp_path, 4, range(30, 60))
    reading = read(tmp_path, window_s=20.5 * SPACING_S)
    np.testing.assert_allclose(reading.rows.et, EPOCH + SPACING_S * np.arange(39, 60), atol=1e-6)
    assert [count.rows for count in reading.counts] == [30, 9]
    statuses = [product.status for product in reading.products]
    assert statuses == [FrameStatus.REJECTED, FrameStatus.USED]


def test_a_damaged_table_is_reported_and_the_others_go_on(tmp_path):
    write_hour(tmp_path, 4, range(20))
    write_lines(tmp_path / "MWR53RI2023212050000_R00001_V04.CSV", ["no", "table"])
    reading = read(tmp_path)
    assert len(reading.rows) == 20
    failed = reading.products[1]
    assert failed.status is FrameStatus.FAILED
    assert "header" in failed.reason
    assert str(tmp_path) not in failed.reason


def test_no_hours_no_rows():
    reading = read_radiometer([], NEAR, 60.0)
    assert reading.rows is None
    assert reading.counts == reading.products == ()


def test_helper_writes_the_time_it_means():
    assert instrument_row(500)["t_utc_doy"] == "2023-212T04:46:00.866"
    assert datetime(2023, 7, 31, tzinfo=UTC).timetuple().tm_yday == 212
