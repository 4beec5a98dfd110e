"""Labels of spectra, PDS3 and PDS4: statements in, a `SpectrumProduct` out."""

from pathlib import Path
from typing import Any

from hotspots.archive import quirks
from hotspots.archive.clock import exposure_from_clock
from hotspots.archive.exposure import settle_exposure
from hotspots.archive.label import read_keywords
from hotspots.archive.label_keywords import md5_of
from hotspots.archive.label_pds4 import element_text, file_md5, label_times, read_xml_label
from hotspots.archive.product_name import parse_product_name
from hotspots.archive.spectrometer.products import SpectrumProduct
from hotspots.errors import LabelError

__all__ = ["read_spectrum_label"]

_SAMPLE_BYTES = quirks.stored_dtype("RDR").itemsize


def read_spectrum_label(path: Path) -> SpectrumProduct:
    """Read the label of a calibrated spectrum.

    Parameters
    ----------
    path : Path
        The ``.LBL`` (PDS3) or ``.xml`` (PDS4) file.

    Returns
    -------
    SpectrumProduct

    Raises
    ------
    LabelError
        If the label is garbled, cut off, contradicts itself or lacks what a spectrum must
        have, or its data are not beside it.
    """
    try:
        return _pds4(path) if path.suffix.lower() == ".xml" else _pds3(path)
    except LabelError as error:
        msg = str(error) if str(error).startswith(str(path)) else f"{path}: {error}"
        raise LabelError(msg) from error


def _pds3(path: Path) -> SpectrumProduct:
    keywords = read_keywords(path)
    file = keywords.inner("FILE")
    table = file.inner("TABLE")
    rows, channels = table.number("ROWS"), table.number("COLUMNS")
    _check_row_bytes(table.number("ROW_BYTES"), channels)
    start, stop = keywords.text("START_TIME"), keywords.text("STOP_TIME")
    clocks = [keywords.text(f"SPACECRAFT_CLOCK_{end}_COUNT") for end in ("START", "STOP")]
    orbit = quirks.orbit_of_label(keywords.value("ORBIT_NUMBER"), quirks.observation_time(start))
    return SpectrumProduct(
        **_files(path, keywords.text("PRODUCT_ID"), file.pointer("^TABLE")),
        rows=rows,
        channels=channels,
        start_clock=clocks[0],
        start_time_label=start,
        exposure_s=settle_exposure(
            clock_s=exposure_from_clock(*clocks), times_s=_seconds_between(start, stop)
        ),
        orbit=orbit,
        md5=md5_of(keywords.value("MD5_CHECKSUM")),
        frame_type=str(file.value("FRAME_TYPE") or "").strip().upper(),
    )


def _pds4(path: Path) -> SpectrumProduct:
    root = read_xml_label(path)
    area = root.find("{*}File_Area_Observational")
    table = None if area is None else area.find("{*}Table_Binary")
    if area is None or table is None:
        msg = "no File_Area_Observational with a Table_Binary, not the label of a spectrum"
        raise LabelError(msg)
    counts = [
        element_text(table, name, path)
        for name in (
            "records",
            "Record_Binary/Group_Field_Binary/repetitions",
            "Record_Binary/record_length",
        )
    ]
    if not all(count.isdecimal() for count in counts):
        msg = f"records, repetitions and record_length are {counts}, wanted whole numbers"
        raise LabelError(msg)
    rows, channels, row_bytes = (int(count) for count in counts)
    _check_row_bytes(row_bytes, channels)
    start, stop = label_times(root, path)
    orbit = root.findtext(".//{*}Observation_Information/{*}orbit_number")
    identifier = element_text(root, "Identification_Area/logical_identifier", path)
    return SpectrumProduct(
        **_files(path, identifier.rpartition(":")[2], element_text(area, "File/file_name", path)),
        rows=rows,
        channels=channels,
        start_clock="",
        start_time_label=start,
        exposure_s=settle_exposure(times_s=_seconds_between(start, stop)),
        orbit=quirks.orbit_of_label(orbit, quirks.observation_time(start)),
        md5=file_md5(area),
        label_standard="PDS4",
    )


def _files(path: Path, product_id: str, data_name: str) -> dict[str, Any]:
    name = parse_product_name(product_id) or parse_product_name(path.name)
    if name is None or name.kind != "SPE" or name.level != "RDR":
        msg = f"product {product_id!r} is not a calibrated spectrum of JIRAM"
        raise LabelError(msg)
    data_path = quirks.file_inside_folder(path, data_name)
    if data_path is None:
        msg = f"label without its spectra: {data_name} is not beside it"
        raise LabelError(msg)
    return {"product_id": name.product_id, "label_path": path, "data_path": data_path}


def _check_row_bytes(row_bytes: int, channels: int) -> None:
    if row_bytes != channels * _SAMPLE_BYTES:
        msg = f"rows of {row_bytes} bytes, wanted {_SAMPLE_BYTES} for each of {channels} channels"
        raise LabelError(msg)


def _seconds_between(start: str, stop: str) -> float:
    return (quirks.observation_time(stop) - quirks.observation_time(start)).total_seconds()
