"""Lines of a delimited table, in blocks, with what is wrong with them before any is parsed."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from itertools import islice
from pathlib import Path

from hotspots.archive.radiometer.reasons import RowFault
from hotspots.errors import ArchiveError

__all__ = ["LineBlock", "line_blocks", "read_header"]

_BLOCK_LINES = 4096
"""Lines held at once: 7 MB of an instrument table, whose hour has 50 MB."""

_LONGEST_HEADER = 65536
"""Bytes; the longest known header has 1924."""


@dataclass(frozen=True)
class LineBlock:
    """Consecutive lines that can be parsed.

    Parameters
    ----------
    text : bytes
        The lines, each with the right number of separators or fewer.
    faults : list of (int, RowFault)
        Place of a line in ``text`` and what is wrong with it; a line may have several.
    dropped : int
        Lines between these that have too few or too many fields.
    lines : int
        Number of lines in ``text``.
    """

    text: bytes
    faults: list[tuple[int, RowFault]]
    dropped: int
    lines: int


def read_header(path: Path) -> tuple[str, ...]:
    """Names of the columns, from the first line.

    Raises
    ------
    ArchiveError
        If the file cannot be read or its first line is no header.
    """
    try:
        with path.open("rb") as stream:
            first = stream.readline(_LONGEST_HEADER)
    except OSError as error:
        msg = f"{path}: table cannot be read: {error.strerror}"
        raise ArchiveError(msg) from error
    names = tuple(first.decode("latin-1").strip().split(","))
    if len(names) < 2 or len(set(names)) != len(names) or not all(map(str.isidentifier, names)):
        msg = f"{path}: the first line is no header of column names; wanted a table of RDR level"
        raise ArchiveError(msg)
    return names


def line_blocks(path: Path, *, fields: int, gaps_are_faults: bool) -> Iterator[LineBlock]:
    """Lines after the header.

    Parameters
    ----------
    path : Path
    fields : int
        Number of columns.
    gaps_are_faults : bool
        Geolocation tables have NaN or nothing where a boresight misses Jupiter;
        instrument tables should not.

    Yields
    ------
    LineBlock

    Raises
    ------
    ArchiveError
        If the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            stream.readline()
            while lines := _next_lines(stream):
                yield _checked(lines, fields, gaps_are_faults)
    except OSError as error:
        msg = f"{path}: table cannot be read: {error.strerror}"
        raise ArchiveError(msg) from error


def _next_lines(stream: BufferedReader) -> list[bytes]:
    return list(islice(stream, _BLOCK_LINES))


def _checked(lines: list[bytes], fields: int, gaps_are_faults: bool) -> LineBlock:
    kept: list[bytes] = []
    faults: list[tuple[int, RowFault]] = []
    dropped = 0
    for raw in lines:
        line = raw.rstrip(b"\r\n")
        if not line.strip():
            continue
        place = len(kept)
        if not raw.endswith(b"\n"):
            # the number before the break may have lost digits
            line = line.rpartition(b",")[0]
            faults.append((place, RowFault.TRUNCATED))
        elif line.count(b",") != fields - 1:
            dropped += 1
            continue
        if gaps_are_faults:
            if b",," in line or line.startswith(b",") or line.endswith(b","):
                faults.append((place, RowFault.BLANK))
            if b"nan" in line.lower():
                faults.append((place, RowFault.NOT_A_NUMBER))
        kept.append(line)
    return LineBlock(b"\n".join(kept), faults, dropped, len(kept))
