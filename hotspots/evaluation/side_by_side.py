"""Truth and detections on the map of a visit, side by side: a row for each visit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hotspots.errors import TruthError
from hotspots.evaluation.comparison import ComparedFolders
from hotspots.evaluation.marks import (
    PROBABILITY_COLOURS,
    draw_detections,
    draw_truth,
    legend_marks,
)
from hotspots.evaluation.matching import MatchedVisit, match_visit
from hotspots.evaluation.outputs import read_visit_output
from hotspots.evaluation.truth import read_visit_truth, truth_visits
from hotspots.grid import GridMap
from hotspots.products.figures import INK, NIGHT, save_figure
from hotspots.products.graticule import cells_of, draw_graticule
from hotspots.products.netcdf import read_grid_maps
from hotspots.products.plane_image import draw_plane, seen_window

__all__ = ["PicturedVisit", "draw_side_by_side", "pictured_visits", "side_by_side_figure"]

_PLANE = "m_mean"
_MOST_VISITS = 6
_PANEL_INCHES = 4.0
_FOOT_INCHES = 0.9
_GREY = LinearSegmentedColormap.from_list("dim grey", ["black", "#9a9a9a"])
"""Stays below the brightness of the marks."""


@dataclass(frozen=True)
class PicturedVisit:
    """A map of a visit, and the visit matched with every detector's output, by name."""

    grid_map: GridMap
    matched: Mapping[str, MatchedVisit]


def draw_side_by_side(
    path: Path, groups: Sequence[ComparedFolders], visits: Sequence[str] = ()
) -> None:
    """Draw visits with truth on the left and every detector to the right of it, as PNG.

    Parameters
    ----------
    path : Path
    groups : sequence of ComparedFolders
    visits : sequence of str
        Names of the visits to draw; none for the first six that have a map.

    Raises
    ------
    TruthError
        No visit with a map, or none of a name that was asked for.
    ProductError
        A map cannot be read, or the picture not be written.
    """
    save_figure(side_by_side_figure(pictured_visits(groups, visits)), path)


def pictured_visits(
    groups: Sequence[ComparedFolders], visits: Sequence[str] = ()
) -> list[PicturedVisit]:
    """Read what `draw_side_by_side` draws; the map is the one that shows most asked sources."""
    places = [(group, visit) for group in groups for visit in truth_visits(group.truth)]
    unknown = sorted(set(visits) - {visit for _, visit in places})
    if unknown:
        msg = f"{groups[0].truth}: no truth for {', '.join(unknown)}; wanted visits to draw"
        raise TruthError(msg)
    pictured: list[PicturedVisit] = []
    for group, visit in places:
        if visits and visit not in visits:
            continue
        if not visits and len(pictured) == _MOST_VISITS:
            break
        truth = read_visit_truth(group.truth, visit)
        matched = {
            name: match_visit(truth, read_visit_output(folder, visit))
            for name, folder in group.outputs.items()
        }
        files = (folder / visit / "grid.nc" for folder in group.outputs.values())
        file = next((file for file in files if file.is_file()), None)
        maps = [] if file is None else [m for m in read_grid_maps(file).values() if _PLANE in m]
        if maps:
            one = next(iter(matched.values()))
            pictured.append(PicturedVisit(max(maps, key=lambda m: _n_shown(m, one)), matched))
    if not pictured:
        msg = f"{groups[0].truth}: no map of any of these visits; wanted OUT/PJnn/grid.nc"
        raise TruthError(msg)
    return pictured


def side_by_side_figure(visits: Sequence[PicturedVisit]) -> Figure:
    """Draw the rows; all visits have the same detectors."""
    names = list(visits[0].matched)
    width, height = _PANEL_INCHES * (1 + len(names)), _PANEL_INCHES * len(visits)
    figure = Figure(figsize=(width, height + _FOOT_INCHES), layout="constrained")
    parts = figure.subfigures(2, 1, height_ratios=(height, _FOOT_INCHES), squeeze=False)
    panels, foot = parts[:, 0]
    rows: list[list[Axes]] = panels.subplots(len(visits), 1 + len(names), squeeze=False).tolist()
    for row, visit in zip(rows, visits, strict=True):
        values = np.asarray(visit.grid_map[_PLANE], dtype=np.float64)
        seen = np.isfinite(values)
        for axes in row:
            _draw_ground(axes, visit.grid_map, values)
        truth = next(iter(visit.matched.values()))
        shown = draw_truth(row[0], visit.grid_map.grid, seen, truth)
        _title(row[0], f"{truth.truth.visit}: truth", shown)
        for axes, name in zip(row[1:], names, strict=True):
            shown = draw_detections(axes, visit.grid_map.grid, seen, visit.matched[name])
            _title(axes, name, shown)
    foot.legend(
        handles=legend_marks(),
        loc="upper center",
        ncols=4,
        fontsize=8,
        facecolor="#4a4d55",
        edgecolor="#4a4d55",
        labelcolor="white",
        framealpha=1.0,
    )
    bar = foot.colorbar(
        ScalarMappable(Normalize(0.0, 1.0), PROBABILITY_COLOURS),
        cax=foot.add_axes((0.25, 0.22, 0.5, 0.12)),
        orientation="horizontal",
    )
    bar.set_label("reported probability of being a source", fontsize=8, color=INK)
    bar.ax.tick_params(labelsize=7)
    return figure


def _n_shown(grid_map: GridMap, visit: MatchedVisit) -> int:
    """How many of the sources asked for lie on cells with data."""
    seen = np.isfinite(np.asarray(grid_map[_PLANE]))
    lat = [source.lat_deg for source in visit.asked_sources]
    lon = [source.lon_east_deg for source in visit.asked_sources]
    column, row = cells_of(grid_map.grid, lat, lon)
    inside = (column >= 0) & (column < seen.shape[1]) & (row >= 0) & (row < seen.shape[0])
    return int(seen[row[inside].astype(int), column[inside].astype(int)].sum())


def _draw_ground(axes: Axes, grid_map: GridMap, values: NDArray[np.float64]) -> None:
    """Draw the map in greys, its window widened to a square."""
    top, bottom, left, right = seen_window(values)
    half = 0.5 * max(bottom - top, right - left)
    across, down = 0.5 * (left + right), 0.5 * (top + bottom)
    draw_plane(axes, values, cmap=_GREY)
    axes.set(
        facecolor=NIGHT,
        xlim=(across - half, across + half),
        ylim=(down + half, down - half),
        xticks=[],
        yticks=[],
    )
    draw_graticule(axes, grid_map.grid)


def _title(axes: Axes, name: str, shown: str) -> None:
    axes.set_title(name, loc="left", color=INK, fontsize=10, fontweight="bold")
    axes.set_title(shown, loc="right", color=INK, fontsize=8.5)
