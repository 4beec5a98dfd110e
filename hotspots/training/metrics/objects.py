"""Scores of whole sources: found or not, at how many false cells, over all thresholds.

A threshold cuts the map of source probability into connected pieces.  Each source that must
be found is matched with at most one piece and each piece with at most one source, as many as
possible and then as close as possible, where the centroids are within the tolerance.  Pieces
are counted by identity: comparing their areas, as some public code does, forgives a false
piece that happens to be as large as a true one.
"""

from typing import Any

import numpy as np
import scipy.ndimage
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from hotspots.training.metrics.sums import Sums
from hotspots.training.samples import IGNORED

__all__ = ["FALSE_RATES", "THRESHOLDS", "match", "object_scores", "object_sums", "pieces"]

THRESHOLDS = np.unique(1 / (1 + np.exp(-np.linspace(-6.0, 12.0, 37))))
"""Evenly spaced in the logit, from 0.25 % to 99.9994 %; one half is among them."""

FALSE_RATES = (1e-6, 1e-5, 1e-4)
"""False cells per counted cell at which the probability of detection is read off."""

TOLERANCE_CELLS = 3.0
SNR_EDGES = (3.0, 5.0, 10.0, 30.0, np.inf)

_EIGHT_NEIGHBOURS = np.ones((3, 3))
_HALF = int(np.argmin(np.abs(THRESHOLDS - 0.5)))


