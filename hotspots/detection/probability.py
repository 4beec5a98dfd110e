"""Planes that tell, cell by cell, what the matched filter thinks is there."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from hotspots.detection.detector import Region
from hotspots.detection.scene import Scene

__all__ = ["probability_planes"]

Float64 = NDArray[np.float64]

REACH = 2.0
"""A component's probability holds within this many standard deviations of the spread."""


def probability_planes(
    scene: Scene, snr: Float64, threshold: float, regions: tuple[Region, ...]
) -> tuple[Float64, Float64]:
    """Probability of a hot spot and of a lava lake in every cell.

    Parameters
    ----------
    scene : Scene
    snr : array (rows, columns) float64
        Matched-filter signal over noise.
    threshold : float
        Signal over noise at which a source is as likely as not.
    regions : tuple of Region
        Their cells share their odds between the two kinds.

    Returns
    -------
    hotspot, lava_lake : arrays (rows, columns) float64
        Their sum is the probability of any source: certain inside an outlined patch,
        else by signal over noise; NaN where the scene is not usable.
    """
    present = np.where(scene.usable, expit(snr - threshold), np.nan)
    lake = np.zeros_like(present)
    reach = max(round(REACH * scene.width), 1)
    for region in regions:
        if region.cells is not None:
            # the matched filter does not look inside an outline
            present[region.cells] = 1.0
            lake[region.cells] = region.probability_lava_lake
            continue
        for row, column in region.components:
            top, left = max(int(row) - reach, 0), max(int(column) - reach, 0)
            box = (slice(top, int(row) + reach + 1), slice(left, int(column) + reach + 1))
            lake[box] = np.maximum(lake[box], region.probability_lava_lake)
    return present * (1 - lake), present * lake
