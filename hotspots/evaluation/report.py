"""The comparison as tables that can be read without knowing the program."""

from collections.abc import Callable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from hotspots.evaluation.accuracy import Accuracy, PositionError, PowerAccuracy
from hotspots.evaluation.frames import AxisError, ProductFate, Verdict
from hotspots.evaluation.statistics import Tally
from hotspots.evaluation.summary import Evaluation, Headline, Scores

__all__ = ["print_report"]

_NOTHING = "-"


def print_report(evaluation: Evaluation, console: Console) -> None:
    """Print every table, the headline last, so that it stays in sight.

    Parameters
    ----------
    evaluation : Evaluation
        What to print.
    console : rich.console.Console
        Where to; about 100 columns are needed.
    """
    decades = list(evaluation.pooled.completeness.by_power)
    sections: tuple[tuple[str, Sequence[str], Callable[[Scores], list[str]]], ...] = (
        (
            "Completeness: sources found / asked for, by expected SNR of all frames together",
            ("SNR 10 up", *evaluation.pooled.completeness.by_snr),
            lambda s: [_tally(s.completeness.bright), *map(_tally, s.completeness.by_snr.values())],
        ),
        (
            "Completeness: sources found / asked for, by true M power (decade from, GW/um)",
            decades,
            lambda s: [_tally(s.completeness.by_power.get(decade)) for decade in decades],
        ),
        (
            "What the detections are (neutral: real, but not asked for)",
            ("all", "asked for", "neutral", "fragments", "false", "emission >= 70", "at SNR < 1"),
            _detections,
        ),
        (
            "Reliability (precision, recall, F1: sources of SNR 5 up)",
            (
                *("false per visit", "per covered disc", "discs covered"),
                *("precision", "recall", "F1"),
            ),
            _reliability,
        ),
        (
            "Position error of sources of SNR 10 up",
            ("sources", "median px", "90 % px", "median km", "90 % km"),
            lambda s: _position(s.bright.position),
        ),
        (
            "M power, measured / true, unsaturated sources of SNR 10 up",
            ("sources", "median", "16 %", "84 %", "68 % interval holds truth"),
            lambda s: _power(s.bright.m_power),
        ),
        (
            "L power, measured / true, unsaturated sources of SNR 10 up",
            ("sources", "median", "16 %", "84 %", "68 % interval holds truth"),
            lambda s: _power(s.bright.l_power),
        ),
        (
            "Saturated sources, and classes of the found sources of SNR 3 up",
            (
                *("saturated: interval holds", "marked saturated"),
                *("lakes > 3 px called lakes", "hot spots called so"),
            ),
            lambda s: _classes(s.asked),
        ),
        (
            "Pointing error of the Io frames used, px (median / 90 % / largest)",
            ("frames", "|dx|", "|dy|", "within sigma", "without", "good frames used"),
            _pointing,
        ),
    )
    for title, columns, cells in sections:
        console.print(_scores_table(title, columns, evaluation, cells))
    console.print(_fates_table("Damaged, not-Io and partly usable products", evaluation.products))
    if evaluation.good_frames_not_used:
        console.print(_fates_table("Good Io frames not used", evaluation.good_frames_not_used))
    _print_warnings(evaluation, console)
    console.print(_headline_table(evaluation.headline))


def _scores_table(
    title: str,
    columns: Sequence[str],
    evaluation: Evaluation,
    cells: Callable[[Scores], list[str]],
) -> Table:
    table = Table(title=title, title_justify="left", show_footer=True)
    table.add_column("visit", footer="pooled")
    for column, pooled in zip(columns, cells(evaluation.pooled), strict=True):
        table.add_column(column, footer=pooled, justify="right")
    for visit, scores in evaluation.visits.items():
        table.add_row(escape(visit), *cells(scores))
    return table


def _detections(scores: Scores) -> list[str]:
    counts = scores.reliability
    return [
        str(counts.n_detections),
        str(counts.n_asked_found),
        str(counts.n_neutral),
        str(counts.n_fragments),
        str(counts.n_false),
        str(counts.n_false_near_limb),
        str(counts.n_false_on_unseen),
    ]


