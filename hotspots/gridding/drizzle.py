r"""`drizzle`: lay every sample's footprint on the grid and share it out by overlap area.

With :math:`a_i` the part of a cell that sample :math:`i` covers and :math:`w_i` its
weight (Fruchter & Hook 2002, doi:10.1086/338393, with exact outlines), a cell gets::

    weighted = sum w a L    weight = sum w a    coverage = sum a
    weight_squared_overlap = sum w a^2    square = sum w a L^2

For ``w = 1/sigma^2`` the mean radiance is ``weighted / weight`` and its variance
``weight_squared_overlap / weight^2`` (`hotspots.gridding.combine`).  Footprints are
bounded by the images of their four corners, joined by straight lines on the map;
samples with a corner off the body are left out.

The sums are kept as int64 in fixed point, so they do not depend on the order in which
threads add: a run repeats bit for bit.  The scale of each sum is the largest power of
two that leaves headroom for every sample at its largest in one cell.
"""

import math
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

from hotspots.backend import is_gpu_array, to_host
from hotspots.camera import Cameras
from hotspots.errors import GriddingError
from hotspots.geometry.intersect import faces_body
from hotspots.grid import Grid
from hotspots.gridding.drizzle_cpu import drizzle_cpu
from hotspots.gridding.drizzle_gpu import drizzle_gpu
from hotspots.gridding.locate import PROJECTION_CODES, kernel_constants

__all__ = ["TOUCH", "DrizzleSums", "drizzle"]

TOUCH = 1e-3
"""A sample touches a cell if they share more than this part of the smaller of the two."""

HEADROOM_BITS = 60
"""Of 63: each frame may cover a cell almost eight times before its sums overflow."""

MISS = 1e3
"""A moment that passes any body: it is counted in directions of length 1."""


@dataclass(frozen=True)
class DrizzleSums:
    """Sums over samples in each cell.

    Parameters
    ----------
    weighted, weight, weight_squared_overlap, square : arrays (..., rows, columns) float64
        Sums of w a L, w a, w a^2 and w a L^2, with a in cells, L in the unit of the
        values and w in that of the weights.
    coverage : array (..., rows, columns) float64
        Sum of a, in cells.
    frames : array (..., rows, columns) int32
        Number of frames that touch the cell (`TOUCH`).
    """

    weighted: Any
    weight: Any
    weight_squared_overlap: Any
    square: Any
    coverage: Any
    frames: Any


def drizzle(
    values: Any,
    weights: Any,
    cameras: Cameras,
    grid: Grid,
    *,
    pixfrac: float = 1.0,
    per_frame: bool = False,
) -> DrizzleSums:
    """Sum the samples of n frames into the cells of a grid.

    Parameters
    ----------
    values, weights : arrays (n, lines, samples) float32
        Samples and their weights, on the CPU or the GPU.  A sample of weight 0 is not
        used, and its value may be NaN.
    cameras : Cameras
        Of the n frames.
    grid : Grid
    pixfrac : float
        Shrink footprints to this part about their middle, 0 < pixfrac <= 1.
    per_frame : bool
        Keep the frames apart: planes are (n, rows, columns), sums float32.

    Returns
    -------
    DrizzleSums
        In the namespace and on the device of ``values``.

    Raises
    ------
    GriddingError
        If the arguments do not fit each other, a weight is negative or not finite, or
        a used value is not finite.
    """
    _check(values, weights, cameras, grid, pixfrac)
    exponents = _exponents(values, weights)
    constants, origin = _blinded_constants(cameras)
    xp, place = array_namespace(values), device(values)
    fill, native = (drizzle_gpu, xp.asarray) if is_gpu_array(values) else (drizzle_cpu, to_host)

    def total(first: int, end: int) -> Any:
        integers = fill(
            native(values[first:end, ...]),
            native(weights[first:end, ...]),
            constants[first:end],
            origin[first:end],
            PROJECTION_CODES[grid.projection],
            kernel_constants(grid),
            grid.shape,
            np.ldexp(1.0, exponents),
            pixfrac=pixfrac,
            touch=TOUCH,
        )
        return xp.asarray(integers, device=place)

    if not per_frame:
        return _sums(total(0, len(cameras)), exponents)
    shape = (len(cameras), *grid.shape)
    planes = DrizzleSums(
        **{
            field.name: xp.empty(
                shape,
                dtype=xp.int32 if field.name == "frames" else xp.float32,
                device=place,
            )
            for field in fields(DrizzleSums)
        }
    )
    for index in range(len(cameras)):
        frame = _sums(total(index, index + 1), exponents)
        for field in fields(frame):
            plane = getattr(planes, field.name)
            plane[index, ...] = xp.astype(getattr(frame, field.name), plane.dtype)
    return planes


