from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.grid import Grid, GridMap, Plane, Projection
from hotspots.gridding.locate import cell_surface
from hotspots.gridding.radiometer.cells import cell_centres
from hotspots.gridding.radiometer.maps import RadiometerMaps
from hotspots.pipeline.product_grids import equirectangular_grid
from hotspots.pipeline.radiometer_planes import interpolated, with_radiometer

GRID = equirectangular_grid(10.0)


def cells(side=8):
    centres = cell_centres(side)
    latitude = np.degrees(np.arcsin(centres[:, 2]))
    return latitude, np.degrees(np.arctan2(centres[:, 1], centres[:, 0])) % 360


@given(st.floats(-500, 500))
def test_an_even_map_stays_even(level):
    latitude, longitude = cells()
    on_grid = interpolated(latitude, longitude, np.full((len(latitude), 1), level), GRID)
    np.testing.assert_allclose(on_grid, level, rtol=1e-12, atol=1e-9)


def test_a_smooth_map_is_followed():
    latitude, longitude = cells(16)

    def smooth(lat, lon):
        return (
            100
            + 10 * np.sin(np.radians(lat))
            + 5 * np.cos(np.radians(lon)) * np.cos(np.radians(lat))
        )

    on_grid = interpolated(latitude, longitude, smooth(latitude, longitude)[:, None], GRID)
    _, lat, lon = cell_surface(GRID)
    np.testing.assert_allclose(on_grid[..., 0], smooth(lat, lon), atol=0.5)


def test_a_cell_without_value_is_not_filled_from_its_neighbours():
    latitude, longitude = cells()
    values = np.full((len(latitude), 2), 7.0)
    north = latitude > 0
    values[north, 1] = np.nan
    on_grid = interpolated(latitude, longitude, values, GRID)
    assert np.isfinite(on_grid[..., 0]).all()
    _, lat, _ = cell_surface(GRID)
    assert np.isnan(on_grid[lat > 10, 1]).all()
    assert on_grid[lat < -10, 1] == pytest.approx(7.0)


def test_one_cell_alone():
    on_grid = interpolated(np.array([0.0]), np.array([0.0]), np.array([[3.0]]), GRID)
    assert on_grid.shape == (*GRID.shape, 1)
    np.testing.assert_allclose(on_grid, 3.0)


def test_planes_join_the_camera_s_map_on_its_own_grid():
    latitude, longitude = cells()
    n = len(latitude)
    tb = np.tile(100.0 + np.arange(6), (n, 1))
    tb[latitude < 0] = np.nan
    maps = RadiometerMaps(
        latitude_deg=latitude,
        longitude_east_deg=longitude,
        tb_k=tb,
        tb_sigma_k=np.where(np.isfinite(tb), 2.0, np.nan),
        resolution_km=np.where(np.isfinite(tb), 500.0, np.nan),
        scale_fraction=0.006,
        model_k=np.zeros((1, 6)),
        background_k=np.zeros((1, 6)),
        kernels=(None,) * 6,
        choices=(None,) * 6,
        rsir_k=tb,
    )
    lava = SimpleNamespace(lava_fraction=np.full(n, 0.1), lava_fraction_sigma=np.full(n, 0.05))
    grid = Grid(Projection.VIEW, (40, 40), 100.0, -2000.0, 2000.0)
    camera = GridMap(grid, {"m_mean": Plane(np.zeros(grid.shape, np.float32), "K", "made up")})
    (joined,) = with_radiometer((camera,), maps, lava)
    assert "m_mean" in joined
    plane = joined.planes["radiometer_tb_3_k"]
    assert plane.values.dtype == np.float32
    assert plane.unit == "K"
    assert plane.values[10, 20] == pytest.approx(102.0)
    assert np.isnan(plane.values[30, 20])  # south
    assert np.isnan(plane.values[0, 0])  # off Io
    assert joined["radiometer_lava_fraction"][30, 20] == pytest.approx(0.1)
