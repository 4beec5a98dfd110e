"""Drizzle on the GPU: compiles ``drizzle.cu`` once and launches it over all frames.

The twin of `hotspots.gridding.drizzle_cpu`, with its arguments and its answer; the two
agree to the rounding of float32, and each repeats its own bits.
"""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotspots.backend import gpu_module

__all__ = ["COMPILE_OPTIONS", "cuda_source", "drizzle_gpu"]

BLOCK = (32, 8)
"""Samples and lines of a block: BLOCK_X and BLOCK_Y of ``drizzle.cu``."""

COUNT_THREADS = 256
FRAMES_PER_WORD = 32

COMPILE_OPTIONS = ("--std=c++17",)


def cuda_source() -> str:
    """CUDA source of the kernels, with the header put in place of its include.

    CuPy keys its cache on the text it is given, so a header found by path could go
    stale there.
    """
    folder = Path(__file__).parent
    header = (folder / "footprint.cuh").read_text(encoding="utf-8").replace("#pragma once", "")
    kernels = (folder / "drizzle.cu").read_text(encoding="utf-8")
    return kernels.replace('#include "footprint.cuh"', header)


def drizzle_gpu(
    values: Any,
    weights: Any,
    constants: NDArray[np.float32],
    origin: NDArray[np.float32],
    kind: int,
    grid: NDArray[np.float32],
    shape: tuple[int, int],
    scale: NDArray[np.float64],
    *,
    pixfrac: float,
    touch: float,
) -> Any:
    """Sum the samples of n frames into fixed-point cells on the GPU.

    Parameters
    ----------
    values, weights : CuPy arrays (n, lines, samples) float32
    constants, origin, kind, grid, shape, scale, pixfrac, touch
        On the host, as for `hotspots.gridding.drizzle_cpu.drizzle_cpu`.

    Returns
    -------
    CuPy array (rows, columns, 6) int64
        As `hotspots.gridding.drizzle_cpu.drizzle_cpu`.

    Raises
    ------
    ConfigurationError
        If there is no usable GPU.
    """
    cupy = gpu_module()
    frames, lines, samples = values.shape
    rows, columns = shape
    words = -(-frames // FRAMES_PER_WORD)
    total = cupy.zeros((rows, columns, 5), dtype=cupy.int64)
    seen = cupy.zeros((words, rows, columns), dtype=cupy.uint32)
    count = cupy.empty((rows, columns), dtype=cupy.int32)
    module = _module()
    blocks = (-(-samples // BLOCK[0]), -(-lines // BLOCK[1]), frames)
    arguments = (
        cupy.ascontiguousarray(values),
        cupy.ascontiguousarray(weights),
        cupy.asarray(np.ascontiguousarray(constants)),
        cupy.asarray(np.ascontiguousarray(origin)),
        np.int32(kind),
        cupy.asarray(grid),
        np.int32(lines),
        np.int32(samples),
        np.int32(rows),
        np.int32(columns),
        cupy.asarray(scale.astype(np.float32)),
        np.float32(pixfrac),
        np.float32(touch),
        total,
        seen,
    )
    if frames:
        module.get_function("drizzle")(blocks, (*BLOCK, 1), arguments)
    module.get_function("count_frames")(
        (-(-rows * columns // COUNT_THREADS),),
        (COUNT_THREADS,),
        (seen, np.int32(words), np.int64(rows * columns), count),
    )
    return cupy.concatenate([total, count[..., None].astype(cupy.int64)], axis=-1)


@cache
def _module() -> Any:
    """Compile the kernels; CuPy keeps the result on disk between runs."""
    return gpu_module().RawModule(code=cuda_source(), options=COMPILE_OPTIONS)
