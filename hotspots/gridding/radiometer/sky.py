"""The sky behind Io, cut into cells that keep still with Jupiter.

What shines there besides the microwave background, the Milky Way and the synchrotron cloud
about Jupiter, is known badly, but the antennas sweep the same circle of sky every
turn.  So the sky is unknown cells, to be found from the rows that do not see Io.  They
are held fixed to the direction of Jupiter, because the bright cloud moves with it; what
the Milky Way loses by this is at most the 3 degrees that Jupiter moves in ten minutes.

A cell that Io hides does not reach the antenna.
"""

from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

from hotspots.geometry.beams.beams import Beams
from hotspots.geometry.beams.pattern import Pattern
from hotspots.gridding.radiometer.cells import cell_area, cell_centres

__all__ = ["sky_cells_within", "sky_weights", "turn_with_jupiter"]

Float64 = NDArray[np.float64]

BLOCK = 1_000_000
"""Facets times rows that are worked on at once; bounds the memory."""


def turn_with_jupiter(beams: Beams) -> Float64:
    """Take body-fixed vectors to axes in which the sky and Jupiter both stand still.

    Parameters
    ----------
    beams : Beams

    Returns
    -------
    array (n, 3, 3) float64
        J2000, turned by the least angle that puts Jupiter where it is in the middle row.
    """
    jupiter = np.einsum("nji,nj->ni", beams.sky, beams.jupiter_km)
    jupiter = jupiter / np.linalg.norm(jupiter, axis=-1, keepdims=True)
    reference = jupiter[len(jupiter) // 2]
    # Rodrigues: I + [v] + [v]^2 / (1 + cos) turns jupiter into the reference.
    v = np.cross(jupiter, reference)
    zero = np.zeros(len(v))
    skew = np.stack(
        [
            np.stack([zero, -v[:, 2], v[:, 1]], -1),
            np.stack([v[:, 2], zero, -v[:, 0]], -1),
            np.stack([-v[:, 1], v[:, 0], zero], -1),
        ],
        axis=-2,
    )
    scale = 1.0 / (1.0 + jupiter @ reference)
    turn = np.eye(3) + skew + scale[:, None, None] * (skew @ skew)
    return np.asarray(turn @ np.swapaxes(beams.sky, -1, -2))


def sky_cells_within(boresights: Float64, side: int, reach_deg: float) -> NDArray[np.int64]:
    """Numbers of the cells of the sky that lie within ``reach_deg`` of any boresight.

    Parameters
    ----------
    boresights : array (n, 3) float64
        Unit vectors, in the axes of the cells.
    side : int
        Cells per side (`hotspots.gridding.radiometer.cells`).
    reach_deg : float
    """
    cosine = np.max(cell_centres(side) @ boresights.T, axis=1, initial=-1.0)
    return np.flatnonzero(cosine > np.cos(np.radians(reach_deg)))


def sky_weights(axes: Any, pattern: Pattern, side: int, numbers: Any, near: tuple[Any, Any]) -> Any:
    """Share of cells of the sky in the antenna temperature.

    Parameters
    ----------
    axes : array (n, 3, 3)
        Antenna's X, Y and Z in the axes of the cells.
    pattern : Pattern
    side : int
        Cells per side.
    numbers : array (c,) int64, host
        Which cells.
    near : tuple of arrays (n, 3) and (n,)
        Direction, in the axes of the cells, and angular radius, rad, of the disc before the
        sky: Io.  A cell is hidden by the share of its width that the disc covers.

    Returns
    -------
    array (n, c)
    """
    xp = array_namespace(axes)
    cell = xp.asarray(cell_centres(side)[numbers], dtype=axes.dtype, device=device(axes))
    solid = cell_area(side)
    direction, radius = near
    rows, step = int(axes.shape[0]), max(1, BLOCK // max(1, len(numbers)))
    parts = [xp.zeros((0, len(numbers)), dtype=axes.dtype, device=device(axes))]
    for start in range(0, rows, step):
        block = slice(start, min(rows, start + step))
        gain = pattern.towards(cell[None, :, :] @ xp.permute_dims(axes[block, ...], (0, 2, 1)))
        cosine = xp.clip(direction[block, :] @ cell.T, -1.0, 1.0)
        outside = (xp.acos(cosine) - radius[block][:, None]) / solid**0.5
        parts.append(gain * xp.clip(0.5 + outside, 0.0, 1.0) * (solid / (4.0 * xp.pi)))
    return xp.concat(parts, axis=0)
