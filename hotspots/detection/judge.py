"""A trained network over a whole map."""

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray

from hotspots.errors import ModelError
from hotspots.nets.folder import Model
from hotspots.nets.tiling import predict_probabilities

__all__ = ["class_probabilities"]


def class_probabilities(
    model: Model,
    planes: Mapping[str, NDArray[np.float32]],
    scales: Mapping[str, float],
    *,
    tile_cells: int = 512,
    symmetries: bool = False,
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
    tile_cells, symmetries
        As for `hotspots.nets.tiling.predict_probabilities`.
    device : str
        Torch device that the network computes on.

    Returns
    -------
    array (classes, rows, columns) float64
        Sums to one in each cell.

    Raises
    ------
    ModelError
        If the map has none of the network's planes, or lacks one of its scales.
    """
    spec = model.spec
    known = [name for name in spec.planes if name in planes]
    missing = [name for name in spec.scales if name not in scales]
    if not known or missing:
        msg = (
            f"the network reads the planes {', '.join(spec.planes)} and the scales "
            f"{', '.join(spec.scales)}; the map gave {', '.join(planes)} and {', '.join(scales)}"
        )
        raise ModelError(msg)
    empty = np.zeros(planes[known[0]].shape, dtype=np.float32)
    stack = torch.from_numpy(np.stack([planes.get(name, empty) for name in spec.planes]))
    present = torch.tensor([float(name in planes) for name in spec.planes])
    scale = torch.tensor([float(scales[name]) for name in spec.scales])
    model.net.to(device).eval()
    answer = predict_probabilities(
        model, stack, present, scale, tile=tile_cells, symmetries=symmetries
    )
    return np.asarray(answer.double().cpu().numpy())
