"""Stage 3c: groups of frames to maps, on their own view grids and on product grids."""

from dataclasses import replace

import numpy as np

from hotspots.backend import Backend, to_device
from hotspots.camera import Cameras
from hotspots.config import GridSettings
from hotspots.errors import GriddingError
from hotspots.geometry.intersect import on_device
from hotspots.grid import Grid, GridMap, Plane
from hotspots.gridding.illumination import Sunlight
from hotspots.gridding.planes import cameras_of, group_map, mean_planes
from hotspots.gridding.radiation import RadiationSettings, flag_radiation
from hotspots.gridding.spread import map_spread
from hotspots.gridding.view_grid import view_grid
from hotspots.pipeline.grouping import Group
from hotspots.pipeline.joining import join_cameras, join_swaths
from hotspots.pipeline.pointing import Pointed
from hotspots.swath import Swath

__all__ = ["map_group", "on_product_grid"]

COARSENING = 1.5
"""A grid with too many cells is tried again with cells so many times as large."""

COARSEST_FRACTION = 8.0
"""A cell of more native pixels than this across would hide sources."""


def map_group(
    group: Group,
    pointed: Pointed,
    sunlight: dict[str, Sunlight],
    settings: GridSettings,
    backend: Backend,
    grid: Grid | None = None,
) -> tuple[Group, GridMap]:
    """Grid one group, particle hits flagged.

    Parameters
    ----------
    group : Group
        On the host.
    pointed : Pointed
        Pointing errors of its products.
    sunlight : dict of str to Sunlight
        Photometric law by band; it counts as often as the group's frames are sunlit.
    settings : GridSettings
    backend : Backend
        Where the map is to live.
    grid : Grid, optional
        Grid to use; without it the view grid that suits the group.

    Returns
    -------
    group : Group
        With RADIATION flags, on the backend.
    grid_map : GridMap
        All planes on the grid, and what `hotspots.detection` and
        `hotspots.retrieval` want to know of the group as attributes.

    Raises
    ------
    GriddingError
        If even the coarsest grid has too many cells.
    """
    cameras = join_cameras([cameras_of(swath) for swath in group.swaths.values()])
    grid = _grid_that_fits(cameras, settings) if grid is None else grid
    radiation = RadiationSettings(snr=settings.radiation_sigma)
    flagged = {}
    for band, swath in group.swaths.items():
        moved = _moved(swath, backend)
        flagged[band] = moved.replace(flags=flag_radiation(moved, grid, radiation))
    attributes = {
        "name": group.name,
        "et": float(np.mean(np.concatenate([swath.et for swath in flagged.values()]))),
        "range_km": float(np.mean(np.linalg.norm(cameras.position_km, axis=-1))),
        # the error that frames of a group share is about that of each
        "pointing_sigma_px": float(np.median([pointed.sigma_px[n] for n in group.product_ids])),
        "n_products": len(group.product_ids),
    }
    for band, swath in group.swaths.items():
        spread = map_spread(cameras_of(swath), grid, group.blur_px[band])
        attributes[f"{band.lower()}_spread"] = [float(v) for v in spread.ravel()]
    dimmed = {
        band: replace(law, a=law.a * group.sunlit_share(band), b=law.b * group.sunlit_share(band))
        for band, law in sunlight.items()
        if band in flagged
    }
    return replace(group, swaths=flagged), group_map(flagged, grid, dimmed, attributes)


def on_product_grid(groups: tuple[Group, ...], grid: Grid, name: str) -> GridMap:
    """All frames of a visit on one equirectangular or polar grid.

    Parameters
    ----------
    groups : tuple of Group
        With RADIATION flags.
    grid : Grid
    name : str
        Attribute ``name`` of the map.

    Returns
    -------
    GridMap
        Mean, sigma and number of frames of every band.
    """
    planes: dict[str, Plane] = {}
    for band in sorted({band for group in groups for band in group.swaths}):
        parts = [group.swaths[band] for group in groups if band in group.swaths]
        planes |= mean_planes(join_swaths(parts), grid)
    return GridMap(grid, planes, {"name": name})


def _grid_that_fits(cameras: Cameras, settings: GridSettings) -> Grid:
    """View grid, coarser where the finest would have more cells than allowed."""
    fraction = settings.cell_fraction
    while True:
        try:
            return view_grid(cameras, cell_fraction=fraction, max_cells=settings.maximum_cells)
        except GriddingError:
            fraction *= COARSENING
            if fraction > COARSEST_FRACTION:
                raise


def _moved(swath: Swath, backend: Backend) -> Swath:
    """Copy a swath with its cameras to the backend."""
    values = to_device(swath.values, backend)
    return swath.replace(
        values=values,
        sigma=to_device(swath.sigma, backend),
        flags=to_device(swath.flags, backend),
        cameras=on_device(cameras_of(swath), values),
    )
