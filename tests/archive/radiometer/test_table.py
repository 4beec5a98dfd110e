import numpy as np
import pytest

from hotspots.archive.radiometer.reasons import RowFault
from hotspots.archive.radiometer.table import read_table
from hotspots.errors import ArchiveError

_HEADER = b"extra,t_ephem_time,t_utc_doy,x,y\r\n"


def table(tmp_path, body, **options):
    path = tmp_path / "t.csv"
    path.write_bytes(_HEADER + body)
    return read_table(path, ["y", "x"], **options)


def test_columns_come_in_the_order_asked_for(tmp_path):
    read = table(tmp_path, b"-,1.5,2023-364T08:30:00.866,10,20\r\n-,2.5,later,11,21\r\n")
    np.testing.assert_array_equal(read.numbers, [[20, 10], [21, 11]])
    np.testing.assert_array_equal(read.time, [1.5, 2.5])
    assert read.utc.tolist() == ["2023-364T08:30:00.866", "later"]
    assert not any(read.counts.values())


def test_kinds_of_missing_numbers_are_told_apart(tmp_path):
    body = b"-,1,u,,2\r\n-,2,u,NaN,2\r\n-,3,u,***,2\r\n-,4,u,1,2\r\n-,5,u,7.2"
    read = table(tmp_path, body)
    assert read.faults[RowFault.BLANK].tolist() == [True, False, False, False, False]
    assert read.faults[RowFault.NOT_A_NUMBER].tolist() == [False, True, True, False, False]
    assert read.faults[RowFault.TRUNCATED].tolist() == [False, False, False, False, True]
    assert np.isnan(read.numbers[:, 1]).tolist() == [True, True, True, False, True]
    assert read.counts[RowFault.NOT_A_NUMBER] == 2


def test_row_without_time_is_counted_and_left_out(tmp_path):
    read = table(tmp_path, b"-,,u,1,2\r\n-,2,u,1,2\r\n-,3,u,1\r\n")
    assert read.time.tolist() == [2.0]
    assert read.counts[RowFault.NO_TIME] == 1
    assert read.counts[RowFault.WRONG_LENGTH] == 1


def test_gaps_of_geolocation_are_no_faults(tmp_path):
    read = table(tmp_path, b"-,1,u,NaN,2\r\n-,2,u,,2\r\n", gaps_are_faults=False)
    assert not any(read.counts.values())
    assert np.isnan(read.numbers[:, 1]).all()


def test_more_lines_than_one_block(tmp_path, monkeypatch):
    monkeypatch.setattr("hotspots.archive.radiometer.lines._BLOCK_LINES", 3)
    body = b"".join(b"-,%d,u,%d,0\r\n" % (row, 2 * row) for row in range(8))
    read = table(tmp_path, body + b"-,8,u")
    np.testing.assert_array_equal(read.time, np.arange(9))
    np.testing.assert_array_equal(read.numbers[:8, 1], 2.0 * np.arange(8))


def test_says_which_column_is_missing(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(_HEADER + b"-,1,u,1,2\r\n")
    with pytest.raises(ArchiveError, match="no column z"):
        read_table(path, ["z"])


def test_table_without_rows(tmp_path):
    with pytest.raises(ArchiveError, match="no row with a time"):
        table(tmp_path, b"-,,u,1,2\r\n")
