from pathlib import Path

import pytest

from hotspots.archive.radiometer import columns

_HEADERS = Path(__file__).parents[4] / "shared" / "data" / "mwr"


def test_counts_of_columns():
    assert len(columns.INSTRUMENT_COLUMNS) == len(set(columns.INSTRUMENT_COLUMNS)) == 128
    assert len(columns.GEOLOCATION_COLUMNS) == len(set(columns.GEOLOCATION_COLUMNS)) == 47
    assert columns.DIODE_COUNTS[:3] == ("R1_1ND1ACnt", "R1_1ND1RCnt", "R1_1ND2ACnt")


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("IRDR_header_line.txt", columns.INSTRUMENT_COLUMNS),
        ("GRDR_header_line.txt", columns.GEOLOCATION_COLUMNS),
    ],
)
def test_names_stand_in_the_archives_headers(file, wanted):
    path = _HEADERS / file
    if not path.is_file():
        pytest.skip(f"no header line of the archive at {path}")
    header = path.read_text(encoding="ascii").strip().split(",")
    assert set(wanted) <= set(header)
    assert {columns.TIME, columns.UTC} <= set(header)
