"""The device code without a GPU: it compiles, and on the CPU it gives the twin's sums."""

import ctypes
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from hotspots.backend import to_host
from hotspots.gridding import drizzle_gpu
from hotspots.gridding.drizzle_cpu import drizzle_cpu
from hotspots.gridding.locate import PROJECTION_CODES, kernel_constants
from hotspots.gridding.view_grid import view_grid
from tests.helpers.cameras import camera_above, stack_cameras
from tests.helpers.grids import global_grid, polar_grid
from tests.helpers.nvrtc import compile_with_nvrtc, find_nvrtc

HERE = Path(__file__).parent
SOURCES = Path(drizzle_gpu.__file__).parent
ARCHITECTURES = ("sm_80", "sm_90")


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_kernels_compile_with_nvcc(architecture, tmp_path):
    nvcc = shutil.which("nvcc")
    if nvcc is None:
        pytest.skip("no nvcc on this machine")
    output = tmp_path / "drizzle.cubin"
    command = [nvcc, "-std=c++17", "-cubin", f"-arch={architecture}", "-o", str(output)]
    result = subprocess.run(
        [*command, str(SOURCES / "drizzle.cu")], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert output.stat().st_size > 0


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_kernels_compile_with_nvrtc_as_cupy_would(architecture):
    library = find_nvrtc()
    if library is None:
        pytest.skip("no NVRTC: pip install nvidia-cuda-nvrtc")
    source = drizzle_gpu.cuda_source()
    status, log = compile_with_nvrtc(library, source, architecture, drizzle_gpu.COMPILE_OPTIONS)
    assert status == 0, log
    broken = source.replace("atomicAdd", "atomicAd")
    status, log = compile_with_nvrtc(library, broken, architecture, drizzle_gpu.COMPILE_OPTIONS)
    assert status != 0
    assert "atomicAd" in log


@pytest.fixture(scope="module")
def harness(tmp_path_factory):
    compiler = shutil.which("g++")
    if compiler is None:
        pytest.skip("no g++ on this machine")
    library = tmp_path_factory.mktemp("harness") / "harness.so"
    command = [compiler, "-O2", "-std=c++17", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"]
    command += ["-I", str(SOURCES), str(HERE / "harness.cpp"), "-o", str(library)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return ctypes.CDLL(str(library))


def run_harness(harness, values, weights, cameras, grid, scale, pixfrac):
    total = np.zeros((*grid.shape, 6), np.int64)
    last = np.zeros(grid.shape, np.int64)
    arrays = [values, weights, to_host(cameras.constants), to_host(cameras.origin)]
    arrays = [np.ascontiguousarray(a, dtype=np.float32) for a in arrays]
    numbers, factors = kernel_constants(grid), scale.astype(np.float32)

    def pointer(array):
        return ctypes.c_void_p(array.ctypes.data)

    harness.drizzle(
        *(pointer(a) for a in arrays),
        PROJECTION_CODES[grid.projection],
        pointer(numbers),
        *values.shape,
        *grid.shape,
        pointer(factors),
        ctypes.c_float(pixfrac),
        ctypes.c_float(1e-3),
        pointer(total),
        pointer(last),
    )
    return total


CASES = {
    "near": (20.0, 100.0, 3322.0),
    "far": (-3.0, 0.0, 97257.0),
    "seam": (2.0, 179.0, 12000.0),
    "pole": (88.0, 10.0, 16537.0),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("target", ["view", "global", "north", "south"])
@pytest.mark.parametrize("pixfrac", [1.0, 0.6])
def test_device_code_agrees_with_the_cpu_twin(harness, case, target, pixfrac):
    shape = (32, 96)
    cameras = stack_cameras(
        [camera_above(*CASES[case], roll_deg=17.0 * i, shape=shape) for i in range(2)]
    )
    grid = {
        "view": lambda: view_grid(cameras, shape),
        "global": lambda: global_grid(480),
        "north": lambda: polar_grid(north=True),
        "south": lambda: polar_grid(north=False),
    }[target]()
    random = np.random.default_rng(3)
    values = random.normal(1.0, 0.5, (2, *shape)).astype(np.float32)
    weights = random.uniform(0.0, 2.0, (2, *shape)).astype(np.float32)
    weights[weights < 0.3] = 0.0
    scale = np.ldexp(1.0, np.full(5, 40))
    device = run_harness(harness, values, weights, cameras, grid, scale, pixfrac)
    twin = drizzle_cpu(
        values,
        weights,
        to_host(cameras.constants),
        to_host(cameras.origin),
        PROJECTION_CODES[grid.projection],
        kernel_constants(grid),
        grid.shape,
        scale,
        pixfrac=pixfrac,
        touch=1e-3,
    )
    sums, expected = device[..., :5] / scale, twin[..., :5] / scale
    # Corners are rounded differently (fused multiply-add), by parts in 1e7 of the body:
    # that much of a cell may fall to a neighbour, and nothing be lost.
    body_in_cells = 1821.0 / grid.cell_km
    np.testing.assert_allclose(sums, expected, atol=2e-4 + 1e-6 * body_in_cells)
    np.testing.assert_allclose(
        sums.sum(axis=(0, 1)), expected.sum(axis=(0, 1)), rtol=3e-5, atol=1e-9
    )
    differ = device[..., 5] != twin[..., 5]
    assert differ.mean() < 1e-3
