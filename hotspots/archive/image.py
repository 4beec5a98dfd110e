"""Raw arrays: the pixels of a product, or a clear statement of why there are none."""

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotspots.archive import quirks
from hotspots.archive.products import Product
from hotspots.errors import ChecksumError, ImageError

__all__ = ["missing_packets", "read_image"]


def read_image(product: Product, *, verify_checksum: bool = True) -> NDArray[Any]:
    """Read the image of a product.

    Parameters
    ----------
    product : Product
        Says which file, which shape and which level.
    verify_checksum : bool
        Whether to compare the file with the MD5 sum of its label, where it has one.

    Returns
    -------
    array (lines, samples)
        float32 band radiance, W m-2 sr-1 (RDR), or int16 counts (EDR), native byte order,
        lines and samples in file order.

    Raises
    ------
    ImageError
        If the file cannot be read, has not exactly the size that its shape needs, or
        does not hold counts or radiances.
    ChecksumError
        If the file is not the one that the label was written for.
    """
    path, dtype = product.image_path, quirks.stored_dtype(product.level)
    wanted = product.lines * product.samples * dtype.itemsize
    try:
        with path.open("rb") as file:
            content = file.read(wanted + 1)
            size = len(content) if len(content) <= wanted else path.stat().st_size
    except OSError as error:
        msg = f"{path}: cannot be read: {error.strerror}"
        raise ImageError(msg) from error
    if size != wanted:
        kind = "truncated" if size < wanted else "too long"
        msg = (
            f"{path}: {kind}: {size} bytes, wanted {wanted} for {product.lines} lines of "
            f"{product.samples} {dtype.name}; fetch the file again"
        )
        raise ImageError(msg)
    if verify_checksum and product.md5 is not None:
        _verify(product, content)
    values = np.frombuffer(content, dtype).reshape(product.lines, product.samples)
    try:
        values = quirks.in_true_byte_order(values, product.level)
    except ImageError as error:
        msg = f"{path}: {error}"
        raise ImageError(msg) from error
    return values.astype(dtype.newbyteorder("="))


def _verify(product: Product, content: bytes) -> None:
    found = hashlib.md5(content, usedforsecurity=False).hexdigest()
    if found != product.md5:
        msg = (
            f"{product.image_path}: has MD5 sum {found}, its label {product.label_path.name} "
            f"states {product.md5}; fetch the two files again"
        )
        raise ChecksumError(msg)


def missing_packets(image: NDArray[Any]) -> NDArray[np.bool_]:
    """Mask of the samples that were never received.

    Parameters
    ----------
    image : array (lines, samples)
        As `read_image` returns it.

    Returns
    -------
    bool array (lines, samples)
        True in blocks of 128 x 144 zeros, see `hotspots.archive.quirks.images.lost_packets`.

    Raises
    ------
    ImageError
        If the shape is not a whole number of such blocks.
    """
    rows, columns = quirks.PACKET_LINES, quirks.PACKET_SAMPLES
    if image.ndim != 2 or image.shape[0] % rows or image.shape[1] % columns:
        msg = f"image of shape {image.shape} is not made of packets of {rows} x {columns}"
        raise ImageError(msg)
    return quirks.lost_packets(image)
