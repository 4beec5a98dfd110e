"""`RowCount`: how many rows of a file were odd in one way, and what was done with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["RowCount", "RowFault", "sum_of_counts"]


class RowFault(StrEnum):
    """Ways in which rows of the archive's tables are odd."""

    BLANK = "blank"
    """A field is empty."""
    NOT_A_NUMBER = "not_a_number"
    """A field says NaN, or is no number."""
    TRUNCATED = "truncated"
    """The last line breaks off."""
    WRONG_LENGTH = "wrong_length"
    """Another number of fields than the header has names."""
    NO_TIME = "no_time"
    """The time is missing or no number."""
    DUPLICATE = "duplicate"
    """The same row again."""
    CONFLICTING = "conflicting"
    """Rows of one time with different numbers."""
    OUT_OF_ORDER = "out_of_order"
    """Stands before an earlier row."""
    NO_GEOLOCATION = "no_geolocation"
    """The geolocation file is missing, or has no row of this time."""
    NO_INSTRUMENT_ROW = "no_instrument_row"
    """A row of the geolocation file without one in the instrument file."""
    FAR_FROM_IO = "far_from_io"
    """Taken while Io is too far to fill a useful part of the beam, or long before or after the
    closest approach."""
    SATURATED = "saturated"
    """Counts at the end of the converter's range in every gain."""
    OUTLIER = "outlier"
    """Far from the neighbours within the beam."""


_DONE = {
    RowFault.BLANK: "the row's other fields are used; a channel without counts is not",
    RowFault.NOT_A_NUMBER: "the row's other fields are used; a channel without counts is not",
    RowFault.TRUNCATED: "the fields before the break are used",
    RowFault.WRONG_LENGTH: "not used",
    RowFault.NO_TIME: "not used",
    RowFault.DUPLICATE: "the first is used",
    RowFault.CONFLICTING: "none is used",
    RowFault.OUT_OF_ORDER: "put in order and used",
    RowFault.NO_GEOLOCATION: "used with the attitude of the kernels",
    RowFault.NO_INSTRUMENT_ROW: "not used",
    RowFault.FAR_FROM_IO: "not used",
    RowFault.SATURATED: "channel not used",
    RowFault.OUTLIER: "channel not used",
}


@dataclass(frozen=True, kw_only=True)
class RowCount:
    """One line of the table of reasons.

    Parameters
    ----------
    product_id : str
        File that the rows are in.
    fault : RowFault
    rows : int
        At least one.
    """

    product_id: str
    fault: RowFault
    rows: int

    @property
    def treatment(self) -> str:
        """What was done with the rows, in words."""
        return _DONE[self.fault]


def sum_of_counts(counts: Iterable[RowCount]) -> tuple[RowCount, ...]:
    """Counts of one product and fault added up, sorted; those of nothing left out.

    Parameters
    ----------
    counts : iterable of RowCount

    Returns
    -------
    tuple of RowCount
    """
    total: dict[tuple[str, RowFault], int] = {}
    for count in counts:
        key = (count.product_id, count.fault)
        total[key] = total.get(key, 0) + count.rows
    return tuple(
        RowCount(product_id=product_id, fault=fault, rows=rows)
        for (product_id, fault), rows in sorted(total.items())
        if rows
    )
