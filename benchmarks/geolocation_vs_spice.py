"""Geolocation speed and accuracy against SPICE, pixel by pixel, on the same frames.

The peer is what a user of SPICE writes: ``sincpt`` and ``ilumin`` with converged light
time and stellar aberration (``CN+S``) for each pixel.  It takes 0.1 ms a pixel, so it is
timed on a random subsample of pixels that see Io (a miss raises an exception, which is no
geolocation).  Ours gives latitude, longitude, and the cosines of emission and incidence of
every pixel of the frames, from epochs and kernels on: states, constants and all.  Rounds
alternate, so that a busy machine slows both; medians of processor time are compared.

    python benchmarks/geolocation_vs_spice.py [ARCHIVE ...]

Without arguments: ``examples/archive``, and ``../shared/sample/archive`` where it lies
beside the repository.
"""

import json
import os
import platform
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import spiceypy
from numpy.typing import NDArray
from spiceypy.utils.exceptions import NotFoundError

from hotspots.archive import KernelPool, find_metakernel, find_products, group_visits, start_et
from hotspots.archive.products import SAMPLES
from hotspots.body import latitude_longitude, surface_normal
from hotspots.config import InstrumentSettings
from hotspots.errors import HotspotsError
from hotspots.geometry.cameras import build_cameras, corrected_rotation
from hotspots.geometry.intersect import intersect
from hotspots.geometry.pointing.prior import visit_prior
from hotspots.geometry.state import frame_states
from hotspots.planck import BANDS

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results"
ROUNDS = 7
FRAMES = 4
SPICE_PIXELS = 150
"""Pixels a visit that SPICE is timed on; ten times as many are compared once."""

STEEPEST_DEG = 80.0
JIRAM = InstrumentSettings()

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class Frames:
    """Epochs of frames of one band of a visit, and the pointing offset that is used."""

    et: Float64
    camera_frame: str
    offset: Float64


@dataclass(frozen=True)
class Located:
    """What both sides answer for pixels."""

    surface_km: Any
    latitude_deg: Any
    longitude_deg: Any
    mu: Any
    mu0: Any


def ours(frames: Frames) -> tuple[Located, Float64]:
    """Geolocate all pixels of all frames; also the places of the spacecraft."""
    states = frame_states(frames.et, frames.camera_frame)
    offset = np.tile(frames.offset, (len(states), 1))
    cameras = build_cameras(states, JIRAM.ifov_rad, offset=offset)
    x = np.arange(SAMPLES, dtype=np.float32)[None, None, :]
    y = np.arange(JIRAM.lines, dtype=np.float32)[None, :, None]
    _, _, surface = intersect(cameras, x, y)
    latitude, longitude = latitude_longitude(surface)
    normal = surface_normal(surface, np.asarray(cameras.radii_km, dtype=np.float32))
    away = cameras.position_km.astype(np.float32)[:, None, None, :] - surface
    mu = np.einsum("nijk,nijk->nij", normal, away)
    mu /= np.sqrt(np.einsum("nijk,nijk->nij", away, away))
    mu0 = np.einsum("nijk,nk->nij", normal, cameras.sun.astype(np.float32))
    return Located(surface, latitude, longitude, mu, mu0), states.position_km


def spice(frames: Frames, index: NDArray[np.int64]) -> Located:
    """Ask SPICE for pixels (frame, line, sample), one by one."""
    turn = corrected_rotation(np.eye(3)[None], frames.offset[None], JIRAM.ifov_rad)[0]
    found = []
    for frame, line, sample in index:
        et = frames.et[frame]
        ray = turn @ [JIRAM.ifov_rad * (63.5 - line), JIRAM.ifov_rad * (215.5 - sample), 1.0]
        point, _, _ = spiceypy.sincpt(
            "ELLIPSOID", "IO", et, "IAU_IO", "CN+S", "JUNO", frames.camera_frame, ray
        )
        _, _, _, incidence, emission = spiceypy.ilumin(
            "ELLIPSOID", "IO", et, "IAU_IO", "CN+S", "JUNO", point
        )
        _, longitude, latitude = spiceypy.reclat(point)
        found.append((*point, latitude, longitude, emission, incidence))
    table = np.array(found).reshape(-1, 7)
    return Located(
        table[:, :3],
        np.degrees(table[:, 3]),
        np.degrees(table[:, 4]) % 360,
        np.cos(table[:, 5]),
        np.cos(table[:, 6]),
    )


def pixels_on_body(located: Located, count: int) -> NDArray[np.int64]:
    """Random pixels (frame, line, sample) away from the limb by no more than chance."""
    seen = np.argwhere(np.isfinite(located.mu))
    return np.random.default_rng(0).permutation(seen)[:count]


