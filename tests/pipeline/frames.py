"""Pointed frames for tests: cameras without SPICE, images drawn where they are wanted."""

import numpy as np

from hotspots.pipeline.pointing import Pointed
from hotspots.swath import Swath
from tests.helpers.cameras import SHAPE, camera_above, stack_cameras

SIGMA = 1e-3


def swath_of(cameras, band="M", *, values=None, names=None, start=0.0, seed=0):
    """Swath of noise (or of given values) seen by a list of one-frame cameras."""
    n = len(cameras)
    if values is None:
        values = np.random.default_rng(seed).normal(0, SIGMA, (n, *SHAPE)).astype(np.float32)
    return Swath(
        band=band,
        product_ids=tuple(names or [f"{band}{i}" for i in range(n)]),
        values=values,
        sigma=np.full((n, *SHAPE), SIGMA, np.float32),
        flags=np.zeros((n, *SHAPE), np.uint8),
        et=start + 10.0 * np.arange(n),
        exposure_s=np.full(n, 0.002),
        cameras=stack_cameras(cameras),
    )


def pointed_of(*swaths, eclipsed=()):
    """`Pointed` as the pointing stage leaves it; ``eclipsed`` names products in shadow."""
    return Pointed(
        swaths={s.band: s for s in swaths},
        eclipsed={s.band: np.array([n in eclipsed for n in s.product_ids]) for s in swaths},
        blur_px={s.band: np.full((len(s), 2), 0.6) for s in swaths},
        sigma_px={n: 0.1 for s in swaths for n in s.product_ids},
        records=(),
        covariance_px={n: 0.1**2 * np.eye(2) for s in swaths for n in s.product_ids},
    )


def cameras_above(n, *, latitude=10.0, longitude=200.0, range_km=60000.0):
    """Frames from one place that look at nearly the same ground."""
    return [
        camera_above(latitude, longitude, range_km, shift_px=(3.0 * i, 2.0 * i)) for i in range(n)
    ]
