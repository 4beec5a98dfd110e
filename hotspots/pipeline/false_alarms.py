"""Stage 7b: the detector of a visit on its own data with the sources taken out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy.ndimage import distance_transform_edt

from hotspots.backend import to_host
from hotspots.detection.scene import scene_of
from hotspots.errors import GriddingError
from hotspots.grid import GridMap
from hotspots.gridding.illumination import Sunlight
from hotspots.pipeline.grouping import Group
from hotspots.pipeline.mapping import map_group
from hotspots.pipeline.searching import Search, Searched, places_km
from hotspots.retrieval.limits.false_alarms import FalseAlarms, discs_of
from hotspots.retrieval.limits.source_free import (
    MARGIN_PX,
    covered,
    draw_shifts,
    flipped,
    misplaced,
    sky_swath,
    without_places,
)

__all__ = ["KINDS", "false_alarms_of"]

ENOUGH_DISCS = 1.0
"""Groups are searched until so much was: the rate on one disc is known well enough."""

MOST_MAPS = 4
"""Maps of a kind that are searched: a pass close by has dozens, a small part of a disc each."""

FEWEST_FRAMES = 3
"""Of fewer frames none outvotes another: to misplace them says nothing."""

FRAMES_LEFT = 0.5
"""Cells that lose more of their frames to being misplaced are not searched: a particle hit
is told by the other frames."""

LEAST_COS_EMISSION = 0.2
"""Cells seen more obliquely are not searched."""


def false_alarms_of(
    searched: Sequence[Searched], search: Search, random: np.random.Generator
) -> dict[str, dict[str, Any]]:
    """Count what the detector reports where nothing is.

    Parameters
    ----------
    searched : sequence of Searched
    search : Search
    random : numpy.random.Generator

    Returns
    -------
    dict of str to dict
        For ``sky``, ``sign`` and ``shuffled``: ``reports``, ``discs`` searched, and
        ``per_disc`` with ``low95`` and ``high95``; None where nothing could be searched.
    """
    by_size = sorted(searched, key=lambda one: -_area(one.grid_map))
    told = {}
    for kind, make in KINDS.items():
        total = FalseAlarms(0, 0.0)
        for one in by_size[:MOST_MAPS]:
            if total.discs >= ENOUGH_DISCS:
                break
            grid_map = make(one, search, random)
            if grid_map is not None and "m_residual" in grid_map:
                total = total.plus(_count(grid_map, search))
        rate = total.per_disc()
        told[kind] = {
            "reports": total.reports,
            "discs": total.discs,
            "per_disc": None if rate is None else rate[0],
            "low95": None if rate is None else rate[1],
            "high95": None if rate is None else rate[2],
        }
    return told


def _count(grid_map: GridMap, search: Search) -> FalseAlarms:
    scene = scene_of(grid_map, "M", LEAST_COS_EMISSION)
    area = discs_of(int(np.count_nonzero(scene.usable)), grid_map.grid)
    return FalseAlarms(len(search.on(grid_map)) if area > 0 else 0, area)


def _area(grid_map: GridMap) -> float:
    rows, columns = grid_map.grid.shape
    return rows * columns * grid_map.grid.cell_km**2


def _sky(one: Searched, search: Search, _random: np.random.Generator) -> GridMap | None:
    """Sky taken for the body at night."""
    swaths = {band: sky_swath(swath) for band, swath in one.group.swaths.items()}
    there = {band: swath for band, swath in swaths.items() if swath is not None}
    if "M" not in there:
        return None
    group = Group(
        name=one.group.name,
        swaths=there,
        blur_px={band: one.group.blur_px[band] for band in there},
        eclipsed={band: one.group.eclipsed[band] for band in there},
    )
    night = dict.fromkeys(there, Sunlight(0.0, 0.0, 1.0))
    try:
        _, grid_map = map_group(group, search.pointed, night, search.settings.grid, search.backend)
    except GriddingError:
        # moved by its own width, the body may leave the frames altogether
        return None
    return grid_map


def _sign(one: Searched, _search: Search, _random: np.random.Generator) -> GridMap | None:
    """Residuals turned in sign, found sources left out."""
    grid_map = one.grid_map
    rows, columns = grid_map.grid.shape
    apart = np.ones((rows, columns), dtype=bool)
    for region in one.regions:
        for row, column in region.components:
            apart[min(max(int(row), 0), rows - 1), min(max(int(column), 0), columns - 1)] = False
        if region.cells is not None:
            apart[region.cells] = False
    px = float(np.nanmedian(to_host(grid_map["km_per_px"]))) / grid_map.grid.cell_km
    apart = distance_transform_edt(apart) > MARGIN_PX * px if not apart.all() else apart
    return flipped(covered(grid_map, apart))


def _shuffled(one: Searched, search: Search, random: np.random.Generator) -> GridMap | None:
    """Frames laid on the map at wrong places, found sources left out."""
    if len(one.group.product_ids) < FEWEST_FRAMES:
        return None
    places = places_km(one.grid_map.grid, one.regions)
    shift = draw_shifts(tuple(sorted(one.group.product_ids)), random)
    swaths = {}
    for band, swath in one.group.swaths.items():
        swaths[band] = misplaced(
            without_places(swath, places),
            search.sunlight[band],
            one.group.eclipsed[band],
            np.array([shift[name] for name in swath.product_ids]),
        )
    _, grid_map = map_group(
        replace(one.group, swaths=swaths),
        search.pointed,
        search.sunlight,
        search.settings.grid,
        search.backend,
        one.grid_map.grid,
    )
    enough = to_host(grid_map["m_frames"]) >= FRAMES_LEFT * to_host(one.grid_map["m_frames"])
    return covered(grid_map, enough)


KINDS: dict[str, Callable[[Searched, Search, np.random.Generator], GridMap | None]] = {
    "sky": _sky,
    "sign": _sign,
    "shuffled": _shuffled,
}
"""Data without sources, by the name under which the rates are reported."""
