"""CPU twin of the second half of ``footprint.cuh``: how footprints overlap cells.

Footprints go through in batches of `LANES` neighbours, each in coordinates of its own,
so that every loop runs over contiguous float32 and becomes vector instructions.

The overlap is exact.  For an edge of the footprint and the strip of one column, the
area between the edge and the line ``y = j`` above it is that of a trapezoid, or of a
triangle where the edge crosses the line::

    A_j = w (p + q)/2 (p - q)/(high - low)    p = max(high - j, 0), q = max(low - j, 0)

with ``w`` the signed width of the edge inside the strip, ``high`` and ``low`` its ends
there.  Summed with sign around the footprint it is the area of footprint inside the
strip beyond ``j``; the overlap with cell ``j`` is the difference of neighbours.  No
branch depends on how edges and cells meet, and overlaps add up to the footprint.
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.gridding.compiled import VECTORISE, Scalar, compiled
from hotspots.gridding.corners_cpu import LANES, OFF_MAP

__all__ = ["outline_batch", "strip_overlaps"]

Float32 = NDArray[np.float32]
Int64 = NDArray[np.int64]

ZERO, HALF, ONE, TWO = np.float32(0), np.float32(0.5), np.float32(1), np.float32(2)
QUARTER, TINY = np.float32(0.25), np.float32(1e-20)


@compiled(*VECTORISE)
def outline_batch(
    column: Float32,
    row: Float32,
    line: Scalar,
    first: Scalar,
    weights: Float32,
    turn: Scalar,
    equator: Scalar,
    pixfrac: Scalar,
    x: Float32,
    y: Float32,
    box: Float32,
) -> None:
    """Outline the next footprints of a line and box them in.

    Parameters
    ----------
    column, row : arrays (lines + 1, samples + 1)
        Corners of the frame (`corners_cpu.place_corners`).
    line, first : int
        The batch is the samples first .. first + LANES - 1 of this line, or fewer.
    weights : array (<= LANES,)
        Footprints of weight 0 are left out.
    turn : float
        Columns of a full turn, 0 where the map does not close.
    equator : float
        Row of the equator.
    pixfrac : float
        Shrink outlines to this part about their middle.
    x, y : arrays (5, LANES)
        Filled with the corners; the fifth is the first again, or a full turn away where
        the footprint holds a pole.
    box : array (7, LANES)
        Filled with left, right, top and bottom, twice the signed area (its sign alone
        counts around a pole), row of the pole if the footprint holds one or else
        `OFF_MAP`, and 1 if it is to be used.
    """
    # Short loops over few arrays: more of them, and the compiler could not prove that the
    # arrays lie apart, and would not use vectors.
    left, right, top, bottom = box[0], box[1], box[2], box[3]
    twice, pole, use = box[4], box[5], box[6]
    count = weights.shape[0]
    for k in range(5):
        # Upper left, upper right, lower right, lower left, and the first again.
        corner_line = line + (1 if k in (2, 3) else 0)
        start = first + (1 if k in (1, 2) else 0)
        _copy(x[k], column[corner_line], start, count)
        _copy(y[k], row[corner_line], start, count)
    _extremes(x, right, left)
    for lane in range(LANES):
        pole[lane] = OFF_MAP
        use[lane] = ZERO
    for lane in range(count):
        use[lane] = ONE if right[lane] < OFF_MAP and weights[lane] > ZERO else ZERO
    if turn > ZERO:
        for k in range(4):
            here, following = x[k], x[k + 1]
            for lane in range(LANES):
                following[lane] -= turn * np.floor((following[lane] - here[lane]) / turn + HALF)
        start_x, start_y, end_x = x[0], y[0], x[4]
        for lane in range(LANES):
            nearest = equator + (-turn if start_y[lane] < equator else turn) * QUARTER
            around = abs(end_x[lane] - start_x[lane]) > HALF * turn
            pole[lane] = nearest if around else OFF_MAP
    if pixfrac < ONE:
        _shrink(x, pole, pixfrac)
        _shrink(y, pole, pixfrac)
    _extremes(x, right, left)
    _extremes(y, bottom, top)
    _cross(x, y, twice)
    if turn > ZERO:
        for lane in range(LANES):
            if pole[lane] < OFF_MAP and use[lane] > ZERO:
                around_pole = TWO * (x[4, lane] - x[0, lane])
                twice[lane] = -around_pole if pole[lane] < equator else around_pole
                top[lane] = min(top[lane], pole[lane])
                bottom[lane] = max(bottom[lane], pole[lane])


@compiled(*VECTORISE)
def _copy(target: Float32, source: Float32, start: Scalar, count: Scalar) -> None:
    """Copy one coordinate of one corner of each footprint."""
    for lane in range(count):
        target[lane] = source[start + lane]


@compiled(*VECTORISE)
def _extremes(corners: Float32, largest: Float32, smallest: Float32) -> None:
    """Take the largest and the smallest of five corners."""
    # In pairs: numba's max of many arguments is not turned into vector instructions.
    a, b, c, d, e = corners[0], corners[1], corners[2], corners[3], corners[4]
    for lane in range(LANES):
        upper, lower = max(a[lane], b[lane]), max(c[lane], d[lane])
        four = max(upper, lower)
        largest[lane] = max(four, e[lane])
    for lane in range(LANES):
        upper, lower = min(a[lane], b[lane]), min(c[lane], d[lane])
        four = min(upper, lower)
        smallest[lane] = min(four, e[lane])


@compiled(*VECTORISE)
def _shrink(corners: Float32, pole: Float32, part: Scalar) -> None:
    """Draw corners towards their middle, but where the footprint holds a pole."""
    a, b, c, d = corners[0], corners[1], corners[2], corners[3]
    middle = np.empty(LANES, np.float32)
    for lane in range(LANES):
        middle[lane] = QUARTER * (a[lane] + b[lane] + c[lane] + d[lane])
    for k in range(5):
        corner = corners[k]
        for lane in range(LANES):
            drawn = middle[lane] + part * (corner[lane] - middle[lane])
            corner[lane] = drawn if pole[lane] == OFF_MAP else corner[lane]


@compiled(*VECTORISE)
def _cross(x: Float32, y: Float32, twice: Float32) -> None:
    """Cross the diagonals: twice the signed area."""
    x0, x1, x2, x3, y0, y1, y2, y3 = x[0], x[1], x[2], x[3], y[0], y[1], y[2], y[3]
    for lane in range(LANES):
        twice[lane] = (x2[lane] - x0[lane]) * (y3[lane] - y1[lane])
    for lane in range(LANES):
        twice[lane] -= (x3[lane] - x1[lane]) * (y2[lane] - y0[lane])


@compiled(*VECTORISE)
def strip_overlaps(
    column: Scalar,
    x: Float32,
    y: Float32,
    pole: Float32,
    edges: Scalar,
    rows: Scalar,
    strip: Float32,
    area: Float32,
) -> None:
    """Overlap of a batch of footprints with the cells of one column.

    Parameters
    ----------
    column : int
        Column counted from each footprint's own first one.
    x, y : arrays (5, LANES)
        Corners in cells, counted from each footprint's own first column and row; the
        fifth is the first, a full turn away where the footprint holds a pole.
    pole : array (LANES,)
        Row of the pole, where ``edges`` is 5.
    edges : int
        4, or 5 if a footprint of the batch holds a pole: there the outline runs back
        along the pole.
    rows : int
        Rows that the largest footprint touches.
    strip : array (4, LANES)
        Scratch.
    area : array (>= rows + 1, LANES)
        Filled with the signed overlaps of row 0 .. rows - 1, in cells.
    """
    left, right = np.float32(column), np.float32(column + 1)
    width, high, low, over = strip[0], strip[1], strip[2], strip[3]
    for j in range(rows + 1):
        beyond = area[j]
        for lane in range(LANES):
            beyond[lane] = ZERO
    for edge in range(edges):
        from_x, from_y = x[edge], y[edge]
        to_x, to_y = (x[edge + 1], y[edge + 1]) if edge < 4 else (x[0], pole)
        if edge == 4:
            from_y = pole
        for lane in range(LANES):
            dx, dy = to_x[lane] - from_x[lane], to_y[lane] - from_y[lane]
            slope = dy / dx if dx != ZERO else ZERO
            start = min(max(from_x[lane], left), right)
            end = min(max(to_x[lane], left), right)
            width[lane] = HALF * (end - start)
            first = from_y[lane] + (start - from_x[lane]) * slope
            last = from_y[lane] + (end - from_x[lane]) * slope
            # Rounding may not lift the ends above the footprint's own rows.
            top, bottom = min(from_y[lane], to_y[lane]), max(from_y[lane], to_y[lane])
            high[lane] = min(max(first, last), bottom)
            low[lane] = max(min(first, last), top)
            over[lane] = ONE / (high[lane] - low[lane] + TINY)
        for j in range(rows):
            beyond = area[j]
            edge_row = np.float32(j)
            for lane in range(LANES):
                p = max(high[lane] - edge_row, ZERO)
                q = max(low[lane] - edge_row, ZERO)
                beyond[lane] += width[lane] * (p + q) * ((p - q + TINY) * over[lane])
    for j in range(rows):
        this, following = area[j], area[j + 1]
        for lane in range(LANES):
            this[lane] -= following[lane]
