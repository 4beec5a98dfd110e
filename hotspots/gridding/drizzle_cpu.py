"""Drizzle on the CPU: bands of grid rows, each filled by one thread from all frames.

The sums are int64 in fixed point, which add up to the same bits in any order, and no
two threads share a cell.  Placing the corners costs a hundredth of the clipping, so
every band does it anew and skips the lines of samples that do not reach it.

Threads are plain Python threads over compiled loops that release the interpreter lock
(numba's own pool may not be entered from two threads); ``NUMBA_NUM_THREADS`` limits
them.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numba import config
from numpy.typing import NDArray

from hotspots.gridding.clip_cpu import outline_batch, strip_overlaps
from hotspots.gridding.compiled import VECTORISE, Scalar, compiled
from hotspots.gridding.corners_cpu import LANES, OFF_MAP, place_corners

__all__ = ["drizzle_cpu"]

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]

ZERO, HALF, ONE = np.float32(0), np.float32(0.5), np.float32(1)
ROWS_PER_BAND = 32
COUNT_BITS = 32
COUNT_MASK = (1 << COUNT_BITS) - 1


def drizzle_cpu(
    values: Float32,
    weights: Float32,
    constants: Float32,
    origin: Float32,
    kind: int,
    grid: Float32,
    shape: tuple[int, int],
    scale: Float64,
    *,
    pixfrac: float,
    touch: float,
    threads: int | None = None,
) -> Int64:
    """Sum the samples of n frames into fixed-point cells.

    Parameters
    ----------
    values, weights : arrays (n, lines, samples)
        Samples of weight 0 are left out, whatever their value.
    constants, origin : arrays (n, 18) and (n, 2)
        Of `hotspots.camera.Cameras`.
    kind, grid : int and array (14,)
        `locate.PROJECTION_CODES` and `locate.kernel_constants`.
    shape : tuple of int
        (rows, columns).
    scale : array (5,)
        What the five sums are multiplied with before rounding.
    pixfrac : float
        Part to which footprints are shrunk about their middle.
    touch : float
        A sample touches a cell if more than this part of the cell, or of the sample if
        that is smaller, is common to both.
    threads : int, optional
        As many as numba is configured for, without it.

    Returns
    -------
    array (rows, columns, 6) int64
        Sums of w a L, w a, w a^2, w a L^2 and a, times ``scale``; number of frames that
        touch the cell.
    """
    threads = int(vars(config)["NUMBA_NUM_THREADS"]) if threads is None else threads
    total = np.zeros((*shape, 6), np.int64)
    bands = 1 if threads == 1 else max(1, min(2 * threads, shape[0] // ROWS_PER_BAND))
    borders = np.linspace(0, shape[0], bands + 1).astype(np.int64)

    def fill(band: Scalar) -> None:
        _fill_band(
            values,
            weights,
            constants,
            origin,
            kind,
            grid,
            scale,
            np.float32(pixfrac),
            np.float32(touch),
            borders[band : band + 2],
            total,
        )

    if threads == 1:
        fill(0)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(fill, range(bands)))
    total[..., 5] &= COUNT_MASK
    return total


@compiled()
def _fill_band(
    values: Float32,
    weights: Float32,
    constants: Float32,
    origin: Float32,
    kind: Scalar,
    grid: Float32,
    scale: Float64,
    pixfrac: Scalar,
    touch: Scalar,
    band: Int64,
    total: Int64,
) -> None:
    """Fill the rows band[0] .. band[1] - 1 of the grid from all frames."""
    frames, lines, samples = values.shape
    column = np.empty((lines + 1, samples + 1), np.float32)
    row = np.empty((lines + 1, samples + 1), np.float32)
    span = np.empty((lines + 1, samples // LANES + 1, 2), np.float32)
    x, y = np.zeros((5, LANES), np.float32), np.zeros((5, LANES), np.float32)
    place, scratch = np.empty((4, LANES), np.int64), np.empty((15, LANES), np.float32)
    box, terms = np.empty((7, LANES), np.float32), np.empty((7, LANES), np.float64)
    equator, turn = grid[10], grid[12]
    for frame in range(frames):
        place_corners(constants[frame], origin[frame], kind, grid, column, row, span)
        # Lines inside: the next line of a batch falls on cells that are still in the cache.
        for first in range(0, samples, LANES):
            for line in range(lines):
                if not _reaches(span[line : line + 2], first // LANES, equator, turn, band):
                    continue
                last = min(first + LANES, samples)
                batch_weights = weights[frame, line, first:last]
                outline_batch(
                    column, row, line, first, batch_weights, turn, equator, pixfrac, x, y, box
                )
                batch_values = values[frame, line, first:last]
                _prepare_terms(batch_values, batch_weights, scale, touch, box, terms)
                _deposit_batch(turn, x, y, box, terms, frame + 1, band, place, scratch, total)


@compiled()
def _reaches(span: Float32, run: Scalar, equator: Scalar, turn: Scalar, band: Int64) -> Scalar:
    """Whether footprints between two lines of corners may touch the rows of the band."""
    following = min(run + 1, span.shape[1] - 1)
    highest, lowest = OFF_MAP, -OFF_MAP
    for line in range(2):
        highest = min(highest, span[line, run, 0], span[line, following, 0])
        lowest = max(lowest, span[line, run, 1], span[line, following, 1])
    if highest > lowest:
        return False
    if turn > ZERO:
        # A footprint that holds a pole reaches up to it.
        eighth = turn / np.float32(8)
        highest = -OFF_MAP if highest < equator - eighth else highest
        lowest = OFF_MAP if lowest > equator + eighth else lowest
    return highest < band[1] and lowest >= band[0]


@compiled()
def _prepare_terms(
    values: Float32,
    weights: Float32,
    scale: Float64,
    touch: Scalar,
    box: Float32,
    terms: Float64,
) -> None:
    """Work out what each footprint adds per overlap; the sign makes overlaps positive."""
    for lane in range(weights.shape[0]):
        weight, value = np.float64(weights[lane]), np.float64(values[lane])
        terms[0, lane] = weight * value * scale[0]
        terms[1, lane] = weight * scale[1]
        terms[2, lane] = weight * scale[2]
        terms[3, lane] = weight * value * value * scale[3]
        terms[4, lane] = scale[4]
        terms[5, lane] = touch * min(HALF * abs(box[4, lane]), ONE)
        terms[6, lane] = -1.0 if box[4, lane] > ZERO else 1.0


@compiled()
def _deposit_batch(
    turn: Scalar,
    x: Float32,
    y: Float32,
    box: Float32,
    terms: Float64,
    frame: Scalar,
    band: Int64,
    place: Int64,
    scratch: Float32,
    total: Int64,
) -> None:
    """Add a batch to the cells, and again a turn to the left and right where it shows."""
    leftmost, rightmost = OFF_MAP, -OFF_MAP
    for lane in range(LANES):
        if box[6, lane] > ZERO:
            leftmost, rightmost = min(leftmost, box[0, lane]), max(rightmost, box[1, lane])
    if leftmost > rightmost:
        return
    start, end = 0, 1
    if turn > ZERO:
        start = -1 if rightmost - turn > ZERO else 0
        end = 2 if leftmost + turn < total.shape[1] else 1
    local_x, local_y, strip = scratch[:5], scratch[5:10], scratch[10:14]
    pole = scratch[14]
    for k in range(start, end):
        shift = np.float32(k) * turn
        # Typed numbers, or numba compiles the callees a second time for literals.
        first: Scalar = np.int64(total.shape[1])
        last: Scalar = np.int64(0)
        rows: Scalar = np.int64(0)
        edges: Scalar = np.int64(4)
        for lane in range(LANES):
            row_0, column_0, width, height = _place(box, lane, shift, band, total.shape[1])
            place[0, lane], place[1, lane] = row_0, column_0
            place[2, lane], place[3, lane] = width, height
            if width > 0:
                first = min(first, max(-column_0, 0))
                last = max(last, min(width, total.shape[1] - column_0))
                rows = max(rows, height)
                edges = 5 if box[5, lane] < OFF_MAP else edges
        _shift_to_origin(x, y, box, place, shift, local_x, local_y, pole)
        area = np.empty((rows + 1, LANES), np.float32)
        for column in range(first, last):
            strip_overlaps(column, local_x, local_y, pole, edges, rows, strip, area)
            _deposit_column(column, place, terms, area, frame, band, total)


@compiled()
def _place(
    box: Float32, lane: Scalar, shift: Scalar, band: Int64, columns: Scalar
) -> tuple[Scalar, Scalar, Scalar, Scalar]:
    """First row and column, columns and rows of a footprint; no columns if out of sight."""
    if box[6, lane] > ZERO:
        first_row = np.int64(np.floor(box[2, lane]))
        end_row = np.int64(np.floor(box[3, lane])) + 1
        first_column = np.int64(np.floor(box[0, lane] + shift))
        end_column = np.int64(np.floor(box[1, lane] + shift)) + 1
        if end_row > band[0] and first_row < band[1] and end_column > 0 and first_column < columns:
            return first_row, first_column, end_column - first_column, end_row - first_row
    return 0, 0, 0, 0


@compiled(*VECTORISE)
def _shift_to_origin(
    x: Float32,
    y: Float32,
    box: Float32,
    place: Int64,
    shift: Scalar,
    local_x: Float32,
    local_y: Float32,
    pole: Float32,
) -> None:
    """Count outlines from each footprint's own first cell, where float32 is finest."""
    rows, columns = place[0], place[1]
    for k in range(5):
        to_x, from_x, to_y, from_y = local_x[k], x[k], local_y[k], y[k]
        for lane in range(LANES):
            to_x[lane] = (from_x[lane] + shift) - np.float32(columns[lane])
        for lane in range(LANES):
            to_y[lane] = from_y[lane] - np.float32(rows[lane])
    pole_row = box[5]
    for lane in range(LANES):
        pole[lane] = pole_row[lane] - np.float32(rows[lane])


