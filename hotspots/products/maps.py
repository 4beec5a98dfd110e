"""Pictures: a visit's map with its sources on it, and the catalogue on a map of Io.

Matplotlib's object interface alone: no global state, no display.  Radiance is drawn in
``inferno``, whose lightness rises evenly, and classes differ in shape as well as in
colour, so that the pictures read the same without colour vision and in print.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import AsinhNorm
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from hotspots.backend import to_host
from hotspots.catalogue.records import SourceClass, SourceRecord
from hotspots.grid import Grid, GridMap, Projection
from hotspots.gridding.locate import project

__all__ = ["MARKERS", "save_figure", "write_visit_map"]

MARKERS: dict[SourceClass, dict[str, Any]] = {
    SourceClass.HOTSPOT: {"marker": "o", "edgecolors": "#7fd4ff"},
    SourceClass.LAVA_LAKE: {"marker": "s", "edgecolors": "#b6f58a"},
}
"""Shape and colour of each class."""

_DOTS_PER_INCH = 160
_LABELLED = 12
_GRATICULE_STEP_DEG = 30
_INK = "#20242c"
_OUTLINE = (withStroke(linewidth=2.2, foreground="#000000c0"),)


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
        Those that the projection does not show are left out.
    plane : str
        Name of the plane; drawn on a scale that is linear in the noise and logarithmic
        above it.
    title : str

    Raises
    ------
    GriddingError
        If the map has no such plane.
    """
    values = to_host(grid_map[plane]).astype("float64")
    top, bottom, left, right = _window(values)
    height, width = bottom - top, right - left
    figure = Figure(figsize=(8.6, 1.0 + 7.2 * max(0.45, min(1.3, height / width))))
    axes = figure.add_subplot()
    image = axes.imshow(
        values,
        norm=_norm(values),
        cmap="inferno",
        extent=(0, values.shape[1], values.shape[0], 0),
        interpolation="nearest",
    )
    axes.set_facecolor("#14161b")
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_title(title, loc="left", color=_INK, fontsize=13, fontweight="bold")
    description = grid_map.planes[plane]
    bar = figure.colorbar(image, ax=axes, fraction=0.04, pad=0.02)
    bar.set_label(f"{description.description} ({description.unit})", color=_INK)
    _draw_graticule(axes, grid_map.grid)
    _draw_sources(axes, grid_map.grid, sources)
    if grid_map.grid.projection is Projection.VIEW:
        _draw_scale_bar(axes, grid_map.grid.cell_km)
    save_figure(figure, path)


def save_figure(figure: Figure, path: Path) -> None:
    """Write a figure as PNG without the help of a display or of pyplot."""
    FigureCanvasAgg(figure)
    figure.savefig(path, dpi=_DOTS_PER_INCH, bbox_inches="tight", metadata={"Software": "hotspots"})


def _window(values: NDArray[Any]) -> tuple[int, int, int, int]:
    """Rows and columns around the cells that were seen, with a margin."""
    rows = np.flatnonzero(np.isfinite(values).any(axis=1))
    columns = np.flatnonzero(np.isfinite(values).any(axis=0))
    if not rows.size:
        return 0, values.shape[0], 0, values.shape[1]
    margin = int(0.03 * max(np.ptp(rows), np.ptp(columns))) + 1
    return (
        int(rows[0]) - margin,
        int(rows[-1]) + 1 + margin,
        int(columns[0]) - margin,
        int(columns[-1]) + 1 + margin,
    )


def _norm(values: NDArray[Any]) -> AsinhNorm:
    """Linear across the noise, logarithmic above it, and up to the brightest cells."""
    seen = values[np.isfinite(values)]
    if not seen.size:
        return AsinhNorm(linear_width=1.0, vmin=0.0, vmax=1.0)
    median = float(np.median(seen))
    noise = 1.4826 * float(np.median(np.abs(seen - median)))
    top = float(np.quantile(seen, 0.9998))
    width = noise if noise > 0 else max(1e-3 * abs(top), 1e-12)
    low = min(0.0, median - 2.0 * width)
    return AsinhNorm(linear_width=2.0 * width, vmin=low, vmax=max(top, low + 10.0 * width))


def _cells_of(grid: Grid, latitude_deg: Any, longitude_deg: Any) -> tuple[Any, Any]:
    """Fractional column and row of places on the ellipsoid; NaN where hidden."""
    latitude, longitude = np.deg2rad(latitude_deg), np.deg2rad(longitude_deg)
    direction = np.stack(
        np.broadcast_arrays(
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ),
        axis=-1,
    )
    radii = np.asarray(grid.radii_km)
    unit_point = direction / radii
    unit_point /= np.linalg.norm(unit_point, axis=-1, keepdims=True)
    return project(unit_point * radii, unit_point, grid)


