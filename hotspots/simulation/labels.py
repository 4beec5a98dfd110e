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

__all__ = ["LABEL_RECORD_BYTES", "image_label", "log_label"]

LABEL_RECORD_BYTES = 80

MODE_WORDS = {
    "SCI_I1_S1": "IMAGE(256x432) full acquisition",
    "SCI_I2_S1": "IMAGE(128x432) M-Band",
    "SCI_I3_S1": "IMAGE(128x432) L-Band",
}

PRESENCE = {"": "000000000000000", "IO": "000000000001000"}
"""Fifteen flags: spectrometer, L and M times five bodies; Io is the second of each five."""

FIRST_DETECTOR_LINE = {"L": 1, "M": 139}


def _records(lines: Iterable[str]) -> bytes:
    width = LABEL_RECORD_BYTES - 2
    return "".join(f"{line:{width}s}\r\n" for line in lines).encode("ascii")


def _statement(keyword: str, value: object) -> str:
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
        _statement("PDS_VERSION_ID", "PDS3"),
        "",
        "/* SIMULATED: this product was computed, it is no observation */",
        _statement(
            "DATA_SET_ID", '"JNO-J-JIRAM-2-EDR-V1.0"' if edr else '"JNO-J-JIRAM-3-RDR-V1.0"'
        ),
        _statement("PRODUCT_ID", product.product_id),
        _statement("PRODUCT_TYPE", product.level),
        _statement("START_TIME", product.start_time_label),
        _statement("STOP_TIME", product.stop_time_label),
        _statement("SPACECRAFT_CLOCK_START_COUNT", f'"{product.start_clock}"'),
        _statement("SPACECRAFT_CLOCK_STOP_COUNT", f'"{product.stop_clock}"'),
        _statement("STANDARD_DATA_PRODUCT_ID", '"IMAGE"'),
        _statement("PRODUCER_FULL_NAME", '"SIMULATION OF HOTSPOTS"'),
        _statement("PRODUCT_VERSION_ID", '"01"'),
        _statement("SEQUENCE_NUMBER", product.sequence_number),
        _statement("SEQUENCE_SAMPLES", sequence_samples),
        _statement("MD5_CHECKSUM", f'"{md5 or product.md5}"'),
        "",
        _statement("INSTRUMENT_HOST_NAME", '"JUNO"'),
        _statement("INSTRUMENT_NAME", '"JOVIAN INFRARED AURORAL MAPPER"'),
        _statement("INSTRUMENT_ID", '"JIR"'),
        _statement("SOFTWARE_VERSION_ID", f'("SIMULATED", "{product.software_version}")'),
        "",
        _statement("ORBIT_NUMBER", product.orbit),
        _statement("TARGET_NAME", f'"{product.target_name}"'),
        _statement("TARGET_TYPE", '"SATELLITE"' if on_target else '"N/A"'),
        _statement("JNO:TARGET_PRESENCE_FLAG", f'"{PRESENCE["IO" if on_target else ""]}"'),
        "",
    ]
    if old_style and not edr:
        lines += _geometry(product, state)
    lines += [
        "/* Instrument status */",
        _statement("CHANNEL_ID", '"1"       /* 0:SPECTRUM IR; 1:IMAGE */'),
        *([_statement("EXPOSURE_DURATION", f"{product.exposure_s:g} <second>")] if edr else []),
        _statement("INSTRUMENT_MODE_ID", product.instrument_mode),
        _statement("INSTRUMENT_MODE_DESC", ""),
        f'" {product.instrument_mode}: Science, {MODE_WORDS[product.instrument_mode]},',
        'SPECTRUM (256x336) High Spatial and High spectral"',
        "",
        _statement("OBJECT", "FILE"),
        _statement("   RECORD_TYPE", "FIXED_LENGTH"),
        _statement("   FILE_RECORDS", product.lines),
        _statement("   RECORD_BYTES", product.samples * size),
        _statement("   FRAME_TYPE", '"SCIENCE"'),
        _statement("   DATA_QUALITY_ID", '"1"' if product.complete else '"0"'),
        _statement("   DATA_QUALITY_DESC", '"0:INCOMPLETE; 1:COMPLETE"'),
    ]
    if not edr:
        unit = '"W/(m^2*sr*micron)"' if old_style else '"W/(m^2*sr)"'
        lines.append(_statement("   UNIT", unit))
    lines += [
        _statement("^IMAGE", f'"{product.image_path.name}"'),
        "",
        _statement("OBJECT", "IMAGE"),
        _statement("   LINES", product.lines),
        _statement("   LINE_SAMPLES", product.samples),
        _statement("   SAMPLE_TYPE", "LSB_INTEGER" if edr else "IEEE_REAL"),
        _statement("   SAMPLE_BITS", 8 * size),
        _statement("END_OBJECT", "IMAGE"),
    ]
    if not edr:
        subtraction = "ENABLED" if product.background_subtracted else "DISABLED"
        source = product.product_id.replace("_RDR_", "_EDR_")
        lines += [
            "",
            _statement("OBJECT", "HISTORY"),
            _statement("   CALIBRATION_SOURCE_ID", f'"JIR_IMG_{band}_RESPONSIVITY_V02.DAT"'),
            _statement("   SOURCE_PRODUCT_ID", f'"{source}.IMG"'),
            _statement("   NOTE", f'" SUBTRACTION BACKGROUND ON BOARD {subtraction} "'),
            _statement("END_OBJECT", "HISTORY"),
        ]
    lines += [_statement("END_OBJECT", "FILE"), "END"]
    return _records(lines)


