"""One table of the report, and how a figure is written in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hotspots.evaluation.statistics import Tally
from hotspots.evaluation.summary import Scores

__all__ = ["Section", "format_number", "format_tally"]

_NOTHING = "-"


@dataclass(frozen=True)
class Section:
    """One table: a row per visit and one for all of them pooled."""

    title: str
    columns: Sequence[str]
    cells: Callable[[Scores], list[str]]
    """One text per column."""


def format_number(value: float | None, decimals: int = 3) -> str:
    """Write a figure, or a dash where there is none."""
    return _NOTHING if value is None else f"{value:.{decimals}f}"


def format_tally(tally: Tally | None) -> str:
    """Write how many of how many, and the share, or a dash where there are none."""
    if tally is None or tally.fraction is None:
        return _NOTHING
    return f"{tally.found}/{tally.asked} {tally.fraction:.2f}"
