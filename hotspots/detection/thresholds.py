"""Thresholds as what they cost: expected false alarms per disc of Io."""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import lambertw

from hotspots.detection.matched_filter_settings import MatchedFilterSettings
from hotspots.detection.scene import Scene

__all__ = ["LOWEST", "threshold_for", "threshold_map"]

LOWEST = 3.0
"""Signal over noise below which nothing is believed, however many alarms are allowed."""

ENOUGH_FRAMES = 3
"""From so many frames on, particle hits are told from sources."""


def threshold_for(false_alarms: float, disc_diameter: float, spread_area: float) -> float:
    r"""Signal over noise that peaks of noise exceed so many times per disc.

    White noise behind a matched filter is a Gaussian random field with the correlation
    :math:`e^{-x^T C^{-1} x / 4}`.  Its maxima above a high level :math:`u` number

    .. math:: N = \frac{A}{2\sqrt{\det C}}\,\frac{u\,e^{-u^2/2}}{(2\pi)^{3/2}}

    on an area :math:`A` (Adler 1981, The Geometry of Random Fields, ch. 6; Bond &
    Efstathiou 1987, doi:10.1093/mnras/226.3.655), many more than as many independent
    trials as beams would give.

    Parameters
    ----------
    false_alarms : float
        Expected number N of noise peaks above the threshold on one whole disc.
    disc_diameter : float
        Diameter of Io on the map, cells.
    spread_area : float
        sqrt(det C) of the covariance of the point spread function, squared cells.

    Returns
    -------
    float
        At least `LOWEST`.
    """
    area = math.pi / 4 * disc_diameter**2
    level = false_alarms * 2 * spread_area / area * (2 * math.pi) ** 1.5
    # u exp(-u^2/2) = level has a solution beyond u = 1 only below its maximum there
    if level**2 >= math.exp(-1.0):
        return LOWEST
    return max(LOWEST, math.sqrt(-lambertw(-(level**2), -1).real))


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
