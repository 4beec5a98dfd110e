"""Radiometer, stage 5: maps of equal-area cells as planes of any grid of Io.

The cells are more than a hundred kilometres wide and the maps smooth over several of them;
a grid's cell takes the mean of the nearest ones, weighted by distance.
"""

from dataclasses import replace

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray
from scipy.spatial import KDTree

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.grid import Grid, GridMap, Plane
from hotspots.gridding.locate import cell_surface
from hotspots.gridding.radiometer.maps import RadiometerMaps
from hotspots.radiometer import CHANNELS
from hotspots.retrieval.microwave.lava_map import LavaMap

__all__ = ["interpolated", "radiometer_planes", "with_radiometer"]

Float64 = NDArray[np.float64]

_NEIGHBOURS = 4
"""The nearest centres of cells, which surround any point."""

_NEAREST_KM = 1.0
"""Distances below count as this: at its centre a cell has its own value."""


def interpolated(
    latitude_deg: Float64, longitude_deg: Float64, values: Float64, grid: Grid
) -> Float64:
    """Values of cells at the centres of a grid's cells.

    Parameters
    ----------
    latitude_deg, longitude_deg : array (c,) float64
        Centres of the cells, planetocentric, degrees.
    values : array (c, planes) float64
        NaN where a cell has none.
    grid : Grid

    Returns
    -------
    array (rows, columns, planes) float64
        Mean of the four nearest cells, weighted by inverse squared distance; NaN off Io and
        where the nearest cell is NaN.
    """
    _, latitude, longitude = cell_surface(grid)
    on_body = np.isfinite(latitude)
    places = _unit_vectors(latitude[on_body], longitude[on_body])
    count = min(_NEIGHBOURS, len(latitude_deg))
    tree = KDTree(_unit_vectors(latitude_deg, longitude_deg))
    # a list of ranks, so that the answers have two axes even for one neighbour
    distance, cell = map(np.asarray, tree.query(places, k=list(range(1, count + 1))))
    weight = 1 / np.maximum(distance, _NEAREST_KM / IO_MEAN_RADIUS_KM) ** 2
    near = values[cell]
    known = np.isfinite(near)
    weights = weight[..., None] * known
    total = np.sum(weights * np.where(known, near, 0.0), axis=1)
    with np.errstate(invalid="ignore"):
        mean = np.where(known[:, 0], total / weights.sum(axis=1), np.nan)
    result = np.full((*grid.shape, values.shape[1]), np.nan)
    result[on_body] = mean
    return result


def radiometer_planes(maps: RadiometerMaps, lava: LavaMap, grid: Grid) -> dict[str, Plane]:
    """Planes of temperature, error and width of every channel, and of warm lava.

    Parameters
    ----------
    maps : RadiometerMaps
    lava : LavaMap
        Of the same cells.
    grid : Grid

    Returns
    -------
    dict of str to Plane
        float32, on the host: ``radiometer_tb_1_k``, ``radiometer_tb_sigma_1_k`` and
        ``radiometer_resolution_1_km`` of each channel, ``radiometer_lava_fraction`` and
        its ``_sigma``.
    """
    columns: dict[str, tuple[Float64, str, str]] = {}
    for k, channel in enumerate(CHANNELS):
        n, at = channel.number, f"at {channel.frequency_ghz:g} GHz"
        columns |= {
            f"radiometer_tb_{n}_k": (maps.tb_k[:, k], "K", f"brightness temperature {at}"),
            f"radiometer_tb_sigma_{n}_k": (
                maps.tb_sigma_k[:, k],
                "K",
                f"standard deviation of the brightness temperature {at}",
            ),
            f"radiometer_resolution_{n}_km": (
                maps.resolution_km[:, k],
                "km",
                f"full width of the averaging kernel {at}",
            ),
        }
    columns |= {
        "radiometer_lava_fraction": (lava.lava_fraction, "1", "area of warm buried lava"),
        "radiometer_lava_fraction_sigma": (
            lava.lava_fraction_sigma,
            "1",
            "standard deviation of the area of warm buried lava",
        ),
    }
    values = np.column_stack([one for one, _, _ in columns.values()])
    on_grid = interpolated(maps.latitude_deg, maps.longitude_east_deg, values, grid)
    return {
        name: Plane(np.ascontiguousarray(on_grid[..., i], np.float32), unit, description)
        for i, (name, (_, unit, description)) in enumerate(columns.items())
    }


def with_radiometer(
    grid_maps: tuple[GridMap, ...], maps: RadiometerMaps, lava: LavaMap
) -> tuple[GridMap, ...]:
    """Add the radiometer's planes to maps of the camera.

    Parameters
    ----------
    grid_maps : tuple of GridMap
        Their planes may live on a GPU; the new ones go there.
    maps : RadiometerMaps
    lava : LavaMap

    Returns
    -------
    tuple of GridMap
    """
    joined = []
    for grid_map in grid_maps:
        planes = radiometer_planes(maps, lava, grid_map.grid)
        like = next(iter(grid_map.planes.values())).values
        xp = array_namespace(like)
        moved = {
            name: replace(plane, values=xp.asarray(plane.values, device=device(like)))
            for name, plane in planes.items()
        }
        joined.append(grid_map.with_planes(moved))
    return tuple(joined)


def _unit_vectors(latitude_deg: Float64, longitude_deg: Float64) -> Float64:
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    across = np.cos(latitude)
    return np.stack(
        [across * np.cos(longitude), across * np.sin(longitude), np.sin(latitude)], axis=-1
    )
