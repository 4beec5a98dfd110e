"""Parts of the network: a residual block that listens to the scale, and what it listens to.

The blocks normalise by batch statistics.  At inference those are constants, so a cell's
answer depends on nothing but the cells within the receptive field, and a map may be cut
into tiles without seams.  Group or instance norms would take the mean over the tile: the
same crater field would be judged differently beside a bright limb and without it.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

__all__ = ["Conditioner", "ResidualBlock"]


class Conditioner(nn.Module):
    """Turn the numbers of a map into a gain and an offset for each channel of each block.

    Feature-wise linear modulation (Perez et al. 2018, doi:10.1609/aaai.v32i1.11671).  The
    last layer starts at zero, so a fresh network starts as if there were no conditioning.

    Parameters
    ----------
    inputs : int
        Length of the vector: scales, and one flag a plane that says whether it is there.
    channels : sequence of int
        Channels of the blocks.
    hidden : int
        Width of the hidden layer.
    """

    def __init__(self, inputs: int, channels: Sequence[int], hidden: int = 32) -> None:
        super().__init__()
        self.channels = tuple(channels)
        self.hidden = nn.Sequential(nn.Linear(inputs, hidden), nn.SiLU())
        self.last = nn.Linear(hidden, 2 * sum(channels))
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, vector: Tensor) -> list[tuple[Tensor, Tensor]]:
        """Gain and offset, each (n, channels, 1, 1), for every block."""
        numbers = self.last(self.hidden(vector))[:, :, None, None]
        gains = numbers[:, : sum(self.channels)].split(self.channels, dim=1)
        offsets = numbers[:, sum(self.channels) :].split(self.channels, dim=1)
        return [(1 + gain, offset) for gain, offset in zip(gains, offsets, strict=True)]


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions beside a shortcut, modulated after the first.

    Parameters
    ----------
    inputs, outputs : int
        Channels.
    dilation : int
        Spacing of the taps of both convolutions, cells.
    """

    def __init__(self, inputs: int, outputs: int, dilation: int = 1) -> None:
        super().__init__()
        self.first = nn.Conv2d(inputs, outputs, 3, padding=dilation, dilation=dilation, bias=False)
        self.first_norm = nn.BatchNorm2d(outputs)
        self.second = nn.Conv2d(
            outputs, outputs, 3, padding=dilation, dilation=dilation, bias=False
        )
        self.second_norm = nn.BatchNorm2d(outputs)
        self.shortcut: nn.Module = nn.Identity()
        if inputs != outputs:
            self.shortcut = nn.Conv2d(inputs, outputs, 1, bias=False)

    def forward(self, planes: Tensor, modulation: tuple[Tensor, Tensor]) -> Tensor:
        """(n, inputs, h, w) to (n, outputs, h, w)."""
        gain, offset = modulation
        inner = torch.relu(self.first_norm(self.first(planes)) * gain + offset)
        inner = self.second_norm(self.second(inner))
        return torch.relu(inner + self.shortcut(planes))
