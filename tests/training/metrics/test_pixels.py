"""Scores of cells: by hand, and as torchmetrics has them."""

import numpy as np
import pytest
import torch

from hotspots.training.metrics.pixels import pixel_scores, pixel_sums
from hotspots.training.metrics.sums import add_sums
from hotspots.training.samples import IGNORED

CLASSES = ("background", "hotspot", "lava_lake")


def probabilities_of(classes, count=3):
    """Certain answers (count, rows, columns)."""
    return np.moveaxis(np.eye(count)[np.asarray(classes)], -1, 0)


def test_by_hand():
    truth = np.array([[1, 1, 0, 0], [0, 2, 2, IGNORED]], np.uint8)
    answer = probabilities_of([[1, 0, 1, 0], [0, 2, 1, 1]])
    scores = pixel_scores(pixel_sums(answer, truth), CLASSES)
    assert scores["iou"] == pytest.approx(3 / 5)  # of 1 1 . 1 / 2 2, one missed, one false
    assert scores["niou"] == scores["iou"]
    assert scores["f1_hotspot"] == pytest.approx(2 * 1 / (2 + 3))
    assert scores["f1_lava_lake"] == pytest.approx(2 * 1 / (2 + 1))


def test_pooled_and_mean_over_maps_differ():
    first = pixel_sums(probabilities_of([[1, 1, 1, 1]]), np.array([[1, 1, 1, 1]], np.uint8))
    second = pixel_sums(probabilities_of([[0, 0, 0, 0]]), np.array([[1, 0, 0, 0]], np.uint8))
    empty = pixel_sums(probabilities_of([[0, 0, 0, 0]]), np.zeros((1, 4), np.uint8))
    scores = pixel_scores(add_sums([first, second, empty]), CLASSES)
    assert scores["iou"] == pytest.approx(4 / 5)
    assert scores["niou"] == pytest.approx(1 / 2)  # the empty map has no say


def test_nothing_to_count_is_no_number():
    scores = pixel_scores(pixel_sums(probabilities_of([[0]]), np.zeros((1, 1), np.uint8)), CLASSES)
    assert np.isnan(scores["iou"])
    assert np.isnan(scores["f1_hotspot"])


def test_torchmetrics_agrees():
    classification = pytest.importorskip("torchmetrics.functional.classification")
    rng = np.random.default_rng(3)
    truth = rng.choice([0, 1, 2, IGNORED], (40, 40), p=[0.7, 0.1, 0.1, 0.1]).astype(np.uint8)
    answer = rng.dirichlet([1.0, 1.0, 1.0], (40, 40)).transpose(2, 0, 1)
    scores = pixel_scores(pixel_sums(answer, truth), CLASSES)
    f1 = classification.multiclass_f1_score(
        torch.tensor(answer.argmax(axis=0)),
        torch.tensor(truth.astype(np.int64)),
        num_classes=3,
        average=None,
        ignore_index=IGNORED,
    )
    assert scores["f1_hotspot"] == pytest.approx(float(f1[1]), abs=1e-6)
    assert scores["f1_lava_lake"] == pytest.approx(float(f1[2]), abs=1e-6)
    counted = truth != IGNORED
    iou = classification.binary_jaccard_index(
        torch.tensor(1 - answer[0][counted]), torch.tensor((truth[counted] > 0).astype(np.int64))
    )
    assert scores["iou"] == pytest.approx(float(iou), abs=1e-6)
