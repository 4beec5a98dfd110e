"""Picture of the light curves of the most powerful volcanoes: one panel each, time across.

M-band power: a disc with its 68 % interval is a measurement, a triangle up a saturated
lower limit, an open triangle down an upper limit of a visit that saw nothing, a cross an
alert.  The band is the median with its 68 % interval, the dotted lines the least and the
greatest power published.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import NullFormatter

from hotspots.catalogue.alerts import Alert
from hotspots.catalogue.light_curves import LightCurvePoint, PointStatus
from hotspots.catalogue.variability import power_statistics
from hotspots.catalogue.volcanoes import Volcano, name_of
from hotspots.products.figures import INK, save_figure

__all__ = ["most_powerful", "write_light_curve_plot"]

_COLUMNS = 2
_MEASURED, _LIMIT, _ALERT, _PUBLISHED = "#c8401f", "#5b6f8f", "#111111", "#8a8f99"


def most_powerful(volcanoes: Sequence[Volcano], count: int) -> list[Volcano]:
    """Volcanoes by the greatest M-band power that was seen, the greatest first."""
    greatest = {one.volcano_id: power_statistics(one.light_curve).greatest for one in volcanoes}
    seen = [one for one in volcanoes if greatest[one.volcano_id] is not None]
    return sorted(seen, key=lambda one: -(greatest[one.volcano_id] or 0.0))[:count]


def write_light_curve_plot(
    path: Path, volcanoes: Sequence[Volcano], alerts: Sequence[Alert], *, count: int
) -> None:
    """Draw the light curves of the most powerful volcanoes, as PNG.

    Parameters
    ----------
    path : Path
    volcanoes : sequence of Volcano
        None give a picture that says so.
    alerts : sequence of Alert
    count : int
        How many panels at most.

    Raises
    ------
    ProductError
        If the file cannot be written.
    """
    chosen = most_powerful(volcanoes, count)
    rows = max(1, -(-len(chosen) // _COLUMNS))
    figure = Figure(figsize=(12.0, 0.8 + 1.8 * rows))
    if not chosen:
        figure.text(0.5, 0.5, "No volcano was seen", ha="center", color=INK)
        save_figure(figure, path)
        return
    grid = figure.subplots(
        rows, _COLUMNS, sharex=True, squeeze=False, gridspec_kw={"hspace": 0.32, "wspace": 0.14}
    )
    alerted = {(alert.volcano_id, alert.visit): alert for alert in alerts}
    for axes, volcano in zip(grid.ravel(), chosen, strict=False):
        _draw_panel(axes, volcano, alerted)
    for axes in grid.ravel()[len(chosen) :]:
        axes.set_visible(False)
    for axes in grid[:, 0]:
        axes.set_ylabel("M, GW/µm", color=INK, fontsize=9)
    figure.legend(
        handles=_legend(),
        loc="upper center",
        bbox_to_anchor=(0.5, 0.11 - 0.35 / figure.get_figheight()),
        ncols=6,
        fontsize=8,
        frameon=False,
    )
    save_figure(figure, path)


def _draw_panel(axes: Axes, volcano: Volcano, alerted: Mapping[tuple[str, str], Alert]) -> None:
    named = name_of(volcano)
    title = volcano.volcano_id if named is None else named.name
    place = f"{volcano.lat_deg:.1f}°, {volcano.lon_east_deg:.1f}°E"
    axes.set_title(title, loc="left", fontsize=9.5, fontweight="bold", color=INK)
    axes.set_title(place, loc="right", fontsize=8, color=_PUBLISHED)
    axes.set_yscale("log")
    axes.yaxis.set_major_formatter("{x:g}")
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.grid(color=INK, alpha=0.1, linewidth=0.6)
    axes.tick_params(labelsize=8, colors=INK, length=3, which="both")
    _draw_expectation(axes, volcano)
    levels = []
    for point in volcano.light_curve:
        time: Any = datetime.fromisoformat(point.time_utc)
        level = _draw_point(axes, time, point)
        if level is not None:
            levels.append(level)
            if (volcano.volcano_id, point.visit) in alerted:
                axes.plot(time, level, marker="x", markersize=11, color=_ALERT, zorder=4)
    # two decades or more, so that noise does not look like an eruption
    low, high = min(levels) / 3.0, max(levels) * 3.0
    stretch = max(1.0, (100.0 * low / high) ** 0.5)
    axes.set_ylim(low / stretch, high * stretch)
    axes.set_xlim(*_span(volcano))


def _span(volcano: Volcano) -> tuple[Any, Any]:
    """Times of the first and the last visit, with a margin."""
    times = [datetime.fromisoformat(point.time_utc) for point in volcano.light_curve]
    margin = 0.04 * (max(times) - min(times)) + timedelta(days=1)
    return min(times) - margin, max(times) + margin


def _draw_expectation(axes: Axes, volcano: Volcano) -> None:
    known = power_statistics(volcano.light_curve)
    if known.scatter is not None and known.median_lo and known.median_hi and known.median:
        axes.axhspan(known.median_lo, known.median_hi, color=_MEASURED, alpha=0.12, linewidth=0)
        axes.axhline(known.median, color=_MEASURED, alpha=0.5, linewidth=0.9)
    if volcano.published is not None:
        for level in (volcano.published.least_gw_um, volcano.published.brightest_gw_um):
            if level is not None:
                axes.axhline(level, color=_PUBLISHED, linestyle=":", linewidth=1.0)


def _draw_point(axes: Axes, time: Any, point: LightCurvePoint) -> float | None:
    """Draw one point; the level it was drawn at, if it says anything."""
    if point.status is PointStatus.NOT_SEEN:
        limit = point.m_limit90_gw_um or point.m_limit50_gw_um
        if limit is not None:
            axes.plot(
                *(time, limit), marker="v", markersize=6, color=_LIMIT, fillstyle="none", zorder=2
            )
        return limit
    value = point.m_power_gw_um or point.m_power_lo_gw_um
    if value is None:
        return None
    if point.status is PointStatus.SATURATED and point.m_power_hi_gw_um is None:
        level = point.m_power_lo_gw_um or value
        axes.plot(time, level, marker="^", markersize=7, color=_MEASURED, zorder=3)
        return level
    low = value if point.m_power_lo_gw_um is None else max(point.m_power_lo_gw_um, 0.0)
    high = value if point.m_power_hi_gw_um is None else point.m_power_hi_gw_um
    reach = [[max(value - low, 0.0)], [max(high - value, 0.0)]]
    axes.errorbar(
        time, value, yerr=reach, fmt="o", markersize=5, color=_MEASURED, capsize=2, zorder=3
    )
    return value


def _legend() -> list[Line2D | Patch]:
    def mark(marker: str, colour: str, label: str, **style: Any) -> Line2D:
        return Line2D([], [], linestyle="", marker=marker, color=colour, label=label, **style)

    return [
        mark("o", _MEASURED, "measured, 68 %"),
        mark("^", _MEASURED, "saturated: at least"),
        mark("v", _LIMIT, "not seen: at most (90 %)", fillstyle="none"),
        mark("x", _ALERT, "alert"),
        Patch(color=_MEASURED, alpha=0.25, label="median of the visits, 68 %"),
        Line2D([], [], color=_PUBLISHED, linestyle=":", label="published range"),
    ]
