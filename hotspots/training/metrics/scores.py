"""All scores of a map at once."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotspots.training.metrics.objects import object_scores, object_sums
from hotspots.training.metrics.pixels import pixel_scores, pixel_sums
from hotspots.training.metrics.reliability import reliability_scores, reliability_sums
from hotspots.training.metrics.sums import Sums
from hotspots.training.samples import IGNORED, OBJECT_FIELDS

__all__ = ["map_sums", "no_sums", "scores"]


def map_sums(
    probabilities: NDArray[np.floating], labels: NDArray[np.uint8], objects: NDArray[Any]
) -> Sums:
    """Counts of one map for every score.

    Parameters
    ----------
    probabilities : array (classes, rows, columns)
    labels : array (rows, columns) uint8
    objects : array (n,) of `hotspots.training.samples.OBJECT_FIELDS`

    Returns
    -------
    Sums
    """
    return {
        **pixel_sums(probabilities, labels),
        **object_sums(probabilities, labels, objects),
        **reliability_sums(probabilities, labels),
    }


def no_sums(classes: int) -> Sums:
    """Sums of no map at all, for a process that has none to judge."""
    nothing = np.ones((classes, 1, 1)) / classes
    ignored = np.full((1, 1), IGNORED, np.uint8)
    one = map_sums(nothing, ignored, np.zeros(0, OBJECT_FIELDS))
    return {name: 0 * values for name, values in one.items()}


def scores(sums: Sums, classes: tuple[str, ...]) -> dict[str, float]:
    """Every score of the maps whose sums were added; see the modules beside this one."""
    return {
        **pixel_scores(sums, classes),
        **object_scores(sums, classes),
        **reliability_scores(sums),
    }
