"""Calibrated probabilities: by hand, and what may not be a calibration."""

import math

import pytest
import torch

from hotspots.errors import ModelError
from hotspots.nets.calibration import Calibration


def test_probabilities_by_hand():
    calibration = Calibration((1.0, 2.0), (0.0, math.log(3.0)))
    logits = torch.tensor([[0.0], [math.log(2.0)]])[..., None]  # odds 3 * 2^2 = 12 to 1
    torch.testing.assert_close(
        calibration.probabilities(logits)[:, 0, 0], torch.tensor([1 / 13, 12 / 13])
    )


def test_identity_is_the_softmax():
    logits = torch.randn(2, 3, 4, 5)
    torch.testing.assert_close(
        Calibration.identity(3).probabilities(logits), torch.softmax(logits, dim=1)
    )


@pytest.mark.parametrize(
    ("gains", "offsets"),
    [
        ((1.0, 0.0), (0.0, 0.0)),
        ((1.0,), (0.0, 0.0)),
        ((1.0, math.nan), (0.0, 0.0)),
        ((1.0, -2.0), (0, 0)),
    ],
)
def test_what_is_no_calibration(gains, offsets):
    with pytest.raises(ModelError, match="calibration"):
        Calibration(gains, offsets)
