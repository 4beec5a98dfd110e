"""`SpectrumProduct`: the spectra of one slit as their label describes them."""

from dataclasses import dataclass
from pathlib import Path

from hotspots.archive.spectrometer.layout import CHANNELS, ROWS_OF_MODE, SLIT_PIXELS
from hotspots.errors import LabelError

__all__ = ["SpectrumProduct"]


@dataclass(frozen=True, kw_only=True)
class SpectrumProduct:
    """One calibrated file of the spectrometer and the facts of its label.

    Parameters
    ----------
    product_id : str
        PRODUCT_ID, in capitals.
    label_path, data_path : Path
        The two files; the data lie in the folder of the label.
    rows, channels : int
        Shape of the array in the file: places along the slit, wavelengths.
    start_clock : str
        SPACECRAFT_CLOCK_START_COUNT, ``"p/seconds:sub"``; empty in PDS4 labels.
    start_time_label : str
        START_TIME, UTC, rounded to 1 ms.
    exposure_s : float
        Exposure time, s.
    orbit : int or None
        Orbit according to the label.
    md5 : str or None
        MD5 sum that the label states for the data.
    label_standard : str
        ``"PDS3"`` or ``"PDS4"``.
    frame_type : str
        FRAME_TYPE, such as ``SCIENCE``; empty in PDS4 labels.

    Raises
    ------
    LabelError
        If the shape is of no mode or the exposure is not positive.
    """

    product_id: str
    label_path: Path
    data_path: Path
    rows: int
    channels: int
    start_clock: str
    start_time_label: str
    exposure_s: float
    orbit: int | None = None
    md5: str | None = None
    label_standard: str = "PDS3"
    frame_type: str = ""

    def __post_init__(self) -> None:
        where = f"{self.label_path}: product {self.product_id}"
        if self.rows not in ROWS_OF_MODE.values() or self.channels != CHANNELS:
            wanted = ", ".join(str(rows) for rows in ROWS_OF_MODE.values())
            msg = (
                f"{where} has {self.rows} rows of {self.channels} channels, "
                f"wanted {wanted} rows of {CHANNELS}"
            )
            raise LabelError(msg)
        if not 0.0 < self.exposure_s < float("inf"):
            msg = f"{where} has an exposure of {self.exposure_s} s, wanted more than zero"
            raise LabelError(msg)

    @property
    def pixels_of_row(self) -> int:
        """Pixels of the slit that one row is the mean of."""
        return SLIT_PIXELS // self.rows
