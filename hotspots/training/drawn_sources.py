"""From labels that people drew to what is known of one map.

A person says what there is; how far it stands out is measured on the map.  A source that is
drawn and does not stand out is left out of the teaching, never called background.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from hotspots.backend import to_host
from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.detection.candidates import Candidates
from hotspots.grid import GridMap
from hotspots.gridding.locate import cell_surface
from hotspots.training.known_sources import RESOLVED_PX
from hotspots.training.label_layers import DrawnClass, DrawnLabel
from hotspots.training.labels import ASKED_SNR, SEEN_SNR, KnownSource
from hotspots.training.peak_places import cells_of, pairs_within, place_of
from hotspots.training.samples import HOTSPOT, LAVA_LAKE

__all__ = ["REACH_PX", "UNASKED_SNR", "area_snr", "drawn_sources"]

REACH_PX = 1.5
"""A point is moved to the fitted peak that is so near, native pixels."""

UNASKED_SNR = 0.5 * (SEEN_SNR + ASKED_SNR)
"""Stands for a source that is there and need not be found."""

_KIND = {DrawnClass.hotspot: HOTSPOT, DrawnClass.lava_lake: LAVA_LAKE, DrawnClass.ignore: HOTSPOT}

Float64 = NDArray[np.float64]
Mask = NDArray[np.bool_]


def drawn_sources(
    grid_map: GridMap, candidates: Candidates, labels: Sequence[DrawnLabel]
) -> tuple[list[KnownSource], Mask]:
    """What people say of one map.

    Parameters
    ----------
    grid_map : GridMap
        With the plane ``km_per_px``.
    candidates : Candidates
        Of this map.
    labels : sequence of DrawnLabel

    Returns
    -------
    known : list of KnownSource
        Points at the peak they belong to, areas as outlines.  A lava lake too small for
        this map is a hot spot on it, as it is in simulated visits.
    judged : array (rows, columns) bool
        Cells inside the areas ``surveyed``, where there are any, and outside ``ignore``.
    """
    km_per_px = float(np.nanmedian(to_host(grid_map["km_per_px"])))
    _, latitude, longitude = cell_surface(grid_map.grid)
    areas = [label for label in labels if not label.is_point]
    covered = [(label, _inside(label, latitude, longitude)) for label in areas]
    judged = np.ones(grid_map.grid.shape, dtype=bool)
    surveyed = [cells for label, cells in covered if label.drawn_class is DrawnClass.surveyed]
    if surveyed:
        judged = np.logical_or.reduce(surveyed)
    known = []
    points = [label for label in labels if label.is_point]
    for label, cells in covered:
        if label.drawn_class is DrawnClass.ignore:
            judged &= ~cells
        elif label.drawn_class is DrawnClass.surveyed:
            continue
        elif _diameter_km(label) < RESOLVED_PX * km_per_px:
            points.append(DrawnLabel(DrawnClass.hotspot, label.shape.centroid))
        else:
            known.append(_outlined(label, cells, candidates))
    return known + _points(grid_map, candidates, points, REACH_PX * km_per_px), judged


def area_snr(candidates: Candidates, cells: Mask) -> float:
    """Signal over noise of the light of an area.

    Parameters
    ----------
    candidates : Candidates
    cells : array (rows, columns) bool

    Returns
    -------
    float
        The larger of that of all cells together and that of the strongest point among
        them; the search for points does not look into patches.  Zero without usable cells.
    """
    scene, found = candidates.scene, candidates.found
    weight = scene.weight(cells & scene.usable)
    together = np.sum(weight * (scene.image - found.background))
    together /= np.sqrt(max(float(np.sum(weight)), np.finfo(np.float64).tiny))
    return float(max(together, found.snr[cells & scene.usable].max(initial=0.0)))


def _inside(label: DrawnLabel, latitude: Float64, longitude: Float64) -> Mask:
    """Cells whose centres an area covers, whatever turn its longitudes are on."""
    shapely.prepare(label.shape)
    inside = np.zeros(latitude.shape, dtype=bool)
    for turn in (-360.0, 0.0, 360.0):
        inside |= shapely.contains_xy(label.shape, longitude + turn, latitude)
    return inside


def _diameter_km(label: DrawnLabel) -> float:
    """Diameter of the disc of the same area."""
    degree_km = np.pi / 180 * IO_MEAN_RADIUS_KM
    area_km2 = label.shape.area * degree_km**2 * np.cos(np.radians(label.shape.centroid.y))
    return float(2 * np.sqrt(area_km2 / np.pi))


def _outlined(label: DrawnLabel, cells: Mask, candidates: Candidates) -> KnownSource:
    """A resolved source with its rim."""
    centre = label.shape.centroid
    return KnownSource(
        float(centre.y),
        float(centre.x),
        _KIND[label.drawn_class],
        max(area_snr(candidates, cells), SEEN_SNR),
        tuple((float(y), float(x)) for x, y in label.shape.exterior.coords[:-1]),
    )


def _points(
    grid_map: GridMap, candidates: Candidates, labels: Sequence[DrawnLabel], reach_km: float
) -> list[KnownSource]:
    """Points, each moved to a peak of its own where there is one."""
    if not labels:
        return []
    grid, fit = grid_map.grid, candidates.found.fit
    places = [(float(label.shape.y), float(label.shape.x)) for label in labels]
    columns, rows = cells_of(grid, places)
    distance = np.hypot(
        columns[:, None] - fit.place[None, :, 0], rows[:, None] - fit.place[None, :, 1]
    )
    reach = np.full(len(labels), reach_km / grid.cell_km)
    pairs = pairs_within(distance, distance, reach)
    known = []
    for k, label in enumerate(labels):
        (latitude, longitude), snr = places[k], _snr_at(candidates, columns[k], rows[k])
        if k in pairs:
            latitude, longitude = place_of(grid, *fit.place[pairs[k]].tolist())
            snr = float(fit.snr[pairs[k]])
        snr = UNASKED_SNR if label.drawn_class is DrawnClass.ignore else max(snr, SEEN_SNR)
        known.append(KnownSource(latitude, longitude, _KIND[label.drawn_class], snr))
    return known


def _snr_at(candidates: Candidates, column: float, row: float) -> float:
    """Signal over noise of the cell that holds a place; zero off the map."""
    rows, columns = candidates.scene.image.shape
    if not (0 <= column < columns and 0 <= row < rows):  # also where they are NaN
        return 0.0
    here = int(row), int(column)
    return float(candidates.found.snr[here]) if candidates.scene.usable[here] else 0.0
