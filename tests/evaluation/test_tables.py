import re
from enum import StrEnum

import pytest

from hotspots.errors import TruthError
from hotspots.evaluation.tables import read_table, require_distinct


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@pytest.fixture
def row_of(tmp_path):
    def make(value):
        path = tmp_path / "table.csv"
        path.write_text(f"id,x\nA,{value}\n", encoding="utf-8")
        (row,) = read_table(path, ("x",))
        return row

    return make


def test_cells_come_in_their_types(row_of):
    assert row_of(" 1.5 ").number("x") == 1.5
    assert row_of("").optional_number("x") is None
    assert row_of("7.0").count("x") == 7
    assert row_of("1").flag("x") is True
    assert row_of("0").flag("x") is False
    assert row_of("blue").choice("x", Colour) is Colour.BLUE
    assert row_of(" two words ").text("x") == "two words"


@pytest.mark.parametrize(
    ("value", "read", "wanted"),
    [
        ("", lambda row: row.number("x"), "wanted a number"),
        ("abc", lambda row: row.number("x"), "wanted a number or an empty cell"),
        ("nan", lambda row: row.optional_number("x"), "wanted a finite number"),
        ("inf", lambda row: row.number("x"), "wanted a finite number"),
        ("91", lambda row: row.number("x", -90, 90), "wanted a number from -90 to 90"),
        ("-1", lambda row: row.count("x"), "wanted a whole number"),
        ("1.5", lambda row: row.count("x"), "wanted a whole number"),
        ("True", lambda row: row.flag("x"), "wanted 0 or 1"),
        ("green", lambda row: row.choice("x", Colour), "wanted red or blue"),
    ],
)
def test_a_wrong_cell_is_named_by_file_line_and_column(row_of, value, read, wanted):
    with pytest.raises(TruthError, match=re.escape(f"table.csv line 2: x is '{value}'; {wanted}")):
        read(row_of(value))


def test_blank_lines_are_skipped_and_lines_counted_from_one(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("x\n\n1\n\n\n2\n")
    assert [(row.line, row.number("x")) for row in read_table(path, ("x",))] == [(3, 1), (6, 2)]


def test_a_heading_alone_is_an_empty_table(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("x,y\n")
    assert read_table(path, ("y", "x")) == ()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "empty file"),
        (b"x,z\n1,2\n", "column(s) y missing; found x, z"),
        (b"x,y\n1,2\n1\n", "line 3: 1 cells; wanted 2"),
        (b"x,y\n\xff\xfe,2\n", "not a CSV table in UTF-8"),
        (b'x,y\n"1"2,2\n', "not a CSV table"),
    ],
)
def test_a_broken_file_is_named(tmp_path, content, complaint):
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(TruthError, match=re.escape("table.csv")) as caught:
        read_table(path, ("x", "y"))
    assert complaint in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(TruthError, match=r"absent\.csv: cannot be read \(No such file"):
        read_table(tmp_path / "absent.csv", ())


def test_the_second_row_of_a_name_is_complained_of(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("x\na\nb\na\n")
    rows = read_table(path, ("x",))
    require_distinct(rows[:2], "x")
    with pytest.raises(TruthError, match="line 4: x is 'a'; wanted one row for each"):
        require_distinct(rows, "x")
