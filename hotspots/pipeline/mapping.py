"""Stage 3: pointed swaths to maps, one for each group of frames seen from one side."""

from dataclasses import dataclass

import numpy as np
from array_api_compat import array_namespace
from numpy.typing import NDArray

from hotspots.backend import Backend, to_device
from hotspots.camera import Cameras
from hotspots.config import GridSettings, InferSettings
from hotspots.errors import GriddingError
from hotspots.geometry.intersect import on_device
from hotspots.grid import Grid, GridMap
from hotspots.gridding.illumination import (
    Sunlight,
    fit_sunlight,
    remove_background,
    sample_illumination,
)
from hotspots.gridding.overlap import split_by_overlap
from hotspots.gridding.particles import lone_hits
from hotspots.gridding.planes import group_map, mean_planes
from hotspots.gridding.radiation import flag_radiation
from hotspots.gridding.spread import map_spread
from hotspots.gridding.view_grid import group_frames, view_grid
from hotspots.pipeline.pointing import Pointed
from hotspots.swath import Flag, Swath

__all__ = ["Group", "clean_swaths", "groups_of", "map_group", "on_product_grid"]

COARSEST_FRACTION = 8.0
"""A cell of more native pixels than this across would hide sources."""


@dataclass(frozen=True)
class Group:
    """Frames that share a grid.

    Parameters
    ----------
    name : str
    swaths : dict of str to Swath
    blur_px : dict of str to array (n, 2)
    """

    name: str
    swaths: dict[str, Swath]
    blur_px: dict[str, NDArray[np.float64]]


def clean_swaths(
    pointed: Pointed, settings: InferSettings
) -> tuple[dict[str, Swath], dict[str, Sunlight]]:
    """Remove column background, flag lone particle hits, and model reflected sunlight.

    Returns
    -------
    swaths : dict of str to Swath
    sunlight : dict of str to Sunlight
        Coefficients by band.
    """
    swaths, sunlight = {}, {}
    for band, swath in pointed.swaths.items():
        illumination = sample_illumination(swath, pointed.eclipsed[band])
        model = fit_sunlight(swath, illumination)
        clean = remove_background(swath, illumination, model, settings.calibration)
        model = fit_sunlight(clean, illumination)
        flags = clean.flags.copy()
        for i in range(len(clean)):
            blur = (float(pointed.blur_px[band][i, 0]), float(pointed.blur_px[band][i, 1]))
            hit = lone_hits(clean.values[i], clean.sigma[i], flags[i], blur)
            flags[i][hit] |= np.uint8(Flag.RADIATION)
        swaths[band], sunlight[band] = clean.replace(flags=flags), model
    return swaths, sunlight


def groups_of(
    swaths: dict[str, Swath], pointed: Pointed, settings: InferSettings
) -> tuple[Group, ...]:
    """Sort frames into groups seen from one side at one scale, bands together."""
    first: dict[str, tuple[float, str, int]] = {}
    for band in ("L", "M"):
        if band in swaths:
            for i, name in enumerate(swaths[band].product_ids):
                first[name] = (float(swaths[band].et[i]), band, i)
    names = sorted(first, key=lambda n: first[n][0])
    cameras = _joined([_camera(swaths, first[n][1], first[n][2]) for n in names])
    alike = group_frames(
        cameras,
        max_angle_deg=settings.grid.group_angle_deg,
        max_size_ratio=settings.grid.group_size_ratio,
    )
    parts = [part for group in alike for part in split_by_overlap(cameras, group)]
    groups = []
    for number, members in enumerate(parts, start=1):
        wanted = {names[i] for i in members}
        chosen = {
            band: [i for i, name in enumerate(s.product_ids) if name in wanted]
            for band, s in swaths.items()
        }
        groups.append(
            Group(
                name=f"group_{number}",
                swaths={b: swaths[b].select(c) for b, c in chosen.items() if c},
                blur_px={b: pointed.blur_px[b][c] for b, c in chosen.items() if c},
            )
        )
    return tuple(groups)


