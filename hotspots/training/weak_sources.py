"""From a table of places that have been hot to what may be taught of one map.

A volcano of the table may be quiet, and a source that is not in it may be new.  So only the
peaks at places of the table are sources, only quiet ground is background, and everything
between is ignored.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from skimage.draw import disk

from hotspots.backend import to_host
from hotspots.detection.candidates import Candidates
from hotspots.grid import Grid, GridMap
from hotspots.training.drawn_sources import REACH_PX, UNASKED_SNR, area_snr
from hotspots.training.known_places import KnownPlace
from hotspots.training.labels import MARGIN, KnownSource
from hotspots.training.peak_places import cells_of, pairs_within, place_of
from hotspots.training.samples import HOTSPOT, LAVA_LAKE

__all__ = ["weak_sources"]

Float64 = NDArray[np.float64]
Mask = NDArray[np.bool_]
Cells = tuple[NDArray[np.int64], NDArray[np.int64]]

WITHIN_SIGMA = 2.0
"""A peak belongs to a place within so many standard deviations of it: 86 % of a normal
error of two axes."""


def weak_sources(
    grid_map: GridMap, candidates: Candidates, places: Sequence[KnownPlace], least_snr: float
) -> tuple[list[KnownSource], Mask]:
    """What a table says of one map.

    Parameters
    ----------
    grid_map : GridMap
        With the plane ``km_per_px``.
    candidates : Candidates
        Of this map.
    places : sequence of KnownPlace
    least_snr : float
        Signal over noise from which a peak at a place is a source.

    Returns
    -------
    known : list of KnownSource
        The strongest peak at each place, and outlined patches at lava lakes, as sources;
        all other peaks as sources that need not be found.
    judged : array (rows, columns) bool
        Cells outside all other patches, and away from places without a peak.
    """
    grid, scene, fit = grid_map.grid, candidates.scene, candidates.found.fit
    km_per_px = float(np.nanmedian(to_host(grid_map["km_per_px"])))
    columns, rows = cells_of(grid, [(place.lat_deg, place.lon_east_deg) for place in places])
    sigma_km = np.array([place.sigma_km for place in places])
    reach = (WITHIN_SIGMA * sigma_km + REACH_PX * km_per_px) / grid.cell_km
    judged = np.ones(grid.shape, dtype=bool)
    known: list[KnownSource] = []
    used: set[int] = set()
    for cells in candidates.patches:
        judged[cells] = False
        distance = _distance(columns, rows, cells)
        near = np.flatnonzero(distance <= reach).tolist()
        rim = _rim(grid, cells)
        if any(places[k].is_lake for k in near) and rim:
            judged[cells] = True
            latitude, longitude = place_of(grid, *(float(np.mean(c)) + 0.5 for c in cells[::-1]))
            patch = np.zeros(grid.shape, dtype=bool)
            patch[cells] = True
            snr = area_snr(candidates, patch)
            known.append(KnownSource(latitude, longitude, LAVA_LAKE, snr, rim))
        used.update(near)
    distance = np.hypot(
        columns[:, None] - fit.place[None, :, 0], rows[:, None] - fit.place[None, :, 1]
    )
    distance[:, fit.snr < least_snr] = np.nan
    strongest_first = np.broadcast_to(-fit.snr, distance.shape)
    pairs = pairs_within(distance, strongest_first, reach)
    quiet = sorted(set(range(len(places))) - set(pairs) - used)
    for k in quiet:
        judged[_disc(grid, columns[k], rows[k], reach[k] + MARGIN * scene.width)] = False
    for peak, (column, row) in enumerate(fit.place.tolist()):
        latitude, longitude = place_of(grid, column, row)
        if peak in pairs.values():
            judged[_disc(grid, column, row, MARGIN * scene.width)] = True
            known.append(KnownSource(latitude, longitude, HOTSPOT, float(fit.snr[peak])))
        else:
            known.append(KnownSource(latitude, longitude, HOTSPOT, UNASKED_SNR))
    return known, judged


def _distance(columns: Float64, rows: Float64, cells: Cells) -> Float64:
    """From each place to the nearest cell of a patch, cells; NaN for places not shown."""
    away = np.full(len(columns), np.nan)
    for k in np.flatnonzero(np.isfinite(columns)):
        away[k] = np.hypot(cells[1] + 0.5 - columns[k], cells[0] + 0.5 - rows[k]).min()
    return away


def _rim(grid: Grid, cells: Cells) -> tuple[tuple[float, float], ...]:
    """Places of the corners of the convex hull of a patch; none where it is a line."""
    hull = shapely.MultiPoint(np.stack([cells[1] + 0.5, cells[0] + 0.5], axis=-1)).convex_hull
    if hull.geom_type != "Polygon":
        return ()
    return tuple(place_of(grid, column, row) for column, row in hull.exterior.coords[:-1])


def _disc(grid: Grid, column: float, row: float, radius: float) -> Cells:
    """Cells around a place; none where it is not shown."""
    if not np.isfinite(column):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    rows, columns = disk((row - 0.5, column - 0.5), radius, shape=grid.shape)
    return rows.astype(np.int64), columns.astype(np.int64)