def accuracy(frames: Frames, located: Located, position_km: Float64) -> dict[str, float]:
    """Largest differences on pixels seen at less than 80 degrees of emission."""
    index = pixels_on_body(located, 10 * SPICE_PIXELS)
    kept = []
    for row in index:
        try:
            kept.append((row, spice(frames, row[None])))
        except NotFoundError:
            continue
    at = tuple(np.array([row for row, _ in kept]).T)
    peer = {
        name: np.concatenate([getattr(answer, name) for _, answer in kept])
        for name in ("surface_km", "latitude_deg", "longitude_deg", "mu", "mu0")
    }
    near = peer["mu"] > np.cos(np.radians(STEEPEST_DEG))
    distance = np.linalg.norm(peer["surface_km"] - position_km[at[0]], axis=-1)
    off_km = np.linalg.norm(located.surface_km[at] - peer["surface_km"], axis=-1)
    turn = (located.longitude_deg[at] - peer["longitude_deg"] + 180) % 360 - 180
    return {
        "compared_pixels": int(near.sum()),
        "error_px": float((off_km / distance / JIRAM.ifov_rad)[near].max()),
        "error_m": float(1e3 * off_km[near].max()),
        "latitude_deg": float(np.abs(located.latitude_deg[at] - peer["latitude_deg"])[near].max()),
        "longitude_deg": float(np.abs(turn)[near].max()),
        "cos_emission": float(np.abs(located.mu[at] - peer["mu"])[near].max()),
        "cos_incidence": float(np.abs(located.mu0[at] - peer["mu0"])[near].max()),
    }


def compare(frames: Frames) -> dict[str, float]:
    """Time both sides on frames of one visit, and compare their answers."""
    located, position_km = ours(frames)
    subsample = pixels_on_body(located, SPICE_PIXELS)
    times: dict[str, list[float]] = {"spice": [], "ours": []}
    for _ in range(ROUNDS):
        start = time.process_time()
        spice(frames, subsample)
        middle = time.process_time()
        ours(frames)
        times["spice"].append((middle - start) / len(subsample))
        times["ours"].append((time.process_time() - middle) / located.mu.size)
    per_pixel = {name: 1e9 * median(rounds) for name, rounds in times.items()}
    return {
        "range_km": float(np.linalg.norm(position_km, axis=-1).mean()),
        "frames": len(frames.et),
        "pixels_ours": int(located.mu.size),
        "pixels_spice": len(subsample),
        "ours_ns_per_pixel": per_pixel["ours"],
        "spice_ns_per_pixel": per_pixel["spice"],
        "ratio": per_pixel["spice"] / per_pixel["ours"],
        **accuracy(frames, located, position_km),
    }


def frames_of_visits(archive: Path) -> dict[str, Frames]:
    """Up to four frames of every visit that look at Io at the visit's usual offset."""
    chosen = {}
    for visit in group_visits(find_products(archive)):
        offset = visit_prior(visit.orbit).offset
        epochs = []
        for product in visit.products:
            if "M" not in product.bands:
                continue
            frames = Frames(np.array([start_et(product)]), BANDS["M"].spice_frame, offset)
            try:
                located, _ = ours(frames)
            except HotspotsError:
                continue
            if np.isfinite(located.mu).mean() > 0.01:
                epochs.append(frames.et[0])
        if epochs:
            picked = np.unique(np.linspace(0, len(epochs) - 1, FRAMES).round().astype(int))
            et = np.array(epochs)[picked]
            chosen[visit.name] = Frames(et, BANDS["M"].spice_frame, offset)
    return chosen


def processor() -> str:
    """Name of the processor, as the operating system tells it."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def main() -> None:
    """Compare on all visits, print and write the figures."""
    usual = [ROOT / "examples" / "archive", ROOT.parent / "shared" / "sample" / "archive"]
    archives = [Path(a) for a in sys.argv[1:]] or [a for a in usual if a.is_dir()]
    results: dict[str, dict[str, float]] = {}
    for archive in archives:
        label = archive.resolve().parent.name
        with KernelPool(find_metakernel(archive)):
            for name, frames in frames_of_visits(archive).items():
                found = compare(frames)
                results[f"{label} {name}"] = found
                print(
                    f"{label:9s} {name:5s} {found['range_km']:9.0f} km   "
                    f"SPICE {found['spice_ns_per_pixel'] / 1e3:6.1f} us/px   "
                    f"ours {found['ours_ns_per_pixel']:4.0f} ns/px   ratio {found['ratio']:4.0f}   "
                    f"largest error {found['error_px']:.4f} px"
                )
    ratio = median(found["ratio"] for found in results.values())
    worst = max(found["error_px"] for found in results.values())
    print(f"ratio {ratio:.0f} (asked: 300), largest error {worst:.4f} px (asked: 0.005)")
    record = {
        "what": "latitude, longitude, cosines of emission and incidence of every pixel against "
        "spiceypy.sincpt + ilumin (CN+S) in a loop on a subsample; CPU time, one process",
        "rounds": ROUNDS,
        "largest_error_px": worst,
        "median_ratio": ratio,
        "machine": {"processor": processor(), "cores": os.cpu_count()},
        "versions": {
            "python": platform.python_version(),
            "spice": spiceypy.tkvrsn("TOOLKIT"),
            **{name: version(name) for name in ("numpy", "spiceypy")},
        },
        "results": results,
    }
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(record, indent=2, ensure_ascii=False)
    (RESULTS / "geolocation_vs_spice.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
