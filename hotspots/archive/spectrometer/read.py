"""Radiances of a spectrum product, or a clear statement of why there are none."""

import hashlib

import numpy as np
from numpy.typing import NDArray

from hotspots.archive import quirks
from hotspots.archive.spectrometer.products import SpectrumProduct
from hotspots.errors import ChecksumError, ImageError

__all__ = ["read_spectra"]


def read_spectra(product: SpectrumProduct, *, verify_checksum: bool = True) -> NDArray[np.float32]:
    """Read the spectra of a slit.

    Parameters
    ----------
    product : SpectrumProduct
    verify_checksum : bool
        Whether to compare the file with the MD5 sum of its label, where it has one.

    Returns
    -------
    array (rows, channels) float32
        Spectral radiance, W m-2 sr-1 um-1, rows in file order; NaN in rows of zeros,
        which is how lost telemetry is delivered.

    Raises
    ------
    ImageError
        If the file cannot be read, has not the size of its shape, holds no radiances or
        none was received.
    ChecksumError
        If the file is not the one that the label was written for.
    """
    path, dtype = product.data_path, quirks.stored_dtype("RDR")
    wanted = product.rows * product.channels * dtype.itemsize
    try:
        with path.open("rb") as file:
            content = file.read(wanted + 1)
            size = len(content) if len(content) <= wanted else path.stat().st_size
    except OSError as error:
        msg = f"{path}: cannot be read: {error.strerror}"
        raise ImageError(msg) from error
    if size != wanted:
        msg = (
            f"{path}: {'truncated' if size < wanted else 'too long'}: {size} bytes, wanted "
            f"{wanted} for {product.rows} rows of {product.channels}; fetch the file again"
        )
        raise ImageError(msg)
    found = hashlib.md5(content, usedforsecurity=False).hexdigest()
    if verify_checksum and product.md5 not in {None, found}:
        msg = (
            f"{path}: has MD5 sum {found}, its label {product.label_path.name} states "
            f"{product.md5}; fetch the two files again"
        )
        raise ChecksumError(msg)
    stored = np.frombuffer(content, dtype).reshape(product.rows, product.channels)
    try:
        values = quirks.in_true_byte_order(stored, "RDR").astype(np.float32)
    except ImageError as error:
        msg = f"{path}: {error}"
        raise ImageError(msg) from error
    lost = ~np.any(values, axis=1)
    if lost.all():
        msg = f"{path}: no telemetry packet of these spectra arrived: all samples are zero"
        raise ImageError(msg)
    values[lost] = np.nan
    return values
