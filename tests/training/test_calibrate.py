"""Calibration finds what was done to honest logits, and leaves hopeless ones alone."""

import numpy as np
import pytest
import torch

from hotspots.nets.spec import NetSpec
from hotspots.training import calibrate
from hotspots.training.calibrate import fit_calibration
from hotspots.training.samples import OBJECT_FIELDS, Sample
from hotspots.training.sources import Source
from hotspots.training.store import SampleStore

SPEC = NetSpec("tiny", ("m",), (), ("background", "hotspot"))


def store_with(labels):
    image = np.zeros(labels.shape, np.float32)
    sample = Sample("PJ01/a", {"m": image}, {}, labels, np.zeros(0, OBJECT_FIELDS))
    return SampleStore([Source("PJ01/a", lambda: sample)], SPEC, 1)


def test_distorted_logits_are_put_right(monkeypatch):
    rng = np.random.default_rng(0)
    honest = torch.tensor(rng.normal(-2.0, 2.0, (200, 200)), dtype=torch.float32)
    labels = (rng.random((200, 200)) < torch.sigmoid(honest).numpy()).astype(np.uint8)
    distorted = torch.stack([torch.zeros_like(honest), 3 * honest + 1.5])
    monkeypatch.setattr(calibrate, "predict_logits", lambda *_: distorted)
    net = type("Net", (), {"spec": SPEC})()
    found = fit_calibration(net, store_with(labels), [0], 0)
    source = found.probabilities(distorted)[1]
    assert float((source - torch.sigmoid(honest)).abs().max()) < 0.03
    assert found.gains[1] == pytest.approx(1 / 3, rel=0.1)


@pytest.mark.parametrize("sources", [0, 20])
def test_too_few_cells_change_nothing(monkeypatch, sources):
    labels = np.zeros((50, 50), np.uint8)
    labels.flat[:sources] = 1
    monkeypatch.setattr(calibrate, "predict_logits", lambda *_: torch.zeros(2, 50, 50))
    net = type("Net", (), {"spec": SPEC})()
    assert fit_calibration(net, store_with(labels), [0], 0).gains == (1.0, 1.0)


def test_logits_that_say_nothing_or_all_stay_finite(monkeypatch):
    labels = np.zeros((50, 50), np.uint8)
    labels[:10] = 1
    net = type("Net", (), {"spec": SPEC})()
    for answer in (
        torch.zeros(2, 50, 50),
        torch.stack([torch.zeros(50, 50), 100.0 * torch.tensor(labels) - 50]),
    ):
        monkeypatch.setattr(calibrate, "predict_logits", lambda *_, answer=answer: answer)
        found = fit_calibration(net, store_with(labels), [0], 0)
        assert np.isfinite([*found.gains, *found.offsets]).all()
