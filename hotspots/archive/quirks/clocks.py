"""Faults of the spacecraft clock counts in labels and LOG tables."""

import re

from hotspots.errors import LabelError

__all__ = ["SUBCOUNTS_PER_SECOND", "clock_counts", "clock_for_spice", "log_seconds"]

SUBCOUNTS_PER_SECOND = 65536
"""Sub-counts of SPACECRAFT_CLOCK_*_COUNT in one second."""

_CLOCK = re.compile(r"(?:\d+/)?(\d{1,10}):(\d{1,5})")


def clock_counts(clock: str) -> tuple[int, int]:
    """Seconds and sub-counts of a clock string; a sub-count is 1/65536 s, not a decimal.

    HITS: every EDR and RDR label and LOG label (``"1/539307798:00786"`` is 12.0 ms past
    the second, not 0.00786 s and not 786 ms).

    Parameters
    ----------
    clock : str
        ``"p/seconds:sub"`` or ``"seconds:sub"``.

    Returns
    -------
    seconds, subcounts : int

    Raises
    ------
    LabelError
        If the text is not a clock count.
    """
    match = _CLOCK.fullmatch(clock.strip())
    if match is None or int(match[2]) >= SUBCOUNTS_PER_SECOND:
        msg = f"clock count {clock!r} is not 'partition/seconds:sub' with sub below 65536"
        raise LabelError(msg)
    return int(match[1]), int(match[2])


def clock_for_spice(clock: str) -> str:
    """Clock string without its partition, as SPICE must be given it.

    HITS: every label. The partition (1 to 2020, 5 later) does not follow the partitions
    of Juno's clock kernels; given to SPICE it makes an error or a time minutes away.

    Parameters
    ----------
    clock : str
        ``"p/seconds:sub"``.

    Returns
    -------
    str
        ``"seconds:sub"``.

    Raises
    ------
    LabelError
        If the text is not a clock count.
    """
    seconds, subcounts = clock_counts(clock)
    return f"{seconds}:{subcounts}"


def log_seconds(first_word: int, second_word: int, *, start_seconds: int | None = None) -> int:
    """Seconds of the clock from the two words of a LOG column, whose order nobody states.

    HITS: all LOG tables (columns 3 and 19, "ITEMS = 2, ITEM_BYTES = 2"). Low word first
    is what little-endian readers expect; the other order is taken where only it agrees
    with the clock of the label.

    Parameters
    ----------
    first_word, second_word : int
        The words in file order.
    start_seconds : int, optional
        Seconds of SPACECRAFT_CLOCK_START_COUNT.

    Returns
    -------
    int
    """
    low_first = first_word | second_word << 16
    high_first = second_word | first_word << 16
    if start_seconds is None or abs(low_first - start_seconds) <= abs(high_first - start_seconds):
        return low_first
    return high_first
