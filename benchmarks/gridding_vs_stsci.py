"""Gridding speed against STScI drizzle: same frames, same grid, one thread, one process.

STScI drizzle (square kernel, pixfrac 1, no context plane) is handed a finished map of
pixel positions; the time of making it is not counted.  Ours starts at the cameras and
fills six planes instead of two.  Rounds of the two alternate, so that a busy machine
slows both; medians are compared.

    python benchmarks/gridding_vs_stsci.py
"""

import json
import os
import platform
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from statistics import median

import numpy as np
from drizzle.resample import Drizzle

from hotspots.geometry.intersect import intersect
from hotspots.gridding.drizzle import TOUCH
from hotspots.gridding.drizzle_cpu import drizzle_cpu
from hotspots.gridding.locate import PROJECTION_CODES, kernel_constants, project
from hotspots.gridding.view_grid import view_grid
from tests.helpers.cameras import SHAPE, camera_above, stack_cameras

RESULTS = Path(__file__).parent / "results"
RANGES_KM = {"near (0.36 km pixels)": 3322.0, "middle (3.5 km)": 16537.0, "far (14 km)": 60000.0}
FRAMES = 30
ROUNDS = 9


def processor() -> str:
    """Name of the processor, as the operating system tells it."""
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def seconds(function: Callable[[], object]) -> float:
    """Processor time of one call: what other programs take does not count."""
    start = time.process_time()
    function()
    return time.process_time() - start


def compare(range_km: float) -> dict[str, float]:
    """Time both on frames from one range."""
    cameras = stack_cameras(
        [
            camera_above(20, 100 + 0.1 * i, range_km, roll_deg=3 * i, shift_px=(i, 0.3 * i))
            for i in range(FRAMES)
        ]
    )
    grid = view_grid(cameras)
    random = np.random.default_rng(0)
    values = random.normal(1.0, 0.1, (FRAMES, *SHAPE)).astype(np.float32)
    weights = random.uniform(0.5, 1.0, (FRAMES, *SHAPE)).astype(np.float32)
    x = np.arange(SHAPE[1], dtype=np.float32)[None, None, :]
    y = np.arange(SHAPE[0], dtype=np.float32)[None, :, None]
    _, unit_point, surface = intersect(cameras, x, y)
    column, row = project(surface, unit_point, grid)
    pixmap = np.stack([column, row], axis=-1).astype(np.float64) - 0.5
    on_body = np.isfinite(column)
    scale = np.ldexp(1.0, np.full(5, 40))

    def peer() -> object:
        output = Drizzle(kernel="square", out_shape=grid.shape, fillval=0.0, disable_ctx=True)
        for index in range(FRAMES):
            output.add_image(
                values[index],
                exptime=1.0,
                pixmap=pixmap[index],
                weight_map=weights[index],
                pixfrac=1.0,
                in_units="cps",
            )
        return output

    def ours() -> object:
        return drizzle_cpu(
            values,
            weights,
            cameras.constants,
            cameras.origin,
            PROJECTION_CODES[grid.projection],
            kernel_constants(grid),
            grid.shape,
            scale,
            pixfrac=1.0,
            touch=TOUCH,
            threads=1,
        )

    runs = {"peer": peer, "ours": ours}
    for run in runs.values():
        run()
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            times[name].append(seconds(run))
    samples = int(on_body.sum())
    middle = {name: median(rounds) for name, rounds in times.items()}
    return {
        "samples_on_body": samples,
        "cells": grid.shape[0] * grid.shape[1],
        "stsci_mpx_per_s": samples / middle["peer"] / 1e6,
        "ours_mpx_per_s": samples / middle["ours"] / 1e6,
        "ratio": middle["peer"] / middle["ours"],
    }


def main() -> None:
    """Compare at three ranges, print and write the figures."""
    results = {name: compare(range_km) for name, range_km in RANGES_KM.items()}
    for name, figures in results.items():
        print(
            f"{name:22s} STScI {figures['stsci_mpx_per_s']:5.2f} Mpx/s   "
            f"ours {figures['ours_mpx_per_s']:5.2f} Mpx/s   ratio {figures['ratio']:4.2f}"
        )
    record = {
        "what": "drizzle of 30 frames of 128 x 432 samples on a view grid, CPU time, one thread",
        "rounds": ROUNDS,
        "machine": {"processor": processor(), "cores": os.cpu_count()},
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in ("numpy", "numba", "drizzle")},
        },
        "results": results,
    }
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(record, indent=2, ensure_ascii=False)
    (RESULTS / "gridding_vs_stsci.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
