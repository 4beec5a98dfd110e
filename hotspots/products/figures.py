"""What the pictures share: marks of the classes, units with exponents, and saving.

Matplotlib's object interface alone: no global state, no display.  Classes differ in
shape as well as in colour, so that the pictures read the same without colour vision
and in print.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from hotspots.catalogue.records import SourceClass, SourceRecord
from hotspots.products.atomic import write_bytes

__all__ = ["INK", "MARKERS", "NIGHT", "OUTLINE", "label_strongest", "save_figure", "unit_text"]

INK = "#20242c"
NIGHT = "#14161b"
MARKERS = {SourceClass.HOTSPOT: "o", SourceClass.LAVA_LAKE: "s"}
OUTLINE = (withStroke(linewidth=2.2, foreground="#000000c0"),)

_DOTS_PER_INCH = 160


def save_figure(figure: Figure, path: Path) -> None:
    """Write a figure as PNG.

    Raises
    ------
    ProductError
        If the file cannot be written.
    """
    FigureCanvasAgg(figure)
    content = BytesIO()
    figure.savefig(
        content, dpi=_DOTS_PER_INCH, bbox_inches="tight", metadata={"Software": "hotspots"}
    )
    write_bytes(path, content.getbuffer())


def unit_text(unit: str) -> str:
    """Set the exponents of a unit such as ``W m-2 sr-1`` high."""
    return re.sub(r"(?<=[a-z])(-?\d+)", r"$^{\1}$", unit)


def label_strongest(
    axes: Axes,
    places: Sequence[tuple[SourceRecord, float, float]],
    *,
    count: int,
    offset_points: float = 7.0,
    **style: Any,
) -> None:
    """Write the names of the strongest sources beside them.

    Parameters
    ----------
    axes : Axes
    places : sequence of (source, x, y)
        Where the sources lie, in the axes' data coordinates.
    count : int
        Number of names; those that would cover a stronger one's are left out.
    offset_points : float
        Distance of the text from the place.
    **style
        Of the text.
    """
    taken: list[tuple[float, float]] = []
    to_fraction = axes.transData + axes.transAxes.inverted()
    for source, x, y in sorted(places, key=lambda place: -(place[0].m_power_gw_um or 0.0)):
        across, up = to_fraction.transform((x, y))
        near = any(abs(across - a) < 0.2 and abs(up - u) < 0.03 for a, u in taken)
        if source.name is None or near:
            continue
        taken.append((across, up))
        leftwards = across > 0.8
        axes.annotate(
            source.name,
            (x, y),
            xytext=(-offset_points if leftwards else offset_points, 0),
            textcoords="offset points",
            ha="right" if leftwards else "left",
            va="center",
            clip_on=True,
            **style,
        )
        if len(taken) == count:
            break
