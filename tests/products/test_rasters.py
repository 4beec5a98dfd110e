"""Rasters lie where PROJ says that Io's registered systems put them."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.crs import CRS
from rasterio.warp import transform

from hotspots.body import IO_CRS
from hotspots.errors import ProductError
from hotspots.grid import Grid, GridMap, Plane, Projection
from hotspots.gridding.locate import cell_surface
from hotspots.products.rasters import crs_of_grid, require_io, write_cog

PLACES = [(13.0, 51.2), (-20.0, 200.0), (64.0, 110.0), (-71.0, 300.5)]


def place_map(projection, centre_longitude=0.0):
    """Planes of latitude and longitude on a grid that shows most of Io."""
    if projection is Projection.EQUIRECTANGULAR:
        cell = np.deg2rad(1.0) * 1821.49
        grid = Grid(projection, (180, 360), cell, -180 * cell, 90 * cell, 0.0, centre_longitude)
    else:
        grid = Grid(projection, (200, 200), 20.0, -2000.0, 2000.0, 0.0, centre_longitude)
    _, latitude, longitude = cell_surface(grid)
    planes = {
        "lat": Plane(latitude, "degrees_north", "latitude"),
        "lon": Plane(longitude, "degrees_east", "longitude"),
    }
    return GridMap(grid, planes, {"visit": "PJ99", "range_km": 61523.5})


@pytest.mark.parametrize(
    ("projection", "centre_longitude", "code"),
    [
        (Projection.EQUIRECTANGULAR, 0.0, 50110),
        (Projection.EQUIRECTANGULAR, 180.0, 50115),
        (Projection.POLAR_NORTH, 0.0, 50130),
        (Projection.POLAR_SOUTH, 0.0, 50135),
    ],
)
def test_cells_lie_where_proj_puts_them(tmp_path, projection, centre_longitude, code):
    grid_map = place_map(projection, centre_longitude)
    write_cog(tmp_path / "map.tif", grid_map)
    with rasterio.open(tmp_path / "map.tif") as raster:
        # GeoTIFF keeps the polar systems and their names, but not their numbers.
        registered = CRS.from_authority("IAU_2015", code)
        assert raster.crs.to_wkt().split(",")[0] == registered.to_wkt().split(",")[0]
        latitude, longitude = raster.read()
        found = 0
        for lat, lon in PLACES:
            (x,), (y,) = transform(CRS.from_user_input(IO_CRS), registered, [lon], [lat])
            (again,), _ = transform(CRS.from_user_input(IO_CRS), raster.crs, [lon], [lat])
            assert x == pytest.approx(again)
            row, column = raster.index(x, y)
            if 0 <= row < raster.height and 0 <= column < raster.width:
                found += 1
                assert latitude[row, column] == pytest.approx(lat, abs=1.0)
                assert longitude[row, column] == pytest.approx(lon, abs=1.5)
    assert found >= 1


def test_the_file_is_cloud_optimised_and_says_what_it_holds(tmp_path):
    path = tmp_path / "map.tif"
    cell = np.deg2rad(0.5) * 1821.49
    grid = Grid(Projection.EQUIRECTANGULAR, (360, 720), cell, -360 * cell, 180 * cell)
    mean = np.full((360, 720), 0.25, dtype="float32")
    mean[:10] = np.nan
    grid_map = GridMap(
        grid, {"m_mean": Plane(mean, "W m-2 sr-1", "M-band radiance")}, {"visit": "PJ99"}
    )
    write_cog(path, grid_map)
    with rasterio.open(path) as raster:
        assert raster.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert raster.profile["compress"] == "deflate"
        assert raster.overviews(1) == [2, 4]
        assert raster.descriptions == ("m_mean",)
        assert raster.units == ("W m-2 sr-1",)
        assert raster.tags(1)["long_name"] == "M-band radiance"
        assert raster.tags()["visit"] == "PJ99"
        assert np.isnan(raster.nodata)
        np.testing.assert_array_equal(raster.read(1), mean)
        # Half a turn of Io's sphere to either side.
        assert raster.bounds.right == pytest.approx(np.pi * 1821490.0)


def test_planes_are_written_in_the_order_asked_for(tmp_path, equirectangular_map):
    write_cog(tmp_path / "map.tif", equirectangular_map, ["lon"])
    with rasterio.open(tmp_path / "map.tif") as raster:
        assert raster.descriptions == ("lon",)
    with pytest.raises(ProductError, match="no planes"):
        write_cog(tmp_path / "map.tif", equirectangular_map, [])


def test_grids_without_a_registered_system_are_refused(view_map, equirectangular_map):
    grid = equirectangular_map.grid
    for stranger in (
        view_map.grid,
        dataclasses.replace(grid, centre_longitude_deg=90.0),
        dataclasses.replace(grid, sphere_radius_km=1737.4),
    ):
        with pytest.raises(ProductError, match="no registered coordinate system"):
            crs_of_grid(stranger)


def test_other_bodies_are_refused():
    require_io(CRS.from_user_input(IO_CRS), Path("io.tif"))
    for crs in (CRS.from_epsg(4326), CRS.from_authority("IAU_2015", 30100), None):
        with pytest.raises(ProductError, match=r"moon.tif.*Io's sphere"):
            require_io(crs, Path("moon.tif"))


def test_a_refusal_of_the_disk_is_named(tmp_path, equirectangular_map):
    with pytest.raises(ProductError, match=r"map.tif: cannot be written"):
        write_cog(tmp_path / "missing" / "map.tif", equirectangular_map)
