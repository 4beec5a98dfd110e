"""The comparison as tables that can be read without knowing the program."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from hotspots.evaluation.frames import ProductFate, Verdict
from hotspots.evaluation.goals import Goal
from hotspots.evaluation.section import Section, format_number
from hotspots.evaluation.sections import sections
from hotspots.evaluation.summary import Evaluation, Headline

__all__ = ["print_report"]


def print_report(evaluation: Evaluation, console: Console) -> None:
    """Print every table, the headline last, so that it stays in sight.

    Parameters
    ----------
    evaluation : Evaluation
        What to print.
    console : rich.console.Console
        Where to; about 100 columns are needed.
    """
    for section in sections(list(evaluation.pooled.completeness.by_power)):
        console.print(_scores_table(section, evaluation))
    console.print(_fates_table("Damaged, not-Io and partly usable products", evaluation.products))
    if evaluation.good_frames_not_used:
        console.print(_fates_table("Good Io frames not used", evaluation.good_frames_not_used))
    _print_warnings(evaluation, console)
    console.print(_goals_table(evaluation.goals))
    console.print(_headline_table(evaluation.headline))


def _scores_table(section: Section, evaluation: Evaluation) -> Table:
    table = Table(title=section.title, title_justify="left", show_footer=True)
    table.add_column("visit", footer="pooled")
    for column, pooled in zip(section.columns, section.cells(evaluation.pooled), strict=True):
        table.add_column(column, footer=pooled, justify="right")
    for visit, scores in evaluation.visits.items():
        table.add_row(escape(visit), *section.cells(scores))
    return table


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


def _goals_table(listed: Sequence[Goal]) -> Table:
    table = Table(title="Measurements, SNR 10 up, all visits pooled", title_justify="left")
    for column in ("figure", "value", "wanted", "of", "met"):
        table.add_column(column, justify="left" if column == "figure" else "right")
    for goal in listed:
        ends = [format_number(end, 2) for end in (goal.low, goal.high)]
        verdict = {None: "-", True: "[green]yes[/]", False: "[bold red]no[/]"}[goal.met]
        table.add_row(goal.name, format_number(goal.value), " .. ".join(ends), str(goal.n), verdict)
    return table


def _headline_table(headline: Headline) -> Table:
    table = Table(title="Headline, all visits pooled", title_justify="left", show_header=False)
    for name, value in (
        (
            "completeness (SNR 10 up, unblended, emission < 70)",
            f"{format_number(headline.completeness)}  ({headline.n_found} of {headline.n_asked})",
        ),
        (
            "false detections per visit with Io frames used",
            format_number(headline.false_per_disc, 2),
        ),
        ("false detections per covered Io disc", format_number(headline.false_per_covered_disc, 2)),
        ("median position error, px", format_number(headline.position_median_px)),
        (
            "median M power, measured / true, unsaturated",
            format_number(headline.m_power_median_ratio),
        ),
        (
            "68 % intervals of M power that hold it",
            format_number(headline.m_power_interval_coverage),
        ),
        ("90 % pointing error along samples |dx|, px", format_number(headline.pointing_dx_p90_px)),
        ("90 % pointing error along lines |dy|, px", format_number(headline.pointing_dy_p90_px)),
        ("good Io frames used", format_number(headline.good_frames_used)),
        ("products treated wrongly", str(headline.n_products_wrong)),
    ):
        table.add_row(name, value)
    return table
