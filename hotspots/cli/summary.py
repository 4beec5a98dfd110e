"""What a person reads at the end: the strongest sources, the files, and the alerts."""

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from hotspots.batch import BatchOutcome
from hotspots.catalogue.alerts import Alert, AlertKind
from hotspots.catalogue.records import SourceRecord

__all__ = ["alert_lines", "count_of", "print_summary", "strongest"]

_ROWS = 15
_ALERTS = 5


def print_summary(outcome: BatchOutcome, console: Console) -> None:
    """Print the strongest sources of all visits, the names of the files, and alerts.

    Parameters
    ----------
    outcome : BatchOutcome
    console : rich.console.Console
    """
    sources = [source for visit in outcome.visits for source in visit.sources]
    if sources:
        console.print(_table(strongest(sources)))
    done = [visit for visit in outcome.visits if visit.folder is not None]
    skipped = sum(visit.skipped for visit in done)
    text = f"{count_of(len(sources), 'source')} in {count_of(len(done), 'visit')}"
    if skipped:
        text += f" ({skipped} finished before; overwrite=true does them again)"
    _line(console, text)
    for visit in done:
        _line(console, f"  {visit.folder}")
    if outcome.catalogue is not None:
        _line(console, f"  {outcome.catalogue}")
    for text in alert_lines(outcome.alerts):
        _line(console, text)


def strongest(sources: Iterable[SourceRecord], count: int = _ROWS) -> list[SourceRecord]:
    """Sources of the largest spectral power in M (in L where M has none), largest first.

    Parameters
    ----------
    sources : iterable of SourceRecord
    count : int
        How many at most.

    Returns
    -------
    list of SourceRecord
    """
    return sorted(sources, key=_power, reverse=True)[:count]


def alert_lines(alerts: Sequence[Alert]) -> list[str]:
    """Alerts in a few words each; of many the last ones, for ``alerts.csv`` has them all."""
    if not alerts:
        return []
    shown = alerts[-_ALERTS:]
    left_out = f", the last {len(shown)} of them" if len(shown) < len(alerts) else ""
    return [f"{count_of(len(alerts), 'alert')}{left_out}:", *map(_alert_line, shown)]


def _alert_line(alert: Alert) -> str:
    place = f"{alert.lat_deg:.1f}, {alert.lon_east_deg:.1f} E"
    power = f"{'>' if alert.saturated else ''}{alert.m_power_gw_um:.3g} GW/um in M"
    what = "new volcano" if alert.kind is AlertKind.NEW else f"{alert.factor:.3g} times the usual"
    chance = f"by chance {alert.expected_false_alarms:.1g} a visit"
    return f"  {alert.visit} {alert.name or alert.volcano_id} ({place}): {what}, {power}; {chance}"


def count_of(number: int, noun: str) -> str:
    """Number and noun, such as ``no sources``, ``1 visit`` or ``3 visits``."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _power(source: SourceRecord) -> float:
    if source.m_power_gw_um is not None:
        return source.m_power_gw_um
    return source.l_power_gw_um or 0.0


def _table(sources: Iterable[SourceRecord]) -> Table:
    table = Table(title="Strongest sources", title_justify="left", box=box.SIMPLE_HEAD)
    table.add_column("source", no_wrap=True)
    table.add_column("class", no_wrap=True)
    table.add_column("name")  # the one column that a narrow terminal may wrap
    for heading in ("lat", "lon E", "+- km", "M GW/um", "L GW/um", "T K", "SNR"):
        table.add_column(heading, justify="right", no_wrap=True)
    for source in sources:
        table.add_row(
            source.source_id,
            str(source.source_class),
            source.name or "",
            f"{source.lat_deg:.2f}",
            f"{source.lon_east_deg:.2f}",
            f"{source.sigma_km:.1f}",
            _number(source.m_power_gw_um, saturated=source.saturated),
            _number(source.l_power_gw_um),
            "" if source.temperature_k is None else f"{source.temperature_k:.0f}",
            f"{source.snr:.0f}",
        )
    return table


def _number(value: float | None, *, saturated: bool = False) -> str:
    """Three figures; a saturated power is a lower limit; unknown is empty."""
    if value is None:
        return ""
    return f"{'>' if saturated else ''}{value:.3g}"


def _line(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
