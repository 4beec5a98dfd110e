"""Whether probabilities mean what they say: expected calibration error and its plot.

Cells are binned by the probability of a source.  Nearly all cells of a map are plainly
background, and an error that is averaged over them is small whatever the network does; so
the error is also taken over the candidates alone, the cells at one per cent and above.
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.training.metrics.sums import Sums
from hotspots.training.samples import IGNORED

__all__ = ["BINS", "reliability_curve", "reliability_scores", "reliability_sums"]

BINS = 15
CANDIDATE = 0.01


def reliability_sums(probabilities: NDArray[np.floating], labels: NDArray[np.uint8]) -> Sums:
    """Counts of one map in equal bins of the probability of a source.

    Parameters
    ----------
    probabilities : array (classes, rows, columns)
    labels : array (rows, columns) uint8

    Returns
    -------
    Sums
        ``bins`` and ``candidate_bins`` (3, `BINS`): cells, sum of probability, true cells.
    """
    counted = labels != IGNORED
    source = 1 - probabilities[0][counted].astype(np.float64)
    truth = (labels[counted] > 0).astype(np.float64)
    candidates = source >= CANDIDATE
    return {
        "bins": _bins(source, truth),
        "candidate_bins": _bins(source[candidates], truth[candidates]),
    }


def reliability_scores(sums: Sums) -> dict[str, float]:
    """Expected calibration error of all cells and of candidates.

    Parameters
    ----------
    sums : Sums

    Returns
    -------
    dict of str to float
        ``ece`` and ``ece_candidates``: mean over the cells of the gap between the mean
        probability of their bin and the part of it that is true (Naeini et al. 2015).
    """
    return {"ece": _error(sums["bins"]), "ece_candidates": _error(sums["candidate_bins"])}


def reliability_curve(sums: Sums) -> list[dict[str, float]]:
    """Points of the reliability plot of the candidates.

    Parameters
    ----------
    sums : Sums

    Returns
    -------
    list of dict
        ``probability`` (mean), ``fraction`` (true) and ``cells`` of each bin with cells.
    """
    return [
        {"probability": float(total / cells), "fraction": float(true / cells), "cells": int(cells)}
        for cells, total, true in sums["candidate_bins"].T
        if cells
    ]


def _bins(source: NDArray[np.float64], truth: NDArray[np.float64]) -> NDArray[np.float64]:
    index = np.minimum((source * BINS).astype(np.int64), BINS - 1)
    weights = (np.ones_like(source), source, truth)
    return np.stack([np.bincount(index, weight, BINS) for weight in weights])


def _error(bins: NDArray[np.float64]) -> float:
    cells, total, true = bins
    return float(np.abs(total - true).sum() / cells.sum()) if cells.sum() else float("nan")
