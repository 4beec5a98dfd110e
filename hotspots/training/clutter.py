"""Streaks and edges drawn into crops, which are no sources however bright they are.

Trails, wires, roofs and horizons differ from image to image; a few hundred images show too
few of them to learn that nothing long is a small target.
"""

import math

import numpy as np

from hotspots.training.augment import Crop, compressed, light

__all__ = ["streaked"]

_CONTRASTS = (2.0, 50.0)


def streaked(crop: Crop, rng: np.random.Generator) -> Crop:
    """Add a bar (its end in sight or not) or a step of drawn width, place and contrast.

    Parameters
    ----------
    crop : Crop
        All planes hold compressed light.
    rng : numpy.random.Generator
    """
    height, width = crop.labels.shape
    angle = rng.uniform(0, math.pi)
    rows, columns = np.mgrid[:height, :width] - rng.uniform(0, [height, width])[:, None, None]
    along = columns * math.cos(angle) + rows * math.sin(angle)
    across = rows * math.cos(angle) - columns * math.sin(angle)
    if rng.random() < 0.3:
        shape = _step(across / rng.uniform(0.4, 2.0))
    else:
        widening = 1 + rng.uniform(0, 1) * np.clip(along / width, 0, 1)
        half_width = math.exp(rng.uniform(math.log(0.7), math.log(8.0))) * widening
        roundness = float(rng.choice([2, 6]))  # a smooth ridge, or a flat bar
        shape = np.exp(-(np.abs(across / half_width) ** roundness))
        if rng.random() < 0.7:
            shape = shape * _step(along)
    contrast = math.exp(rng.uniform(*np.log(_CONTRASTS)))
    sign = 1 if rng.random() < 0.8 else -1
    added = (sign * contrast * shape).astype(np.float32)
    return Crop(compressed(light(crop.planes) + added), crop.present, crop.labels)


def _step(distance: np.ndarray) -> np.ndarray:
    """From 0 to 1 about zero, smooth over a few units."""
    step: np.ndarray = 1 / (1 + np.exp(-np.clip(distance, -30, 30)))
    return step