def map_group(
    group: Group,
    pointed: Pointed,
    sunlight: dict[str, Sunlight],
    settings: InferSettings,
    backend: Backend,
) -> tuple[Group, GridMap]:
    """Grid one group, particle hits flagged.

    Returns
    -------
    group : Group
        With RADIATION flags.
    grid_map : GridMap
        All planes on the group's view grid.
    """
    cameras = _joined([s.cameras for s in group.swaths.values() if s.cameras is not None])
    grid = _grid_that_fits(cameras, settings.grid)
    flagged = {}
    for band, swath in group.swaths.items():
        moved = _moved(swath, backend)
        flagged[band] = moved.replace(flags=flag_radiation(moved, grid))
    attributes = {
        "name": group.name,
        "et": float(np.mean(np.concatenate([s.et for s in flagged.values()]))),
        "range_km": float(np.mean(np.linalg.norm(cameras.position_km, axis=-1))),
        "pointing_sigma_px": _pointing_sigma(group, pointed),
        "n_products": len({n for s in flagged.values() for n in s.product_ids}),
    }
    for band, swath in group.swaths.items():
        if swath.cameras is not None:
            spread = map_spread(swath.cameras, grid, group.blur_px[band])
            attributes[f"{band.lower()}_spread"] = [float(v) for v in spread.ravel()]
    done = Group(group.name, flagged, group.blur_px)
    return done, group_map(flagged, grid, sunlight, attributes)


def _grid_that_fits(cameras: Cameras, settings: GridSettings) -> Grid:
    """View grid, coarser where the finest would have more cells than allowed."""
    fraction = settings.cell_fraction
    while True:
        try:
            return view_grid(
                cameras, cell_fraction=fraction, max_cells=settings.maximum_cells
            )
        except GriddingError:
            fraction *= 1.5
            if fraction > COARSEST_FRACTION:
                raise


def on_product_grid(groups: tuple[Group, ...], grid: Grid, name: str) -> GridMap:
    """All frames of a visit on one equirectangular or polar grid: mean, sigma, frames."""
    planes = {}
    for band in sorted({band for group in groups for band in group.swaths}):
        planes |= mean_planes(_merged([g.swaths[band] for g in groups if band in g.swaths]), grid)
    return GridMap(grid, planes, {"name": name})


def _merged(swaths: list[Swath]) -> Swath:
    xp = array_namespace(swaths[0].values)
    return swaths[0].replace(
        product_ids=tuple(name for s in swaths for name in s.product_ids),
        values=xp.concat([s.values for s in swaths]),
        sigma=xp.concat([s.sigma for s in swaths]),
        flags=xp.concat([s.flags for s in swaths]),
        et=np.concatenate([s.et for s in swaths]),
        exposure_s=np.concatenate([s.exposure_s for s in swaths]),
        cameras=_joined([s.cameras for s in swaths if s.cameras is not None]),
    )


def _camera(swaths: dict[str, Swath], band: str, index: int) -> Cameras:
    cameras = swaths[band].cameras
    if cameras is None:
        msg = f"band {band} has no cameras"
        raise ValueError(msg)
    return cameras.select([index])


def _joined(cameras: list[Cameras]) -> Cameras:
    xp = array_namespace(cameras[0].constants)
    return cameras[0].replace(
        constants=xp.concat([c.constants for c in cameras]),
        origin=xp.concat([c.origin for c in cameras]),
        position_km=np.concatenate([c.position_km for c in cameras]),
        sun=np.concatenate([c.sun for c in cameras]),
    )


def _moved(swath: Swath, backend: Backend) -> Swath:
    values = to_device(swath.values, backend)
    cameras = None if swath.cameras is None else on_device(swath.cameras, values)
    return swath.replace(
        values=values,
        sigma=to_device(swath.sigma, backend),
        flags=to_device(swath.flags, backend),
        cameras=cameras,
    )


def _pointing_sigma(group: Group, pointed: Pointed) -> float:
    """Error that frames of the group share, px: the median of theirs."""
    names = {n for s in group.swaths.values() for n in s.product_ids}
    return float(np.median([pointed.sigma_px[n] for n in names]))
