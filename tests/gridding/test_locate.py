"""Projections: there and back, against PROJ, and by hand."""

import math

import array_api_strict
import numpy as np
import pytest
from rasterio.warp import transform

from hotspots.backend import to_host
from hotspots.body import IO_MEAN_RADIUS_KM, IO_RADII_KM
from hotspots.grid import Grid, Projection
from hotspots.gridding.locate import cell_surface, kernel_constants, project, surface_at
from tests.helpers.cameras import direction
from tests.helpers.grids import global_grid, polar_grid

VIEW = Grid(
    projection=Projection.VIEW,
    shape=(60, 80),
    cell_km=50.0,
    x_min_km=-1900.0,
    y_max_km=1400.0,
    centre_latitude_deg=35.0,
    centre_longitude_deg=222.0,
)
GRIDS = {
    "view": VIEW,
    "global": global_grid(144),
    "global from 0": global_grid(144, first_longitude_deg=0.0),
    "global about 180": global_grid(144, centre_longitude_deg=180.0),
    "north": polar_grid(north=True, cell_km=60.0),
    "south": polar_grid(north=False, cell_km=60.0),
}


def centres(grid):
    return np.meshgrid(np.arange(grid.shape[1]) + 0.5, np.arange(grid.shape[0]) + 0.5)


@pytest.mark.parametrize("name", GRIDS)
@pytest.mark.parametrize("library", ["numpy", "strict"])
def test_cells_project_back_onto_themselves(name, library):
    grid = GRIDS[name]
    like = np.zeros(1)
    if library == "strict":
        like = array_api_strict.asarray(like, device=array_api_strict.Device("device1"))
    surface, latitude, longitude = cell_surface(grid, like=like)
    radii = np.asarray(IO_RADII_KM)
    if library == "strict":
        radii = array_api_strict.asarray(radii, device=like.device)
    column, row = project(surface, surface / radii, grid)
    column, row, surface, latitude, longitude = (
        to_host(a) for a in (column, row, surface, latitude, longitude)
    )
    seen = np.isfinite(latitude)
    assert seen.mean() > 0.5
    np.testing.assert_array_equal(np.isfinite(column), seen)
    expected_column, expected_row = centres(grid)
    np.testing.assert_allclose(column[seen], expected_column[seen], atol=1e-7)
    np.testing.assert_allclose(row[seen], expected_row[seen], atol=1e-7)
    np.testing.assert_allclose(np.sum((surface[seen] / IO_RADII_KM) ** 2, axis=-1), 1.0, rtol=1e-12)
    np.testing.assert_allclose(
        surface[seen] / np.linalg.norm(surface[seen], axis=-1, keepdims=True),
        np.moveaxis(direction(latitude[seen], longitude[seen]), 0, -1),
        atol=1e-12,
    )


PROJ = {
    "global": "+proj=eqc +lon_0=0",
    "global about 180": "+proj=eqc +lon_0=180",
    "north": "+proj=stere +lat_0=90 +lon_0=33",
    "south": "+proj=stere +lat_0=-90 +lon_0=33",
}


@pytest.mark.parametrize("name", PROJ)
def test_product_projections_are_those_of_proj(name):
    grid = GRIDS[name]
    random = np.random.default_rng(0)
    latitude = np.degrees(np.arcsin(random.uniform(-0.45, 0.99, 200)))
    latitude = -latitude if name == "south" else latitude
    longitude = random.uniform(0.0, 360.0, 200)
    sphere = f"+R={1000 * IO_MEAN_RADIUS_KM} +no_defs"
    x, y = transform(f"+proj=longlat {sphere}", f"{PROJ[name]} {sphere}", longitude, latitude)
    point = np.moveaxis(direction(latitude, longitude), 0, -1)
    column, row = project(point * 1800.0, point, grid)
    expected = (np.asarray(x) / 1000 - grid.x_min_km) / grid.cell_km
    np.testing.assert_allclose(column, expected, atol=1e-6)
    np.testing.assert_allclose(
        row, (grid.y_max_km - np.asarray(y) / 1000) / grid.cell_km, atol=1e-6
    )


def test_the_view_direction_is_the_middle_and_its_back_is_hidden():
    towards = direction(35.0, 222.0)
    radius = 1 / math.sqrt(np.sum((towards / IO_RADII_KM) ** 2))
    points = np.stack([towards, -towards]) * radius
    column, row = project(points, points / IO_RADII_KM, VIEW)
    assert column[0] == pytest.approx(1900 / 50, abs=1e-9)
    assert row[0] == pytest.approx(1400 / 50, abs=1e-9)
    assert np.isnan(column[1])
    assert np.isnan(row[1])


def test_north_is_up_and_east_is_right_on_a_view():
    _, latitude, longitude = cell_surface(VIEW)
    middle_row, middle_column = 28, 38
    assert latitude[middle_row - 5, middle_column] > latitude[middle_row + 5, middle_column]
    assert longitude[middle_row, middle_column + 5] > longitude[middle_row, middle_column - 5]


def test_beyond_the_poles_and_far_from_a_polar_map_there_is_nothing():
    tall = Grid(Projection.EQUIRECTANGULAR, (40, 10), 200.0, 0.0, 4000.0)
    latitude = cell_surface(tall)[1]
    assert np.isnan(latitude[0]).all()
    assert np.isfinite(latitude[20]).all()
    far = direction(-40.0, 0.0)[None]
    assert np.isnan(project(far * 1821.0, far, GRIDS["north"])[0]).all()


@pytest.mark.parametrize("name", GRIDS)
def test_kernel_constants_hold_the_same_projection(name):
    grid = GRIDS[name]
    numbers = kernel_constants(grid)
    assert numbers.shape == (14,)
    assert numbers.dtype == np.float32
    assert (numbers[12] > 0) == (grid.projection is Projection.EQUIRECTANGULAR)
    assert numbers[13] == grid.shape[1] / 2


@pytest.mark.parametrize("projection", list(Projection))
def test_surface_at_is_the_inverse_of_project(projection):
    grid = Grid(
        projection,
        (40, 60),
        30.0,
        -900.0,
        600.0,
        centre_latitude_deg=20.0,
        centre_longitude_deg=35.0,
    )
    column, row = np.random.default_rng(5).uniform(1, 39, (2, 50))
    surface = surface_at(grid, column, row)
    back = project(surface, surface / np.asarray(grid.radii_km), grid)
    np.testing.assert_allclose(back, [column, row], atol=1e-9)
