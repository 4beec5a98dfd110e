"""Marks of truth and of detections on a map.

What a mark means is told by its shape, filled or open, so that the picture reads the
same in grey and without colour vision; colour adds the reported probability.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from hotspots.catalogue.records import SourceClass
from hotspots.evaluation.matching import MatchedVisit
from hotspots.evaluation.outputs import Detection
from hotspots.evaluation.rule import SourceRole, role_of
from hotspots.evaluation.truth import TruthSource
from hotspots.grid import Grid
from hotspots.products.figures import MARKERS, OUTLINE
from hotspots.products.graticule import cells_of

__all__ = ["PROBABILITY_COLOURS", "draw_detections", "draw_truth", "legend_marks"]

Placed = TypeVar("Placed", TruthSource, Detection)

PROBABILITY_COLOURS = colormaps["viridis"]
_NO_PROBABILITY = "white"
_MISSED: dict[str, Any] = {"marker": "v", "facecolors": "none", "edgecolors": "#ffb37a", "s": 50}
_FALSE: dict[str, Any] = {"marker": "X", "edgecolors": "white", "linewidths": 1.0, "s": 110}
_FOUND: dict[str, Any] = {"edgecolors": "white", "linewidths": 0.7, "s": 34}
_NEUTRAL_FOUND: dict[str, Any] = {"edgecolors": "none", "linewidths": 0.0, "s": 9}
_ASKED: dict[str, Any] = {"facecolors": "none", "linewidths": 1.1, "s": 46, "path_effects": OUTLINE}
_NEUTRAL: dict[str, Any] = {"facecolors": "#b0b4bc", "edgecolors": "none", "s": 7}
_HOTSPOT_EDGE, _LAKE_EDGE = "#7fd4ff", "#ffe08a"
_SMALL_LAKE_MARKER = "D"


def draw_truth(axes: Axes, grid: Grid, seen: NDArray[np.bool_], visit: MatchedVisit) -> str:
    """Mark the true sources that a map shows: asked for open, neutral as dots.

    Parameters
    ----------
    axes : Axes
        With columns and rows as coordinates.
    grid : Grid
    seen : bool array (rows, columns)
        Cells with data; what lies elsewhere is left out.
    visit : MatchedVisit

    Returns
    -------
    str
        What is shown, in words.
    """
    counts = []
    for role in (SourceRole.NEUTRAL, SourceRole.ASKED):
        cells = _cells(grid, seen, [one for one in visit.truth.sources if role_of(one) is role])
        for source, column, row in cells:
            marker, edge = _truth_mark(source)
            style = _NEUTRAL if role is SourceRole.NEUTRAL else {**_ASKED, "edgecolors": edge}
            axes.scatter(column, row, marker=marker, **style)
        counts.append(f"{len(cells)} {role}")
    return ", ".join(reversed(counts))


def draw_detections(axes: Axes, grid: Grid, seen: NDArray[np.bool_], visit: MatchedVisit) -> str:
    """Mark what a detector found, missed and made up; parameters and result as `draw_truth`."""
    found = {match.source for match in visit.asked}
    missed = [source for source in visit.asked_sources if source not in found]
    neutral = [match.detection for match in (*visit.neutral, *visit.fragments)]
    false = [item.detection for item in visit.false]
    _draw(axes, _cells(grid, seen, neutral), _NEUTRAL_FOUND)
    n_found = _draw(axes, _cells(grid, seen, [match.detection for match in visit.asked]), _FOUND)
    n_false = _draw(axes, _cells(grid, seen, false), _FALSE)
    missed_cells = _cells(grid, seen, missed)
    for _, column, row in missed_cells:
        axes.scatter(column, row, path_effects=OUTLINE, **_MISSED)
    return f"{n_found} found, {len(missed_cells)} missed, {n_false} false"


def legend_marks() -> list[Line2D]:
    """One mark of each kind with its meaning."""
    dim: dict[str, Any] = {"markersize": 3, "markerfacecolor": "#b0b4bc"}
    filled: dict[str, Any] = {"markersize": 6.5, "markerfacecolor": PROBABILITY_COLOURS(0.8)}
    hotspot, lake = MARKERS[SourceClass.HOTSPOT], MARKERS[SourceClass.LAVA_LAKE]
    kinds: list[tuple[str, str, dict[str, Any]]] = [
        ("true hot spot", hotspot, _open(_HOTSPOT_EDGE)),
        ("true lava lake wider than 3 px", lake, _open(_LAKE_EDGE)),
        ("narrower lava lake", _SMALL_LAKE_MARKER, {**_open(_LAKE_EDGE), "markersize": 5.5}),
        ("neutral (small dots)", hotspot, {**dim, "markeredgecolor": "none"}),
        ("found, called hot spot", hotspot, {**filled, "markeredgecolor": "white"}),
        ("found, called lava lake", lake, {**filled, "markeredgecolor": "white"}),
        ("missed", "v", _open(str(_MISSED["edgecolors"]))),
        ("false", "X", {**filled, "markersize": 9, "markeredgecolor": "white"}),
    ]
    return [
        Line2D([], [], linestyle="", marker=marker, label=label, **style)
        for label, marker, style in kinds
    ]


def _open(colour: str) -> dict[str, Any]:
    return {"markersize": 7, "markerfacecolor": "none", "markeredgecolor": colour}


def _truth_mark(source: TruthSource) -> tuple[str, str]:
    """Marker and colour of the edge."""
    if source.source_class is SourceClass.HOTSPOT:
        return MARKERS[SourceClass.HOTSPOT], _HOTSPOT_EDGE
    return MARKERS[SourceClass.LAVA_LAKE] if source.resolvable else _SMALL_LAKE_MARKER, _LAKE_EDGE


def _draw(
    axes: Axes, cells: Sequence[tuple[Detection, float, float]], style: dict[str, Any]
) -> int:
    """Mark detections in the shape of their class, unless the style has its own; how many."""
    for detection, column, row in cells:
        p = detection.p_source
        colour = _NO_PROBABILITY if p is None else PROBABILITY_COLOURS(p)
        shape = {"marker": MARKERS[detection.source_class], "color": [colour]}
        axes.scatter(column, row, **{**shape, **style})
    return len(cells)


def _cells(
    grid: Grid, seen: NDArray[np.bool_], items: Iterable[Placed]
) -> list[tuple[Placed, float, float]]:
    """Those items that lie on cells with data, with column and row."""
    cells = []
    for item in items:
        column, row = (float(one) for one in cells_of(grid, item.lat_deg, item.lon_east_deg))
        inside = 0 <= column < seen.shape[1] and 0 <= row < seen.shape[0]
        if inside and seen[int(row), int(column)]:
            cells.append((item, column, row))
    return cells
