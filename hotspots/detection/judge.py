"""A trained network over a whole map, in tiles that leave no seams.

A cell's answer depends on the cells within the network's receptive radius alone.  Tiles
overlap by that much, start at multiples of the network's stride and keep their inner part,
so the answer is that of the whole map at once, whatever the size of the tiles.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import torch
from numpy.typing import NDArray

from hotspots.errors import ModelError
from hotspots.nets.folder import Model

__all__ = ["class_probabilities"]


def class_probabilities(
    model: Model,
    planes: Mapping[str, NDArray[np.float32]],
    scales: Mapping[str, float],
    tile_cells: int,
    device: str = "cpu",
) -> NDArray[np.float64]:
    """Calibrated probability of every class in every cell.

    Parameters
    ----------
    model : Model
    planes : mapping of str to array (rows, columns) float32
        Of `hotspots.nets.inputs.network_planes`; planes that the network reads and the map
        has not are announced to it as absent.
    scales : mapping of str to float
        Of `hotspots.nets.inputs.network_scales`.
    tile_cells : int
        Side of the inner part of a tile, cells.
    device : str
        Torch device.

    Returns
    -------
    array (classes, rows, columns) float64
        Sums to one in each cell.

    Raises
    ------
    ModelError
        If the map has none of the network's planes, or lacks one of its scales.
    """
    spec, net = model.spec, model.net.to(device)
    known = [name for name in spec.planes if name in planes]
    missing = [name for name in spec.scales if name not in scales]
    if not known or missing:
        msg = (
            f"the network reads the planes {', '.join(spec.planes)} and the scales "
            f"{', '.join(spec.scales)}; the map gave {', '.join(planes)} and {', '.join(scales)}"
        )
        raise ModelError(msg)
    shape = planes[known[0]].shape
    empty = np.zeros(shape, dtype=np.float32)
    stack = torch.from_numpy(np.stack([planes.get(name, empty) for name in spec.planes]))
    present = torch.tensor([[float(name in planes) for name in spec.planes]], device=device)
    scale = torch.tensor([[scales[name] for name in spec.scales]], device=device)
    result = np.empty((len(spec.classes), *shape), dtype=np.float64)
    net.eval()
    with torch.inference_mode():
        for inner, outer in _tiles(shape, tile_cells, net.receptive_radius, net.stride):
            tile = stack[:, outer[0], outer[1]].unsqueeze(0).to(device)
            answer = model.calibration.probabilities(net(tile, present, scale))[0]
            part = tuple(
                slice(i.start - o.start, i.stop - o.start)
                for i, o in zip(inner, outer, strict=True)
            )
            result[:, inner[0], inner[1]] = answer[:, part[0], part[1]].double().cpu().numpy()
    return result


Box = tuple[slice, slice]


def _tiles(
    shape: tuple[int, ...], side: int, radius: int, stride: int
) -> Iterator[tuple[Box, Box]]:
    """Inner parts that cover the map once, each with what the network must see about it."""
    halo = -(-radius // stride) * stride
    step = max(side // stride, 1) * stride
    for top in range(0, shape[0], step):
        for left in range(0, shape[1], step):
            inner = slice(top, min(top + step, shape[0])), slice(left, min(left + step, shape[1]))
            outer = (
                slice(max(inner[0].start - halo, 0), min(inner[0].stop + halo, shape[0])),
                slice(max(inner[1].start - halo, 0), min(inner[1].stop + halo, shape[1])),
            )
            yield inner, outer
