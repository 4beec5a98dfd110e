"""From logits to probabilities that mean what they say.

Losses for rare targets push probabilities to the ends.  Vector scaling (Guo et al. 2017,
arXiv:1706.04599) stretches and shifts the logits of each class by constants that were fitted
on visits kept out of training; the order of two cells within a class hardly changes.
"""

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from hotspots.errors import ModelError

__all__ = ["Calibration"]


@dataclass(frozen=True)
class Calibration:
    """Gain and offset of the logits of each class.

    Parameters
    ----------
    gains, offsets : tuple of float
        One a class; a calibrated logit is ``gain * logit + offset``.

    Raises
    ------
    ModelError
        If the lengths differ, a number is not finite or a gain is not positive.
    """

    gains: tuple[float, ...]
    offsets: tuple[float, ...]

    def __post_init__(self) -> None:
        for field in ("gains", "offsets"):
            object.__setattr__(self, field, tuple(float(x) for x in getattr(self, field)))
        finite = all(math.isfinite(number) for number in (*self.gains, *self.offsets))
        if len(self.gains) != len(self.offsets) or not finite or min(self.gains) <= 0:
            msg = (
                f"calibration gains={self.gains}, offsets={self.offsets}: wanted a finite "
                "number a class in both, gains above zero"
            )
            raise ModelError(msg)

    @classmethod
    def identity(cls, classes: int) -> "Calibration":
        """Calibration that changes nothing."""
        return cls((1.0,) * classes, (0.0,) * classes)

    def probabilities(self, logits: Tensor) -> Tensor:
        """Probability of each class, (n, classes, h, w), which sum to one in each cell."""
        gains = logits.new_tensor(self.gains)[:, None, None]
        offsets = logits.new_tensor(self.offsets)[:, None, None]
        return torch.softmax(gains * logits + offsets, dim=-3)

    def as_dict(self) -> dict[str, Any]:
        """Plain lists, as they stand in ``model.yaml``."""
        return {"gains": list(self.gains), "offsets": list(self.offsets)}
