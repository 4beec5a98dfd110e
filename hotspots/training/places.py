"""Where crops are worth taking: at sources, and at bright places that are none.

Most of a map is plain background, which a network has learnt after a few steps.  What it
gets wrong for long are edges, ghosts, limb and texture as bright as sources; these are found
without a network, as the strongest local peaks away from the labels.
"""

from dataclasses import dataclass

import numpy as np
import scipy.ndimage
from numpy.typing import NDArray

from hotspots.training.samples import BACKGROUND, Sample

__all__ = ["Places", "crop_corner", "find_places"]

_PEAKS = 32
_NARROW_CELLS = 1.0
_WIDE_CELLS = 4.0
_APART_CELLS = 9
_AWAY_CELLS = 6


@dataclass(frozen=True)
class Places:
    """Cells that crops are drawn around.

    Parameters
    ----------
    objects, hard : arrays (n, 2) int64
        Rows and columns of sources, and of bright places without one.
    """

    objects: NDArray[np.int64]
    hard: NDArray[np.int64]


def find_places(sample: Sample, plane: str) -> Places:
    """Places of one map.

    Parameters
    ----------
    sample : Sample
    plane : str
        The plane whose peaks count; where the sample lacks it, there are no hard places.

    Returns
    -------
    Places
    """
    wanted = sample.objects[sample.objects["asked"]]
    limits = np.array(sample.labels.shape) - 1
    objects = np.stack([wanted["row"], wanted["column"]], axis=1).astype(np.int64)
    objects = np.clip(objects, 0, limits)
    if plane not in sample.planes:
        return Places(objects, np.zeros((0, 2), np.int64))
    image = sample.planes[plane]
    narrow = scipy.ndimage.gaussian_filter(image, _NARROW_CELLS)
    contrast = np.abs(narrow - scipy.ndimage.gaussian_filter(image, _WIDE_CELLS))
    beside = scipy.ndimage.maximum_filter(sample.labels != BACKGROUND, 2 * _AWAY_CELLS + 1)
    contrast[beside] = 0
    peak = (contrast > 0) & (contrast == scipy.ndimage.maximum_filter(contrast, _APART_CELLS))
    rows, columns = np.nonzero(peak)
    strongest = np.argsort(-contrast[rows, columns], kind="stable")[:_PEAKS]
    return Places(objects, np.stack([rows, columns], axis=1)[strongest])


def crop_corner(
    shape: tuple[int, int],
    places: Places,
    side: int,
    fractions: tuple[float, float],
    rng: np.random.Generator,
) -> tuple[int, int]:
    """Draw the upper left cell of a crop.

    Parameters
    ----------
    shape : (rows, columns)
        Of the map.
    places : Places
    side : int
        Of the crop, cells.
    fractions : (float, float)
        Parts of the crops that hold an object, and a hard place; the others lie anywhere.
    rng : numpy.random.Generator

    Returns
    -------
    row, column : int
        The crop is within the map, or starts at its first cell where it is larger.
    """
    chance = rng.random()
    among = places.objects if chance < fractions[0] else places.hard
    last = [max(size - side, 0) for size in shape]
    if chance >= sum(fractions) or not len(among):
        return int(rng.integers(last[0] + 1)), int(rng.integers(last[1] + 1))
    place = among[rng.integers(len(among))]
    corner = place - (rng.uniform(0.1, 0.9, 2) * side).astype(np.int64)
    return int(np.clip(corner[0], 0, last[0])), int(np.clip(corner[1], 0, last[1]))
