"""`HourlyTable`: one file of the archive, with its name, folder and label."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

__all__ = ["HourlyTable", "hourly_table"]

_VERSION = 4


@dataclass(frozen=True)
class HourlyTable:
    """One file of the archive.

    Parameters
    ----------
    folder : str
        Within the archive, such as ``DATA/IRDR/2023/2023364``.
    product_id : str
        Such as ``MWR57RI2023364080000_R06005_V04``.
    text : str
        Of the table, with CRLF.
    label : str
    """

    folder: str
    product_id: str
    text: str
    label: str


def hourly_table(
    orbit: int,
    kind: str,
    hour: str,
    names: Sequence[str],
    lines: Sequence[str],
    utc: Sequence[str],
    rows: Sequence[int],
) -> HourlyTable:
    """Name and label the lines of one hour.

    Parameters
    ----------
    orbit : int
    kind : str
        ``I`` for the instrument's table, ``G`` for geolocation.
    hour : str
        Such as ``2023-364T08``.
    names : sequence of str
        Of the columns.
    lines : sequence of str
        Without line ends, in the order of the file.
    utc : sequence of str
        Times of all rows of the flyby.
    rows : sequence of int
        Those of this hour, in time order.
    """
    start = datetime.strptime(hour, "%Y-%jT%H").replace(tzinfo=UTC)
    name = f"MWR{orbit % 100:02d}R{kind}{start:%Y%j%H}0000_R{len(lines):05d}_V{_VERSION:02d}"
    folder = f"DATA/{kind}RDR/{start:%Y}/{start:%Y%j}"
    text = "\r\n".join([",".join(names), *lines])
    cut = bool(lines) and lines[-1].count(",") != len(names) - 1
    return HourlyTable(
        folder=folder,
        product_id=name,
        text=text if cut else text + "\r\n",
        label=_label(name, len(lines), len(names), utc[rows[0]], utc[rows[-1]]),
    )


def _label(name: str, rows: int, fields: int, start: str, stop: str) -> str:
    """A label with the facts that the archive's have; its target is Jupiter, always."""
    facts = (
        ("PDS_VERSION_ID", "PDS3"),
        ("RECORD_TYPE", "STREAM"),
        ("FILE_RECORDS", str(rows + 1)),
        ("^HEADER", f'("{name}.CSV", 1)'),
        ("^SPREADSHEET", f'("{name}.CSV", 2)'),
        ("PRODUCT_ID", f'"{name}"'),
        ("INSTRUMENT_HOST_NAME", '"JUNO"'),
        ("INSTRUMENT_ID", '"MWR"'),
        ("TARGET_NAME", '"JUPITER"'),
        ("START_TIME", start),
        ("STOP_TIME", stop),
        ("OBJECT", "SPREADSHEET"),
        ("  ROWS", str(rows)),
        ("  FIELDS", str(fields)),
        ("  FIELD_DELIMITER", '"COMMA"'),
        ("END_OBJECT", "SPREADSHEET"),
    )
    return "".join(f"{key:23s} = {value}\r\n" for key, value in facts) + "END\r\n"
