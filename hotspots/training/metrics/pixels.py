"""Scores of single cells: intersection over union, and F1 of each class.

Definitions as the infrared small-target literature counts them (BasicIRSTD): ``iou`` pools
the cells of all maps, ``niou`` is the mean over the maps of their own intersection over
union.  Ignored cells do not count.
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.training.metrics.sums import Sums
from hotspots.training.samples import IGNORED

__all__ = ["pixel_scores", "pixel_sums"]


def pixel_sums(
    probabilities: NDArray[np.floating], labels: NDArray[np.uint8], threshold: float = 0.5
) -> Sums:
    """Counts of one map.

    Parameters
    ----------
    probabilities : array (classes, rows, columns)
    labels : array (rows, columns) uint8
        Class of each cell, or `IGNORED`.
    threshold : float
        A cell is foreground where one minus the background's probability is above this.

    Returns
    -------
    Sums
        ``confusion`` (true class, likeliest class), ``overlap`` (intersection, union),
        ``map_iou`` (sum over maps that have foreground in truth or answer, their number).
    """
    counted = labels != IGNORED
    classes = len(probabilities)
    truth = labels[counted].astype(np.int64)
    likeliest = np.argmax(probabilities, axis=0)[counted]
    confusion = np.bincount(truth * classes + likeliest, minlength=classes**2)
    answer = 1 - probabilities[0][counted] > threshold
    intersection = float(np.count_nonzero(answer & (truth > 0)))
    union = float(np.count_nonzero(answer | (truth > 0)))
    return {
        "confusion": confusion.reshape(classes, classes).astype(np.float64),
        "overlap": np.array([intersection, union]),
        "map_iou": np.array([intersection / union, 1.0]) if union else np.zeros(2),
    }


def pixel_scores(sums: Sums, classes: tuple[str, ...]) -> dict[str, float]:
    """Scores of the maps whose sums were added.

    Parameters
    ----------
    sums : Sums
    classes : tuple of str
        Names of the classes, the background first.

    Returns
    -------
    dict of str to float
        ``iou``, ``niou`` and ``f1_<class>``; not a number where there was nothing to count.
    """
    confusion = sums["confusion"]
    hits = np.diag(confusion)
    scores = {"iou": _ratio(*sums["overlap"]), "niou": _ratio(*sums["map_iou"])}
    for index, name in enumerate(classes[1:], start=1):
        either = confusion[index].sum() + confusion[:, index].sum()
        scores[f"f1_{name}"] = _ratio(2 * hits[index], either)
    return scores


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")
