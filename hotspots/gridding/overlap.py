"""Which frames of a group see common ground: the others gain nothing from its grid.

Close to Io a frame is a small patch, and frames seconds apart may look hundreds of
kilometres away from each other.  One grid around all of them would be mostly empty.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from hotspots.camera import Cameras
from hotspots.geometry.intersect import intersect, on_device

__all__ = ["footprint_caps", "split_by_overlap"]

Float64 = NDArray[np.float64]

STEP = 16.0
"""Lattice of samples that outlines a footprint, px."""


def footprint_caps(
    cameras: Cameras, shape: tuple[int, int] = (128, 432)
) -> tuple[Float64, Float64]:
    """Circle on the sphere about what each frame sees.

    Parameters
    ----------
    cameras : Cameras
        Of n frames.
    shape : tuple of int
        (lines, samples) of a frame.

    Returns
    -------
    centre : array (n, 3) float64
        Body-fixed unit vector to the middle of the seen surface; NaN where none is seen.
    radius_rad : array (n,) float64
        Greatest angle from there to a seen point.
    """
    x = np.append(np.arange(0.0, shape[1] - 1, STEP), shape[1] - 1.0).astype(np.float32)
    y = np.append(np.arange(0.0, shape[0] - 1, STEP), shape[0] - 1.0).astype(np.float32)
    _, _, surface = intersect(on_device(cameras, x), x[None, None, :], y[None, :, None])
    centre = np.full((len(cameras), 3), np.nan)
    radius = np.zeros(len(cameras))
    for i in range(len(cameras)):
        points = surface[i][np.isfinite(surface[i][..., 0])].astype(np.float64)
        if not len(points):
            continue
        unit = points / np.linalg.norm(points, axis=-1, keepdims=True)
        middle = unit.mean(axis=0)
        centre[i] = middle / np.linalg.norm(middle)
        radius[i] = float(np.arccos(np.clip(unit @ centre[i], -1.0, 1.0)).max())
    return centre, radius


def split_by_overlap(cameras: Cameras, group: list[int]) -> list[list[int]]:
    """Split a group into sets of frames that are linked by common ground.

    Parameters
    ----------
    cameras : Cameras
        Of all frames.
    group : list of int
        Indices of the group's frames.

    Returns
    -------
    list of list of int
        In the order of their first frames.
    """
    centre, radius = footprint_caps(cameras.select(group))
    apart = np.arccos(np.clip(centre @ centre.T, -1.0, 1.0))
    touching = apart < radius[:, None] + radius[None, :]
    _, number = connected_components(touching, directed=False)
    parts: dict[int, list[int]] = {}
    for index, part in zip(group, number.tolist(), strict=True):
        parts.setdefault(part, []).append(index)
    return list(parts.values())
