"""What each table of the report shows: its title, its columns, and its cells from the scores."""

from collections.abc import Sequence

from hotspots.evaluation.accuracy import Accuracy, PositionError, PowerAccuracy
from hotspots.evaluation.completeness import SNR_BIN_NAMES
from hotspots.evaluation.frames import AxisError
from hotspots.evaluation.measurement_sections import measurement_sections
from hotspots.evaluation.section import Section, format_number, format_tally
from hotspots.evaluation.summary import Scores

__all__ = ["sections"]


def sections(decades: Sequence[str]) -> tuple[Section, ...]:
    """All tables of scores, in the order of reading.

    Parameters
    ----------
    decades : sequence of str
        Names of the decades of power that occur in any visit.
    """
    return (
        Section(
            "Completeness: sources found / asked for, by expected SNR of all frames together",
            ("SNR 10 up", *SNR_BIN_NAMES),
            lambda s: [
                format_tally(s.completeness.bright),
                *map(format_tally, s.completeness.by_snr.values()),
            ],
        ),
        Section(
            "Completeness: sources found / asked for, by true M power (decade from, GW/um)",
            decades,
            lambda s: [format_tally(s.completeness.by_power.get(decade)) for decade in decades],
        ),
        Section(
            "What the detections are (neutral: real, but not asked for)",
            (
                *("all", "asked for", "neutral", "fragments", "false"),
                *("of these emission >= 70", "of these at SNR < 1"),
            ),
            _detections,
        ),
        Section(
            "Reliability (precision, recall, F1: sources of SNR 5 up)",
            (
                *("false per visit", "per covered disc", "discs covered"),
                *("precision", "recall", "F1"),
            ),
            _reliability,
        ),
        Section(
            "Position error of sources of SNR 10 up",
            ("sources", "median px", "90 % px", "median km", "90 % km"),
            lambda s: _position(s.bright.position),
        ),
        Section(
            "M power, measured / true, unsaturated sources of SNR 10 up",
            ("sources", "median", "16 %", "84 %", "68 % interval holds truth"),
            lambda s: _power(s.bright.m_power),
        ),
        Section(
            "L power, measured / true, unsaturated sources of SNR 10 up",
            ("sources", "median", "16 %", "84 %", "68 % interval holds truth"),
            lambda s: _power(s.bright.l_power),
        ),
        Section(
            "Saturated sources, and classes of the found sources of SNR 3 up",
            (
                *("saturated: interval holds", "marked saturated"),
                *("lakes > 3 px called lakes", "hot spots called so"),
            ),
            lambda s: _classes(s.asked),
        ),
        *measurement_sections(),
        Section(
            "Pointing error of the Io frames used, px (median / 90 % / largest)",
            ("frames", "|dx|", "|dy|", "within sigma", "without", "good frames used"),
            _pointing,
        ),
    )


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
        format_number(figures.false_per_disc, 2),
        format_number(figures.false_per_covered_disc, 2),
        format_number(figures.covered_discs, 2),
        format_number(figures.precision),
        format_number(figures.recall),
        format_number(figures.f1),
    ]


def _position(error: PositionError) -> list[str]:
    return [
        str(error.n),
        format_number(error.median_px),
        format_number(error.p90_px),
        format_number(error.median_km, 2),
        format_number(error.p90_km, 2),
    ]


def _power(power: PowerAccuracy) -> list[str]:
    return [
        str(power.n),
        format_number(power.median_ratio),
        format_number(power.p16_ratio),
        format_number(power.p84_ratio),
        format_tally(power.interval),
    ]


def _classes(found: Accuracy) -> list[str]:
    return [
        format_tally(found.saturated_interval),
        format_tally(found.saturated_flag),
        format_tally(found.lakes),
        format_tally(found.hotspots),
    ]


def _pointing(scores: Scores) -> list[str]:
    pointing = scores.pointing
    return [
        str(pointing.n),
        _axis(pointing.dx),
        _axis(pointing.dy),
        format_tally(pointing.within_sigma),
        str(pointing.n_without_solution),
        format_tally(pointing.good_frames),
    ]


def _axis(error: AxisError) -> str:
    return " / ".join(
        format_number(figure, 2) for figure in (error.median_px, error.p90_px, error.max_px)
    )
