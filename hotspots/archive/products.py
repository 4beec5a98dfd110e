"""`Product`: one image of the archive as its label describes it, before a pixel is read.

`ProductIssue` is the other fate of a file, and `Inventory` holds the two side by side:
nothing found in a folder disappears without a reason.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hotspots.archive.layout import BAND_LINES, SAMPLES
from hotspots.archive.log_table import LogRow
from hotspots.archive.spectrometer.products import SpectrumProduct
from hotspots.errors import LabelError

__all__ = ["Inventory", "IssueStatus", "Product", "ProductIssue"]


@dataclass(frozen=True, kw_only=True)
class Product:
    """One image file and the facts that its label, its name and its LOG table agree on.

    Parameters
    ----------
    product_id : str
        PRODUCT_ID, in capitals.
    label_path, image_path : Path
        The two files; the image lies in the folder of the label.
    level : str
        ``"EDR"`` (counts, int16) or ``"RDR"`` (band radiance, float32).
    bands : tuple of str
        Bands in file order, 128 lines each: ``("L", "M")``, ``("L",)`` or ``("M",)``.
    lines, samples : int
        Shape of the array in the file.
    start_clock, stop_clock : str
        SPACECRAFT_CLOCK counts ``"p/seconds:sub"``; empty where the label (PDS4) has none.
    start_time_label, stop_time_label : str
        START_TIME and STOP_TIME, UTC, rounded to 1 ms.
    exposure_s : float
        Exposure time, s, settled by `hotspots.archive.exposure.settle_exposure`.
    orbit : int or None
        Orbit according to the label; None where the label is silent or known to be wrong.
    target_name : str
        TARGET_NAME, for display only: it is ``"N/A"`` on many frames of Io.
    sequence_number : int or None
        Place in the sequence of frames that one command took.
    md5 : str or None
        MD5 sum that the label states for the image file.
    background_subtracted : bool or None
        Whether the instrument subtracted a background frame; None where nobody says.
    software_version : str
        Version of the producer's software.
    label_standard : str
        ``"PDS3"`` or ``"PDS4"``.
    instrument_mode : str
        INSTRUMENT_MODE_ID such as ``SCI_I1_S3``; empty in PDS4 labels.
    complete : bool or None
        DATA_QUALITY_ID: False says that telemetry packets were lost.
    unit : str
        Unit of the numbers in the file, ``"DN"`` or ``"W m-2 sr-1"``.
    log : LogRow or None
        Housekeeping of the frame, where a LOG table was found.

    Raises
    ------
    LabelError
        If level, bands, shape and exposure contradict each other.
    """

    product_id: str
    label_path: Path
    image_path: Path
    level: str
    bands: tuple[str, ...]
    lines: int
    samples: int
    start_clock: str
    stop_clock: str
    start_time_label: str
    stop_time_label: str
    exposure_s: float
    orbit: int | None = None
    target_name: str = ""
    sequence_number: int | None = None
    md5: str | None = None
    background_subtracted: bool | None = None
    software_version: str = ""
    label_standard: str = "PDS3"
    instrument_mode: str = ""
    complete: bool | None = None
    unit: str = ""
    log: LogRow | None = None

    def __post_init__(self) -> None:
        where = f"{self.label_path}: product {self.product_id}"
        if self.level not in {"EDR", "RDR"}:
            msg = f"{where} is of level {self.level!r}, wanted EDR or RDR"
            raise LabelError(msg)
        if self.bands not in {("L", "M"), ("L",), ("M",)}:
            msg = f"{where} has bands {self.bands}, wanted L and M, L, or M"
            raise LabelError(msg)
        shape, wanted = (self.lines, self.samples), (BAND_LINES * len(self.bands), SAMPLES)
        if shape != wanted:
            msg = f"{where} has {shape} lines and samples, wanted {wanted} for bands {self.bands}"
            raise LabelError(msg)
        if not 0.0 < self.exposure_s < float("inf"):
            msg = f"{where} has an exposure of {self.exposure_s} s, wanted more than zero"
            raise LabelError(msg)


class IssueStatus(StrEnum):
    """Why a file did not become a `Product`."""

    FAILED = "failed"
    """It should have been one: damaged, incomplete, contradictory."""
    IGNORED = "ignored"
    """It was never meant to be one, or a better copy of it is used."""


@dataclass(frozen=True)
class ProductIssue:
    """A file that is not used, and why.

    Parameters
    ----------
    product_id : str
        Name of the product, or the bare file name where that says nothing.
    path : Path
        The file.
    status : IssueStatus
        ``failed`` or ``ignored``.
    reason : str
        One sentence for ``frames.csv``.
    """

    product_id: str
    path: Path
    status: IssueStatus
    reason: str


@dataclass(frozen=True)
class Inventory:
    """What a folder holds.

    Parameters
    ----------
    products : tuple of Product
        Sorted by start of exposure, then by name.
    issues : tuple of ProductIssue
        Sorted by path.
    spectra : tuple of SpectrumProduct
        Calibrated spectra, sorted like the images.
    """

    products: tuple[Product, ...]
    issues: tuple[ProductIssue, ...]
    spectra: tuple[SpectrumProduct, ...] = ()
