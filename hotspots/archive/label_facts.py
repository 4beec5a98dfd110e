"""`LabelFacts`: what any label of an image states, PDS3 and PDS4 alike.

Two readers fill it, `hotspots.archive.label` and `hotspots.archive.label_pds4`; what the
statements are worth is decided after them, in `hotspots.archive.assemble`.
"""

from dataclasses import dataclass
from pathlib import Path

__all__ = ["LabelFacts"]


@dataclass(frozen=True, kw_only=True)
class LabelFacts:
    """Keywords of one image label, converted to numbers but not yet believed.

    Parameters
    ----------
    path : Path
        The label.
    standard : str
        ``"PDS3"`` or ``"PDS4"``.
    product_id, data_set_id : str
        PRODUCT_ID and DATA_SET_ID (PDS4: the logical identifier for both).
    start_time, stop_time : str
        UTC.
    start_clock, stop_clock : str
        Clock counts; empty in PDS4 labels.
    image_name : str
        File that the label points to.
    lines, samples, sample_bits : int
        Shape and size of the array's numbers.
    exposure_s : float or None
        EXPOSURE_DURATION, s (EDR only).
    orbit : object
        ORBIT_NUMBER as it stands.
    target_name : object
        TARGET_NAME as it stands.
    sequence_number : int or None
        SEQUENCE_NUMBER.
    md5 : str or None
        MD5_CHECKSUM, 32 small hexadecimal digits.
    instrument_mode : str
        INSTRUMENT_MODE_ID.
    software_version : str
        Last entry of SOFTWARE_VERSION_ID.
    band_hint : str
        ``"L"`` or ``"M"`` where something but the mode tells the band of 128 lines.
    note : str
        NOTE of the HISTORY object.
    complete : bool or None
        DATA_QUALITY_ID.
    """

    path: Path
    standard: str
    product_id: str
    data_set_id: str
    start_time: str
    stop_time: str
    image_name: str
    lines: int
    samples: int
    sample_bits: int
    start_clock: str = ""
    stop_clock: str = ""
    exposure_s: float | None = None
    orbit: object = None
    target_name: object = None
    sequence_number: int | None = None
    md5: str | None = None
    instrument_mode: str = ""
    software_version: str = ""
    band_hint: str = ""
    note: str = ""
    complete: bool | None = None
