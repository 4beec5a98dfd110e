from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.archive.radiometer.products import RadiometerHour
from hotspots.archive.radiometer.read import join_on_time, read_hour
from hotspots.archive.radiometer.reasons import RowFault
from hotspots.errors import ArchiveError
from hotspots.radiometer import RowFlag
from tests.helpers.radiometer_files import (
    EPOCH,
    SPACING_S,
    geolocation_row,
    instrument_row,
    lines_of,
    write_lines,
)

pytestmark = pytest.mark.usefixtures("leap_seconds")
ROWS = 40
INSTRUMENT = "MWR53RI2023212040000_R00040_V04"
GEOLOCATION = "MWR53RG2023212040000_R00040_V04"


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def instrument_lines():
    return lines_of([instrument_row(n, antenna_k=100.0 + n) for n in range(ROWS)])


def hour_of(folder, instrument, geolocation=None, *, last_end="\r\n"):
    path = write_lines(folder / f"{INSTRUMENT}.CSV", instrument, last_end=last_end)
    beside = None
    if geolocation is not None:
        beside = write_lines(folder / f"{GEOLOCATION}.CSV", geolocation)
    return RadiometerHour(
        product_id=INSTRUMENT,
        orbit=53,
        start=datetime(2023, 7, 31, 4, tzinfo=UTC),
        instrument=path,
        geolocation=beside,
    )


def geolocation_lines(rows=range(ROWS)):
    return lines_of([geolocation_row(n) for n in rows])


def faults(counts):
    return {count.fault: count.rows for count in counts}


def without_field(line, name, header, replacement=""):
    cells = line.split(",")
    cells[header.split(",").index(name)] = replacement
    return ",".join(cells)


def test_clean_hour(folder):
    rows, counts = read_hour(hour_of(folder, instrument_lines(), geolocation_lines()))
    assert counts == ()
    np.testing.assert_allclose(rows.et, EPOCH + SPACING_S * np.arange(ROWS), atol=1e-6)
    np.testing.assert_array_equal(rows.archived_k[:, 3], 100.0 + np.arange(ROWS))
    np.testing.assert_array_equal(rows.diode_k[5, 0, :, 0], [300.0, 160.0, 60.0])
    np.testing.assert_allclose(rows.jupiter_angle_deg[0], [60.0] * 6, atol=1e-4)
    np.testing.assert_array_equal(rows.juno_from_jupiter_km[7], [-4e5, 0, 0])
    np.testing.assert_allclose(rows.boresight[0, 0], [60.0, 0.0, 90.0])
    assert not rows.flags.any()


def test_each_fault_is_counted_and_the_rest_goes_on(folder):
    lines = instrument_lines()
    header, body = lines[0], lines[1:]
    body[3] = without_field(body[3], "R4AntCnt", header)
    body[5] = without_field(body[5], "R6TA", header, "NaN")
    body[7] = body[7].rpartition(",")[0]
    body[10], body[13] = body[13], body[10]
    body.insert(20, body[20])
    hour = hour_of(folder, [header, *body[:-1], body[-1][:900]], geolocation_lines(), last_end="")
    rows, counts = read_hour(hour)
    assert faults(counts) == {
        RowFault.BLANK: 1,
        RowFault.NOT_A_NUMBER: 1,
        RowFault.WRONG_LENGTH: 1,
        RowFault.OUT_OF_ORDER: 2,
        RowFault.DUPLICATE: 1,
        RowFault.TRUNCATED: 1,
        RowFault.NO_INSTRUMENT_ROW: 1,
    }
    # one row is lost, all others are where they belong
    expected = np.delete(100.0 + np.arange(ROWS), 7)
    known = np.isfinite(rows.antenna_count[:, 0])
    np.testing.assert_allclose(rows.antenna_count[known, 0], 5000 + 10 * (expected - 300)[known])
    assert rows.flags[3, 5] == RowFlag.BLANK
    assert not rows.flags[5].any()
    assert np.isnan(rows.archived_k[5, 7])
    assert (rows.flags[9, 0], rows.flags[12, 0]) == (RowFlag.UNORDERED, RowFlag.UNORDERED)
    assert rows.flags[-1, -1] == RowFlag.TRUNCATED


def test_copies_that_disagree_are_not_used(folder):
    lines = instrument_lines()
    other = without_field(lines[9], "R5AntCnt", lines[0], "1.0")
    rows, counts = read_hour(hour_of(folder, [*lines[:10], other, *lines[10:]]))
    assert faults(counts)[RowFault.CONFLICTING] == 1
    flagged = np.argwhere(rows.flags & RowFlag.DUPLICATE)
    assert flagged.tolist() == [[8, 6]]


def test_missing_geolocation_leaves_the_kernels(folder):
    rows, counts = read_hour(hour_of(folder, instrument_lines()))
    assert faults(counts) == {RowFault.NO_GEOLOCATION: ROWS}
    assert np.isnan(rows.boresight).all()
    assert (rows.flags == RowFlag.NO_GEOLOCATION).all()


def test_shorter_geolocation_is_joined_on_time(folder):
    kept = [n for n in range(ROWS) if n not in {4, 5, 30}]
    rows, counts = read_hour(hour_of(folder, instrument_lines(), geolocation_lines(kept)))
    assert faults(counts) == {RowFault.NO_GEOLOCATION: 3}
    assert np.flatnonzero(np.isnan(rows.boresight[:, 0, 0])).tolist() == [4, 5, 30]
    np.testing.assert_allclose(rows.boresight[31, 1, 0], 300.0 + 1.44 * 31)


def test_damaged_geolocation_is_as_good_as_none(folder):
    rows, counts = read_hour(hour_of(folder, instrument_lines(), ["garbage", "more"]))
    assert faults(counts) == {RowFault.NO_GEOLOCATION: ROWS}
    assert len(rows) == ROWS


def test_damaged_instrument_table_is_an_error(folder):
    with pytest.raises(ArchiveError, match=INSTRUMENT):
        read_hour(hour_of(folder, ["garbage", "more"]))


@given(
    st.lists(st.integers(0, 60), unique=True, max_size=30).map(sorted),
    st.lists(st.integers(0, 60), unique=True, max_size=30).map(sorted),
    st.floats(-0.01, 0.01),
)
def test_join_finds_every_common_time_and_no_other(mine, theirs, shift):
    time, other = np.array(mine) * SPACING_S, np.array(theirs) * SPACING_S + shift
    place, found = join_on_time(time, other)
    assert found.tolist() == [n in theirs for n in mine]
    assert [theirs[p] for p, f in zip(place, found, strict=True) if f] == [
        n for n in mine if n in theirs
    ]