def pieces(mask: NDArray[np.bool_]) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Connected pieces (over edges and corners) and their centroids.

    Parameters
    ----------
    mask : array (rows, columns) bool

    Returns
    -------
    labels : array (rows, columns) int32
        0 outside, 1 to n.
    centroids : array (n, 2) float64
        Row and column in fractional cells (cell i covers i to i + 1).
    """
    labels, count = scipy.ndimage.label(mask, _EIGHT_NEIGHBOURS)
    centres = scipy.ndimage.center_of_mass(mask, labels, np.arange(1, count + 1))
    return labels.astype(np.int32), np.asarray(centres, np.float64).reshape(-1, 2) + 0.5


def match(
    places: NDArray[np.float64], tolerances: NDArray[np.float64], others: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """One-to-one pairs that are closer than the tolerance: most pairs, then least distance.

    Parameters
    ----------
    places : array (n, 2)
    tolerances : array (n,)
        For each place, cells.
    others : array (m, 2)

    Returns
    -------
    indices of places, indices of others : arrays (pairs,) int64
    """
    distance = np.linalg.norm(places[:, None] - others[None], axis=-1)
    near = distance < tolerances[:, None]
    # A pair that is allowed is worth more than any sum of distances.
    worth = near * (1 + tolerances.sum() + 1) - np.where(near, distance, 0.0)
    first, second = linear_sum_assignment(worth, maximize=True)
    kept = near[first, second]
    return first[kept].astype(np.int64), second[kept].astype(np.int64)


def object_sums(
    probabilities: NDArray[np.floating], labels: NDArray[np.uint8], objects: NDArray[Any]
) -> Sums:
    """Counts of one map.

    Parameters
    ----------
    probabilities : array (classes, rows, columns)
    labels : array (rows, columns) uint8
    objects : array (n,) of `hotspots.training.samples.OBJECT_FIELDS`

    Returns
    -------
    Sums
        Per threshold ``found``, ``false_pieces`` and ``false_cells``; ``asked`` (sources
        that must be found), ``counted`` (cells), ``maps``; at even odds the confusion
        ``object_confusion`` (true class, class of the piece; row 0 false, column 0 missed)
        and ``snr_found``, ``snr_asked`` in the bins of `SNR_EDGES`.
    """
    asked = objects[objects["asked"]]
    others = objects[~objects["asked"]]
    source = 1 - probabilities[0]
    counted = labels != IGNORED
    found = np.zeros(len(THRESHOLDS))
    false_pieces = np.zeros(len(THRESHOLDS))
    false_cells = np.zeros(len(THRESHOLDS))
    confusion = np.zeros((len(probabilities),) * 2)
    snr_found = np.zeros(len(SNR_EDGES) - 1)
    for index, threshold in enumerate(THRESHOLDS):
        labelled, centres = pieces(source > threshold)
        first, second = match(_places(asked), _tolerances(asked), centres)
        innocent = _innocent(labelled, centres, counted, others)
        innocent[second] = True
        sizes = np.bincount(labelled[counted], minlength=len(centres) + 1)[1:]
        found[index] = len(first)
        false_pieces[index] = np.count_nonzero(~innocent)
        false_cells[index] = sizes[~innocent].sum()
        if index == _HALF:
            classes = _classes(probabilities, labelled, len(centres))
            np.add.at(confusion, (asked["class"][first], classes[second]), 1)
            missed = np.setdiff1d(np.arange(len(asked)), first)
            np.add.at(confusion[:, 0], asked["class"][missed], 1)
            np.add.at(confusion[0], classes[~innocent], 1)
            snr_found = np.histogram(asked["snr"][first], SNR_EDGES)[0].astype(np.float64)
    return {
        "found": found,
        "false_pieces": false_pieces,
        "false_cells": false_cells,
        "asked": np.array([float(len(asked))]),
        "counted": np.array([float(np.count_nonzero(counted))]),
        "maps": np.ones(1),
        "object_confusion": confusion,
        "snr_found": snr_found,
        "snr_asked": np.histogram(asked["snr"], SNR_EDGES)[0].astype(np.float64),
    }


def object_scores(sums: Sums, classes: tuple[str, ...]) -> dict[str, float]:
    """Scores of the maps whose sums were added.

    Parameters
    ----------
    sums : Sums
    classes : tuple of str
        Names of the classes, the background first.

    Returns
    -------
    dict of str to float
        ``pd``, ``fa`` (false cells per counted cell) and ``false_pieces_per_map`` at even
        odds; ``pd_at_fa_1e-06`` ... : the best ``pd`` among thresholds with no more false
        cells; ``object_f1_<class>``; ``completeness_snr_5_10`` ... in bins that had sources.
    """
    asked = float(sums["asked"][0])
    pd = sums["found"] / asked if asked else np.full(len(THRESHOLDS), np.nan)
    rate = sums["false_cells"] / max(float(sums["counted"][0]), 1.0)
    scores = {
        "pd": float(pd[_HALF]),
        "fa": float(rate[_HALF]),
        "false_pieces_per_map": float(sums["false_pieces"][_HALF] / max(sums["maps"][0], 1.0)),
    }
    for limit in FALSE_RATES:
        scores[f"pd_at_fa_{limit:.0e}"] = float(np.max(pd[rate <= limit], initial=0.0))
    confusion = sums["object_confusion"]
    for index, name in enumerate(classes[1:], start=1):
        either = confusion[index].sum() + confusion[:, index].sum()
        value = 2 * confusion[index, index] / either if either else np.nan
        scores[f"object_f1_{name}"] = float(value)
    bins = zip(SNR_EDGES[:-1], SNR_EDGES[1:], sums["snr_found"], sums["snr_asked"], strict=True)
    for low, high, found, wanted in bins:
        if wanted:
            scores[f"completeness_snr_{low:g}_{high:g}"] = float(found / wanted)
    return scores


def _places(objects: NDArray[Any]) -> NDArray[np.float64]:
    return np.stack([objects["row"], objects["column"]], axis=1).astype(np.float64)


def _tolerances(objects: NDArray[Any]) -> NDArray[np.float64]:
    return np.maximum(objects["radius_cells"].astype(np.float64), TOLERANCE_CELLS)


def _innocent(
    labelled: NDArray[np.int32],
    centres: NDArray[np.float64],
    counted: NDArray[np.bool_],
    others: NDArray[Any],
) -> NDArray[np.bool_]:
    """Pieces that lie mostly in ignored cells or on a source that need not be found."""
    every = np.bincount(labelled.ravel(), minlength=len(centres) + 1)[1:]
    inside = np.bincount(labelled[counted], minlength=len(centres) + 1)[1:]
    distance = np.linalg.norm(centres[:, None] - _places(others)[None], axis=-1)
    on_other = (distance < _tolerances(others)[None]).any(axis=1)
    innocent: NDArray[np.bool_] = (2 * inside < every) | on_other
    return innocent


def _classes(
    probabilities: NDArray[np.floating], labelled: NDArray[np.int32], count: int
) -> NDArray[np.int64]:
    """Class of each piece: the source class with the largest sum of probability."""
    sums = [
        scipy.ndimage.sum_labels(plane, labelled, np.arange(1, count + 1))
        for plane in probabilities[1:]
    ]
    table = np.asarray(sums, np.float64).reshape(len(probabilities) - 1, count)
    return np.asarray(np.argmax(table, axis=0) + 1, np.int64)