@compiled()
def _deposit_column(
    column: Scalar,
    place: Int64,
    terms: Float64,
    area: Float32,
    frame: Scalar,
    band: Int64,
    total: Int64,
) -> None:
    """Add the overlaps with one column of each footprint's cells to the totals."""
    for lane in range(LANES):
        target = place[1, lane] + column
        if column >= place[2, lane] or target < 0 or target >= total.shape[1]:
            continue
        first = place[0, lane]
        weighted, weight, weight_squared = terms[0, lane], terms[1, lane], terms[2, lane]
        square, coverage = terms[3, lane], terms[4, lane]
        touch, sign = terms[5, lane], terms[6, lane]
        for j in range(max(band[0] - first, 0), min(place[3, lane], band[1] - first)):
            overlap = max(sign * area[j, lane], 0.0)
            i = first + j
            total[i, target, 0] += np.int64(np.rint(weighted * overlap))
            total[i, target, 1] += np.int64(np.rint(weight * overlap))
            total[i, target, 2] += np.int64(np.rint(weight_squared * overlap * overlap))
            total[i, target, 3] += np.int64(np.rint(square * overlap))
            total[i, target, 4] += np.int64(np.rint(coverage * overlap))
            # The upper half remembers the frame, so that it is counted once.
            seen = total[i, target, 5]
            if overlap > touch and (seen >> COUNT_BITS) != frame:
                total[i, target, 5] = (frame << COUNT_BITS) | ((seen & COUNT_MASK) + 1)
