"""What training and detection ask of every network."""

from abc import ABC, abstractmethod

from torch import Tensor, nn

from hotspots.nets.spec import NetSpec

__all__ = ["Net"]


class Net(nn.Module, ABC):
    """Base of the networks: logits per class for each cell of maps of any size.

    ``net(planes, present, scale)`` takes planes (n, planes, h, w) float32, normalised and
    zero where they are absent; flags of presence (n, planes) float32; and the numbers of the
    maps (n, scales) float32.  It gives logits (n, classes, h, w) float32.

    Parameters
    ----------
    spec : NetSpec
        Inputs and outputs.
    stride : int
        Cells of the map in one cell of the coarsest level; tiles start at multiples of it.
    receptive_radius : int
        Cells further than this (in rows or columns) from a cell never change its logits.
    """

    spec: NetSpec
    stride: int
    receptive_radius: int

    def __init__(self, spec: NetSpec, stride: int, receptive_radius: int) -> None:
        super().__init__()
        self.spec = spec
        self.stride = stride
        self.receptive_radius = receptive_radius

    @abstractmethod
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
