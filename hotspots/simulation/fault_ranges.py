"""What is not known about the faults of the detector, as ranges to draw from.

Counts (DN) are those of the converter; at an exposure of t seconds one DN is
1 / (2e6 t) W m-2 sr-1.  "Assumed" marks numbers that nobody has published; their ranges
are wide on purpose.
"""

from dataclasses import dataclass, fields
from typing import Any

from hotspots.errors import ConfigurationError
from hotspots.simulation.ranges import Range

__all__ = [
    "BiasRanges",
    "ColumnRanges",
    "DefectRanges",
    "ranges_of",
    "require_not_negative",
]


def require_not_negative(settings: Any, *names: str) -> None:
    """Raise `ConfigurationError` if one of the ranges called ``names`` reaches below zero."""
    for name in names:
        if getattr(settings, name).low < 0:
            msg = f"{name}={getattr(settings, name)}: wanted a range of numbers not below zero"
            raise ConfigurationError(msg)


def ranges_of(settings: Any) -> list[str]:
    """Names of all ranges of a dataclass."""
    return [f.name for f in fields(settings) if isinstance(getattr(settings, f.name), Range)]


@dataclass(frozen=True)
class ColumnRanges:
    """Stripes along the columns of radiance (RDR) frames, and ghosts in all frames.

    Parameters
    ----------
    odd_even_offset_dn : Range
        Offset of odd columns against even ones that calibration leaves, DN; assumed.
    odd_even_gain : Range
        Relative difference of the gain of odd and even columns; Perry's corrections differ
        by 5 % at 1 W m-2 sr-1.
    odd_even_power : Range
        Power of the radiance by which the two gains move apart, at 1 ms: 0.08 in Perry's
        corrections of short exposures, 0.04 at 2 to 3 ms, so it goes with 1 / exposure.
    background_dn : Range
        Typical background of a column, DN: night-sky medians of 3e-4..1e-3 W m-2 sr-1.
    background_spread : Range
        Standard deviation of its logarithm: the brightest columns reach 1.6e-2 W m-2 sr-1.
    background_negative : Range
        Part of the columns with a negative background; assumed.
    drift_dn : Range
        Standard deviation of a column's background from frame to frame, DN; assumed.
    ghost_fraction : Range
        Part of the light of a column that each line near it gets back; assumed.  Perry and
        others see reflections along columns, nobody gives their strength.
    ghost_length_px : Range
        Lines over which a ghost fades by e; assumed.
    ghost_width_px : Range
        Standard deviation of a ghost across columns, px; assumed.

    Raises
    ------
    ConfigurationError
        If a range reaches below zero.
    """

    odd_even_offset_dn: Range = Range(-12.0, 12.0)
    odd_even_gain: Range = Range(-0.05, 0.05)
    odd_even_power: Range = Range(0.0, 0.09)
    background_dn: Range = Range(1.0, 12.0, logarithmic=True)
    background_spread: Range = Range(0.2, 1.0)
    background_negative: Range = Range(0.0, 0.5)
    drift_dn: Range = Range(0.0, 4.0)
    ghost_fraction: Range = Range(1e-5, 1e-3, logarithmic=True)
    ghost_length_px: Range = Range(20.0, 500.0, logarithmic=True)
    ghost_width_px: Range = Range(0.3, 3.0, logarithmic=True)

    def __post_init__(self) -> None:
        signed = {"odd_even_offset_dn", "odd_even_gain"}
        require_not_negative(self, *(n for n in ranges_of(self) if n not in signed))


@dataclass(frozen=True)
class DefectRanges:
    """Pixels that fail, always or once.

    Parameters
    ----------
    hot_pixels_l, hot_pixels_m : Range
        Pixels per half frame with more than 6,000 DN in the dark: 50 in L and 15 in M,
        measured; the spread is assumed.
    warm_fraction : Range
        Part of the pixels with raised dark current and noise; assumed.
    warm_dn : Range
        What background subtraction leaves of a warm pixel, DN; assumed.
    warm_noise : Range
        Noise of a warm pixel over that of a good one; assumed.
    hits_per_half : Range
        Particle hits per half frame; no rate is published, "high near Io".
    hit_scatter : Range
        Standard deviation of the logarithm of that rate from frame to frame; assumed.
    hit_dn : Range
        Lower end of the charge of a hit, DN; assumed.
    hit_slope : Range
        Slope of the cumulative distribution of charges, up to saturation; assumed.
    hit_length_px : Range
        Mean length of a track, px: "1-few pixels"; none is longer than `LONGEST_TRACK_PX`.
    hit_spread_px : Range
        Standard deviation of the charge about its track, px (diffusion); assumed.
    lost_packet : Range
        Probability that a telemetry packet of 128 x 144 samples is lost; assumed.

    Raises
    ------
    ConfigurationError
        If a range reaches below zero, or a fraction above one.
    """

    hot_pixels_l: Range = Range(30.0, 80.0, logarithmic=True)
    hot_pixels_m: Range = Range(8.0, 30.0, logarithmic=True)
    warm_fraction: Range = Range(1e-4, 5e-3, logarithmic=True)
    warm_dn: Range = Range(20.0, 400.0, logarithmic=True)
    warm_noise: Range = Range(1.5, 8.0, logarithmic=True)
    hits_per_half: Range = Range(1.0, 300.0, logarithmic=True)
    hit_scatter: Range = Range(0.0, 0.4)
    hit_dn: Range = Range(20.0, 150.0, logarithmic=True)
    hit_slope: Range = Range(0.5, 1.5)
    hit_length_px: Range = Range(1.0, 3.0)
    hit_spread_px: Range = Range(0.15, 0.5)
    lost_packet: Range = Range(1e-4, 0.02, logarithmic=True)

    def __post_init__(self) -> None:
        require_not_negative(self, *ranges_of(self))
        for name in ("warm_fraction", "lost_packet"):
            if getattr(self, name).high > 1:
                msg = f"{name}={getattr(self, name)}: wanted a part of one"
                raise ConfigurationError(msg)


@dataclass(frozen=True)
class BiasRanges:
    """What raw (EDR) counts stand on; measured on the public darks of three visits.

    Parameters
    ----------
    level : Range
        Bias over the measured one: 1,359 DN at 1 ms, 1,387 at 2 ms, 1,616 at 3 ms.
    odd_even : Range
        Odd columns less even ones over the measured 342 DN (1-2 ms) and 295 DN (3 ms).
    column_dn : Range
        Standard deviation of columns of one parity, DN; column medians spread by 95-113.
    row_dn : Range
        Amplitude of the smooth structure along lines, DN: within 50.
    pattern_dn : Range
        Standard deviation of the fixed pattern, DN: 70 after column medians.
    drift_dn : Range
        Standard deviation of the level from frame to frame, DN; assumed.
    plateau_dn : Range
        Raw counts of a saturated pixel: 16,206, at most the converter's 16,383.
    dark_frames : Range
        Frames of empty sky in a visit; assumed.

    Raises
    ------
    ConfigurationError
        If a range reaches below zero.
    """

    level: Range = Range(0.95, 1.05)
    odd_even: Range = Range(0.9, 1.1)
    column_dn: Range = Range(30.0, 110.0)
    row_dn: Range = Range(10.0, 50.0)
    pattern_dn: Range = Range(55.0, 85.0)
    drift_dn: Range = Range(0.0, 4.0)
    plateau_dn: Range = Range(16150.0, 16383.0)
    dark_frames: Range = Range(0.0, 4.0)

    def __post_init__(self) -> None:
        require_not_negative(self, *ranges_of(self))
