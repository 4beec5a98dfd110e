"""CPU twin of the first half of ``footprint.cuh``: where sample corners fall on the grid.

One loop over the samples of a line in contiguous float32, without branches or library
calls, which the compiler turns into vector instructions: 1 to 2 ns a corner.
"""

import math

import numpy as np
from numpy.typing import NDArray

from hotspots.gridding.compiled import VECTORISE, Scalar, compiled
from hotspots.gridding.locate import FARTHEST_COSINE

__all__ = ["LANES", "OFF_MAP", "place_corners"]

Float32 = NDArray[np.float32]

LANES = 48
"""Footprints that go through together: a divisor of a JIRAM line, three vectors wide."""

OFF_MAP = np.float32(1e30)
"""Column of a corner that misses the body or the map."""

ZERO, HALF, ONE = np.float32(0), np.float32(0.5), np.float32(1)
PI, HALF_PI = np.float32(math.pi), np.float32(math.pi / 2)
TINY = np.float32(1e-20)
FARTHEST = np.float32(FARTHEST_COSINE)

# Minimax fit of (arctan(t)/t - 1)/t^2 in t^2 on 0..1 (own fit); error 6e-8 in float32.
ARCTAN = tuple(
    np.float32(c)
    for c in (
        -0.333331674,
        0.199941367,
        -0.142142087,
        0.106789380,
        -0.0758057237,
        0.0435534716,
        -0.0165811405,
        0.00297457678,
    )
)


@compiled(*VECTORISE)
def _arctan2(y: Scalar, x: Scalar) -> Scalar:
    """Angle of (x, y): no branches, no library call, the same steps as on the GPU."""
    across, along = abs(x), abs(y)
    longer = max(across, along)
    t = min(across, along) / max(longer, TINY)
    z = t * t
    series = ARCTAN[7]
    for k in range(6, -1, -1):
        series = series * z + ARCTAN[k]
    angle = t + t * z * series
    angle = HALF_PI - angle if along > across else angle
    angle = PI - angle if x < ZERO else angle
    return -angle if y < ZERO else angle


@compiled(*VECTORISE, "reassoc")
def _extent(column: Float32, row: Float32) -> tuple[Scalar, Scalar]:
    """Least and largest row of the corners on the map; extremes have no order to keep."""
    highest, lowest = OFF_MAP, -OFF_MAP
    for k in range(column.shape[0]):
        highest = min(highest, row[k] if column[k] < OFF_MAP else OFF_MAP)
        lowest = max(lowest, row[k] if column[k] < OFF_MAP else -OFF_MAP)
    return highest, lowest


@compiled(*VECTORISE)
def place_corners(
    constants: Float32,
    origin: Float32,
    kind: Scalar,
    grid: Float32,
    column: Float32,
    row: Float32,
    span: Float32,
) -> None:
    """Put the sample corners of one frame on the grid.

    Parameters
    ----------
    constants : array (18,)
        Of `hotspots.camera.Cameras`.
    origin : array (2,)
    kind : int
        Code of the projection (`locate.PROJECTION_CODES`).
    grid : array (14,)
        `locate.kernel_constants`.
    column, row : arrays (lines + 1, samples + 1)
        Filled with the cells of the corners at x = sample - 1/2, y = line - 1/2;
        column = `OFF_MAP` where the corner misses the body or the map.
    span : array (lines + 1, samples // LANES + 1, 2)
        Filled with the least and the largest row of each run of `LANES` corners, as far
        as they are on the map.
    """
    # Copies, because the compiler must assume that the outputs overlap the inputs.
    k, g = constants, grid
    z0, z1, z2, x0, x1, x2, y0, y1, y2 = k[0], k[1], k[2], k[3], k[4], k[5], k[6], k[7], k[8]
    c0, c1, c2, c3, c4, c5, c6, c7, c8 = (
        k[9],
        k[10],
        k[11],
        k[12],
        k[13],
        k[14],
        k[15],
        k[16],
        k[17],
    )
    a0, a1, a2, b0, b1, b2, e0, e1, e2 = g[0], g[1], g[2], g[3], g[4], g[5], g[6], g[7], g[8]
    column_0, row_0, scale, turn, middle = g[9], g[10], g[11], g[12], g[13]
    origin_x, origin_y = origin[0], origin[1]
    for line in range(column.shape[0]):
        v = np.float32(line) - HALF - origin_y
        columns, rows = column[line], row[line]
        p0, p1, p2 = z0 + v * y0, z1 + v * y1, z2 + v * y2
        q0, q1, q2 = c0 + v * c6, c1 + v * c7, c2 + v * c8
        for sample in range(columns.shape[0]):
            u = np.float32(sample) - HALF - origin_x
            d0, d1, d2 = p0 + u * x0, p1 + u * x1, p2 + u * x2
            m0, m1, m2 = q0 + u * c3, q1 + u * c4, q2 + u * c5
            length = d0 * d0 + d1 * d1 + d2 * d2
            reach = length - (m0 * m0 + m1 * m1 + m2 * m2)
            root = math.sqrt(max(reach, ZERO))
            over = ONE / length
            s0 = (d1 * m2 - d2 * m1 - root * d0) * over
            s1 = (d2 * m0 - d0 * m2 - root * d1) * over
            s2 = (d0 * m1 - d1 * m0 - root * d2) * over
            a = a0 * s0 + a1 * s1 + a2 * s2
            b = b0 * s0 + b1 * s1 + b2 * s2
            e = e0 * s0 + e1 * s1 + e2 * s2
            shown = reach
            if kind == 0:
                shown = min(reach, e)
                x, y = a, -b
            elif kind == 1:
                x = scale * _arctan2(a, b)
                y = -scale * _arctan2(e, math.sqrt(a * a + b * b))
                x -= turn * np.floor((x + column_0 - middle) / turn + HALF)
            else:
                pole = e if kind == 2 else -e
                radius = math.sqrt(a * a + b * b + e * e)
                shown = min(reach, pole - FARTHEST * radius)
                stretch = scale / max(radius + pole, TINY)
                x = a * stretch
                y = b * stretch if kind == 2 else -b * stretch
            columns[sample] = x + column_0 if shown > ZERO else OFF_MAP
            rows[sample] = y + row_0
        for run in range(span.shape[1]):
            part = slice(run * LANES, min((run + 1) * LANES, columns.shape[0]))
            span[line, run, 0], span[line, run, 1] = _extent(columns[part], rows[part])
