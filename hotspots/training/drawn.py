"""Small maps drawn on the spot: spots and rings on uneven ground, with noise.

They are not Io.  They let anyone see the training work in a minute without data, and tests
ask of them what must hold for every kind of data.
"""

from collections.abc import Sequence

import numpy as np
import scipy.ndimage
from numpy.typing import NDArray

from hotspots.training.samples import HOTSPOT, IGNORED, LAVA_LAKE, OBJECT_FIELDS, Sample

__all__ = ["draw_sample"]

_SPREAD_CELLS = 1.2
_EDGE = 0.3
_MARGIN = 0.05


def draw_sample(name: str, seed: Sequence[int], side: int) -> Sample:
    """Draw a map of two bands with spots and rings.

    Parameters
    ----------
    name : str
        Of the sample.
    seed : sequence of int
        The same seed draws the same map.
    side : int
        Of the map, cells.

    Returns
    -------
    Sample
        With the planes ``m_band`` and ``l_band`` in units of their noise, compressed as
        arsinh(x) / 2, and the scale ``spread_cells``.
    """
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[:side, :side] + 0.5
    bands = [_ground(side, rng) for _ in range(2)]
    labels = np.zeros((side, side), np.uint8)
    objects = np.zeros(int(rng.integers(4, 9)), OBJECT_FIELDS)
    for number in range(len(objects)):
        row, column = rng.uniform(4, side - 4, 2)
        peak = 10 ** rng.uniform(0.8, 2.0)
        distance = np.hypot(rows - row, columns - column)
        is_lake = rng.random() < 0.3
        radius = rng.uniform(4, 7) if is_lake else 0.0
        shape = np.exp(-(((distance - radius) / _SPREAD_CELLS) ** 2) / 2)
        shape = np.where((distance < radius) & is_lake, np.maximum(shape, 0.4), shape)
        bands[0] += peak * shape
        bands[1] += peak * rng.uniform(0.2, 0.8) * shape
        kind = LAVA_LAKE if is_lake else HOTSPOT
        labels[(shape > _MARGIN) & (labels == 0)] = IGNORED
        labels[shape > _EDGE] = kind
        snr = peak * np.sqrt((shape**2).sum())
        objects[number] = (row, column, kind, snr, radius, True)
    noisy = [band + rng.standard_normal((side, side)) for band in bands]
    planes = {
        plane: (np.arcsinh(band) / 2).astype(np.float32)
        for plane, band in zip(("m_band", "l_band"), noisy, strict=True)
    }
    return Sample(name, planes, {"spread_cells": _SPREAD_CELLS}, labels, objects)


def _ground(side: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Smooth uneven ground of a few times the noise."""
    ground: NDArray[np.float64] = scipy.ndimage.gaussian_filter(
        rng.standard_normal((side, side)), 12.0
    )
    ground *= rng.uniform(0.5, 3.0) / ground.std()
    return ground
