"""The same drizzle on the GPU: agrees with the CPU, repeats its bits, stays on the device."""

import numpy as np
import pytest

from hotspots import backend
from hotspots.backend import Backend
from hotspots.gridding.combine import mean_map
from hotspots.gridding.drizzle import drizzle
from hotspots.gridding.radiation import flag_radiation
from hotspots.gridding.view_grid import view_grid
from hotspots.swath import Swath
from tests.helpers.cameras import SHAPE, camera_above, stack_cameras
from tests.helpers.grids import global_grid, polar_grid

pytestmark = pytest.mark.gpu

NAMES = ("weighted", "weight", "weight_squared_overlap", "square", "coverage", "frames")


def frames(n, place=(20.0, 100.0), range_km=16537.0):
    cameras = stack_cameras(
        [camera_above(*place, range_km, roll_deg=11 * i, shift_px=(3 * i, i)) for i in range(n)]
    )
    random = np.random.default_rng(0)
    values = random.normal(1.0, 0.3, (n, *SHAPE)).astype(np.float32)
    weights = random.uniform(0.0, 2.0, (n, *SHAPE)).astype(np.float32)
    weights[weights < 0.2] = 0.0
    values[weights == 0] = np.nan
    return values, weights, cameras


def on_gpu(array):
    return backend.to_device(array, Backend.GPU)


@pytest.mark.parametrize("place", [(20.0, 100.0), (0.0, 180.0), (88.0, 10.0), (-89.0, 10.0)])
@pytest.mark.parametrize("pixfrac", [1.0, 0.6])
def test_sums_agree_with_the_cpu(place, pixfrac):
    values, weights, cameras = frames(3, place)
    grids = [view_grid(cameras), global_grid(720), polar_grid(north=True), polar_grid(north=False)]
    for grid in grids:
        host = drizzle(values, weights, cameras, grid, pixfrac=pixfrac)
        device = drizzle(on_gpu(values), on_gpu(weights), cameras, grid, pixfrac=pixfrac)
        body_in_cells = 1821.0 / grid.cell_km
        for name in NAMES[:5]:
            plane = getattr(device, name)
            assert backend.is_gpu_array(plane)
            tolerance = 5e-4 + 1e-6 * body_in_cells
            expected = getattr(host, name)
            np.testing.assert_allclose(backend.to_host(plane), expected, atol=tolerance)
            assert float(plane.sum()) == pytest.approx(expected.sum(), rel=1e-5, abs=1e-6)
        differ = backend.to_host(device.frames) != host.frames
        assert differ.mean() < 1e-3


def test_more_frames_than_bits_in_a_word_are_counted():
    values, weights, cameras = frames(70, range_km=97257.0)
    grid = view_grid(cameras)
    host = drizzle(values, weights, cameras, grid)
    device = drizzle(on_gpu(values), on_gpu(weights), cameras, grid)
    assert host.frames.max() > 64
    assert (backend.to_host(device.frames) != host.frames).mean() < 1e-3


def test_a_run_repeats_its_bits():
    values, weights, cameras = frames(8)
    grid = view_grid(cameras)
    first = drizzle(on_gpu(values), on_gpu(weights), cameras, grid)
    for _ in range(3):
        again = drizzle(on_gpu(values), on_gpu(weights), cameras, grid)
        for name in NAMES:
            one, other = (backend.to_host(getattr(sums, name)) for sums in (first, again))
            np.testing.assert_array_equal(one, other)


def test_frames_apart_and_means_stay_on_the_device():
    values, weights, cameras = frames(3)
    grid = view_grid(cameras)
    apart = drizzle(on_gpu(values), on_gpu(weights), cameras, grid, per_frame=True)
    expected = drizzle(values, weights, cameras, grid, per_frame=True)
    np.testing.assert_allclose(backend.to_host(apart.weighted), expected.weighted, atol=5e-3)
    assert all(backend.is_gpu_array(plane) for plane in mean_map(apart))


def test_hits_are_those_of_the_cpu():
    values, _, cameras = frames(4)
    values = np.nan_to_num(values, nan=1.0)
    values[1, 40, 200] = values[3, 70, 100] = 50.0
    swath = Swath(
        band="M",
        product_ids=tuple("abcd"),
        values=values,
        sigma=np.full_like(values, 0.3),
        flags=np.zeros(values.shape, np.uint8),
        et=np.arange(4.0),
        exposure_s=np.ones(4),
        cameras=cameras,
    )
    grid = view_grid(cameras)
    host = flag_radiation(swath, grid)
    moved = swath.replace(
        values=on_gpu(values), sigma=on_gpu(swath.sigma), flags=on_gpu(swath.flags)
    )
    device = flag_radiation(moved, grid)
    assert host.any()
    assert backend.is_gpu_array(device)
    assert (backend.to_host(device) != host).sum() <= 2


def test_primitives_agree_with_the_cpu():
    random = np.random.default_rng(1)
    image = random.normal(size=(40, 50))
    image[3, 4] = np.nan
    mask = random.random((40, 50)) < 0.3
    index, values = random.integers(0, 9, 100), random.random(100)
    pairs = [
        (backend.nanmedian, (image,)),
        (backend.label, (mask,)),
        (lambda m: backend.label(m, corners=False), (mask,)),
        (lambda a: backend.gaussian_filter(a, 1.5), (np.nan_to_num(image),)),
        (lambda a: backend.median_filter(a, 3), (np.nan_to_num(image),)),
        (lambda i, v: backend.binned_sum(i, v, 12), (index, values)),
        (backend.scatter_add, (np.zeros(9), index, values)),
    ]
    for function, arguments in pairs:
        host = function(*arguments)
        device = function(*(on_gpu(a) for a in arguments))
        if isinstance(host, tuple):
            assert host[1] == device[1]
            host, device = host[0], device[0]
        assert backend.is_gpu_array(device)
        np.testing.assert_allclose(backend.to_host(device), host, rtol=1e-6, atol=1e-9)


def test_tensors_share_the_memory_of_the_device():
    torch = pytest.importorskip("torch")
    if not torch.cuda.is_available():
        pytest.skip("this torch is built without CUDA")
    array = on_gpu(np.zeros(3, np.float32))
    backend.as_tensor(array)[1] = 7.0
    assert float(array[1]) == 7.0
