"""Thresholds as what they cost: expected false alarms per disc of Io."""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from hotspots.detection.matched_filter_settings import MatchedFilterSettings
from hotspots.detection.scene import Scene

__all__ = ["LOWEST", "threshold_for", "threshold_map"]

LOWEST = 3.0
"""Signal over noise below which nothing is believed, however many alarms are allowed."""

ENOUGH_FRAMES = 3
"""From so many frames on, particle hits are told from sources."""


def threshold_for(false_alarms: float, disc_diameter: float, spread_area: float) -> float:
    """Signal over noise that chance exceeds so many times per disc.

    Parameters
    ----------
    false_alarms : float
        Expected number of noise peaks above the threshold on one whole disc.
    disc_diameter : float
        Diameter of Io on the map, cells.
    spread_area : float
        sqrt(det) of the covariance of the point spread function, squared cells.

    Returns
    -------
    float
        Gaussian quantile for as many independent trials as matched-filter beams
        (4 pi sqrt(det), the area of the squared kernel's autocorrelation) fit on the
        disc; at least `LOWEST`.
    """
    trials = max(math.pi / 4 * disc_diameter**2 / (4 * math.pi * spread_area), 1.0)
    return max(LOWEST, float(norm.isf(min(false_alarms / trials, 0.5))))


def threshold_map(
    scene: Scene, threshold: float, settings: MatchedFilterSettings
) -> NDArray[np.float64]:
    """Threshold of every cell.

    Parameters
    ----------
    scene : Scene
    threshold : float
        Signal over noise at night where enough frames looked.
    settings : MatchedFilterSettings
        ``few_frames_factor`` and ``sunlit_factor``.

    Returns
    -------
    array (rows, columns) float64
        Higher in sunlight and where fewer than `ENOUGH_FRAMES` frames looked.
    """
    alone, few = scene.frames <= 1, scene.frames < ENOUGH_FRAMES
    factor = np.where(few, settings.few_frames_factor**0.5, 1.0)
    factor = np.where(alone, settings.few_frames_factor, factor)
    return threshold * factor * np.where(scene.lit, settings.sunlit_factor, 1.0)
