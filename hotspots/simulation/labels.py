"""PDS3 labels of simulated products, with the faults that labels of the archive have.

RDR images are little-endian under ``IEEE_REAL``, hold band radiance under a unit per
micrometre (old style), state no exposure, and repeat the target vector as that of the
Sun.  Every label says in a comment that its product is simulated.
"""

from collections.abc import Iterable

import numpy as np

from hotspots.archive.products import Product
from hotspots.body import IO_MEAN_RADIUS_KM, latitude_longitude
from hotspots.geometry.state import FrameStates

__all__ = ["LABEL_RECORD_BYTES", "image_label", "label_records", "log_label", "statement"]

LABEL_RECORD_BYTES = 80

MODE_WORDS = {
    "SCI_I1_S1": "IMAGE(256x432) full acquisition",
    "SCI_I2_S1": "IMAGE(128x432) M-Band",
    "SCI_I3_S1": "IMAGE(128x432) L-Band",
}

PRESENCE = {"": "000000000000000", "IO": "000000000001000"}
"""Fifteen flags: spectrometer, L and M times five bodies; Io is the second of each five."""

FIRST_DETECTOR_LINE = {"L": 1, "M": 139}


def label_records(lines: Iterable[str]) -> bytes:
    """Lines as the ASCII records of a label."""
    width = LABEL_RECORD_BYTES - 2
    return "".join(f"{line:{width}s}\r\n" for line in lines).encode("ascii")


def statement(keyword: str, value: object) -> str:
    """One statement of a label, its value in a column."""
    return f"{keyword:30s} = {value}"


def image_label(
    product: Product,
    *,
    old_style: bool,
    state: FrameStates,
    sequence_samples: int,
    md5: str | None = None,
) -> bytes:
    """Content of the label of an image.

    Parameters
    ----------
    product : Product
    old_style : bool
        Whether it states geometry, as labels to about orbit 38 do.
    state : FrameStates
        Of this frame alone, for that geometry.
    sequence_samples : int
        Frames of the sequence.
    md5 : str, optional
        Stated instead of the sum of the product.

    Returns
    -------
    bytes
        ASCII records of 80 bytes.
    """
    edr = product.level == "EDR"
    size = 2 if edr else 4
    on_target = product.target_name == "IO"
    band = "TOT" if len(product.bands) == 2 else product.bands[0]
    lines = [
        statement("PDS_VERSION_ID", "PDS3"),
        "",
        "/* SIMULATED: this product was computed, it is no observation */",
        statement("DATA_SET_ID", '"JNO-J-JIRAM-2-EDR-V1.0"' if edr else '"JNO-J-JIRAM-3-RDR-V1.0"'),
        statement("PRODUCT_ID", product.product_id),
        statement("PRODUCT_TYPE", product.level),
        statement("START_TIME", product.start_time_label),
        statement("STOP_TIME", product.stop_time_label),
        statement("SPACECRAFT_CLOCK_START_COUNT", f'"{product.start_clock}"'),
        statement("SPACECRAFT_CLOCK_STOP_COUNT", f'"{product.stop_clock}"'),
        statement("STANDARD_DATA_PRODUCT_ID", '"IMAGE"'),
        statement("PRODUCER_FULL_NAME", '"SIMULATION OF HOTSPOTS"'),
        statement("PRODUCT_VERSION_ID", '"01"'),
        statement("SEQUENCE_NUMBER", product.sequence_number),
        statement("SEQUENCE_SAMPLES", sequence_samples),
        statement("MD5_CHECKSUM", f'"{md5 or product.md5}"'),
        "",
        statement("INSTRUMENT_HOST_NAME", '"JUNO"'),
        statement("INSTRUMENT_NAME", '"JOVIAN INFRARED AURORAL MAPPER"'),
        statement("INSTRUMENT_ID", '"JIR"'),
        statement("SOFTWARE_VERSION_ID", f'("SIMULATED", "{product.software_version}")'),
        "",
        statement("ORBIT_NUMBER", product.orbit),
        statement("TARGET_NAME", f'"{product.target_name}"'),
        statement("TARGET_TYPE", '"SATELLITE"' if on_target else '"N/A"'),
        statement("JNO:TARGET_PRESENCE_FLAG", f'"{PRESENCE["IO" if on_target else ""]}"'),
        "",
    ]
    if old_style and not edr:
        lines += _geometry(product, state)
    lines += [
        "/* Instrument status */",
        statement("CHANNEL_ID", '"1"       /* 0:SPECTRUM IR; 1:IMAGE */'),
        *([statement("EXPOSURE_DURATION", f"{product.exposure_s:g} <second>")] if edr else []),
        statement("INSTRUMENT_MODE_ID", product.instrument_mode),
        statement("INSTRUMENT_MODE_DESC", ""),
        f'" {product.instrument_mode}: Science, {MODE_WORDS[product.instrument_mode]},',
        'SPECTRUM (256x336) High Spatial and High spectral"',
        "",
        statement("OBJECT", "FILE"),
        statement("   RECORD_TYPE", "FIXED_LENGTH"),
        statement("   FILE_RECORDS", product.lines),
        statement("   RECORD_BYTES", product.samples * size),
        statement("   FRAME_TYPE", '"SCIENCE"'),
        statement("   DATA_QUALITY_ID", '"1"' if product.complete else '"0"'),
        statement("   DATA_QUALITY_DESC", '"0:INCOMPLETE; 1:COMPLETE"'),
    ]
    if not edr:
        unit = '"W/(m^2*sr*micron)"' if old_style else '"W/(m^2*sr)"'
        lines.append(statement("   UNIT", unit))
    lines += [
        statement("^IMAGE", f'"{product.image_path.name}"'),
        "",
        statement("OBJECT", "IMAGE"),
        statement("   LINES", product.lines),
        statement("   LINE_SAMPLES", product.samples),
        statement("   SAMPLE_TYPE", "LSB_INTEGER" if edr else "IEEE_REAL"),
        statement("   SAMPLE_BITS", 8 * size),
        statement("END_OBJECT", "IMAGE"),
    ]
    if not edr:
        subtraction = "ENABLED" if product.background_subtracted else "DISABLED"
        source = product.product_id.replace("_RDR_", "_EDR_")
        lines += [
            "",
            statement("OBJECT", "HISTORY"),
            statement("   CALIBRATION_SOURCE_ID", f'"JIR_IMG_{band}_RESPONSIVITY_V02.DAT"'),
            statement("   SOURCE_PRODUCT_ID", f'"{source}.IMG"'),
            statement("   NOTE", f'" SUBTRACTION BACKGROUND ON BOARD {subtraction} "'),
            statement("END_OBJECT", "HISTORY"),
        ]
    lines += [statement("END_OBJECT", "FILE"), "END"]
    return label_records(lines)


