"""PDS4 labels: the second way in, for folders without PDS3 labels.

PDS4 labels of JIRAM are made from the PDS3 ones and have less in them: no clock counts
(so the start is good to 1 ms, and so is the exposure unless a LOG table tells it), no orbit,
no MD5 sum and no mode.
"""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from hotspots.archive.label import read_label_text
from hotspots.archive.label_facts import LabelFacts
from hotspots.errors import LabelError

__all__ = [
    "element_text",
    "file_md5",
    "label_times",
    "read_image_label_pds4",
    "read_label_times_pds4",
    "read_xml_label",
]

_BITS_OF_TYPE = re.compile(r"IEEE754[LM]SB(Single)|Signed[LM]SB(2)")


def read_image_label_pds4(path: Path) -> LabelFacts:
    """Read the PDS4 label of an image.

    Parameters
    ----------
    path : Path
        The ``.xml`` file.

    Returns
    -------
    LabelFacts

    Raises
    ------
    LabelError
        If it is not XML, has a document type declaration, or lacks an element that an
        image must have.
    """
    root = read_xml_label(path)
    area = root.find("{*}File_Area_Observational")
    array = None if area is None else area.find("{*}Array_2D_Image")
    if area is None or array is None:
        msg = f"{path}: no File_Area_Observational with an Array_2D_Image, not an image label"
        raise LabelError(msg)
    if element_text(array, "offset", path) != "0":
        msg = f"{path}: the array starts at byte {element_text(array, 'offset', path)}, wanted 0"
        raise LabelError(msg)
    shape = {
        element_text(axis, "axis_name", path): element_text(axis, "elements", path)
        for axis in array.findall("{*}Axis_Array")
    }
    data_type = element_text(array, "Element_Array/data_type", path)
    match = _BITS_OF_TYPE.fullmatch(data_type)
    lines, samples = shape.get("Line", ""), shape.get("Sample", "")
    if match is None or not lines.isdecimal() or not samples.isdecimal():
        msg = f"{path}: array of {data_type} with axes {shape}, wanted Line and Sample"
        raise LabelError(msg)
    identifier = element_text(root, "Identification_Area/logical_identifier", path)
    start_time, stop_time = label_times(root, path)
    return LabelFacts(
        path=path,
        standard="PDS4",
        product_id=identifier.rpartition(":")[2],
        data_set_id=identifier,
        start_time=start_time,
        stop_time=stop_time,
        image_name=element_text(area, "File/file_name", path),
        lines=int(lines),
        samples=int(samples),
        sample_bits=32 if match[1] else 16,
        target_name=root.findtext("{*}Observation_Area/{*}Target_Identification/{*}name"),
        md5=file_md5(area),
        band_hint=_band_with_values(root),
    )


def read_label_times_pds4(path: Path) -> tuple[str, str]:
    """Start and stop time of any PDS4 label.

    Parameters
    ----------
    path : Path
        The ``.xml`` file.

    Returns
    -------
    start_time, stop_time : str
        UTC, without ``Z``.

    Raises
    ------
    LabelError
        As `read_image_label_pds4`.
    """
    return label_times(read_xml_label(path), path)


def read_xml_label(path: Path) -> ET.Element:
    """Root element of a PDS4 label.

    Raises
    ------
    LabelError
        If it is not XML or has a document type declaration.
    """
    text = read_label_text(path)
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.IGNORECASE):
        msg = f"{path}: has a document type declaration, which no PDS4 label needs"
        raise LabelError(msg)
    try:
        # Entities, the danger of XML from elsewhere, were refused above.
        return ET.fromstring(text.encode("latin-1"))  # noqa: S314
    except (ET.ParseError, ValueError, LookupError) as error:
        msg = f"{path}: garbled label: {error}"
        raise LabelError(msg) from error


def label_times(root: ET.Element, path: Path) -> tuple[str, str]:
    """Start and stop of a parsed label, UTC, without ``Z``.

    Raises
    ------
    LabelError
        If one is missing.
    """
    where = "Observation_Area/Time_Coordinates"
    start = element_text(root, f"{where}/start_date_time", path)
    stop = element_text(root, f"{where}/stop_date_time", path)
    return start.removesuffix("Z"), stop.removesuffix("Z")


def element_text(element: ET.Element, names: str, path: Path) -> str:
    """Text of the element that is reached by ``names``, such as ``File/file_name``.

    Raises
    ------
    LabelError
        If it is missing or empty.
    """
    found = element.findtext("/".join("{*}" + name for name in names.split("/")))
    if found is None or not found.strip():
        msg = f"{path}: element {names} is missing"
        raise LabelError(msg)
    return found.strip()


def _band_with_values(root: ET.Element) -> str:
    # Both groups are always there; that of a band that was not taken is empty.
    where = "{*}Observation_Area/{*}Mission_Area/{*}JIRAM_Parameters"
    filled = [
        band
        for band in ("L", "M")
        if root.find(f"{where}/{{*}}{band}_Band_Parameters/*") is not None
    ]
    return filled[0] if len(filled) == 1 else ""


def file_md5(area: ET.Element) -> str | None:
    """MD5 sum of the file of a File_Area_Observational, where it is stated."""
    text = (area.findtext("{*}File/{*}md5_checksum") or "").strip().lower()
    return text if re.fullmatch(r"[0-9a-f]{32}", text) else None
