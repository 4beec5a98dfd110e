"""Picture of a visit: one plane of its map with the sources on it.

Radiance is drawn in ``inferno``, whose lightness rises evenly.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import AsinhNorm
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hotspots.backend import to_host
from hotspots.catalogue.records import SourceClass, SourceRecord
from hotspots.grid import Grid, GridMap, Plane, Projection
from hotspots.products.figures import (
    INK,
    MARKERS,
    NIGHT,
    OUTLINE,
    label_strongest,
    save_figure,
    unit_text,
)
from hotspots.products.graticule import cells_of, draw_graticule
from hotspots.products.plane_image import draw_plane, seen_window

__all__ = ["write_visit_map"]

_EDGES = {SourceClass.HOTSPOT: "#7fd4ff", SourceClass.LAVA_LAKE: "#b6f58a"}
_NAMED = 12


def write_visit_map(
    path: Path,
    grid_map: GridMap,
    sources: Sequence[SourceRecord],
    *,
    plane: str,
    title: str,
) -> None:
    """Draw one plane of a map and the sources that it shows, as PNG.

    Parameters
    ----------
    path : Path
    grid_map : GridMap
        On any grid; scale bar and north arrow are drawn on view grids.
    sources : sequence of SourceRecord
        Those where this map has no data are left out: another group's map shows them.
    plane : str
        Name of the plane.
    title : str

    Raises
    ------
    GriddingError
        If the map has no such plane.
    """
    values = to_host(grid_map[plane]).astype("float64")
    top, bottom, left, right = seen_window(values)
    figure = Figure(figsize=(7.6, 7.6 * float(np.clip((bottom - top) / (right - left), 0.4, 1.4))))
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    draw_plane(axes, values, cmap="inferno")
    axes.set(facecolor=NIGHT, xlim=(left, right), ylim=(bottom, top), xticks=[], yticks=[])
    axes.set_title(title, loc="left", color=INK, fontsize=13, fontweight="bold", pad=10)
    _draw_colour_bar(axes, grid_map.planes[plane])
    draw_graticule(axes, grid_map.grid)
    _draw_sources(axes, grid_map.grid, sources, np.isfinite(values))
    if grid_map.grid.projection is Projection.VIEW:
        _draw_scale_and_north(axes, grid_map.grid.cell_km)
    save_figure(figure, path)


def _draw_colour_bar(axes: Axes, plane: Plane) -> None:
    image = axes.images[0]
    bar = axes.figure.colorbar(image, cax=axes.inset_axes((1.02, 0.0, 0.03, 1.0)))
    bar.set_label(f"{plane.description} ({unit_text(plane.unit)})", color=INK, fontsize=10)
    norm = image.norm
    assert isinstance(norm, AsinhNorm)
    assert norm.vmax is not None
    # Decades nearer to zero than this would be written over each other.
    lowest = np.ceil(np.log10(2.5 * norm.linear_width))
    decades = 10.0 ** np.arange(lowest, np.log10(norm.vmax))
    bar.set_ticks([0.0, *decades], labels=["0", *(f"{decade:g}" for decade in decades)])
    minor = np.outer(decades, np.arange(2, 10)).ravel()
    bar.set_ticks([float(one) for one in minor if one < norm.vmax], minor=True)


def _draw_sources(
    axes: Axes, grid: Grid, sources: Sequence[SourceRecord], seen: NDArray[np.bool_]
) -> None:
    shown = []
    for source in sources:
        column, row = (float(one) for one in cells_of(grid, source.lat_deg, source.lon_east_deg))
        if 0 <= column < seen.shape[1] and 0 <= row < seen.shape[0] and seen[int(row), int(column)]:
            shown.append((source, column, row))
    for source_class, marker in MARKERS.items():
        places = [(c, r) for source, c, r in shown if source.source_class is source_class]
        if places:
            columns, rows = zip(*places, strict=True)
            axes.scatter(
                columns,
                rows,
                s=62,
                marker=marker,
                facecolors="none",
                edgecolors=_EDGES[source_class],
                linewidths=1.0,
                label=f"{source_class.replace('_', ' ')} ({len(places)})",
            )
    if shown:
        axes.legend(
            loc="lower right",
            bbox_to_anchor=(1.0, 1.005),
            ncols=len(MARKERS),
            fontsize=8.5,
            facecolor=NIGHT,
            edgecolor=NIGHT,
            labelcolor="white",
            framealpha=1.0,
            handletextpad=0.1,
            columnspacing=1.0,
        )
    label_strongest(axes, shown, count=_NAMED, color="white", fontsize=7.5, path_effects=OUTLINE)


def _draw_scale_and_north(axes: Axes, cell_km: float) -> None:
    """Draw a bar of a round length, and an arrow: north is up in the middle of a view grid."""
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    longest_km = 0.25 * (right - left) * cell_km
    power = 10.0 ** np.floor(np.log10(longest_km))
    length_km = power * max(step for step in (1, 2, 5) if step * power <= longest_km)
    x, y = left + 0.04 * (right - left), bottom - 0.04 * (bottom - top)
    end = x + length_km / cell_km
    axes.plot([x, end], [y, y], color="white", linewidth=3, path_effects=OUTLINE)
    text: dict[str, Any] = {"color": "white", "fontsize": 8.5, "path_effects": OUTLINE}
    axes.annotate(f"{length_km:g} km", (x, y), xytext=(0, 5), textcoords="offset points", **text)
    tip = top + 0.03 * (bottom - top)
    axes.annotate(
        "N",
        (x, tip),
        xytext=(x, tip + 0.10 * (bottom - top)),
        ha="center",
        arrowprops={"arrowstyle": "-|>", "color": "white", "linewidth": 1.4},
        **text,
    )
