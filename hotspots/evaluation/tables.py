"""CSV tables read strictly: every complaint names the file, the line and the column."""

import csv
import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from hotspots.errors import TruthError

__all__ = ["TableRow", "read_table", "require_distinct"]

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class TableRow:
    """One line of a table, with typed access to its cells.

    Parameters
    ----------
    path : Path
        File the row came from, for messages.
    line : int
        Its line in the file, counted from 1, the heading included.
    cells : dict
        Column heading to text.
    """

    path: Path
    line: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """Cell without the spaces around it; empty where nothing was written."""
        return self.cells[column].strip()

    def number(self, column: str, low: float = -math.inf, high: float = math.inf) -> float:
        """Finite number from `low` to `high`; a `TruthError` for anything else."""
        value = self.optional_number(column)
        if value is None:
            raise self.complaint(column, "a number")
        if not low <= value <= high:
            raise self.complaint(column, f"a number from {low:g} to {high:g}")
        return value

    def optional_number(self, column: str) -> float | None:
        """Finite number, or None where the cell is empty."""
        text = self.text(column)
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            raise self.complaint(column, "a number or an empty cell") from None
        if not math.isfinite(value):
            raise self.complaint(column, "a finite number or an empty cell")
        return value

    def number_if_there(self, column: str) -> float | None:
        """Like `optional_number`, of a column that the table need not have."""
        return self.optional_number(column) if column in self.cells else None

    def choice(self, column: str, choices: type[Choice]) -> Choice:
        """Member of an enumeration whose values are the texts that may stand here."""
        text = self.text(column)
        if text not in list(choices):
            raise self.complaint(column, " or ".join(choices))
        return choices(text)

    def count(self, column: str) -> int:
        """Whole number that is not negative."""
        value = self.number(column)
        if value < 0 or not value.is_integer():
            raise self.complaint(column, "a whole number, 0 or more")
        return int(value)

    def flag(self, column: str) -> bool:
        """0 or 1 as a truth value."""
        text = self.text(column)
        if text not in ("0", "1"):
            raise self.complaint(column, "0 or 1")
        return text == "1"

    def complaint(self, column: str, wanted: str) -> TruthError:
        """Error, to be raised, that says what this cell holds and what was wanted."""
        msg = f"{self.path} line {self.line}: {column} is {self.text(column)!r}; wanted {wanted}"
        return TruthError(msg)


def read_table(path: Path, columns: Iterable[str]) -> tuple[TableRow, ...]:
    """Rows of a CSV file that must have some columns and may have more.

    Parameters
    ----------
    path : Path
        UTF-8 file with one heading line.
    columns : iterable of str
        Headings that must be there, in any order.

    Raises
    ------
    TruthError
        The file cannot be read, lacks a column, or has a line of another length.
    """
    try:
        with path.open(newline="", encoding="utf-8") as stream:
            lines = csv.reader(stream, strict=True)
            heading = next(lines, None)
            body = [(lines.line_num, cells) for cells in lines if cells]
    except OSError as error:
        msg = f"{path}: cannot be read ({error.strerror}); wanted a CSV table"
        raise TruthError(msg) from error
    except (UnicodeDecodeError, csv.Error) as error:
        msg = f"{path}: not a CSV table in UTF-8 ({error})"
        raise TruthError(msg) from error
    if heading is None:
        msg = f"{path}: empty file; wanted at least a line of column headings"
        raise TruthError(msg)
    missing = [column for column in columns if column not in heading]
    if missing:
        msg = f"{path}: column(s) {', '.join(missing)} missing; found {', '.join(heading)}"
        raise TruthError(msg)
    return tuple(_row(path, heading, line, cells) for line, cells in body)


def require_distinct(rows: Iterable[TableRow], column: str) -> None:
    """Raise a `TruthError` at the second row that has the same text in a column."""
    seen: set[str] = set()
    for row in rows:
        if row.text(column) in seen:
            raise row.complaint(column=column, wanted="one row for each, and this is the second")
        seen.add(row.text(column))


def _row(path: Path, heading: list[str], line: int, cells: list[str]) -> TableRow:
    if len(cells) != len(heading):
        msg = f"{path} line {line}: {len(cells)} cells; wanted {len(heading)}, one per column"
        raise TruthError(msg)
    return TableRow(path, line, dict(zip(heading, cells, strict=True)))
