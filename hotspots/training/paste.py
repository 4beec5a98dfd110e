"""Sources of other maps set into a crop, so that each is learnt before many backgrounds.

A few hundred labelled sources on as many backgrounds are few; any source on any background
are many.  A source is lifted off its own surroundings and added to another crop, turned and
dimmed or brightened.  All planes must hold compressed light.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import scipy.ndimage
from numpy.typing import NDArray

from hotspots.training.augment import Crop, compressed, light
from hotspots.training.metrics.objects import pieces
from hotspots.training.samples import BACKGROUND, IGNORED

__all__ = ["Stamp", "lift_stamps", "pasted"]

_MARGIN_CELLS = 5
_LARGEST_CELLS = 48
_LEAST_RING_CELLS = 8
_GAIN = 0.2  # a dimmer source would be outlined more narrowly


@dataclass(frozen=True)
class Stamp:
    """One source without its surroundings.

    Parameters
    ----------
    excess : array (planes, h, w) float32
        Light above the surroundings, fading to zero outside the source.
    labels : array (h, w) uint8
    """

    excess: NDArray[np.float32]
    labels: NDArray[np.uint8]


def lift_stamps(wholes: Iterable[Crop]) -> list[Stamp]:
    """Sources of maps; those that are too large or crowded are passed over.

    Parameters
    ----------
    wholes : iterable of Crop
        Whole maps.

    Returns
    -------
    list of Stamp
    """
    stamps = []
    for whole in wholes:
        is_source = (whole.labels != BACKGROUND) & (whole.labels != IGNORED)
        labelled, _ = pieces(is_source)
        for number, box in enumerate(scipy.ndimage.find_objects(labelled), start=1):
            wide = tuple(
                slice(max(side.start - _MARGIN_CELLS, 0), side.stop + _MARGIN_CELLS) for side in box
            )
            source = labelled[wide] == number
            ring = ~scipy.ndimage.binary_dilation(is_source[wide], iterations=2)
            if max(source.shape) > _LARGEST_CELLS or ring.sum() < _LEAST_RING_CELLS:
                continue
            grown = scipy.ndimage.binary_dilation(source).astype(np.float32)
            fading = scipy.ndimage.gaussian_filter(grown, 0.7)
            shining = light(whole.planes[:, *wide])
            around = np.median(shining[:, ring], axis=1)
            excess = (shining - around[:, None, None]) * fading
            labels = np.where(source, whole.labels[wide], BACKGROUND).astype(np.uint8)
            stamps.append(Stamp(excess.astype(np.float32), labels))
    return stamps


def pasted(crop: Crop, stamp: Stamp, rng: np.random.Generator) -> Crop:
    """The crop with the source at a drawn place; unchanged where another one is already.

    Parameters
    ----------
    crop : Crop
    stamp : Stamp
    rng : numpy.random.Generator
    """
    turns = int(rng.integers(4))
    excess, labels = np.rot90(stamp.excess, turns, (1, 2)), np.rot90(stamp.labels, turns)
    if rng.random() < 0.5:
        excess, labels = excess[:, :, ::-1], labels[:, ::-1]
    space = np.array(crop.labels.shape) - labels.shape
    if space.min() <= 0:
        return crop
    row, column = rng.integers(space)
    where = slice(row, row + labels.shape[0]), slice(column, column + labels.shape[1])
    if crop.labels[where].any():
        return crop
    planes, new_labels = crop.planes.copy(), crop.labels.copy()
    excess = excess * np.float32(math.exp(rng.uniform(-_GAIN, _GAIN)))
    planes[:, *where] = compressed(light(planes[:, *where]) + excess)
    new_labels[where] = labels
    return Crop(planes, crop.present, new_labels)
