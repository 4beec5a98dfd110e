"""Grids of the rasters."""

import numpy as np
import pytest

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.config import GridSettings, ProductSettings
from hotspots.grid import Projection
from hotspots.gridding.locate import cell_surface
from hotspots.pipeline.grouping import groups_of
from hotspots.pipeline.product_grids import (
    POLAR_LATITUDE_DEG,
    equirectangular_grid,
    polar_grid,
    product_maps,
)
from tests.pipeline.frames import cameras_above, pointed_of, swath_of

COARSE = ProductSettings(equirectangular_cell_deg=2.0)


@pytest.mark.parametrize("cell_deg", [0.5, 0.7, 2.0])
def test_columns_go_round_the_body_once(cell_deg):
    grid = equirectangular_grid(cell_deg)
    rows, columns = grid.shape
    assert columns * grid.cell_km == pytest.approx(2 * np.pi * IO_MEAN_RADIUS_KM)
    assert rows == columns // 2
    assert 360 / columns == pytest.approx(cell_deg, rel=0.01)
    _, latitude, longitude = cell_surface(grid)
    assert latitude[0, 0] > 90 - cell_deg
    assert longitude[0, 0] == pytest.approx(180 + 180 / columns)


@pytest.mark.parametrize("projection", [Projection.POLAR_NORTH, Projection.POLAR_SOUTH])
def test_polar_grids_reach_their_latitude_in_the_middle_of_the_edge(projection):
    grid = polar_grid(projection, 20.0)
    _, latitude, _ = cell_surface(grid)
    rows, columns = grid.shape
    assert rows == columns
    assert abs(latitude[0, columns // 2]) == pytest.approx(POLAR_LATITUDE_DEG, abs=1.0)
    assert np.sign(latitude[0, 0]) == (1 if projection is Projection.POLAR_NORTH else -1)


def groups(latitude):
    pointed = pointed_of(swath_of(cameras_above(1, latitude=latitude, range_km=5000.0)))
    return groups_of(pointed.swaths, pointed, GridSettings())


@pytest.mark.parametrize(
    ("latitude", "names"),
    [
        (0.0, ["equirectangular"]),
        (85.0, ["equirectangular", "north_polar"]),
        (-85.0, ["equirectangular", "south_polar"]),
    ],
)
def test_only_what_frames_see_is_mapped(latitude, names):
    made = product_maps(groups(latitude), COARSE)
    assert [grid_map.attributes["name"] for grid_map in made] == names


def test_nothing_is_made_without_rasters_or_without_frames():
    assert product_maps(groups(0.0), ProductSettings(cogs=False)) == ()
    assert product_maps((), COARSE) == ()
