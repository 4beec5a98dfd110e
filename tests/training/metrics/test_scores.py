"""All scores at once, from sums that add in any order."""

import numpy as np
import pytest

from hotspots.training.metrics.scores import map_sums, no_sums, scores
from hotspots.training.metrics.sums import add_sums
from tests.training.made_samples import made_sample

CLASSES = ("background", "hotspot", "lava_lake")


def sums_of(seed):
    sample = made_sample(shape=(30 + seed, 40))
    answer = np.random.default_rng(seed).dirichlet([8.0, 1.0, 1.0], sample.labels.shape)
    return map_sums(np.moveaxis(answer, -1, 0), sample.labels, sample.objects)


def test_no_map_adds_nothing_and_order_does_not_matter():
    parts = [sums_of(seed) for seed in range(3)]
    wanted = scores(add_sums(parts), CLASSES)
    shuffled = scores(add_sums([no_sums(3), parts[2], add_sums([parts[1], parts[0]])]), CLASSES)
    assert shuffled == pytest.approx(wanted, nan_ok=True)
    assert {"iou", "niou", "pd", "fa", "f1_lava_lake", "ece", "pd_at_fa_1e-05"} <= wanted.keys()


def test_nothing_judged_gives_no_number_and_no_error():
    nothing = scores(no_sums(3), CLASSES)
    assert np.isnan(nothing["iou"])
    assert np.isnan(nothing["pd"])
    assert nothing["fa"] == 0


def test_sums_of_nothing_are_nothing():
    assert add_sums([]) == {}