def _draw_graticule(axes: Axes, grid: Grid) -> None:
    line: dict[str, Any] = {"color": "white", "alpha": 0.28, "linewidth": 0.6}
    along = np.linspace(-180.0, 180.0, 721)
    for latitude in range(-60, 61, _GRATICULE_STEP_DEG):
        column, row = _cells_of(grid, float(latitude), along)
        axes.plot(*_unwrapped(grid, column, row), **line)
        _label_line(axes, column, row, f"{abs(latitude)}°{'SN'[latitude > 0] if latitude else ''}")
    along = np.linspace(-90.0, 90.0, 361)
    for longitude in range(0, 360, _GRATICULE_STEP_DEG):
        column, row = _cells_of(grid, along, float(longitude))
        axes.plot(column, row, **line)
        _label_line(axes, column[120:241], row[120:241], f"{longitude}°E")


def _unwrapped(grid: Grid, column: Any, row: Any) -> tuple[Any, Any]:
    """Break a line where it jumps from one side of the map to the other."""
    jump = np.abs(np.diff(column, prepend=column[:1])) > 0.5 * grid.shape[1]
    return np.where(jump, np.nan, column), row


def _label_line(axes: Axes, column: Any, row: Any, text: str) -> None:
    """Write ``text`` at the middle of the part of a line that is in the picture."""
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    inside = np.flatnonzero((column > left) & (column < right) & (row < bottom) & (row > top))
    if inside.size > 20:
        middle = inside[inside.size // 2]
        axes.annotate(
            text,
            (column[middle], row[middle]),
            color="white",
            alpha=0.55,
            fontsize=6.5,
            ha="center",
            va="center",
            clip_on=True,
        )


def _draw_sources(axes: Axes, grid: Grid, sources: Sequence[SourceRecord]) -> None:
    shown = []
    for source in sources:
        column, row = _cells_of(grid, source.lat_deg, source.lon_east_deg)
        if np.isfinite(column) and _inside(axes, float(column), float(row)):
            shown.append((source, float(column), float(row)))
    for source_class, style in MARKERS.items():
        places = [(c, r) for source, c, r in shown if source.source_class is source_class]
        if places:
            columns, rows = zip(*places, strict=True)
            axes.scatter(
                columns,
                rows,
                s=52,
                facecolors="none",
                linewidths=1.1,
                label=f"{source_class.replace('_', ' ')} ({len(places)})",
                **style,
            )
    if shown:
        axes.legend(loc="upper right", fontsize=8, framealpha=0.75)
    _label_strongest(axes, shown)


def _inside(axes: Axes, column: float, row: float) -> bool:
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    return left <= column <= right and top <= row <= bottom


def _label_strongest(axes: Axes, shown: Sequence[tuple[SourceRecord, float, float]]) -> None:
    """Name the strongest sources, leaving out names that would cover one already written."""
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    width, height = right - left, bottom - top
    taken: list[tuple[float, float]] = []
    for source, column, row in sorted(shown, key=lambda one: -(one[0].m_power_gw_um or 0.0)):
        near = any(
            abs(column - c) < 0.20 * width and abs(row - r) < 0.028 * height for c, r in taken
        )
        if source.name is None or near:
            continue
        taken.append((column, row))
        leftwards = column > left + 0.8 * width
        axes.annotate(
            source.name,
            (column, row),
            xytext=(-6 if leftwards else 6, 0),
            textcoords="offset points",
            ha="right" if leftwards else "left",
            va="center",
            color="white",
            fontsize=7.5,
            path_effects=_OUTLINE,
            clip_on=True,
        )
        if len(taken) == _LABELLED:
            break


def _draw_scale_bar(axes: Axes, cell_km: float) -> None:
    """A bar of a round length, and an arrow: north is up on a view grid."""
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    width_km = (right - left) * cell_km
    power = 10.0 ** np.floor(np.log10(0.25 * width_km))
    length_km = power * max(step for step in (1, 2, 5) if step * power <= 0.25 * width_km)
    x, y = left + 0.04 * (right - left), bottom - 0.04 * (bottom - top)
    axes.plot(
        [x, x + length_km / cell_km], [y, y], color="white", linewidth=3, path_effects=_OUTLINE
    )
    text: dict[str, Any] = {"color": "white", "fontsize": 8.5, "path_effects": _OUTLINE}
    axes.annotate(f"{length_km:g} km", (x, y), xytext=(0, 5), textcoords="offset points", **text)
    tip = top + 0.035 * (bottom - top)
    axes.annotate(
        "N",
        (x, tip),
        xytext=(x, tip + 0.10 * (bottom - top)),
        ha="center",
        arrowprops={"arrowstyle": "-|>", "color": "white", "linewidth": 1.4},
        **text,
    )
