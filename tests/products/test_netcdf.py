"""grid.nc keeps grids and planes to the last bit and says what they are."""

import array_api_strict
import numpy as np
import pytest
import xarray

from hotspots.errors import ProductError
from hotspots.grid import Grid, GridMap, Plane, Projection
from hotspots.gridding.locate import cell_surface
from hotspots.products.netcdf import read_grid_maps, write_grid_maps


def assert_same(back, there):
    assert back.grid == there.grid
    assert back.attributes == there.attributes
    assert list(back.planes) == list(there.planes)
    for name, plane in there.planes.items():
        kept = back.planes[name]
        assert (kept.unit, kept.description) == (plane.unit, plane.description)
        assert kept.values.dtype == plane.values.dtype
        np.testing.assert_array_equal(kept.values, plane.values)


def test_round_trip(tmp_path, view_map, equirectangular_map):
    polar = GridMap(
        Grid(Projection.POLAR_SOUTH, (4, 6), 0.1 + 0.2, -300.0, 200.0, -90.0, 12.5),
        {"snr": Plane(np.arange(24.0).reshape(4, 6), "1", "signal over noise")},
    )
    maps = {"group1": view_map, "whole": equirectangular_map, "south": polar}
    write_grid_maps(tmp_path / "grid.nc", maps, title="a test")
    back = read_grid_maps(tmp_path / "grid.nc")
    assert list(back) == list(maps)
    for name, there in maps.items():
        assert_same(back[name], there)


def test_other_programs_find_places_and_units(tmp_path, view_map):
    write_grid_maps(tmp_path / "grid.nc", {"group1": view_map}, title="a test")
    _, latitude, longitude = cell_surface(view_map.grid)
    with xarray.open_dataset(
        tmp_path / "grid.nc", group="group1", engine="h5netcdf", decode_coords="all"
    ) as data:
        mean = data["m_mean"]
        assert mean.attrs["units"] == "W m-2 sr-1"
        assert set(mean.coords) == {"x", "y", "cell_latitude", "cell_longitude", "crs"}
        assert data["crs"].attrs["grid_mapping_name"] == "orthographic"
        assert data["x"].attrs["units"] == "km"
        np.testing.assert_allclose(data["cell_latitude"], latitude, rtol=1e-6)
        np.testing.assert_allclose(data["cell_longitude"], longitude, rtol=1e-6)
        brightest = mean.where(mean == mean.max(), drop=True)
        np.testing.assert_allclose(brightest["x"], -2100.0 + 30.5 * 60.0)
        np.testing.assert_allclose(brightest["y"], 1920.0 - 30.5 * 60.0)


def test_maps_of_other_libraries_are_brought_to_the_host(tmp_path):
    values = array_api_strict.ones((2, 3), device=array_api_strict.Device("device1"))
    grid = Grid(Projection.VIEW, (2, 3), 10.0, -15.0, 10.0)
    maps = {"group1": GridMap(grid, {"m_mean": Plane(values, "1", "ones")})}
    write_grid_maps(tmp_path / "grid.nc", maps, title="a test")
    back = read_grid_maps(tmp_path / "grid.nc")["group1"]
    np.testing.assert_array_equal(back["m_mean"], np.ones((2, 3)))


def test_attributes_that_netcdf_has_no_type_for(tmp_path, view_map):
    grid_map = GridMap(view_map.grid, {}, {"sunlit": True, "band": None, "range": (1.5, 2.5)})
    write_grid_maps(tmp_path / "grid.nc", {"a": grid_map}, title="a test")
    back = read_grid_maps(tmp_path / "grid.nc")["a"]
    assert back.attributes == {"sunlit": 1, "range": (1.5, 2.5)}


def test_what_cannot_be_read_or_written_is_named(tmp_path, view_map):
    (tmp_path / "grid.nc").write_text("not HDF5")
    with pytest.raises(ProductError, match=r"grid.nc: holds no maps"):
        read_grid_maps(tmp_path / "grid.nc")
    with pytest.raises(ProductError, match=r"grid.nc: cannot be written"):
        write_grid_maps(tmp_path / "missing" / "grid.nc", {"a": view_map}, title="a test")


def test_names_of_the_file_itself_are_refused(tmp_path, view_map):
    clash = view_map.with_planes({"crs": view_map.planes["m_mean"]})
    with pytest.raises(ProductError, match=r"planes crs: .*rename"):
        write_grid_maps(tmp_path / "grid.nc", {"a": clash}, title="a test")
