"""``grid.nc``: maps on their own grids, one NetCDF4 group for each, and back again.

A group holds the planes as variables over ``y`` and ``x`` (km on the projection plane),
latitude and longitude of the cell centres, and a CF grid mapping ``crs`` whose extra
attributes restore the `Grid` to the last bit.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import xarray

from hotspots import __version__
from hotspots.backend import to_host
from hotspots.errors import GriddingError, ProductError
from hotspots.grid import Grid, GridMap, Plane, Projection
from hotspots.gridding.locate import cell_surface
from hotspots.products.atomic import write_bytes

__all__ = ["read_grid_maps", "write_grid_maps"]

_CF_PROJECTIONS = {
    Projection.VIEW: "orthographic",
    Projection.EQUIRECTANGULAR: "equirectangular",
    Projection.POLAR_NORTH: "polar_stereographic",
    Projection.POLAR_SOUTH: "polar_stereographic",
}
_RESERVED = frozenset({"x", "y", "crs", "cell_latitude", "cell_longitude"})
_CHUNK = 512


def write_grid_maps(path: Path, maps: Mapping[str, GridMap], *, title: str) -> None:
    """Write maps into one NetCDF4 file.

    Parameters
    ----------
    path : Path
    maps : mapping of str to GridMap
        A group of the file for each, by name.  No maps give a file without groups.
    title : str
        The global attribute ``title``.

    Raises
    ------
    ProductError
        If the file cannot be written, or a plane has one of the file's own names.
    """
    groups = {f"/{name}": _dataset(grid_map) for name, grid_map in maps.items()}
    heading = xarray.Dataset(
        attrs={
            "Conventions": "CF-1.11",
            "title": title,
            "source": f"Juno JIRAM images and MWR tables, gridded by hotspots {__version__}",
            "comment": "One group for each group of frames. Longitudes are east-positive.",
        }
    )
    tree = xarray.DataTree.from_dict({"/": heading, **groups})
    encoding = {name: _encoding(data) for name, data in groups.items()}
    write_bytes(path, tree.to_netcdf(None, engine="h5netcdf", encoding=encoding))


def read_grid_maps(path: Path) -> dict[str, GridMap]:
    """Read what `write_grid_maps` wrote, as NumPy arrays.

    Raises
    ------
    ProductError
        If the file cannot be read or holds something else.
    """
    try:
        with xarray.open_datatree(path, engine="h5netcdf", mask_and_scale=False) as tree:
            return {
                name: _grid_map(node.to_dataset().load()) for name, node in tree.children.items()
            }
    except (OSError, KeyError, ValueError, GriddingError) as error:
        msg = f"{path}: holds no maps of this program ({error})"
        raise ProductError(msg) from error


def _dataset(grid_map: GridMap) -> xarray.Dataset:
    grid = grid_map.grid
    rows, columns = grid.shape
    taken = _RESERVED.intersection(grid_map.planes)
    if taken:
        msg = f"planes {', '.join(sorted(taken))}: these names are the file's own; rename them"
        raise ProductError(msg)
    x = grid.x_min_km + (np.arange(columns) + 0.5) * grid.cell_km
    y = grid.y_max_km - (np.arange(rows) + 0.5) * grid.cell_km
    _, latitude, longitude = cell_surface(grid)
    plane_axes = ("y", "x")
    variables = {
        name: (
            plane_axes,
            to_host(plane.values),
            {
                "units": plane.unit,
                "long_name": plane.description,
                "grid_mapping": "crs",
                "coordinates": "cell_latitude cell_longitude",
            },
        )
        for name, plane in grid_map.planes.items()
    }
    places = {
        "cell_latitude": (plane_axes, latitude.astype("float32"), _place("latitude", "north")),
        "cell_longitude": (plane_axes, longitude.astype("float32"), _place("longitude", "east")),
        "crs": ((), np.int32(0), _grid_attributes(grid)),
    }
    axes = {
        "x": ("x", x, {"standard_name": "projection_x_coordinate", "units": "km", "axis": "X"}),
        "y": ("y", y, {"standard_name": "projection_y_coordinate", "units": "km", "axis": "Y"}),
    }
    return xarray.Dataset({**places, **variables}, axes, _map_attributes(grid_map.attributes))


def _place(quantity: str, direction: str) -> dict[str, str]:
    return {
        "standard_name": quantity,
        "units": f"degrees_{direction}",
        "long_name": f"planetocentric {quantity} of the cell's centre",
    }


def _grid_attributes(grid: Grid) -> dict[str, Any]:
    """CF grid mapping, followed by the fields of `Grid`."""
    a, b, c = grid.radii_km
    attributes: dict[str, Any] = {"grid_mapping_name": _CF_PROJECTIONS[grid.projection]}
    if grid.projection is Projection.VIEW:
        attributes |= {
            "latitude_of_projection_origin": grid.centre_latitude_deg,
            "longitude_of_projection_origin": grid.centre_longitude_deg,
            "comment": f"triaxial ellipsoid with semi-axes {a}, {b}, {c} km; x, y in km across "
            "the direction of the origin",
        }
    else:
        attributes["earth_radius"] = grid.sphere_radius_km * 1000.0
        if grid.projection is Projection.EQUIRECTANGULAR:
            attributes["longitude_of_central_meridian"] = grid.centre_longitude_deg
            attributes["standard_parallel"] = 0.0
        else:
            pole = 90.0 if grid.projection is Projection.POLAR_NORTH else -90.0
            attributes["straight_vertical_longitude_from_pole"] = grid.centre_longitude_deg
            attributes["latitude_of_projection_origin"] = pole
            attributes["scale_factor_at_projection_origin"] = 1.0
    return attributes | {
        "projection": grid.projection.value,
        "cell_km": grid.cell_km,
        "x_min_km": grid.x_min_km,
        "y_max_km": grid.y_max_km,
        "centre_latitude_deg": grid.centre_latitude_deg,
        "centre_longitude_deg": grid.centre_longitude_deg,
        "radii_km": np.asarray(grid.radii_km),
        "sphere_radius_km": grid.sphere_radius_km,
    }


def _map_attributes(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """What NetCDF can hold: no None, and truth as 0 or 1."""
    return {
        name: int(value) if isinstance(value, bool) else value
        for name, value in attributes.items()
        if value is not None
    }


def _encoding(data: xarray.Dataset) -> dict[Any, dict[str, Any]]:
    encoding: dict[Any, dict[str, Any]] = {}
    for name, variable in data.variables.items():
        encoding[name] = {"_FillValue": np.nan if variable.dtype.kind == "f" else None}
        if variable.ndim == 2:
            chunks = tuple(min(_CHUNK, size) for size in variable.shape)
            encoding[name] |= {"zlib": True, "complevel": 4, "shuffle": True, "chunksizes": chunks}
    encoding["x"] = encoding["y"] = {"_FillValue": None}
    return encoding


def _grid_map(data: xarray.Dataset) -> GridMap:
    said = data["crs"].attrs
    planes = {
        str(name): Plane(variable.to_numpy(), variable.attrs["units"], variable.attrs["long_name"])
        for name, variable in data.data_vars.items()
        if variable.attrs.get("grid_mapping") == "crs"
    }
    a, b, c = (float(radius) for radius in said["radii_km"])
    grid = Grid(
        projection=Projection(said["projection"]),
        shape=(data.sizes["y"], data.sizes["x"]),
        radii_km=(a, b, c),
        **{
            name: float(said[name])
            for name in (
                *("cell_km", "x_min_km", "y_max_km"),
                *("centre_latitude_deg", "centre_longitude_deg", "sphere_radius_km"),
            )
        },
    )
    return GridMap(grid, planes, {str(name): _native(one) for name, one in data.attrs.items()})


def _native(value: Any) -> Any:
    """Python's own number or tuple for one of NumPy's."""
    if isinstance(value, np.ndarray):
        return tuple(value.tolist())
    return value.item() if isinstance(value, np.generic) else value
