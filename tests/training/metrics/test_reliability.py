"""Calibration error: nil where it must be, and as torchmetrics has it."""

import numpy as np
import pytest
import torch

from hotspots.training.metrics.reliability import (
    BINS,
    reliability_curve,
    reliability_scores,
    reliability_sums,
)
from hotspots.training.samples import IGNORED


def two_classes(source):
    return np.stack([1 - source, source])


def test_probability_that_comes_true_as_often_has_no_error():
    source = np.full((10, 10), 0.3)
    labels = np.zeros((10, 10), np.uint8)
    labels[:3] = 1
    scores = reliability_scores(reliability_sums(two_classes(source), labels))
    assert scores["ece"] == pytest.approx(0, abs=1e-12)


def test_plain_background_hides_an_error_that_candidates_show():
    source = np.zeros((10, 10))
    source[0] = 0.9
    scores = reliability_scores(reliability_sums(two_classes(source), np.zeros((10, 10), np.uint8)))
    assert scores["ece"] == pytest.approx(0.09)
    assert scores["ece_candidates"] == pytest.approx(0.9)


def test_curve_has_the_bins_with_cells():
    labels = np.array([[1, 0, 1, IGNORED]], np.uint8)
    (low, high) = reliability_curve(
        reliability_sums(two_classes(np.array([[0.5, 0.5, 1.0, 0.2]])), labels)
    )
    assert low == {"probability": pytest.approx(0.5), "fraction": pytest.approx(0.5), "cells": 2}
    assert high == {"probability": 1.0, "fraction": 1.0, "cells": 1}


def test_torchmetrics_agrees():
    classification = pytest.importorskip("torchmetrics.functional.classification")
    rng = np.random.default_rng(5)
    source = rng.random((60, 60))
    labels = (rng.random((60, 60)) < source**1.5).astype(np.uint8)
    wanted = classification.binary_calibration_error(
        torch.tensor(source), torch.tensor(labels.astype(np.int64)), n_bins=BINS, norm="l1"
    )
    scores = reliability_scores(reliability_sums(two_classes(source), labels))
    assert scores["ece"] == pytest.approx(float(wanted), abs=1e-6)
