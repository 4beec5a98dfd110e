"""Faults of the image files themselves: byte order, unnamed bands, lost packets."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.layout import BAND_LINES
from hotspots.errors import ImageError, LabelError

__all__ = [
    "PACKET_LINES",
    "PACKET_SAMPLES",
    "bands_of_image",
    "in_true_byte_order",
    "lost_packets",
    "stored_dtype",
]

PACKET_LINES = BAND_LINES
PACKET_SAMPLES = 144
"""Samples of one telemetry sub-frame, whose lines are those of a band, 128 (SIS)."""

_PLAUSIBLE_FRACTION = 0.9
_RADIANCE_RANGE = (1e-12, 1e4)
_LARGEST_COUNT = 16384


def stored_dtype(level: str) -> np.dtype[Any]:
    """Type of the numbers in an image file, which is little-endian at both levels.

    HITS: IMG_RDR and SPE_RDR, whose PDS3 labels say ``IEEE_REAL`` and whose PDS4 labels
    say ``IEEE754MSBSingle``, both big-endian. IMG_EDR (``LSB_INTEGER``) tells the truth.

    Parameters
    ----------
    level : str
        ``"EDR"`` or ``"RDR"``.

    Returns
    -------
    dtype
        ``<i2`` or ``<f4``.
    """
    return np.dtype("<i2") if level == "EDR" else np.dtype("<f4")


def in_true_byte_order(values: NDArray[Any], level: str) -> NDArray[Any]:
    """Exchange the bytes of an array that makes sense only the other way round.

    HITS: none known; should the archive be delivered again with the byte order that its
    labels state, nothing would tell but the numbers. Counts have 14 bits; radiances are
    zero or lie between 1e-12 and 1e4 W m-2 sr-1.

    Parameters
    ----------
    values : array
        As read with `stored_dtype`.
    level : str
        ``"EDR"`` or ``"RDR"``.

    Returns
    -------
    array
        ``values`` itself, or a view of it with exchanged bytes.

    Raises
    ------
    ImageError
        If neither order gives counts or radiances.
    """
    exchanged = values.view(values.dtype.newbyteorder())
    as_read, other = _plausible(values, level), _plausible(exchanged, level)
    if as_read >= _PLAUSIBLE_FRACTION:
        return values
    if other >= _PLAUSIBLE_FRACTION:
        return exchanged
    msg = (
        f"only {as_read:.0%} of the numbers are plausible {level} values little-endian and "
        f"{other:.0%} big-endian, wanted {_PLAUSIBLE_FRACTION:.0%}: not an image, or damaged"
    )
    raise ImageError(msg)


def _plausible(values: NDArray[Any], level: str) -> float:
    if level == "EDR":
        fits = (values >= -_LARGEST_COUNT) & (values <= _LARGEST_COUNT)
    else:
        size = np.abs(values)
        fits = (size == 0) | ((size > _RADIANCE_RANGE[0]) & (size < _RADIANCE_RANGE[1]))
    return float(np.mean(fits))


def bands_of_image(lines: int, instrument_mode: str, band_hint: str) -> tuple[str, ...]:
    """Bands in file order: L is on top of M in files of 256 lines.

    HITS: all images: no keyword names the bands. Mode I1 is L (lines 0 to 127, detector
    lines 1 to 128) over M (lines 128 to 255, detector lines 139 to 266; the opaque
    lines between are dropped), I2 is M, I3 is L (SIS, table 6).

    Parameters
    ----------
    lines : int
        Lines of the file.
    instrument_mode : str
        INSTRUMENT_MODE_ID such as ``SCI_I2_S1``, or empty (PDS4).
    band_hint : str
        ``"L"`` or ``"M"`` where the calibration table or a group of keywords is of one band
        only, or empty.

    Returns
    -------
    tuple of str

    Raises
    ------
    LabelError
        If lines and mode contradict each other or nothing tells the band.
    """
    by_mode = {"I1": ("L", "M"), "I2": ("M",), "I3": ("L",)}
    mode = next((part for part in instrument_mode.upper().split("_") if part in by_mode), None)
    if mode is not None:
        bands = by_mode[mode]
        if lines != BAND_LINES * len(bands):
            msg = f"mode {instrument_mode} has {BAND_LINES * len(bands)} lines, the label {lines}"
            raise LabelError(msg)
        return bands
    if lines == 2 * BAND_LINES:
        return ("L", "M")
    if lines == BAND_LINES and band_hint in {"L", "M"}:
        return (band_hint,)
    msg = f"nothing tells the band of {lines} lines; fetch the PDS3 label (.LBL)"
    raise LabelError(msg)


def lost_packets(image: NDArray[Any]) -> NDArray[np.bool_]:
    """Mask of blocks of 128 lines and 144 samples that are zero throughout.

    HITS: images with lost telemetry. There is no MISSING_CONSTANT: a lost packet is a
    block of zeros, also where DATA_QUALITY_ID calls the frame complete.

    Parameters
    ----------
    image : array (lines, samples)
        Lines a multiple of 128, samples a multiple of 144.

    Returns
    -------
    bool array (lines, samples)
        True where no data were received.
    """
    lines, samples = image.shape
    blocks = (image != 0).reshape(
        lines // BAND_LINES, BAND_LINES, samples // PACKET_SAMPLES, PACKET_SAMPLES
    )
    lost = ~blocks.any(axis=(1, 3))
    return np.repeat(np.repeat(lost, BAND_LINES, axis=0), PACKET_SAMPLES, axis=1)
