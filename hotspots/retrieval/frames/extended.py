"""Resolved sources as lattices of points, one about every pixel.

The light of a lake that covers several pixels has any pattern.  Points so far apart as
pixels of the best view, each with a power of its own, can follow it as far as the frames
show it, and the sum of their powers has an honest error whatever the pattern is.
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.frames.ground import local_axes, moved

__all__ = ["lattice_about", "offsets_from"]

Float64 = NDArray[np.float64]

PITCH_PX = 1.1
"""Distance of lattice points, pixels of the best view."""


TAKEN_PX = 1.3
"""Light this near to another source is that one's."""


def lattice_about(
    centre_km: Float64,
    offsets_km: Float64,
    jacobian: Float64,
    margin_px: float,
    *,
    taken_px: Float64 | None = None,
) -> Float64:
    """Lattice that covers some places.

    Parameters
    ----------
    centre_km : array (3,) float64
        Surface point that the offsets are counted from.
    offsets_km : array (m, 2) float64
        Places to be covered, east and north.
    jacobian : array (2, 2) float64
        Derivative of (sample, line) by km (east, north) in the best view.
    margin_px : float
        Lattice points lie within this distance of a place.
    taken_px : array (t, 2) float64, optional
        Places of other sources, px from the centre: no lattice point comes near to them.

    Returns
    -------
    array (k, 3) float64
        Surface points; at least one.
    """
    wanted = offsets_km @ jacobian.T
    middle = wanted.mean(axis=0)
    low, high = wanted.min(axis=0) - margin_px, wanted.max(axis=0) + margin_px
    axes = [
        middle[i]
        + PITCH_PX
        * np.arange(
            -np.ceil((middle[i] - low[i]) / PITCH_PX), np.ceil((high[i] - middle[i]) / PITCH_PX) + 1
        )
        for i in range(2)
    ]
    nodes = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2)
    apart = np.linalg.norm(nodes[:, None] - wanted[None], axis=-1).min(axis=1)
    free = np.ones(len(nodes), dtype=bool)
    if taken_px is not None and len(taken_px):
        free = np.linalg.norm(nodes[:, None] - taken_px[None], axis=-1).min(axis=1) > TAKEN_PX
    chosen = nodes[(apart <= margin_px) & free]
    if not len(chosen):
        chosen = middle[None]
    offsets = chosen @ np.linalg.inv(jacobian).T
    return moved(np.tile(centre_km, (len(offsets), 1)), offsets)


def offsets_from(centre_km: Float64, points_km: Float64) -> Float64:
    """East and north of points, (m, 2) km, on the plane that touches the body at a centre."""
    east, north = local_axes(centre_km[None])
    apart = points_km - centre_km
    return np.stack([apart @ east[0], apart @ north[0]], axis=-1)
