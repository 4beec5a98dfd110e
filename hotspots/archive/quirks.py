"""Every known fault of the JIRAM archive that touches images, one named function each.

``HITS`` in a docstring says which products a fault is in.  The faults were published by
users of the archive (the readers of PDR and rms-oops among them) or are visible in the
labels; "SIS" is the JIRAM Data Product and Archive Volume SIS, version 7.5.  The archive's
INDEX tables are faulty too (that of orbit 25 lists products of orbit 26): this package
reads labels only.  `hotspots.archive.image_quirks` has the faults of the pixels.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from hotspots.errors import LabelError

__all__ = [
    "SUBCOUNTS_PER_SECOND",
    "clock_counts",
    "clock_for_spice",
    "file_inside_folder",
    "first_pixel_of_band",
    "is_flyby_of_2013",
    "log_seconds",
    "nadir_offset_is_negative",
    "observation_time",
    "orbit_of_label",
    "spacecraft_sun_vector",
    "target_for_display",
    "unit_of_pixels",
]

SUBCOUNTS_PER_SECOND = 65536
"""Sub-counts of SPACECRAFT_CLOCK_*_COUNT in one second."""

_CLOCK = re.compile(r"(?:\d+/)?(\d{1,10}):(\d{1,5})")

_END_OF_ORBIT_1 = datetime(2016, 10, 19)  # noqa: DTZ001 - UTC, as in the labels
"""Second perijove: no product after this day belongs to orbit 1."""


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


def observation_time(start_time: str) -> datetime:
    """Time of observation: START_TIME of the label, never the time in the file name.

    HITS: all products. The name lags START_TIME by 2 to 3 s, by 15 s in orbits 62 and 64,
    by 29 s in orbit 60; names of an image and of its spectrum or LOG table may differ.

    Parameters
    ----------
    start_time : str
        ISO calendar or day-of-year time, with or without ``Z``.

    Returns
    -------
    datetime
        UTC, without a zone.

    Raises
    ------
    LabelError
        If the text is not a time.
    """
    text = start_time.strip().removesuffix("Z")
    for pattern in ("%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S", "%Y-%jT%H:%M:%S.%f"):
        try:
            return datetime.strptime(text, pattern)  # noqa: DTZ007 - UTC, as in the labels
        except ValueError:
            continue
    msg = f"time {start_time!r} is not of the form 2017-02-02T11:40:03.870"
    raise LabelError(msg)


def target_for_display(target_name: object) -> str:
    """TARGET_NAME as text to show; it must not select frames.

    HITS: images from orbit 43 on, where frames of Io say ``"N/A"``. Geometry decides
    whether Io is in the field.

    Parameters
    ----------
    target_name : object
        Value of the keyword, or None.

    Returns
    -------
    str
        Capitals; empty if there is no such keyword.
    """
    return "" if target_name is None else str(target_name).strip().upper()


def unit_of_pixels(level: str) -> str:
    """Unit of the numbers in an image file, whatever UNIT says.

    HITS: IMG_RDR with software PDS_RDR_v9 (to about orbit 38), whose label says
    ``W/(m^2*sr*micron)`` over numbers that are band radiance like all others.

    Parameters
    ----------
    level : str
        ``"EDR"`` or ``"RDR"``.

    Returns
    -------
    str
        ``"DN"`` or ``"W m-2 sr-1"``.
    """
    return "DN" if level == "EDR" else "W m-2 sr-1"


def orbit_of_label(orbit: object, start: datetime) -> int | None:
    """ORBIT_NUMBER, or None where it is empty or cannot be true.

    HITS: about 3,900 products of orbit 3, which say 1, and 4,700 products without a value.

    Parameters
    ----------
    orbit : object
        Value of the keyword, or None.
    start : datetime
        Start of exposure, UTC.

    Returns
    -------
    int or None
    """
    text = "" if orbit is None else str(orbit).strip()
    if not text.isascii() or not text.isdecimal():
        return None
    number = int(text)
    return None if number == 1 and start >= _END_OF_ORBIT_1 else number


def is_flyby_of_2013(data_set_id: str, start: datetime) -> bool:
    """Whether a product is of the Earth fly-by of October 2013.

    HITS: volumes jnojir_1000 and jnojir_2000 (Earth and Moon). Their RDR arrays are not
    of the form that later ones have, and there is nothing of Io in them.

    Parameters
    ----------
    data_set_id : str
        DATA_SET_ID, ``JNO-L-...`` for the Moon and ``JNO-E-...`` for the Earth.
    start : datetime
        Start of exposure, UTC.

    Returns
    -------
    bool
    """
    return start.year <= 2013 or data_set_id.upper().startswith(("JNO-L-", "JNO-E-"))


def file_inside_folder(label_path: Path, pointer: str) -> Path | None:
    """The file that a label points to, if it lies in the label's own folder.

    HITS: none in the archive; a label from elsewhere may name any file of the machine, by
    a path or by a link. Case is not compared: many copies of the archive changed it.

    Parameters
    ----------
    label_path : Path
        The label.
    pointer : str
        Value of ``^IMAGE`` or PDS4 ``file_name``.

    Returns
    -------
    Path or None
        None if the folder has no such file.

    Raises
    ------
    LabelError
        If the pointer has folders in it, or the file is a link that leads out of the
        folder.
    """
    name, folder = pointer.strip(), label_path.parent
    if not name or name in {".", ".."} or re.search(r"[/\\:\x00]", name):
        msg = f"{label_path}: points to {pointer!r}, wanted the name of a file beside the label"
        raise LabelError(msg)
    path = folder / name
    if not path.is_file():
        same = (entry for entry in sorted(folder.iterdir()) if entry.name.lower() == name.lower())
        found = next((entry for entry in same if entry.is_file()), None)
        if found is None:
            return None
        path = found
    if path.resolve().parent != folder.resolve():
        msg = f"{label_path}: {path.name} is a link that leads to {path.resolve()}; copy the file"
        raise LabelError(msg)
    return path


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


def nadir_offset_is_negative(status_word: int) -> bool:
    """Sign of NADIR_OFFSET, which is bit 16 of STATUS and not bit 15 as labels say.

    HITS: LOG_IMG and LOG_SPE labels, EDR and RDR: NADIR_OFFSET_SIGN has START_BIT 15,
    inside the seven spare bits 9 to 15; its DESCRIPTION is that of another column.

    Parameters
    ----------
    status_word : int
        The 16 bits of STATUS.

    Returns
    -------
    bool
    """
    return bool(status_word & 1)


def first_pixel_of_band(line_first_pixel: int, sample_first_pixel: int) -> tuple[int, int]:
    """First detector line and sample of a band; the two keywords are exchanged.

    HITS: IMG_RDR labels with geometry (software PDS_RDR_v9): LINE_FIRST_PIXEL is 2 in both
    bands and SAMPLE_FIRST_PIXEL is 1 (L) or 139 (M), which are detector lines.

    Parameters
    ----------
    line_first_pixel, sample_first_pixel : int
        Values of the keywords.

    Returns
    -------
    line, sample : int
        Counted from 1 on the detector of 270 lines and 438 samples.
    """
    return sample_first_pixel, line_first_pixel


def spacecraft_sun_vector(
    sun_vector: Sequence[float], target_vector: Sequence[float]
) -> tuple[float, ...] | None:
    """Vector from spacecraft to Sun, or None where the label repeats the target vector.

    HITS: IMG_RDR labels with geometry and the PDS4 labels made from them:
    SC_SUN_POSITION_VECTOR is a copy of SC_TARGET_POSITION_VECTOR.

    Parameters
    ----------
    sun_vector, target_vector : sequence of 3 floats
        Values of the two keywords, km.

    Returns
    -------
    tuple of 3 floats or None
        km.
    """
    return None if tuple(sun_vector) == tuple(target_vector) else tuple(sun_vector)
