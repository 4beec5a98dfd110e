"""Drizzle against slow float64 polygons, and what it promises about sums."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import binary_erosion

from hotspots.backend import to_host
from hotspots.body import IO_RADII_KM
from hotspots.errors import GriddingError
from hotspots.grid import Grid, Projection
from hotspots.gridding.drizzle import drizzle
from hotspots.gridding.drizzle_cpu import drizzle_cpu
from hotspots.gridding.locate import PROJECTION_CODES, cell_surface, kernel_constants
from hotspots.gridding.view_grid import view_grid
from tests.helpers.cameras import (
    IFOV_RAD,
    SHAPE,
    camera_above,
    direction,
    looking_at,
    make_camera,
    stack_cameras,
)
from tests.helpers.grids import global_grid, polar_grid
from tests.helpers.polygons import area, cell_overlaps, corner_cells

SMALL = (12, 20)


def ones(n, shape=SHAPE):
    return np.ones((n, *shape), np.float32)


def quad(column, row, line, sample):
    corners = [(0, 0), (0, 1), (1, 1), (1, 0)]
    return [(column[line + i, sample + j], row[line + i, sample + j]) for i, j in corners]


@settings(max_examples=15)
@given(
    roll_deg=st.floats(0, 360),
    distance_km=st.sampled_from([2200.0, 16000.0, 97000.0]),
    off_nadir_deg=st.floats(0, 3),
    cell_fraction=st.floats(0.2, 3.0),
)
def test_sums_are_those_of_exact_polygons(roll_deg, distance_km, off_nadir_deg, cell_fraction):
    position = distance_km * direction(20.0, 40.0)
    target = 1800.0 * direction(20.0 + off_nadir_deg, 40.0 + off_nadir_deg)
    rotation = looking_at(position, target, roll_deg)
    camera = make_camera(position, rotation, shape=SMALL)
    grid = view_grid(camera, SMALL, cell_fraction=cell_fraction)
    random = np.random.default_rng(1)
    values = random.normal(1.0, 0.3, (1, *SMALL)).astype(np.float32)
    weights = random.uniform(0.5, 2.0, (1, *SMALL)).astype(np.float32)
    expected = np.zeros((5, *grid.shape))
    column, row = corner_cells(position, rotation, SMALL, IFOV_RAD, grid)
    for line, sample in np.ndindex(*SMALL):
        a = cell_overlaps(quad(column, row, line, sample), grid.shape)
        v, w = float(values[0, line, sample]), float(weights[0, line, sample])
        for plane, term in enumerate([w * a * v, w * a, w * a * a, w * a * v * v, a]):
            expected[plane] += term
    sums = drizzle(values, weights, camera, grid)
    names = ("weighted", "weight", "weight_squared_overlap", "square", "coverage")
    # float32 places corners to about 2e-7 of the body.
    tolerance = 1e-4 + 2e-6 * IO_RADII_KM[0] / grid.cell_km
    for plane, name in zip(expected, names, strict=True):
        np.testing.assert_allclose(getattr(sums, name), plane, atol=tolerance, err_msg=name)
    # Cells that are touched or not for sure; in between rounding decides.
    assert np.all(sums.frames[expected[4] > 0.05] == 1)
    assert np.all(sums.frames[expected[4] == 0] <= 0)


PIXEL_RANGES = {0.36: 1821.0 + 1514.0, 3.7: 1821.0 + 15560.0, 28.0: 1821.0 + 117800.0}


@pytest.mark.parametrize("pixel_km", PIXEL_RANGES)
@pytest.mark.parametrize("cell", ["of the view grid", "of 3.1 km"])
def test_flux_of_a_hot_sample_survives_at_every_pixel_size(pixel_km, cell):
    position = PIXEL_RANGES[pixel_km] * direction(-12.0, 250.0)
    rotation = looking_at(position, np.zeros(3), 31.0)
    camera = make_camera(position, rotation)
    grid = view_grid(camera)
    if cell == "of 3.1 km":
        grid = view_grid(camera, cell_fraction=3.1 / pixel_km)
    column, row = corner_cells(position, rotation, SHAPE, IFOV_RAD, grid)
    middle = (SHAPE[0] // 2, SHAPE[1] // 2)
    random = np.random.default_rng(4)
    # Away from the frame's edge and the limb, where cells are covered in part.
    reach = {0.36: (40, 190), 3.7: (50, 200), 28.0: (30, 30)}[pixel_km]
    ratios = []
    for _ in range(8):
        line = middle[0] + int(random.integers(-reach[0], reach[0]))
        sample = middle[1] + int(random.integers(-reach[1], reach[1]))
        values = np.full((1, *SHAPE), 0.01, np.float32)
        values[0, line, sample] = 5.0
        sums = drizzle(values, ones(1), camera, grid)
        covered = sums.weight > 0
        mean = np.where(covered, sums.weighted / np.where(covered, sums.weight, 1), 0.01)
        flux = np.sum(mean - 0.01) * grid.cell_km**2
        truth = (5.0 - 0.01) * area(quad(column, row, line, sample)) * grid.cell_km**2
        ratios.append(flux / truth)
    np.testing.assert_allclose(ratios, 1.0, atol=0.002)


@pytest.mark.parametrize("place", [(20, 100), (88, 10), (-89.9, 10), (0, 180), (3, 0)])
@pytest.mark.parametrize("range_km", [12000.0, 97257.0])
def test_footprints_tile_every_map_without_gaps_or_overlaps(place, range_km):
    camera = camera_above(*place, range_km, roll_deg=17.0)
    grids = [
        view_grid(camera),
        global_grid(720),
        global_grid(720, centre_longitude_deg=180.0),
        global_grid(720, first_longitude_deg=0.0),
        polar_grid(north=True),
        polar_grid(north=False),
    ]
    for grid in grids:
        coverage = drizzle(ones(1), ones(1), camera, grid).coverage
        assert coverage.max() < 1.0 + 2e-4
        # Away from the frame's edge, and from the limb, where samples without all corners
        # leave a ragged outline.
        inside = binary_erosion(coverage > 0.5, np.ones((3, 3)), iterations=2)
        towards = camera.position_km[0] - cell_surface(grid)[0]
        upright = np.sum(towards * cell_surface(grid)[0], axis=-1)
        distances = np.linalg.norm(towards, axis=-1) * 1821.0
        inside &= upright > 0.4 * distances
        np.testing.assert_allclose(coverage[inside], 1.0, atol=2e-4)


def test_seam_may_fall_anywhere():
    camera = camera_above(5, 179, 12000.0, roll_deg=40.0)
    grids = [global_grid(720, first_longitude_deg=first) for first in (-180.0, 0.0, -90.0)]
    planes = [drizzle(ones(1), ones(1), camera, grid).coverage for grid in grids]
    assert planes[0].sum() > 1000
    np.testing.assert_allclose(np.roll(planes[0], -360, axis=1), planes[1], atol=1e-3)
    np.testing.assert_allclose(np.roll(planes[0], -180, axis=1), planes[2], atol=1e-3)


@pytest.mark.parametrize("latitude", [90.0, -90.0])
def test_rows_around_a_seen_pole_are_full(latitude):
    camera = camera_above(0.9 * latitude, 10.0, 97257.0, roll_deg=5.0)
    coverage = drizzle(ones(1), ones(1), camera, global_grid(360)).coverage
    rows = coverage[:20] if latitude > 0 else coverage[-20:]
    np.testing.assert_allclose(rows, 1.0, atol=2e-4)


def test_a_cut_out_of_a_global_grid_is_filled_alike():
    camera = camera_above(30, 40, 97257.0)
    whole = global_grid(720)
    cut = Grid(
        projection=Projection.EQUIRECTANGULAR,
        shape=(100, 90),
        cell_km=whole.cell_km,
        x_min_km=whole.x_min_km + 370 * whole.cell_km,
        y_max_km=whole.y_max_km - 60 * whole.cell_km,
    )
    expected = drizzle(ones(1), ones(1), camera, whole).coverage[60:160, 370:460]
    np.testing.assert_allclose(drizzle(ones(1), ones(1), camera, cut).coverage, expected, atol=1e-3)


def test_samples_of_weight_zero_may_hold_anything():
    camera = camera_above(10, 20, 12000.0, shape=SMALL)
    grid = view_grid(camera, SMALL)
    weights = ones(1, SMALL)
    weights[0, 3:5, 6:9] = 0
    values = ones(1, SMALL)
    clean = drizzle(values, weights, camera, grid)
    values[0, 3, 6], values[0, 4, 7], values[0, 3, 8] = np.nan, np.inf, -1e30
    dirty = drizzle(values, weights, camera, grid)
    for name in ("weighted", "weight", "square", "coverage", "frames"):
        np.testing.assert_array_equal(getattr(clean, name), getattr(dirty, name))


@pytest.mark.parametrize("threads", [2, 3, 7])
def test_any_number_of_threads_gives_the_same_bits(threads):
    cameras = stack_cameras([camera_above(10, 20 + i, 12000.0, roll_deg=30 * i) for i in range(3)])
    random = np.random.default_rng(2)
    values = random.normal(0.0, 1.0, (3, *SHAPE)).astype(np.float32)
    for grid in (view_grid(cameras), global_grid(360)):
        arguments = (
            values,
            ones(3),
            to_host(cameras.constants),
            to_host(cameras.origin),
            PROJECTION_CODES[grid.projection],
            kernel_constants(grid),
            grid.shape,
            np.ldexp(1.0, np.full(5, 40)),
        )
        one = drizzle_cpu(*arguments, pixfrac=1.0, touch=1e-3, threads=1)
        many = drizzle_cpu(*arguments, pixfrac=1.0, touch=1e-3, threads=threads)
        np.testing.assert_array_equal(one, many)
        order = [2, 0, 1]
        shuffled = (values[order], ones(3), *(a[order] for a in arguments[2:4]), *arguments[4:])
        again = drizzle_cpu(*shuffled, pixfrac=1.0, touch=1e-3, threads=threads)
        np.testing.assert_array_equal(one, again)


def test_frames_apart_add_up_to_frames_together():
    cameras = stack_cameras([camera_above(10, 20 + i, 12000.0, shape=SMALL) for i in range(4)])
    grid = view_grid(cameras, SMALL)
    random = np.random.default_rng(2)
    values = random.normal(1.0, 1.0, (4, *SMALL)).astype(np.float32)
    weights = random.uniform(0.1, 1.0, (4, *SMALL)).astype(np.float32)
    together = drizzle(values, weights, cameras, grid)
    apart = drizzle(values, weights, cameras, grid, per_frame=True)
    assert apart.weight.shape == (4, *grid.shape)
    for name in ("weighted", "weight", "weight_squared_overlap", "square", "coverage", "frames"):
        plane = np.sum(getattr(apart, name), axis=0, dtype=np.float64)
        np.testing.assert_allclose(plane, getattr(together, name), rtol=1e-5, atol=1e-6)
    assert together.frames.max() > 1


@settings(max_examples=20)
@given(weight=st.sampled_from([2.0**-20, 1.0, 2.0**30]), value=st.sampled_from([2.0**-20, 2.0**10]))
def test_precision_does_not_depend_on_units(weight, value):
    camera = camera_above(10, 20, 12000.0, shape=SMALL)
    grid = view_grid(camera, SMALL)
    random = np.random.default_rng(7)
    values = random.uniform(1.0, 2.0, (1, *SMALL)).astype(np.float32)
    plain = drizzle(values, ones(1, SMALL), camera, grid)
    scaled = drizzle(values * np.float32(value), ones(1, SMALL) * np.float32(weight), camera, grid)
    for name, unit in (("weighted", weight * value), ("square", weight * value**2)):
        expected = getattr(plain, name) * unit
        tolerance = 1e-12 * expected.max()
        np.testing.assert_allclose(getattr(scaled, name), expected, rtol=1e-12, atol=tolerance)


def test_faint_samples_keep_their_precision_beside_bright_ones():
    camera = camera_above(10, 20, 12000.0, shape=SMALL)
    grid = view_grid(camera, SMALL)
    values = np.full((1, *SMALL), 1e-3, np.float32)
    weights = np.full((1, *SMALL), 1e9, np.float32)
    values[0, 0, 0] = 10.0
    weights[0, -1, -1] = 1e3
    sums = drizzle(values, weights, camera, grid)
    inside = sums.coverage > 0.1
    inside &= sums.weighted < 1.1e-3 * sums.weight
    assert sums.weight[inside].min() < 1e4
    mean = sums.weighted[inside] / sums.weight[inside]
    np.testing.assert_allclose(mean, np.float32(1e-3), rtol=1e-7)


def test_shrunken_footprints_cover_the_square_of_pixfrac():
    camera = camera_above(10, 20, 12000.0, shape=SMALL)
    grid = view_grid(camera, SMALL)
    whole = drizzle(ones(1, SMALL), ones(1, SMALL), camera, grid).coverage.sum()
    shrunken = drizzle(ones(1, SMALL), ones(1, SMALL), camera, grid, pixfrac=0.5).coverage.sum()
    assert shrunken == pytest.approx(0.25 * whole, rel=1e-4)


def test_a_camera_that_looks_away_sees_nothing():
    position = 12000.0 * direction(10.0, 20.0)
    away = make_camera(position, looking_at(position, 2 * position))
    towards = camera_above(10, 20, 12000.0)
    grid = view_grid(towards)
    assert drizzle(ones(1), ones(1), away, grid).coverage.sum() == 0
    assert drizzle(ones(1), ones(1), towards, grid).coverage.sum() > 0


def test_what_does_not_fit_is_refused():
    camera = camera_above(10, 20, 12000.0, shape=SMALL)
    grid = view_grid(camera, SMALL)
    good = ones(1, SMALL)
    bad = good.copy()
    bad[0, 0, 0] = np.nan
    with pytest.raises(GriddingError, match="1 cameras"):
        drizzle(ones(2, SMALL), ones(2, SMALL), camera, grid)
    with pytest.raises(GriddingError, match="wanted float32"):
        drizzle(good.astype(np.float64), good, camera, grid)
    with pytest.raises(GriddingError, match="finite"):
        drizzle(bad, good, camera, grid)
    with pytest.raises(GriddingError, match="finite"):
        drizzle(good, bad, camera, grid)
    with pytest.raises(GriddingError, match="not negative"):
        drizzle(good, -good, camera, grid)
    with pytest.raises(GriddingError, match="pixfrac"):
        drizzle(good, good, camera, grid, pixfrac=0.0)
    with pytest.raises(GriddingError, match="body of"):
        drizzle(good, good, camera.replace(radii_km=(1.0, 1.0, 1.0)), grid)
    with pytest.raises(GriddingError, match="no empty axis"):
        drizzle(good[:0], good[:0], camera.select([]), grid)
