"""Grey images with masks of small targets, as samples of one plane.

The images of SIRST-v1 come as grey, colour or indexed PNG files; colours are grey values
that were stored three times.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from hotspots.errors import SampleError
from hotspots.training.augment import compressed
from hotspots.training.metrics.objects import pieces
from hotspots.training.samples import HOTSPOT, OBJECT_FIELDS, Sample

__all__ = ["IMAGE_PLANE", "image_plane", "image_sample", "read_grey"]

IMAGE_PLANE = "radiance"

_LEAST_SPREAD = 5.0
_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")
_UNITS = 1.0


def image_sample(image: Path, mask: Path) -> Sample:
    """Sample of an image and its mask.

    Parameters
    ----------
    image, mask : Path
        PNG files of the same size; the mask is white (above 127) on targets.

    Returns
    -------
    Sample
        Named as the image, with the plane ``radiance``.

    Raises
    ------
    SampleError
        If a file cannot be read or the sizes differ.
    """
    grey = read_grey(image)
    targets = read_grey(mask) > 127
    if grey.shape != targets.shape:
        msg = f"{mask}: {targets.shape} cells, but {image} has {grey.shape}"
        raise SampleError(msg)
    _, centres = pieces(targets)
    objects = np.zeros(len(centres), OBJECT_FIELDS)
    objects["row"], objects["column"] = centres.T
    objects["class"] = HOTSPOT
    objects["snr"] = np.nan
    objects["asked"] = True
    labels = np.where(targets, HOTSPOT, 0).astype(np.uint8)
    return Sample(image.stem, {IMAGE_PLANE: image_plane(grey)}, {}, labels, objects)


def image_plane(grey: NDArray[np.float32]) -> NDArray[np.float32]:
    """Grey values about their median in units of their spread, compressed.

    Parameters
    ----------
    grey : array (rows, columns) float32
        0 to 255.  The spread is taken as no less than 5, lest noise fill an empty image.

    Returns
    -------
    array (rows, columns) float32
        arsinh(x) / 2: a dim target and its surroundings stay apart, and the outline of a
        bright one is where its light falls off, not where it ends.
    """
    spread = max(float(grey.std()), _LEAST_SPREAD)
    return compressed((grey - np.median(grey)) * np.float32(_UNITS / spread))


def read_grey(path: Path) -> NDArray[np.float32]:
    """Grey values of an image file, 0 to 255.

    Parameters
    ----------
    path : Path

    Returns
    -------
    array (rows, columns) float32

    Raises
    ------
    SampleError
        If it cannot be read or is no image of 8 bits.
    """
    try:
        with Image.open(path) as image:
            if image.mode not in _MODES:
                msg = f"{path}: mode {image.mode}; wanted 8 bits a pixel, grey or colour"
                raise SampleError(msg)
            return np.asarray(image.convert("L"), np.float32)
    except (OSError, ValueError, SyntaxError) as error:
        msg = f"{path}: not a readable image: {error}"
        raise SampleError(msg) from error