def _check(values: Any, weights: Any, cameras: Cameras, grid: Grid, pixfrac: float) -> None:
    """Refuse what cannot be gridded."""
    shape = tuple(values.shape)
    fits = len(shape) == 3 and tuple(weights.shape) == shape and shape[0] == len(cameras)
    if not fits or 0 in shape:
        msg = (
            f"drizzle: values {shape}, weights {tuple(weights.shape)} and {len(cameras)} cameras "
            "do not fit; wanted (n, lines, samples) twice, n cameras and no empty axis"
        )
        raise GriddingError(msg)
    xp = array_namespace(values, weights)
    if values.dtype != xp.float32 or weights.dtype != xp.float32:
        msg = f"drizzle: values are {values.dtype} and weights {weights.dtype}; wanted float32"
        raise GriddingError(msg)
    if not 0 < pixfrac <= 1:
        msg = f"drizzle: pixfrac={pixfrac} is outside (0, 1]"
        raise GriddingError(msg)
    if tuple(grid.radii_km) != tuple(cameras.radii_km):
        msg = f"drizzle: cameras see a body of {cameras.radii_km} km, the grid has {grid.radii_km}"
        raise GriddingError(msg)


def _exponents(values: Any, weights: Any) -> NDArray[np.int64]:
    """Powers of two that the five sums are multiplied with before they are rounded."""
    xp = array_namespace(values)
    # Comparing this way round lets NaN weights fail the test below instead of passing.
    used = ~(weights == 0)
    least = float(xp.min(weights))
    size = xp.abs(xp.where(used, values, 0.0))
    largest = [
        float(xp.max(product)) for product in (weights * size, weights, weights * size * size)
    ]
    if not (least >= 0 and all(math.isfinite(number) for number in largest)):
        msg = (
            f"drizzle: weights (least {least:g}) must be finite and not negative, and values "
            "finite where they are used; give weight 0 to samples that carry no number"
        )
        raise GriddingError(msg)
    weighted, weight, square = largest
    frames = max(1, values.shape[0])
    bits = [
        HEADROOM_BITS - math.ceil(math.log2(frames)) - math.frexp(number or 1.0)[1]
        for number in (weighted, weight, weight, square, 1.0)
    ]
    # The GPU multiplies in float32, whose largest power of two is 127.
    return np.clip(np.asarray(bits, dtype=np.int64), -126, 126)


def _blinded_constants(cameras: Cameras) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Host constants, with the cameras that look away from the body made to miss it."""
    constants = np.array(to_host(cameras.constants), dtype=np.float32)
    constants[~faces_body(cameras), 9:] = MISS
    return constants, np.ascontiguousarray(to_host(cameras.origin), dtype=np.float32)


def _sums(total: Any, exponents: NDArray[np.int64]) -> DrizzleSums:
    """Turn fixed point into numbers."""
    xp = array_namespace(total)

    def number(plane: int) -> Any:
        return xp.astype(total[..., plane], xp.float64) * math.ldexp(1.0, -int(exponents[plane]))

    return DrizzleSums(
        weighted=number(0),
        weight=number(1),
        weight_squared_overlap=number(2),
        square=number(3),
        coverage=number(4),
        frames=xp.astype(total[..., 5], xp.int32),
    )
