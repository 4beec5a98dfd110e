"""LOG tables and the images that they belong to.

Names of a LOG table and its image may differ by seconds, so the clock count of the start
decides, then SOURCE_PRODUCT_ID, then START_TIME.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hotspots.archive import quirks
from hotspots.archive.label import read_label_header
from hotspots.archive.label_facts import LabelFacts
from hotspots.archive.label_pds4 import read_label_times_pds4
from hotspots.archive.log_table import LogRow, read_log_row
from hotspots.errors import ArchiveError

__all__ = ["LogIndex", "LogTable", "find_log", "index_logs", "read_log_table"]

_Key = tuple[str, str, object]

LogIndex = Mapping[_Key, "LogTable"]
"""What `index_logs` makes and `find_log` asks."""


@dataclass(frozen=True)
class LogTable:
    """One LOG table: its row, and what says which frame it belongs to.

    Parameters
    ----------
    path : Path
        The label.
    level : str
        ``"EDR"`` or ``"RDR"``.
    start_clock : str
        SPACECRAFT_CLOCK_START_COUNT; empty in PDS4 labels.
    start_time : str
        START_TIME.
    source : str
        SOURCE_PRODUCT_ID without extension, in capitals; may be empty.
    row : LogRow
        The table.
    """

    path: Path
    level: str
    start_clock: str
    start_time: str
    source: str
    row: LogRow

    def identities(self) -> tuple[_Key, ...]:
        """What the table can be found by, the most certain first."""
        return _keys(self.level, self.start_clock, self.source, self.start_time)


def read_log_table(label_path: Path, table_path: Path | None, level: str) -> LogTable:
    """Read a LOG table and the head of its label.

    Parameters
    ----------
    label_path : Path
        ``.LBL`` or ``.xml``.
    table_path : Path or None
        ``.TAB``; None if the folder has none of that name.
    level : str
        ``"EDR"`` or ``"RDR"``.

    Returns
    -------
    LogTable

    Raises
    ------
    ArchiveError
        If one of the two is missing or cannot be read.
    """
    if table_path is None:
        msg = f"{label_path}: LOG label without its table; fetch its .TAB file"
        raise ArchiveError(msg)
    clock = source = ""
    if label_path.suffix.lower() == ".xml":
        start_time = read_label_times_pds4(label_path)[0]
    else:
        header = read_label_header(label_path)
        clock = str(header.get("SPACECRAFT_CLOCK_START_COUNT", ""))
        start_time = str(header.get("START_TIME", ""))
        source = str(header.get("SOURCE_PRODUCT_ID", "")).strip().partition(".")[0].upper()
    quirks.observation_time(start_time)
    seconds = quirks.clock_counts(clock)[0] if clock else None
    row = read_log_row(table_path, start_seconds=seconds)
    return LogTable(label_path, level, clock, start_time, source, row)


def index_logs(tables: Iterable[LogTable]) -> LogIndex:
    """Make tables findable; of two with one key the first stays.

    Parameters
    ----------
    tables : iterable of LogTable

    Returns
    -------
    LogIndex
        For `find_log`.
    """
    index: dict[_Key, LogTable] = {}
    for table in tables:
        for key in table.identities():
            index.setdefault(key, table)
    return index


def find_log(facts: LabelFacts, level: str, index: LogIndex) -> LogTable | None:
    """The LOG table of one image.

    Parameters
    ----------
    facts : LabelFacts
        Label of the image.
    level : str
        Level of the image; only tables of the same level belong to it.
    index : LogIndex
        From `index_logs`.

    Returns
    -------
    LogTable or None

    Raises
    ------
    LabelError
        If the clock count or the time of the label cannot be read.
    """
    keys = _keys(level, facts.start_clock, facts.product_id.upper(), facts.start_time)
    return next((index[key] for key in keys if key in index), None)


def _keys(level: str, clock: str, source: str, start_time: str) -> tuple[_Key, ...]:
    keys: list[_Key] = []
    if clock:
        keys.append((level, "clock", quirks.clock_counts(clock)))
    if source:
        keys.append((level, "source", source))
    keys.append((level, "time", quirks.observation_time(start_time)))
    return tuple(keys)
