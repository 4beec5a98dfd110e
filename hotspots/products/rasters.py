"""Maps as cloud-optimised GeoTIFFs in the coordinate systems of Io.

The registry of the IAU has one equirectangular system each for the meridians 0 and 180
(50110, 50115) and one stereographic system for each pole (50130, 50135), on the sphere
of 1821.49 km with longitude to the east and metres as unit.  Only grids that are
exactly one of these become rasters; a file in a system of the Earth is refused.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rasterio.crs import CRS
from rasterio.io import MemoryFile
from rasterio.transform import Affine

from hotspots.backend import to_host
from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.errors import ProductError
from hotspots.grid import Grid, GridMap, Projection
from hotspots.products.atomic import write_bytes

__all__ = ["crs_of_grid", "require_io", "write_cog"]

_CODES = {
    (Projection.EQUIRECTANGULAR, 0.0): 50110,
    (Projection.EQUIRECTANGULAR, 180.0): 50115,
    (Projection.POLAR_NORTH, 0.0): 50130,
    (Projection.POLAR_SOUTH, 0.0): 50135,
}


def crs_of_grid(grid: Grid) -> Any:
    """Coordinate system of a product grid, as ``rasterio.crs.CRS``.

    Raises
    ------
    ProductError
        If no registered system of Io has this projection, meridian and sphere.
    """
    code = _CODES.get((grid.projection, grid.centre_longitude_deg % 360.0))
    if code is None or grid.sphere_radius_km != IO_MEAN_RADIUS_KM:
        msg = (
            f"grid {grid.projection.value} at longitude {grid.centre_longitude_deg} on a sphere "
            f"of {grid.sphere_radius_km} km has no registered coordinate system; wanted "
            f"equirectangular at 0 or 180, or polar at 0, on {IO_MEAN_RADIUS_KM} km"
        )
        raise ProductError(msg)
    return CRS.from_authority("IAU_2015", code)


def require_io(crs: Any, path: Path) -> None:
    """Refuse a coordinate system whose body is not Io.

    Raises
    ------
    ProductError
        If the ellipsoid is not the sphere of IAU_2015:50100.
    """
    radius_m = crs.to_dict().get("R") if crs else None
    if radius_m != IO_MEAN_RADIUS_KM * 1000.0:
        msg = f"{path}: its coordinate system is {crs}; wanted one on Io's sphere"
        raise ProductError(msg)


def write_cog(path: Path, grid_map: GridMap, plane_names: Sequence[str] | None = None) -> None:
    """Write planes of a map as bands of one cloud-optimised GeoTIFF.

    Parameters
    ----------
    path : Path
    grid_map : GridMap
        On an equirectangular or polar grid.
    plane_names : sequence of str, optional
        Planes in the order of the bands; all of the map's without it.

    Raises
    ------
    ProductError
        If the grid has no coordinate system of Io, there is no plane, or the file
        cannot be written.
    GriddingError
        If the map has no plane of a name.
    """
    names = tuple(grid_map.planes) if plane_names is None else tuple(plane_names)
    if not names:
        msg = f"{path}: no planes to write; wanted at least one"
        raise ProductError(msg)
    crs = crs_of_grid(grid_map.grid)
    require_io(crs, path)
    rows, columns = grid_map.grid.shape
    with MemoryFile() as memory:
        with memory.open(
            driver="COG",
            width=columns,
            height=rows,
            count=len(names),
            dtype="float32",
            nodata=np.nan,
            crs=crs,
            transform=_transform(grid_map.grid),
            compress="DEFLATE",
            predictor="YES",
            blocksize=256,
            overview_resampling="AVERAGE",
        ) as raster:
            for band, name in enumerate(names, start=1):
                raster.write(to_host(grid_map[name]).astype("float32"), band)
                raster.set_band_description(band, name)
                raster.set_band_unit(band, grid_map.planes[name].unit)
                raster.update_tags(band, long_name=grid_map.planes[name].description)
            raster.update_tags(
                **{key: str(value) for key, value in grid_map.attributes.items()},
                TARGET="Io",
                LONGITUDE_DIRECTION="east",
            )
        content = memory.read()
    write_bytes(path, content)


def _transform(grid: Grid) -> Any:
    """Metres from cells; the projection's origin is that of `Grid`."""
    cell_m = grid.cell_km * 1000.0
    return Affine(cell_m, 0.0, grid.x_min_km * 1000.0, 0.0, -cell_m, grid.y_max_km * 1000.0)
