"""Run a network over a map in tiles that leave no seams.

A tile is computed with a margin as wide as the receptive field and starts at a multiple of
the network's stride, so each of its cells sees what it would see in the whole map; the
margins are thrown away.  Memory is that of one tile, whatever the size of the map.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from hotspots.errors import ModelError
from hotspots.nets.folder import Model
from hotspots.nets.net import Net

__all__ = ["predict_logits", "predict_probabilities", "windows"]

TILE_CELLS = 512


@dataclass(frozen=True)
class Window:
    """Cells of a tile, and the wider cells that are computed for it.

    Parameters
    ----------
    rows, columns : slice
        Of the map, kept.
    wide_rows, wide_columns : slice
        Of the map, computed.
    """

    rows: slice
    columns: slice
    wide_rows: slice
    wide_columns: slice

    @property
    def inner(self) -> tuple[slice, slice]:
        """Where the kept cells lie among the computed ones."""
        return (
            slice(self.rows.start - self.wide_rows.start, self.rows.stop - self.wide_rows.start),
            slice(
                self.columns.start - self.wide_columns.start,
                self.columns.stop - self.wide_columns.start,
            ),
        )


def windows(net: Net, shape: tuple[int, int], tile: int = TILE_CELLS) -> Iterator[Window]:
    """Tiles that cover a map, row by row.

    Parameters
    ----------
    net : Net
        For its stride and receptive radius.
    shape : (rows, columns)
        Of the map.
    tile : int
        Side of a tile, cells; rounded up to a multiple of the stride.

    Yields
    ------
    Window
    """
    tile = _round_up(tile, net.stride)
    margin = _round_up(net.receptive_radius, net.stride)
    spans = [
        [
            (slice(low, min(low + tile, size)), slice(max(low - margin, 0), min(high, size)))
            for low, high in ((start, start + tile + margin) for start in range(0, size, tile))
        ]
        for size in shape
    ]
    for rows, wide_rows in spans[0]:
        for columns, wide_columns in spans[1]:
            yield Window(rows, columns, wide_rows, wide_columns)


@torch.inference_mode()
def predict_logits(
    net: Net, planes: Tensor, present: Tensor, scale: Tensor, tile: int = TILE_CELLS
) -> Tensor:
    """Logits of one map; see the module.

    Parameters
    ----------
    net : Net
        In evaluation mode.
    planes : Tensor, (planes, h, w) float32
    present : Tensor, (planes,) float32
    scale : Tensor, (scales,) float32
    tile : int
        Side of a tile, cells.

    Returns
    -------
    Tensor, (classes, h, w) float32
        Where ``planes`` live.  The network computes on its own device.

    Raises
    ------
    ModelError
        If the network is in training mode, in which tiles would depend on each other.
    """
    if net.training:
        msg = f"net {net.spec.name} is in training mode; call net.eval() before predicting"
        raise ModelError(msg)
    device = next(net.parameters()).device
    numbers = present[None].to(device), scale[None].to(device)
    height, width = planes.shape[-2:]
    logits = planes.new_empty((len(net.spec.classes), height, width))
    for window in windows(net, (height, width), tile):
        part = planes[None, :, window.wide_rows, window.wide_columns].to(device)
        answer = net(part, *numbers)[0]
        logits[:, window.rows, window.columns] = answer[:, *window.inner].to(logits.device)
    return logits


@torch.inference_mode()
def predict_probabilities(
    model: Model,
    planes: Tensor,
    present: Tensor,
    scale: Tensor,
    *,
    tile: int = TILE_CELLS,
    symmetries: bool = False,
) -> Tensor:
    """Calibrated probability of each class in each cell of one map.

    Parameters
    ----------
    model : Model
    planes, present, scale, tile
        As for `predict_logits`.
    symmetries : bool
        Take the mean over the eight turns and mirrors of the map: eight times the work for
        outlines that are a little better.

    Returns
    -------
    Tensor, (classes, h, w) float32

    Raises
    ------
    ModelError
        If the network is in training mode.
    """
    turns = [(turn, mirror) for turn in range(4) for mirror in (False, True)]
    total = torch.zeros(())
    for turn, mirror in turns if symmetries else turns[:1]:
        turned = torch.rot90(planes, turn, (1, 2))
        turned = turned.flip(2) if mirror else turned
        logits = predict_logits(model.net, turned.contiguous(), present, scale, tile)
        logits = logits.flip(2) if mirror else logits
        back = torch.rot90(logits, -turn, (1, 2))
        total = total + model.calibration.probabilities(back)
    return total / (len(turns) if symmetries else 1)


def _round_up(number: int, step: int) -> int:
    return -(-number // step) * step