def _geometry(product: Product, state: FrameStates) -> list[str]:
    """What old labels say of Io; the centres of the bands are left out ("N/A")."""
    position = state.position_km[0]
    places = [latitude_longitude(vector) for vector in (position, state.sun[0])]
    (lat, lon), (sun_lat, sun_lon) = ((float(a), float(b)) for a, b in places)
    distance = float(np.linalg.norm(position))
    vector = ",\n".join(f"{' ' * 33}{-value:.4f} <km>" for value in position).strip()
    lines = [
        _statement("COORDINATE_SYSTEM_NAME", '"PLANETOCENTRIC"'),
        _statement("COORDINATE_SYSTEM_CENTER_NAME", '"IO"'),
        _statement("SUB_SPACECRAFT_LATITUDE", f"{lat:.4f} <degree>"),
        _statement("SUB_SPACECRAFT_LONGITUDE", f"{lon:.4f} <degree>"),
        _statement("SPACECRAFT_ALTITUDE", f"{distance - IO_MEAN_RADIUS_KM:.4f} <km>"),
        _statement("TARGET_CENTER_DISTANCE", f"{distance:.4f} <km>"),
        *_statement("SC_TARGET_POSITION_VECTOR", f"({vector})").split("\n"),
        *_statement("SC_SUN_POSITION_VECTOR", f"({vector})").split("\n"),
        _statement("SUB_SOLAR_LATITUDE", f"{sun_lat:.4f} <degree>"),
        _statement("SUB_SOLAR_LONGITUDE", f"{sun_lon:.4f} <degree>"),
        "",
    ]
    for band, first in FIRST_DETECTOR_LINE.items():
        held = band in product.bands
        # The two keywords are exchanged in the archive too.
        lines += [
            f"GROUP = {band}_BAND_PARAMETERS",
            _statement("   CENTER_LATITUDE", '"N/A"'),
            _statement("   CENTER_LONGITUDE", '"N/A"'),
            _statement("   LINE_FIRST_PIXEL", 2 if held else '"N/A"'),
            _statement("   SAMPLE_FIRST_PIXEL", first if held else '"N/A"'),
            f"END_GROUP = {band}_BAND_PARAMETERS",
        ]
    return [*lines, ""]


def log_label(product: Product) -> bytes:
    """Content of the label of the LOG table of an image."""
    name = product.product_id.replace("JIR_IMG", "JIR_LOG_IMG")
    return _records(
        [
            _statement("PDS_VERSION_ID", "PDS3"),
            "/* SIMULATED: this product was computed, it is no observation */",
            _statement("PRODUCT_ID", f'"{name}"'),
            _statement("SOURCE_PRODUCT_ID", f'"{product.product_id}.IMG"'),
            _statement("START_TIME", product.start_time_label),
            _statement("SPACECRAFT_CLOCK_START_COUNT", f'"{product.start_clock}"'),
            _statement("^TABLE", f'"{name}.TAB"'),
            _statement("OBJECT", "TABLE"),
            _statement("   ROWS", 1),
            _statement("   ROW_BYTES", 72),
            _statement("END_OBJECT", "TABLE"),
            "END",
        ]
    )
