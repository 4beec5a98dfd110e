"""`Keywords`: statements of a PDS3 label, asked for by name."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hotspots.errors import LabelError

__all__ = ["Keywords", "last_of", "md5_of", "seconds_of", "whole_number"]

_SECONDS = {"s": 1.0, "second": 1.0, "seconds": 1.0, "ms": 1e-3}
_MD5 = re.compile(r"[0-9a-f]{32}")


class Keywords:
    """Keywords of one object of a label; those that must be there raise if they are not.

    Parameters
    ----------
    values : mapping
        Keyword to value, as `hotspots.archive.label.parse_label` returns it.
    path : Path
        The label, named in errors.
    within : str
        The object, named in errors.
    """

    def __init__(self, values: Mapping[str, Any], path: Path, within: str = "label") -> None:
        self._values, self._path, self._within = values, path, within

    def value(self, keyword: str) -> Any:
        """The value as it was parsed; None where there is no such keyword."""
        return self._values.get(keyword)

    def inner(self, keyword: str) -> "Keywords":
        """Keywords of an object inside; without any where there is no such object."""
        value = self._values.get(keyword)
        inside = value if isinstance(value, Mapping) else {}
        return Keywords(inside, self._path, f"object {keyword}")

    def text(self, keyword: str) -> str:
        """Text that must be there.

        Raises
        ------
        LabelError
            If it is missing or no text.
        """
        value = self._values.get(keyword)
        if not isinstance(value, str) or not value.strip():
            raise self._missing(keyword, value, "text")
        return value.strip()

    def pointer(self, keyword: str) -> str:
        """Name of the file that a pointer leads to.

        Raises
        ------
        LabelError
            If it is missing or leads into the middle of a file.
        """
        value = self._values.get(keyword)
        if isinstance(value, tuple) and len(value) == 2 and value[1] == 1:
            return str(value[0])  # ("FILE.IMG", 1): from the first record, the whole file
        return self.text(keyword)

    def number(self, keyword: str) -> int:
        """Whole number that must be there.

        Raises
        ------
        LabelError
            If it is missing or no whole number.
        """
        number = whole_number(self._values.get(keyword))
        if number is None:
            raise self._missing(keyword, self._values.get(keyword), "a whole number")
        return number

    def _missing(self, keyword: str, value: object, wanted: str) -> LabelError:
        what = "is missing" if value is None else f"is {value!r}, wanted {wanted}"
        return LabelError(f"{self._path}: {self._within}: keyword {keyword} {what}")


def whole_number(value: object) -> int | None:
    """Value as a whole number of at most nine digits, or None."""
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


def seconds_of(value: object) -> float | None:
    """Value with a unit of time in seconds, or None."""
    if not isinstance(value, Mapping):
        return None
    number, scale = value.get("value"), _SECONDS.get(str(value.get("units")).lower())
    return number * scale if isinstance(number, (int, float)) and scale is not None else None


def last_of(value: object) -> str:
    """Last entry of a sequence, or the value itself, as text."""
    if isinstance(value, tuple):
        value = value[-1] if value else None
    return "" if value is None else str(value).strip()


def md5_of(value: object) -> str | None:
    """MD5 sum of 32 small hexadecimal digits, or None."""
    text = str(value).strip().lower()
    return text if _MD5.fullmatch(text) else None
