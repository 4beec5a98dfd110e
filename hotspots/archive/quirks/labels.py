"""Faults of the keywords of image labels."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from hotspots.errors import LabelError

__all__ = [
    "file_inside_folder",
    "first_pixel_of_band",
    "is_flyby_of_2013",
    "observation_time",
    "orbit_of_label",
    "spacecraft_sun_vector",
    "target_for_display",
    "unit_of_pixels",
]

_END_OF_ORBIT_1 = datetime(2016, 10, 19, tzinfo=UTC)
"""Second perijove: no product after this day belongs to orbit 1."""


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
        In UTC.

    Raises
    ------
    LabelError
        If the text is not a time.
    """
    text = start_time.strip().removesuffix("Z")
    for pattern in ("%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S", "%Y-%jT%H:%M:%S.%f"):
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=UTC)
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
    path: Path | None = folder / name
    if not _is_file(folder / name):
        entries = sorted(folder.iterdir())
        path = next((entry for entry in entries if entry.name.lower() == name.lower()), None)
    if path is None or not _is_file(path):
        return None
    if path.resolve().parent != folder.resolve():
        msg = f"{label_path}: {path.name} is a link that leads to {path.resolve()}; copy the file"
        raise LabelError(msg)
    return path


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # such as a name too long for the file system
        return False


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
