"""Running mean of the weights: less noisy than the weights of any one step.

(Polyak and Juditsky 1992; as an exponential mean since Tarvainen and Valpola 2017.)
"""

import copy

import torch
from torch import Tensor, nn

from hotspots.nets.net import Net

__all__ = ["WeightAverage"]


class WeightAverage(nn.Module):
    """Second network whose weights and batch statistics follow those of the first.

    Parameters
    ----------
    net : Net
        The network that is trained.
    decay : float
        Memory in steps is 1 / (1 - decay); the first steps forget faster, so that the random
        start does not linger.  0 follows at once.
    """

    steps: Tensor

    def __init__(self, net: Net, decay: float) -> None:
        super().__init__()
        self.net: Net = copy.deepcopy(net).eval().requires_grad_(requires_grad=False)
        self.decay = decay
        self.register_buffer("steps", torch.zeros((), dtype=torch.int64))

    def train(self, mode: bool = True) -> "WeightAverage":  # noqa: ARG002
        """Stay in evaluation mode, whatever the trainer switches on."""
        return super().train(mode=False)

    @torch.no_grad()
    def update(self, net: Net) -> None:
        """Take the weights after one more step."""
        self.steps += 1
        steps = int(self.steps)
        decay = min(self.decay, steps / (steps + 20))
        if self.decay == 0:
            decay = 0.0
        for mean, last in zip(
            self.net.state_dict().values(), net.state_dict().values(), strict=True
        ):
            if mean.is_floating_point():
                mean.lerp_(last, 1 - decay)
            else:
                mean.copy_(last)
