"""Tables of the report on measured numbers and their intervals, sources of SNR 10 up."""

from hotspots.evaluation.measurements import (
    PowerScore,
    QuantityScore,
    SaturatedScore,
)
from hotspots.evaluation.section import Section, format_number, format_tally
from hotspots.evaluation.summary import Scores

__all__ = ["measurement_sections"]


def measurement_sections() -> tuple[Section, ...]:
    """Tables of power intervals, saturated sources, temperature, total power and places."""
    return (
        Section(
            "Spectral power, unsaturated sources of SNR 10 up: spread and intervals",
            (
                *("M spread", "M 68 %", "M 95 %", "M within 30 %"),
                *("L spread", "L 68 %", "L 95 %", "L within 30 %"),
            ),
            lambda s: [*_power(s.measurements.m_power), *_power(s.measurements.l_power)],
        ),
        Section(
            "M power of truly saturated sources of SNR 10 up",
            ("68 % holds", "95 % holds", "open above", "hi / lo of closed", "value / lo of open"),
            lambda s: _saturated(s.measurements.saturated),
        ),
        Section(
            "Colour temperature of sources of SNR 10 up",
            ("sources", "median ratio", "median error", "68 %", "limits that hold", "hi / lo"),
            lambda s: _quantity(s.measurements.temperature),
        ),
        Section(
            "Total power of sources of SNR 10 up in both bands",
            ("sources", "median ratio", "median error", "68 %", "limits that hold", "hi / lo"),
            lambda s: _quantity(s.measurements.total_power),
        ),
        Section(
            "Range of total power of the others of SNR 10 up",
            ("sources", "68 %", "limits that hold", "hi / lo"),
            lambda s: _range(s.measurements.total_power_range),
        ),
        Section(
            "Places of sources of SNR 10 up, and what is said of their errors",
            ("sources", "within 0.8 px", "within 1.515 sigma", "within 68 % ellipse"),
            _place,
        ),
    )


def _power(power: PowerScore) -> list[str]:
    return [
        format_number(power.half_spread),
        format_tally(power.covers_68),
        format_tally(power.covers_95),
        format_tally(power.within),
    ]


def _saturated(found: SaturatedScore) -> list[str]:
    return [
        format_tally(found.holds_68),
        format_tally(found.holds_95),
        format_tally(found.open_above),
        format_number(found.median_factor, 2),
        format_number(found.open_factor, 2),
    ]


def _quantity(found: QuantityScore) -> list[str]:
    return [
        str(found.n),
        format_number(found.median_ratio),
        format_number(found.median_error),
        format_tally(found.covers_68),
        format_tally(found.limits),
        format_number(found.median_factor, 2),
    ]


def _range(found: QuantityScore) -> list[str]:
    return [
        str(found.n),
        format_tally(found.covers_68),
        format_tally(found.limits),
        format_number(found.median_factor, 2),
    ]


def _place(scores: Scores) -> list[str]:
    place = scores.measurements.place
    return [
        str(place.n),
        format_tally(place.within),
        format_tally(place.within_sigma),
        format_tally(place.within_ellipse),
    ]
