"""Which point sources are parts of one extended source.

A resolved lava lake is fitted by a dozen point sources along its ring and over its
crust.  They belong together where the ground between them glows; two volcanoes do not,
because the ground between volcanoes is dark and volcanoes on Io are tens of kilometres
apart (5 % of published sources have a neighbour within 73 km).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

__all__ = ["link_points"]

Float64 = NDArray[np.float64]

SAMPLES = 9
"""Points between two sources at which the map is looked at."""


def link_points(
    place: Float64,
    peak_snr: Float64,
    snr: Float64,
    *,
    near: float,
    far: float,
    glow: float = 0.4,
    floor: float = 4.0,
) -> NDArray[np.int64]:
    """Group point sources into sources.

    Parameters
    ----------
    place : array (k, 2) float64
        (column, row), fractional cells.
    peak_snr : array (k,) float64
        Signal over noise of each.
    snr : array (rows, columns) float64
        Matched-filter signal over noise of the map.
    near, far : float
        Distances, cells: sources closer than ``near`` are one wherever the ground
        between them glows at all; sources closer than ``far`` must be joined by more.
    glow : float
        Part of the fainter source's signal that the least signal between two sources
        further than ``near`` must exceed.
    floor : float
        Signal over noise that the least signal between any two must exceed.

    Returns
    -------
    array (k,) int64
        Number of the group of each point, 0..n-1.
    """
    n = len(place)
    if n < 2:
        return np.zeros(n, dtype=np.int64)
    pairs = cKDTree(place).query_pairs(max(near, far), output_type="ndarray")
    if not len(pairs):
        return np.arange(n, dtype=np.int64)
    first, second = place[pairs[:, 0]], place[pairs[:, 1]]
    part = np.linspace(0.0, 1.0, SAMPLES)[None, :, None]
    track = first[:, None, :] * (1 - part) + second[:, None, :] * part - 0.5
    between = map_coordinates(snr, [track[..., 1], track[..., 0]], order=1, mode="nearest")
    least = between.min(axis=1)
    distance = np.linalg.norm(first - second, axis=-1)
    fainter = np.minimum(peak_snr[pairs[:, 0]], peak_snr[pairs[:, 1]])
    joined = (least > floor) & ((distance < near) | ((distance < far) & (least > glow * fainter)))
    kept = pairs[joined]
    links = coo_matrix((np.ones(len(kept)), (kept[:, 0], kept[:, 1])), shape=(n, n))
    _, group = connected_components(links, directed=False)
    return np.asarray(group, dtype=np.int64)
