"""Picture of the catalogue: the sources of all visits on one map of Io.

Plain cylindrical, longitude east-positive; the upper edge counts west for readers who
are used to it.  Size stands for power, colour for the visit, shape for the class, and
the grey discs are the named paterae.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.collections import EllipseCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from numpy.typing import ArrayLike

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.catalogue.names import volcanic_features
from hotspots.catalogue.records import SourceRecord
from hotspots.products.figures import INK, MARKERS, label_strongest, save_figure

__all__ = ["write_catalogue_map"]

_PAPER = "#f7f6f3"
_NAMED = 16
_LEGEND_POWERS_GW_UM = (0.1, 1.0, 10.0)
_LEGEND_VISITS = 16
_HALO = (withStroke(linewidth=2.0, foreground=_PAPER),)


def write_catalogue_map(path: Path, sources: Sequence[SourceRecord], *, title: str) -> None:
    """Draw all sources on a map of the whole of Io, as PNG.

    Parameters
    ----------
    path : Path
    sources : sequence of SourceRecord
        Of any number of visits, which are coloured in the order of their first source.
    title : str
    """
    figure = Figure(figsize=(12.0, 6.6))
    axes = figure.add_subplot()
    axes.set(facecolor=_PAPER, xlim=(0, 360), ylim=(-90, 90), aspect="equal")
    axes.set_title(title, loc="left", color=INK, fontsize=13, fontweight="bold", pad=8)
    _draw_frame(axes)
    _draw_paterae(axes)
    visits = list(dict.fromkeys(source.visit for source in sources))
    shades = colormaps["viridis"](np.linspace(0.0, 0.92, max(len(visits), 2)))
    colours = dict(zip(visits, shades, strict=False))
    for source_class, marker in MARKERS.items():
        chosen = [source for source in sources if source.source_class is source_class]
        if chosen:
            axes.scatter(
                [source.lon_east_deg for source in chosen],
                [source.lat_deg for source in chosen],
                s=_marker_area([source.m_power_gw_um or 0.0 for source in chosen]),
                marker=marker,
                facecolors=[(*colours[source.visit][:3], 0.45) for source in chosen],
                edgecolors=[colours[source.visit] for source in chosen],
                linewidths=0.9,
                zorder=3,
            )
    _draw_legends(axes, colours)
    strongest = _one_per_name(sources)
    places = [(source, source.lon_east_deg, source.lat_deg) for source in strongest]
    style: dict[str, Any] = {"color": INK, "fontsize": 7.5, "path_effects": _HALO}
    label_strongest(axes, places, count=_NAMED, offset_points=9.0, **style)
    save_figure(figure, path)


def _marker_area(power_gw_um: ArrayLike) -> Any:
    """Area of a marker, points squared: it doubles and a bit with every decade of power."""
    decades = np.log10(np.clip(power_gw_um, 0.003, 300.0)) + 2.0
    return 14.0 * 2.2**decades


def _draw_frame(axes: Axes) -> None:
    axes.set_xticks(range(0, 361, 30), [f"{one}°E" for one in range(0, 361, 30)])
    axes.set_yticks(range(-90, 91, 30), ["90°S", "60°S", "30°S", "0°", "30°N", "60°N", "90°N"])
    axes.grid(color=INK, alpha=0.12, linewidth=0.6)
    west = axes.secondary_xaxis("top", functions=(_other_way, _other_way))
    west.set_xticks(range(0, 361, 60), [f"{one}°W" for one in range(0, 361, 60)])
    for one in (axes, west):
        one.tick_params(labelsize=8, colors=INK, length=3)
    west.tick_params(colors="#8a8f99")


def _other_way(longitude_deg: ArrayLike) -> Any:
    """East longitude from west, and the other way round."""
    return 360.0 - np.asarray(longitude_deg)


def _draw_paterae(axes: Axes) -> None:
    """Draw named paterae in their size, stretched in longitude as the projection does."""
    paterae = [one for one in volcanic_features() if one.kind == "patera" and one.diameter_km]
    latitude = np.asarray([one.lat_deg for one in paterae])
    height = np.rad2deg([(one.diameter_km or 0.0) / IO_MEAN_RADIUS_KM for one in paterae])
    axes.add_collection(
        EllipseCollection(
            widths=height / np.cos(np.deg2rad(latitude)),
            heights=height,
            angles=np.zeros(len(paterae)),
            units="xy",
            offsets=np.column_stack([[one.lon_east_deg for one in paterae], latitude]),
            offset_transform=axes.transData,
            facecolors="#00000014",
            edgecolors="none",
            zorder=1,
        )
    )


def _draw_legends(axes: Axes, colours: dict[str, Any]) -> None:
    def dot(marker: str, colour: Any, area: float, label: str) -> Line2D:
        size = float(np.sqrt(area))
        return Line2D(
            [], [], linestyle="", marker=marker, color=colour, markersize=size, label=label
        )

    area = float(_marker_area(1.0))
    shapes = [dot(m, "#8a8f99", area, name.replace("_", " ")) for name, m in MARKERS.items()]
    sizes = [
        dot("o", "#8a8f99", float(_marker_area(power)), f"{power:g} GW/µm (M)")
        for power in _LEGEND_POWERS_GW_UM
    ]
    visits = [dot("o", shade, area, visit) for visit, shade in colours.items()][:_LEGEND_VISITS]
    axes.legend(
        handles=[*shapes, *sizes, *visits],
        loc="upper center",
        bbox_to_anchor=(0.5, -0.07),
        ncols=min(6 + len(visits), 11),
        fontsize=8,
        frameon=False,
        labelcolor=INK,
        handletextpad=0.2,
        columnspacing=1.1,
    )


def _one_per_name(sources: Sequence[SourceRecord]) -> list[SourceRecord]:
    """Strongest source of each name, so that no volcano is labelled in every visit."""
    best: dict[str | None, SourceRecord] = {}
    for source in sources:
        rival = best.get(source.name)
        if rival is None or (source.m_power_gw_um or 0.0) > (rival.m_power_gw_um or 0.0):
            best[source.name] = source
    return list(best.values())