def _geometry(product: Product, state: FrameStates) -> list[str]:
    """What old labels say of Io; the centres of the bands are left out ("N/A")."""
    position = state.position_km[0]
    places = [latitude_longitude(vector) for vector in (position, state.sun[0])]
    (lat, lon), (sun_lat, sun_lon) = ((float(a), float(b)) for a, b in places)
    distance = float(np.linalg.norm(position))
    vector = ",\n".join(f"{' ' * 33}{-value:.4f} <km>" for value in position).strip()
    lines = [
        statement("COORDINATE_SYSTEM_NAME", '"PLANETOCENTRIC"'),
        statement("COORDINATE_SYSTEM_CENTER_NAME", '"IO"'),
        statement("SUB_SPACECRAFT_LATITUDE", f"{lat:.4f} <degree>"),
        statement("SUB_SPACECRAFT_LONGITUDE", f"{lon:.4f} <degree>"),
        statement("SPACECRAFT_ALTITUDE", f"{distance - IO_MEAN_RADIUS_KM:.4f} <km>"),
        statement("TARGET_CENTER_DISTANCE", f"{distance:.4f} <km>"),
        *statement("SC_TARGET_POSITION_VECTOR", f"({vector})").split("\n"),
        *statement("SC_SUN_POSITION_VECTOR", f"({vector})").split("\n"),
        statement("SUB_SOLAR_LATITUDE", f"{sun_lat:.4f} <degree>"),
        statement("SUB_SOLAR_LONGITUDE", f"{sun_lon:.4f} <degree>"),
        "",
    ]
    for band, first in FIRST_DETECTOR_LINE.items():
        held = band in product.bands
        # The two keywords are exchanged in the archive too.
        lines += [
            f"GROUP = {band}_BAND_PARAMETERS",
            statement("   CENTER_LATITUDE", '"N/A"'),
            statement("   CENTER_LONGITUDE", '"N/A"'),
            statement("   LINE_FIRST_PIXEL", 2 if held else '"N/A"'),
            statement("   SAMPLE_FIRST_PIXEL", first if held else '"N/A"'),
            f"END_GROUP = {band}_BAND_PARAMETERS",
        ]
    return [*lines, ""]


def log_label(product: Product) -> bytes:
    """Content of the label of the LOG table of an image."""
    name = product.product_id.replace("JIR_IMG", "JIR_LOG_IMG")
    return label_records(
        [
            statement("PDS_VERSION_ID", "PDS3"),
            "/* SIMULATED: this product was computed, it is no observation */",
            statement("PRODUCT_ID", f'"{name}"'),
            statement("SOURCE_PRODUCT_ID", f'"{product.product_id}.IMG"'),
            statement("START_TIME", product.start_time_label),
            statement("SPACECRAFT_CLOCK_START_COUNT", f'"{product.start_clock}"'),
            statement("^TABLE", f'"{name}.TAB"'),
            statement("OBJECT", "TABLE"),
            statement("   ROWS", 1),
            statement("   ROW_BYTES", 72),
            statement("END_OBJECT", "TABLE"),
            "END",
        ]
    )
