"""Receivers and tables: relation of the columns, faults, names, form of the files."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.simulation.radiometer.column_names import GEOLOCATION_NAMES, INSTRUMENT_NAMES
from hotspots.simulation.radiometer.faults import FaultRanges, RowFault, draw_faults
from hotspots.simulation.radiometer.hourly_table import HourlyTable
from hotspots.simulation.radiometer.receiver import ReceiverRanges, record
from hotspots.simulation.radiometer.visit import SimulatedFlyby
from hotspots.simulation.ranges import Range

SHARED = Path(__file__).parents[3].parent / "shared" / "data" / "mwr"


def table(flyby: SimulatedFlyby, kind: str) -> HourlyTable:
    return next(one for one in flyby.tables if one.product_id[5:7] == kind)


def cells(one: HourlyTable) -> list[list[str]]:
    return [line.split(",") for line in one.text.rstrip("\r\n").split("\r\n")]


def test_columns_are_as_many_as_the_formats_say() -> None:
    assert len(INSTRUMENT_NAMES) == len(set(INSTRUMENT_NAMES)) == 201
    assert len(GEOLOCATION_NAMES) == len(set(GEOLOCATION_NAMES)) == 166
    # Numbers of fields from the archive's label.
    assert INSTRUMENT_NAMES[137] == "R1_1TA"
    assert INSTRUMENT_NAMES[193] == "R1_1TOFF"
    assert GEOLOCATION_NAMES[20] == "J2000_lon_B1"
    assert GEOLOCATION_NAMES[157] == "JDSS_x_JcJn"


@pytest.mark.parametrize(
    ("name", "names"), [("IRDR", INSTRUMENT_NAMES), ("GRDR", GEOLOCATION_NAMES)]
)
def test_header_is_the_archives(name: str, names: tuple[str, ...]) -> None:
    path = SHARED / f"{name}_header_line.txt"
    if not path.is_file():
        pytest.skip(f"no copy of the archive's header line at {path}")
    assert path.read_text(encoding="ascii").strip().split(",") == list(names)


def test_columns_give_the_archived_temperature(flyby: SimulatedFlyby) -> None:
    header, *rows = cells(table(flyby, "RI"))
    diode = flyby.receivers.diode
    used = 0
    for row in rows:
        if len(row) != len(header) or "" in row or "NaN" in row:
            continue
        value = dict(zip(header, row, strict=True))
        for receiver in ("R1_1", "R1_2", "R2_2", "R3", "R6"):
            kelvin_per_count = float(value[f"{receiver}TND{diode}A"]) / float(
                value[f"{receiver}ND{diode}ACnt"]
            )
            difference = float(value[receiver + "AntCnt"]) - float(value[receiver + "RefCnt"])
            expected = float(value[receiver + "TOFF"]) + difference * kelvin_per_count
            assert float(value[receiver + "TA"]) == pytest.approx(expected, abs=2e-3)
        used += 1
    assert used > 150


def test_receivers_add_the_noise_and_errors_they_were_drawn_with() -> None:
    quiet = ReceiverRanges(
        gain_flicker=Range.fixed(1e-12),
        spin_offset_k=Range.fixed(0.0),
        load_error_k=Range.fixed(0.0),
        diode_drift=Range.fixed(0.0),
        diode_noise_k=Range.fixed(0.0),
        saturation_k=Range.fixed(9000.0),
    )
    et = 0.12 * np.arange(20000)
    truth = np.full((len(et), 6), 100.0)
    turn = np.zeros(len(et), np.int64)
    found = record(quiet, et, turn, truth, np.random.default_rng(7))
    noise = found.archived_k.std(axis=0)
    # The load's noise is common to the rows between two calibrations.
    assert np.all((noise > 0.95 * found.noise_k) & (noise < 1.5 * found.noise_k))
    error = (found.archived_k.mean(axis=0) - 100.0) / (100.0 - found.load_k.mean(axis=0))
    np.testing.assert_allclose(error, found.gain_error, atol=3e-4)
    assert np.array_equal(found.antenna_counts, np.round(found.antenna_counts))


def test_high_gain_saturates_and_low_gain_does_not() -> None:
    ranges = ReceiverRanges(saturation_k=Range.fixed(350.0))
    truth = np.full((50, 6), 500.0)
    rows = np.arange(50)
    found = record(ranges, 0.12 * rows, rows // 25, truth, np.random.default_rng(7))
    np.testing.assert_array_equal(found.saturated.all(axis=0), [0, 1, 0, 1, 0, 0, 0, 0])
    assert found.archived_k[:, 1].max() < 380
    assert found.archived_k[:, 0].min() > 450


def test_every_fault_is_in_the_tables(flyby: SimulatedFlyby) -> None:
    header, *rows = cells(table(flyby, "RI"))
    times = [row[1] for row in rows]
    _, *places = cells(table(flyby, "RG"))
    located = {row[1] for row in places}
    kinds = {one.fault for one in flyby.bad}
    assert kinds == set(RowFault)
    for one in flyby.bad:
        time = flyby.utc[one.row]
        row = rows[times.index(time)]
        match one.fault:
            case RowFault.BLANK:
                assert row.count("") == one.count > 0
            case RowFault.NAN:
                assert [header[i] for i, text in enumerate(row) if text == "NaN"] == [
                    name for name in header if name.endswith("TA")
                ]
            case RowFault.DUPLICATE:
                assert times.count(time) == 2
            case RowFault.SWAPPED:
                assert times.index(flyby.utc[one.row + 1]) < times.index(time)
            case RowFault.NO_GEOLOCATION:
                assert time not in located
            case RowFault.TRUNCATED:
                assert len(rows[-1]) < len(header)
            case RowFault.SPIKE:
                receiver = ("R1_1", "R1_2", "R2_1", "R2_2", "R3", "R4", "R5", "R6")[one.first]
                channel = (0, 0, 1, 1, 2, 3, 4, 5)[one.first]
                value = float(row[header.index(receiver + "TA")])
                assert value - flyby.antenna.total[one.row, channel] > 0.5 * one.size_k - 10


def test_names_and_labels_are_the_archives(flyby: SimulatedFlyby) -> None:
    one = table(flyby, "RI")
    lines = len(cells(one)) - 1
    assert one.product_id.startswith("MWR57RI")
    assert f"_R{lines:05d}_V04" in one.product_id
    day = flyby.utc[0][:8].replace("-", "")
    assert one.folder == f"DATA/IRDR/{day[:4]}/{day}"
    assert 'TARGET_NAME             = "JUPITER"' in one.label
    assert one.text.count("\n") == one.text.count("\r\n")
    whole = table(flyby, "RG").text
    assert whole.endswith("\r\n")


@given(st.integers(0, 2**32 - 1), st.integers(3, 4000))
def test_bad_rows_do_not_touch_each_other(seed: int, rows: int) -> None:
    bad = draw_faults(FaultRanges(), rows, 199, 8, np.random.default_rng(seed))
    inner = [one.row for one in bad if one.fault is not RowFault.TRUNCATED]
    assert all(second - first >= 3 for first, second in pairwise(inner))
    assert all(0 < row < rows - 1 for row in inner)
