"""STScI drizzle as an oracle, where it takes the same footprints: away from frame edges."""

import numpy as np
import pytest

from hotspots.geometry.intersect import intersect
from hotspots.gridding.combine import mean_map
from hotspots.gridding.drizzle import drizzle
from hotspots.gridding.locate import project
from hotspots.gridding.view_grid import view_grid
from tests.helpers.cameras import SHAPE, camera_above, stack_cameras

resample = pytest.importorskip("drizzle.resample")


@pytest.mark.parametrize("range_km", [3322.0, 16537.0, 60000.0])
def test_mean_map_is_that_of_stsci_drizzle(range_km):
    n = 3
    cameras = stack_cameras(
        [
            camera_above(20, 100, range_km, roll_deg=25 * i, shift_px=(3.4 * i, 1.7 * i))
            for i in range(n)
        ]
    )
    grid = view_grid(cameras)
    random = np.random.default_rng(0)
    values = random.normal(1.0, 0.2, (n, *SHAPE)).astype(np.float32)
    weights = random.uniform(0.5, 1.0, (n, *SHAPE)).astype(np.float32)
    x = np.arange(SHAPE[1], dtype=np.float32)[None, None, :]
    y = np.arange(SHAPE[0], dtype=np.float32)[None, :, None]
    _, unit_point, surface = intersect(cameras, x, y)
    column, row = project(surface, unit_point, grid)
    # STScI counts from pixel centres.
    pixmap = np.stack([column, row], axis=-1).astype(np.float64) - 0.5
    oracle = resample.Drizzle(kernel="square", out_shape=grid.shape, disable_ctx=True)
    inner = np.zeros((n, *SHAPE), np.float32)
    inner[:, 3:-3, 3:-3] = weights[:, 3:-3, 3:-3]
    for index in range(n):
        oracle.add_image(
            values[index],
            exptime=1.0,
            pixmap=pixmap[index],
            weight_map=inner[index],
            pixfrac=1.0,
            in_units="cps",
        )
    sums = drizzle(values, inner, cameras, grid)
    mean, _, _ = mean_map(sums)
    # Cells that are full in both, seen not too obliquely (it has no corners at the limb).
    full = (sums.coverage > 0.999) & (oracle.out_wht > 0)
    distance = np.hypot(*(np.indices(grid.shape) - np.reshape(grid.shape, (2, 1, 1)) / 2))
    full &= distance * grid.cell_km < 1000
    assert full.sum() > 5000
    # Its corners are means of neighbouring centres: right to the curvature of a pixel.
    np.testing.assert_allclose(mean[full], oracle.out_img[full], atol=2e-3)
    # Its weights are per pixel area instead of per cell: one factor for a whole map.
    ratio = oracle.out_wht[full] / sums.weight[full]
    assert np.percentile(ratio, 95) < 1.05 * np.percentile(ratio, 5)
