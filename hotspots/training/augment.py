"""Change crops without changing what is true of them.

Turns and mirrors (Io has no preferred side), a change of contrast and level, noise, a change
of scale where the scale is no input, and planes that are taken away, so that the network
learns to do without the ones a visit lacks.  Cells without data are exactly zero in every
plane and stay it.

Planes hold arsinh(light) / 2 (see `hotspots.nets.inputs`): linear in the noise, logarithmic
in what is bright.  Contrast, level and noise are changes of the light itself.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from hotspots.config.training import DataSettings
from hotspots.training.samples import IGNORED

__all__ = ["Crop", "compressed", "cut", "drop_planes", "jitter", "light", "resized", "turned"]

Float32 = NDArray[np.float32]


@dataclass(frozen=True)
class Crop:
    """A piece of a map as a network takes it.

    Parameters
    ----------
    planes : array (planes, h, w) float32
    present : array (planes,) float32
        1 where the plane is there, 0 where it is absent and zero.
    labels : array (h, w) uint8
    """

    planes: Float32
    present: Float32
    labels: NDArray[np.uint8]


def light(planes: Float32) -> Float32:
    """Light of compressed planes, in units of order the noise."""
    return np.sinh(2 * planes)


def compressed(light: Float32) -> Float32:
    """Inverse of `light`."""
    return (np.arcsinh(light) / 2).astype(np.float32)


def cut(whole: Crop, row: int, column: int, side: int) -> Crop:
    """Square piece; what lies beyond the map is zero and ignored."""
    planes = whole.planes[:, row : row + side, column : column + side]
    labels = whole.labels[row : row + side, column : column + side]
    beyond = [(0, side - size) for size in labels.shape]
    return Crop(
        np.pad(planes, [(0, 0), *beyond]),
        whole.present,
        np.pad(labels, beyond, constant_values=IGNORED),
    )


def resized(crop: Crop, side: int) -> Crop:
    """The same piece on more or fewer cells; each label is that of the nearest cell."""
    if crop.labels.shape == (side, side):
        return crop
    planes = functional.interpolate(
        torch.from_numpy(np.ascontiguousarray(crop.planes))[None],
        size=(side, side),
        mode="bilinear",
        align_corners=False,
        antialias=side < crop.labels.shape[0],
    )[0].numpy()
    old = crop.labels.shape[0]
    nearest = ((np.arange(side) + 0.5) * old / side).astype(np.int64)
    return Crop(planes, crop.present, crop.labels[np.ix_(nearest, nearest)])


def turned(crop: Crop, rng: np.random.Generator) -> Crop:
    """One of the eight turns and mirrors."""
    turns = int(rng.integers(4))
    planes = np.rot90(crop.planes, turns, (1, 2))
    labels = np.rot90(crop.labels, turns)
    if rng.random() < 0.5:
        planes, labels = planes[:, :, ::-1], labels[:, ::-1]
    return Crop(planes, crop.present, labels)


def jitter(
    crop: Crop, names: Sequence[str], settings: DataSettings, rng: np.random.Generator
) -> Crop:
    """Change contrast and level, and add noise, alike in all planes that may be changed.

    Parameters
    ----------
    crop : Crop
    names : sequence of str
        Of its planes.
    settings : DataSettings
        ``gain``, ``offset``, ``noise`` and ``jittered``.
    rng : numpy.random.Generator
    """
    if not (settings.gain or settings.offset or settings.noise):
        return crop
    gain = math.exp(rng.uniform(-settings.gain, settings.gain))
    offset = rng.normal() * settings.offset
    sigma = rng.uniform(0, settings.noise)
    planes = np.array(crop.planes, np.float32)
    for plane, name in zip(planes, names, strict=True):
        if any(fnmatchcase(name, pattern) for pattern in settings.jittered):
            noise = rng.standard_normal(plane.shape, np.float32) * np.float32(sigma)
            changed = compressed(light(plane) * np.float32(gain) + np.float32(offset) + noise)
            np.copyto(plane, changed, where=plane != 0)
    return Crop(planes, crop.present, crop.labels)


def drop_planes(
    crop: Crop, names: Sequence[str], settings: DataSettings, rng: np.random.Generator
) -> Crop:
    """Take away the planes of each pattern by chance, but never all that there are.

    Parameters
    ----------
    crop : Crop
    names : sequence of str
        Of its planes.
    settings : DataSettings
        ``droppable`` and ``drop_probability``.
    rng : numpy.random.Generator
    """
    present = crop.present.copy()
    for pattern in settings.droppable:
        if rng.random() < settings.drop_probability:
            kept = present * [not fnmatchcase(name, pattern) for name in names]
            present = kept.astype(np.float32) if kept.any() else present
    planes = crop.planes * present[:, None, None]
    return Crop(planes, present, crop.labels)
