"""A scalar on the whole sphere, held on the six faces of a cube.

A face is a square of nodes at equal angles, its border nodes shared with its
neighbours: bilinear interpolation is continuous everywhere, has no poles, and the nodes
lie 0.7 to 1 times as far apart as at the middle of a face.
"""

from dataclasses import dataclass
from functools import cache
from math import pi
from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM

__all__ = ["CubeMap", "cube_nodes", "node_spacing_km", "refined"]

Float32 = NDArray[np.float32]

_OTHER_AXES = ((1, 2), (0, 2), (0, 1))
"""Axes of a face's columns and rows, by the axis that it cuts."""


def node_spacing_km(intervals: int) -> float:
    """Distance between nodes at the middle of a face with this many intervals a side."""
    return IO_MEAN_RADIUS_KM * pi / 2 / intervals


@cache
def cube_nodes(intervals: int) -> Float32:
    """Unit vectors to the nodes: (6, intervals + 1, intervals + 1, 3).

    Faces run +x, -x, +y, -y, +z, -z; rows follow the second other axis, columns the first.
    """
    position = np.tan(np.linspace(-pi / 4, pi / 4, intervals + 1))
    rows, columns = np.meshgrid(position, position, indexing="ij")
    nodes = np.empty((6, *rows.shape, 3))
    for face in range(6):
        axis = face // 2
        nodes[face, ..., axis] = 1 - 2 * (face % 2)
        nodes[face, ..., _OTHER_AXES[axis][0]] = columns
        nodes[face, ..., _OTHER_AXES[axis][1]] = rows
    nodes /= np.linalg.norm(nodes, axis=-1, keepdims=True)
    result = nodes.astype(np.float32)
    result.setflags(write=False)
    return result


def refined(values: Float32) -> Float32:
    """The same scalar on twice as many intervals, by bilinear interpolation."""
    count = 2 * values.shape[1] - 1
    fine = np.empty((6, count, count), dtype=values.dtype)
    fine[:, ::2, ::2] = values
    fine[:, 1::2, ::2] = 0.5 * (values[:, :-1] + values[:, 1:])
    fine[:, :, 1::2] = 0.5 * (fine[:, :, :-2:2] + fine[:, :, 2::2])
    return fine


@dataclass(frozen=True)
class CubeMap:
    """A scalar at the nodes of `cube_nodes`.

    Parameters
    ----------
    values : array (6, intervals + 1, intervals + 1) float32, host
    """

    values: Float32

    @property
    def intervals(self) -> int:
        """Intervals between the nodes of a side."""
        return int(self.values.shape[1]) - 1

    def sample(self, points: Any) -> Any:
        """Values in the directions of points, bilinear.

        Parameters
        ----------
        points : array (k, 3) floating
            Any length but zero, no NaN; any array-API namespace.

        Returns
        -------
        array (k,)
            Of the dtype of ``points``.
        """
        xp = array_namespace(points)
        n = self.intervals
        x, y, z = points[:, 0], points[:, 1], points[:, 2]
        far_x, far_y, far_z = xp.abs(x), xp.abs(y), xp.abs(z)
        cuts_x = (far_x >= far_y) & (far_x >= far_z)
        cuts_z = ~cuts_x & (far_z > far_y)
        depth = xp.where(cuts_x, x, xp.where(cuts_z, z, y))
        negative, first, last = (xp.astype(m, xp.int64) for m in (depth < 0, cuts_x, cuts_z))
        face = negative + 2 * (1 - first + last)
        depth = xp.abs(depth)
        column, column_share = _node_and_share(xp, xp.where(cuts_x, y, x) / depth, n)
        row, row_share = _node_and_share(xp, xp.where(cuts_z, y, z) / depth, n)
        index = (face * (n + 1) + row) * (n + 1) + column
        table = xp.asarray(
            np.reshape(self.values, (-1,)), dtype=points.dtype, device=device(points)
        )
        low = _along(xp, table, index, column_share)
        high = _along(xp, table, index + (n + 1), column_share)
        return low + row_share * (high - low)


def _node_and_share(xp: Any, tangent: Any, intervals: int) -> tuple[Any, Any]:
    """Node below a position on a face, and the share of the way to the next."""
    position = (xp.atan(tangent) * (2 / pi) + 0.5) * intervals
    node = xp.clip(xp.astype(position, xp.int64), 0, intervals - 1)
    return node, position - xp.astype(node, position.dtype)


def _along(xp: Any, table: Any, index: Any, share: Any) -> Any:
    low = xp.take(table, index)
    return low + share * (xp.take(table, index + 1) - low)