def _reliability(scores: Scores) -> list[str]:
    figures = scores.reliability
    return [
        _number(figures.false_per_disc, 2),
        _number(figures.false_per_covered_disc, 2),
        _number(figures.covered_discs, 2),
        _number(figures.precision),
        _number(figures.recall),
        _number(figures.f1),
    ]


def _position(error: PositionError) -> list[str]:
    return [
        str(error.n),
        _number(error.median_px),
        _number(error.p90_px),
        _number(error.median_km, 2),
        _number(error.p90_km, 2),
    ]


def _power(power: PowerAccuracy) -> list[str]:
    return [
        str(power.n),
        _number(power.median_ratio),
        _number(power.p16_ratio),
        _number(power.p84_ratio),
        _tally(power.interval),
    ]


def _classes(found: Accuracy) -> list[str]:
    return [
        _tally(found.saturated_interval),
        _tally(found.saturated_flag),
        _tally(found.lakes),
        _tally(found.hotspots),
    ]


def _pointing(scores: Scores) -> list[str]:
    pointing = scores.pointing
    return [
        str(pointing.n),
        _axis(pointing.dx),
        _axis(pointing.dy),
        _tally(pointing.within_sigma),
        str(pointing.n_without_solution),
        _tally(pointing.good_frames),
    ]


def _fates_table(title: str, fates: Sequence[ProductFate]) -> Table:
    table = Table(title=title, title_justify="left")
    for column in ("product", "what it is", "expected", "status"):
        table.add_column(column, overflow="fold")
    table.add_column("reason", overflow="fold", ratio=1)
    table.add_column("verdict")
    for fate in fates:
        style = "green" if fate.verdict is Verdict.OK else "bold red"
        table.add_row(
            escape(f"{fate.visit} {fate.product_id}"),
            escape(f"{fate.kind}, {fate.defect}" if fate.defect else fate.kind),
            fate.expected,
            "not mentioned" if fate.status is None else fate.status,
            escape(fate.reason),
            f"[{style}]{fate.verdict}[/]",
        )
    return table


def _print_warnings(evaluation: Evaluation, console: Console) -> None:
    for names, text in (
        (evaluation.visits_without_output, "Visits without output, all their sources missed"),
        (evaluation.visits_without_truth, "Visits without truth, not compared"),
        (evaluation.used_products_without_truth, "Products used that the truth does not know"),
    ):
        if names:
            console.print(f"[bold]{text}:[/] {escape(', '.join(names))}")


def _headline_table(headline: Headline) -> Table:
    table = Table(title="Headline, all visits pooled", title_justify="left", show_header=False)
    for name, value in (
        (
            "completeness (SNR 10 up, unblended, emission < 70)",
            f"{_number(headline.completeness)}  ({headline.n_found} of {headline.n_asked})",
        ),
        ("false detections per visit with Io frames used", _number(headline.false_per_disc, 2)),
        ("false detections per covered Io disc", _number(headline.false_per_covered_disc, 2)),
        ("median position error, px", _number(headline.position_median_px)),
        ("median M power, measured / true, unsaturated", _number(headline.m_power_median_ratio)),
        ("68 % intervals of M power that hold it", _number(headline.m_power_interval_coverage)),
        ("90 % pointing error along samples |dx|, px", _number(headline.pointing_dx_p90_px)),
        ("90 % pointing error along lines |dy|, px", _number(headline.pointing_dy_p90_px)),
        ("good Io frames used", _number(headline.good_frames_used)),
        ("products treated wrongly", str(headline.n_products_wrong)),
    ):
        table.add_row(name, value)
    return table


def _axis(error: AxisError) -> str:
    return " / ".join(
        _number(figure, 2) for figure in (error.median_px, error.p90_px, error.max_px)
    )


def _tally(tally: Tally | None) -> str:
    if tally is None or tally.fraction is None:
        return _NOTHING
    return f"{tally.found}/{tally.asked} {tally.fraction:.2f}"


def _number(value: float | None, decimals: int = 3) -> str:
    return _NOTHING if value is None else f"{value:.{decimals}f}"
