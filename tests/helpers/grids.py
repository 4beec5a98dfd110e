"""Product grids for tests."""

import math

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.grid import Grid, Projection


def global_grid(columns, *, centre_longitude_deg=0.0, first_longitude_deg=-180.0):
    """Equirectangular grid of the whole body; longitudes are counted from the centre."""
    cell = 2 * math.pi * IO_MEAN_RADIUS_KM / columns
    return Grid(
        projection=Projection.EQUIRECTANGULAR,
        shape=(columns // 2, columns),
        cell_km=cell,
        x_min_km=math.radians(first_longitude_deg) * IO_MEAN_RADIUS_KM,
        y_max_km=0.5 * math.pi * IO_MEAN_RADIUS_KM,
        centre_longitude_deg=centre_longitude_deg,
    )


def polar_grid(*, north, cell_km=12.0, half_width_km=2400.0, centre_longitude_deg=33.0):
    """Polar stereographic grid around one pole."""
    side = round(2 * half_width_km / cell_km)
    return Grid(
        projection=Projection.POLAR_NORTH if north else Projection.POLAR_SOUTH,
        shape=(side, side),
        cell_km=cell_km,
        x_min_km=-half_width_km,
        y_max_km=half_width_km,
        centre_longitude_deg=centre_longitude_deg,
    )


def view_grid_of(shape, cell_km=12.0, latitude_deg=10.0, longitude_deg=40.0):
    """Orthographic grid with the sub-observer point in its middle."""
    return Grid(
        projection=Projection.VIEW,
        shape=shape,
        cell_km=cell_km,
        x_min_km=-0.5 * shape[1] * cell_km,
        y_max_km=0.5 * shape[0] * cell_km,
        centre_latitude_deg=latitude_deg,
        centre_longitude_deg=longitude_deg,
    )
