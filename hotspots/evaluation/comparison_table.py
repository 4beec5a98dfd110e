"""The comparison as one table: a row for each figure, a column for each detector.

Counts stand beside every fraction and the ends of its 68 % interval after it; a figure
that nothing was asked for is an empty cell, never zero.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from hotspots.evaluation.bins import ANY_SCALE, SCALE_BINS, SNR_BINS
from hotspots.evaluation.comparison import DetectorScores
from hotspots.evaluation.false_rates import FalseRate
from hotspots.evaluation.statistics import Proportion

__all__ = ["FigureRow", "comparison_markdown", "comparison_rows", "print_comparison"]


@dataclass(frozen=True)
class FigureRow:
    """One figure of every detector, as text, in the order of the detectors."""

    section: str
    label: str
    cells: tuple[str, ...]


def comparison_rows(scores: Mapping[str, DetectorScores]) -> tuple[FigureRow, ...]:
    """All rows in the order of reading; bins that no detector has a figure in are kept."""
    return tuple(
        FigureRow(section, label, tuple(cell(one) for one in scores.values()))
        for section, label, cell in _figures(scores)
    )


def print_comparison(scores: Mapping[str, DetectorScores], console: Console) -> None:
    """Print the table, and which visits a detector has no output for."""
    table = Table(title="Detectors side by side, all visits pooled", title_justify="left")
    table.add_column("")
    for name in scores:
        table.add_column(escape(name), justify="right")
    section = ""
    for row in comparison_rows(scores):
        if row.section != section:
            section = row.section
            table.add_section()
            table.add_row(f"[bold]{escape(section)}[/]")
        table.add_row(f"  {escape(row.label)}", *map(escape, row.cells))
    console.print(table)
    for name, one in scores.items():
        if one.visits_without_output:
            missing = ", ".join(one.visits_without_output)
            console.print(
                f"[bold]{escape(name)} has no output, and so missed all sources, of:[/] "
                f"{escape(missing)}"
            )


def comparison_markdown(scores: Mapping[str, DetectorScores]) -> str:
    """Write the table in GitHub's Markdown, ready for a model card."""
    names = [_markdown(name) for name in scores]
    lines = [f"| | {' | '.join(names)} |", f"|---|{'---:|' * len(names)}"]
    section = ""
    for row in comparison_rows(scores):
        if row.section != section:
            section = row.section
            lines.append(f"| **{_markdown(section)}** |{' |' * len(names)}")
        lines.append(f"| {_markdown(row.label)} | {' | '.join(map(_markdown, row.cells))} |")
    return "\n".join(lines) + "\n"


_Figure = tuple[str, str, Callable[[DetectorScores], str]]


def _figures(scores: Mapping[str, DetectorScores]) -> list[_Figure]:
    title = "Completeness: found / asked for, by expected SNR"
    found: list[_Figure] = [
        (title, f"{_scale(scale.name)}, SNR {snr.name}", _completeness(scale.name, snr.name))
        for scale in (ANY_SCALE, *SCALE_BINS)
        for snr in SNR_BINS
    ]
    return found + _false_figures(scores) + _quality_figures()


def _completeness(scale: str, snr: str) -> Callable[[DetectorScores], str]:
    return lambda one: _proportion(one.completeness[scale][snr])


def _false_figures(scores: Mapping[str, DetectorScores]) -> list[_Figure]:
    title = "False detections per visit imaged; per disc's worth of surface covered"
    of_snr = dict.fromkeys(name for one in scores.values() for name in one.false.by_snr)

    def scale(name: str) -> Callable[[DetectorScores], str]:
        return lambda one: _rate(one.false.by_scale[name])

    def snr(name: str) -> Callable[[DetectorScores], str]:
        return lambda one: _rate(one.false.by_snr[name])

    return [
        (title, "all", lambda one: _rate(one.false.total)),
        *((title, _scale(one.name), scale(one.name)) for one in SCALE_BINS),
        *((title, f"reported SNR {name}", snr(name)) for name in of_snr),
    ]


def _quality_figures() -> list[_Figure]:
    overall = "Sources of SNR 5 up"
    lakes = "Lava lakes wider than 3 px"
    probability = "Reported probability of being a source"
    bright = "Sources of SNR 10 up"
    return [
        (overall, "precision", lambda one: _proportion(one.overall.precision)),
        (overall, "recall", lambda one: _proportion(one.overall.recall)),
        (overall, "F1", lambda one: _number(one.overall.f1)),
        (lakes, "precision", lambda one: _proportion(one.lakes.score.precision)),
        (lakes, "recall", lambda one: _proportion(one.lakes.score.recall)),
        (lakes, "F1", lambda one: _number(one.lakes.score.f1)),
        (lakes, "hot spots called lakes", lambda one: str(one.lakes.n_hotspots_called_lakes)),
        (lakes, "false ones called lakes", lambda one: str(one.lakes.n_false_called_lakes)),
        (probability, "detections that give one", lambda one: str(one.probability.n)),
        (
            probability,
            "expected calibration error",
            lambda one: _number(one.probability.expected_calibration_error),
        ),
        (probability, "Brier score", lambda one: _number(one.probability.brier)),
        (
            bright,
            "median position error, px",
            lambda one: _number(one.bright.position.median_px),
        ),
        (
            bright,
            "median M power, measured / true",
            lambda one: _number(one.bright.m_power.median_ratio),
        ),
        (
            bright,
            "68 % intervals that hold M power",
            lambda one: _number(one.bright.m_power.interval.fraction),
        ),
    ]


def _scale(name: str) -> str:
    return "all scales" if name == ANY_SCALE.name else f"{name} km/px"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _proportion(one: Proportion) -> str:
    if one.fraction is None or one.low is None or one.high is None:
        return ""
    return f"{one.found}/{one.asked} {one.fraction:.3f} [{one.low:.2f}, {one.high:.2f}]"


def _rate(rate: FalseRate) -> str:
    if rate.per_visit is None:
        return ""
    covered = "" if rate.per_covered_disc is None else f"{rate.per_covered_disc:.2f}"
    return f"{rate.n_false}/{rate.n_visits_imaged} {rate.per_visit:.2f}; {covered}".rstrip("; ")


def _markdown(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;")
