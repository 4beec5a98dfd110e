"""Cameras in float32 against SPICE, pixel by pixel, over the ranges of real visits."""

import csv

import numpy as np
import pytest

from hotspots.archive.kernels import KernelPool
from hotspots.body import latitude_longitude, surface_normal
from hotspots.geometry.cameras import build_cameras
from hotspots.geometry.intersect import intersect
from hotspots.geometry.state import frame_states
from tests.geometry.made_states import IFOV_RAD
from tests.geometry.spice_oracle import camera_rays, spice_pixels

PARKED = np.array([3.0, -535.0])
"""About where the scene of visits without the mirror lies."""

EXAMPLE_STARTS = (744050477.788947, 744050783.734848, 744051089.032816)
"""Starts of exposure of three frames of the example, TDB seconds past J2000."""

LARGEST_ERROR_PX = 0.005
STEEPEST_DEG = 80.0


def compare(et, frame, offset, n_pixels, seed=5):
    """Largest error (px) and the differences of the cosines against SPICE."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(0, 431, n_pixels).astype(np.float32)
    y = rng.uniform(0, 127, n_pixels).astype(np.float32)
    states = frame_states(np.array([et]), frame)
    cameras = build_cameras(states, IFOV_RAD, offset=offset[None])
    assert cameras.constants.dtype == np.float32
    hit, _, surface = (a[0] for a in intersect(cameras, x[None], y[None]))
    assert surface.dtype == np.float32
    rays = camera_rays(x.astype(float), y.astype(float), offset, IFOV_RAD)
    points, ranges, angles = spice_pixels(et, frame, rays)
    spice_hit = np.isfinite(ranges)
    near = spice_hit & hit & (angles[:, 0] < STEEPEST_DEG)
    # on the ground, not across the line of sight: the stricter of the two
    error_px = np.linalg.norm(surface - points, axis=-1)[near] / ranges[near] / IFOV_RAD
    normal = surface_normal(surface[near], np.asarray(cameras.radii_km, dtype=np.float32))
    away = cameras.position_km[0] - surface[near]
    mu = np.sum(normal * away, axis=-1) / np.linalg.norm(away, axis=-1)
    mu0 = normal @ cameras.sun[0]
    cosines = np.cos(np.radians(angles[near]))
    latitude, longitude = latitude_longitude(surface[near])
    spice_latitude, spice_longitude = latitude_longitude(points[near])
    return {
        "pixels": int(near.sum()),
        "error_px": error_px.max(initial=0.0),
        "misses_differ": int((hit != spice_hit).sum()),
        "mu": np.abs(mu - cosines[:, 0]).max(initial=0.0),
        "mu0": np.abs(mu0 - cosines[:, 1]).max(initial=0.0),
        "latitude": np.abs(latitude - spice_latitude).max(initial=0.0),
        "longitude": np.abs((longitude - spice_longitude + 180) % 360 - 180).max(initial=0.0),
        "km": float(np.linalg.norm(cameras.position_km[0])),
    }


@pytest.mark.parametrize("frame", ["JUNO_JIRAM_I_MBAND", "JUNO_JIRAM_I_LBAND"])
@pytest.mark.parametrize("et", EXAMPLE_STARTS)
def test_example_visit(example_kernels, frame, et):
    found = compare(et, frame, PARKED, 150)
    assert found["pixels"] > 40
    assert found["error_px"] < LARGEST_ERROR_PX
    assert found["misses_differ"] <= 1
    # Aberration turns SPICE's lines of sight by up to 27 km/s over c = 9e-5 rad.
    assert found["mu"] < 1.2e-4
    assert found["mu0"] < 5e-5
    assert found["latitude"] < 0.01
    assert found["longitude"] < 0.05


@pytest.mark.parametrize("visit", ["PJ25", "PJ43", "PJ53", "PJ57", "PJ62", "PJ68"])
def test_sample_visits_from_1500_to_200000_km(sample, visit):
    with (sample / "truth" / f"{visit}_frames.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["is_io"] == "1"]
    chosen = [rows[0], rows[len(rows) // 2], rows[-1]]
    with KernelPool(sample / "archive" / "kernels" / "juno_io.tm"):
        found = [
            compare(
                float(row["start_et"]),
                f"JUNO_JIRAM_I_{row['bands'][-1]}BAND",
                np.array([float(row["dx_rot"]), float(row["dy_rot"])]),
                250,
            )
            for row in chosen
        ]
    assert sum(f["pixels"] for f in found) >= 20
    for f, row in zip(found, chosen, strict=True):
        assert f["km"] == pytest.approx(float(row["range_km"]), rel=1e-4)
        assert f["error_px"] < LARGEST_ERROR_PX
        assert f["misses_differ"] <= 1
        assert f["mu"] < 1.2e-4
        assert f["mu0"] < 5e-5


def test_real_trajectory_passes_io_as_published(sample, real_kernels):
    """Perijove 43: the predicted trajectory and the sample's own agree on the range."""
    with (sample / "truth" / "PJ43_frames.csv").open(encoding="utf-8") as file:
        row = next(r for r in csv.DictReader(file) if r["is_io"] == "1")
    sample_kernels = KernelPool(sample / "archive" / "kernels" / "juno_io.tm").kernels
    with KernelPool([*sample_kernels, real_kernels / "spk_pre_220614_221109_220810_jm0450.bsp"]):
        states = frame_states(np.array([float(row["start_et"])]), "JUNO_JIRAM_I_MBAND")
    assert np.linalg.norm(states.position_km[0]) == pytest.approx(float(row["range_km"]), abs=1.0)
    assert 80_000 < np.linalg.norm(states.position_km[0]) < 95_000
