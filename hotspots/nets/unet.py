"""A compact U-Net: coarse cells say what the surroundings are, fine ones where the source is.

Encoder and decoder of Ronneberger et al. (2015, doi:10.1007/978-3-319-24574-4_28) with
residual blocks; the coarse features are narrowed before they are enlarged, and every block
is modulated by the scale of the map.  Sources are as small as one beam, so nothing happens
before the first block that could blur them: the finest level works on the cells themselves.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from hotspots.nets.blocks import Conditioner, ResidualBlock
from hotspots.nets.net import Net
from hotspots.nets.spec import NetSpec

__all__ = ["UNet"]

_RARE = 0.01


class UNet(Net):
    """Logits per class for each cell of a map of any size.

    Parameters
    ----------
    spec : NetSpec
        Inputs and outputs.
    channels : sequence of int
        Channels of the levels, finest first; each level halves the resolution.
    """

    def __init__(self, spec: NetSpec, channels: Sequence[int]) -> None:
        super().__init__(spec, 2 ** (len(channels) - 1), _receptive_radius(len(channels)))
        coarser_first = list(channels[-2::-1])
        self.conditioner = Conditioner(
            len(spec.planes) + len(spec.scales), [*channels, *coarser_first]
        )
        wider = [len(spec.planes), *channels[:-1]]
        self.encoder = nn.ModuleList(map(ResidualBlock, wider, channels))
        self.narrow = nn.ModuleList(
            nn.Conv2d(coarse, width, 1, bias=False)
            for coarse, width in zip(channels[:0:-1], coarser_first, strict=True)
        )
        self.decoder = nn.ModuleList(ResidualBlock(2 * width, width) for width in coarser_first)
        self.head = nn.Conv2d(channels[0], len(spec.classes), 1)
        self._start_rare()

    def forward(self, planes: Tensor, present: Tensor, scale: Tensor) -> Tensor:
        """Logits of each class in each cell.

        Parameters
        ----------
        planes : Tensor, (n, planes, h, w) float32
            Normalised planes in the order of ``spec.planes``; absent ones are zero.
        present : Tensor, (n, planes) float32
            1 where the plane is there, 0 where it is absent.
        scale : Tensor, (n, scales) float32
            Numbers of the map in the order of ``spec.scales``.

        Returns
        -------
        Tensor, (n, classes, h, w) float32
        """
        height, width = planes.shape[-2], planes.shape[-1]
        modulations = self.conditioner(torch.cat([scale, present], dim=1))
        features = functional.pad(planes, (0, -width % self.stride, 0, -height % self.stride))
        features = features.contiguous(memory_format=torch.channels_last)
        levels: list[Tensor] = []
        for level, block in enumerate(self.encoder):
            if level:
                features = functional.max_pool2d(features, 2)
            features = block(features, modulations[level])
            levels.append(features)
        levels.pop()
        for level, (narrow, block) in enumerate(zip(self.narrow, self.decoder, strict=True)):
            enlarged = functional.interpolate(narrow(features), scale_factor=2.0, mode="nearest")
            features = torch.cat([levels.pop(), enlarged], dim=1)
            features = block(features, modulations[len(self.encoder) + level])
        logits: Tensor = self.head(features)
        return logits[:, :, :height, :width].float()

    def _start_rare(self) -> None:
        """Let a fresh network call a source in one cell of a hundred, not in half of them.

        Lin et al. (2017, doi:10.1109/ICCV.2017.324): else the background drowns the first
        hundreds of steps.
        """
        assert self.head.bias is not None
        with torch.no_grad():
            self.head.bias.fill_(torch.tensor(_RARE / (1 - _RARE)).log())
            self.head.bias[0] = 0.0


def _receptive_radius(levels: int) -> int:
    """Cells that two 3x3 convolutions a block reach, and the width of a coarsest cell.

    On level k a convolution reaches 2^k cells further.  Pools and enlargements add no more
    than joining the cells that share one coarsest cell.
    """
    coarsest: int = 2 ** (levels - 1)
    once = 2 * coarsest
    twice: int = sum(2 * 2 * 2**level for level in range(levels - 1))
    return once + twice + coarsest - 1
