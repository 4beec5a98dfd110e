"""PDS3 labels: text in, facts out, or a `LabelError` that names the file.

PDR's parser does the grammar.  It is made to get something out of almost anything, so
what it is given is checked before (plain text, with an END) and what it returns after
(no unfinished object, no required keyword missing).
"""

import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pdr.parselabel.pds3 import parse_pvl

from hotspots.archive.label_facts import LabelFacts
from hotspots.archive.label_keywords import (
    Keywords,
    last_of,
    md5_of,
    seconds_of,
    whole_number,
)
from hotspots.errors import LabelError

__all__ = [
    "parse_label",
    "read_image_label",
    "read_keywords",
    "read_label_header",
    "read_label_text",
]

_LONGEST_LABEL = 1 << 20
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_END = re.compile(r"(?:^|\n)[ \t]*END[ \t]*\r?(?:\n\s*)?$")

# What the parser may raise on text that is not a label.
_PARSER_ERRORS = (
    AttributeError,
    KeyError,
    IndexError,
    MemoryError,
    OverflowError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    UserWarning,
)


def read_label_text(path: Path) -> str:
    """Text of a label file, refused where it cannot be a label.

    Parameters
    ----------
    path : Path
        The label.

    Returns
    -------
    str

    Raises
    ------
    LabelError
        If the file cannot be read, is longer than 1 MiB or holds bytes that are not text.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST_LABEL + 1)
    except OSError as error:
        msg = f"{path}: label cannot be read: {error.strerror}"
        raise LabelError(msg) from error
    if len(content) > _LONGEST_LABEL:
        msg = f"{path}: longer than {_LONGEST_LABEL} bytes, not a label"
        raise LabelError(msg)
    text = content.decode("latin-1")
    garbage = _NOT_TEXT.search(text)
    if garbage is not None:
        msg = f"{path}: garbled label: byte {garbage.start()} is {content[garbage.start()]:#04x}"
        raise LabelError(msg)
    return text


def parse_label(text: str, path: Path) -> Mapping[str, Any]:
    """Parse the keywords of a PDS3 label or of a part of one.

    Parameters
    ----------
    text : str
        Statements; objects that are opened must be closed.
    path : Path
        Named in errors.

    Returns
    -------
    mapping
        Keyword to value; an object is a mapping itself.

    Raises
    ------
    LabelError
        If the parser fails or finds an unfinished object.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # The parser only warns of an object without an end.
            warnings.simplefilter("error", UserWarning)
            return dict(parse_pvl(text, deduplicate_pointers=False)[0])
    except _PARSER_ERRORS as error:
        msg = f"{path}: garbled label: {type(error).__name__}: {error}"
        raise LabelError(msg) from error


def read_label_header(path: Path) -> Mapping[str, Any]:
    """Keywords before the first object of a label, without reading on.

    The column descriptions of a LOG table are 58 kB long and the same in every file.

    Parameters
    ----------
    path : Path
        The label.

    Returns
    -------
    mapping

    Raises
    ------
    LabelError
        As `read_label_text` and `parse_label`.
    """
    return parse_label(re.split(r"\n\s*OBJECT\s*=", read_label_text(path), maxsplit=1)[0], path)


def read_keywords(path: Path) -> Keywords:
    """Read all keywords of a PDS3 label.

    Parameters
    ----------
    path : Path
        The ``.LBL`` file.

    Returns
    -------
    Keywords

    Raises
    ------
    LabelError
        If the label is garbled or cut off.
    """
    text = read_label_text(path)
    if _END.search(text) is None:
        msg = f"{path}: cut-off label: {len(text)} bytes without END; fetch the file again"
        raise LabelError(msg)
    return Keywords(parse_label(text, path), path)


def read_image_label(path: Path) -> LabelFacts:
    """Read the PDS3 label of an image.

    Parameters
    ----------
    path : Path
        The ``.LBL`` file.

    Returns
    -------
    LabelFacts

    Raises
    ------
    LabelError
        If the label is garbled, cut off, or lacks a keyword that an image must have.
    """
    keywords = read_keywords(path)
    file = keywords.inner("FILE")
    image, history = file.inner("IMAGE"), file.inner("HISTORY")
    return LabelFacts(
        path=path,
        standard="PDS3",
        product_id=keywords.text("PRODUCT_ID"),
        data_set_id=keywords.text("DATA_SET_ID"),
        start_time=keywords.text("START_TIME"),
        stop_time=keywords.text("STOP_TIME"),
        start_clock=keywords.text("SPACECRAFT_CLOCK_START_COUNT"),
        stop_clock=keywords.text("SPACECRAFT_CLOCK_STOP_COUNT"),
        image_name=file.pointer("^IMAGE"),
        lines=image.number("LINES"),
        samples=image.number("LINE_SAMPLES"),
        sample_bits=image.number("SAMPLE_BITS"),
        exposure_s=seconds_of(keywords.value("EXPOSURE_DURATION")),
        orbit=keywords.value("ORBIT_NUMBER"),
        target_name=keywords.value("TARGET_NAME"),
        sequence_number=whole_number(keywords.value("SEQUENCE_NUMBER")),
        md5=md5_of(keywords.value("MD5_CHECKSUM")),
        instrument_mode=str(keywords.value("INSTRUMENT_MODE_ID") or ""),
        software_version=last_of(keywords.value("SOFTWARE_VERSION_ID")),
        band_hint=_calibrated_band(history.value("CALIBRATION_SOURCE_ID")),
        note=str(history.value("NOTE") or "").strip(),
        complete={"0": False, "1": True}.get(str(file.value("DATA_QUALITY_ID"))),
    )


def _calibrated_band(value: object) -> str:
    match = re.search(r"_IMG_([LM])_", last_of(value).upper())  # JIR_IMG_M_RESPONSIVITY_V02.DAT
    return "" if match is None else match[1]
