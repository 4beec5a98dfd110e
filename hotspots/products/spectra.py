"""Files of the spectrometer in a visit's folder.

=============== ==============================================================
``spectra.csv`` sources in spectra: power, temperature, imager beside them
``slits.csv``   where every row of every slit looked, and how bright it was
=============== ==============================================================
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hotspots.catalogue.spectrum_records import SlitPixelRecord, SpectrumRecord
from hotspots.products.tables import read_rows, write_rows

__all__ = ["SpectraProducts", "read_spectra_table", "write_spectra"]


@dataclass(frozen=True)
class SpectraProducts:
    """What the spectrometer leaves behind in a visit.

    Parameters
    ----------
    spectra : sequence of SpectrumRecord
    slits : sequence of SlitPixelRecord
        Rows that look at the body.
    """

    spectra: Sequence[SpectrumRecord]
    slits: Sequence[SlitPixelRecord]


def write_spectra(folder: Path, products: SpectraProducts) -> None:
    """Write the spectrometer's files.

    Raises
    ------
    ProductError
        If a file cannot be written.
    """
    write_rows(folder / "spectra.csv", SpectrumRecord, products.spectra)
    write_rows(folder / "slits.csv", SlitPixelRecord, products.slits)


def read_spectra_table(path: Path) -> tuple[SpectrumRecord, ...]:
    """Read ``spectra.csv`` back.

    Raises
    ------
    ProductError
        If the file is missing, lacks a column or holds a cell of the wrong kind.
    """
    return read_rows(path, SpectrumRecord)
