"""What is not known about the camera, as ranges: one camera is drawn from them per visit.

Counts (DN) are those of the converter; at an exposure of t seconds one DN is
1 / (2e6 t) W m-2 sr-1.  "Assumed" marks numbers that nobody has published; their ranges
are wide on purpose.
"""

from dataclasses import dataclass, field, fields
from typing import Any

from hotspots.config.checks import require_within
from hotspots.errors import ConfigurationError
from hotspots.simulation.ranges import Range

__all__ = [
    "BiasRanges",
    "CameraRanges",
    "ColumnRanges",
    "DefectRanges",
    "DetectorRanges",
    "OpticsRanges",
]


def _require_not_negative(settings: Any, *names: str) -> None:
    for name in names:
        if getattr(settings, name).low < 0:
            msg = f"{name}={getattr(settings, name)}: wanted a range of numbers not below zero"
            raise ConfigurationError(msg)


def _ranges_of(settings: Any) -> list[str]:
    return [f.name for f in fields(settings) if isinstance(getattr(settings, f.name), Range)]


@dataclass(frozen=True)
class OpticsRanges:
    """Point spread function; none is published, all assumed.

    Parameters
    ----------
    core_sigma_px : Range
        Standard deviation of the Gaussian core, px.  The diffraction limit of the f/3.7
        optics on 38 um pixels is 0.15 px in L and 0.2 px in M; focus, mirror and charge
        diffusion make the rest.
    band_ratio : Range
        Core of the L half over that of the M half.
    elongation : Range
        Core along samples over core along lines.
    wing_fraction : Range
        Part of the light in the wings.
    outer_share : Range
        Part of the wings' light in the outer of two Gaussians.
    inner_wing_sigma_px, outer_wing_sigma_px : Range
        Standard deviations of the wings, px.

    Raises
    ------
    ConfigurationError
        If a range reaches below zero or more than all light is in the wings.
    """

    core_sigma_px: Range = Range(0.4, 1.0)
    band_ratio: Range = Range(0.85, 1.15, logarithmic=True)
    elongation: Range = Range(0.87, 1.15, logarithmic=True)
    wing_fraction: Range = Range(0.0, 0.04)
    outer_share: Range = Range(0.0, 0.6)
    inner_wing_sigma_px: Range = Range(1.5, 4.0, logarithmic=True)
    outer_wing_sigma_px: Range = Range(3.0, 9.0, logarithmic=True)

    def __post_init__(self) -> None:
        _require_not_negative(self, *_ranges_of(self))
        for name in ("wing_fraction", "outer_share"):
            if getattr(self, name).high > 1:
                msg = f"{name}={getattr(self, name)}: wanted a part of one"
                raise ConfigurationError(msg)


@dataclass(frozen=True)
class DetectorRanges:
    """From light to counts.

    Parameters
    ----------
    responsivity_error : Range
        True over nominal responsivity (2e6 DN per W m-2 sr-1 s, measured on public EDR and
        RDR pairs); PJ7's per-pixel matrix and PJ58's "half sensitivity" say that it is not
        known to a percent.  Drawn once per band.
    flat_field : Range
        Standard deviation of the response from pixel to pixel; assumed (the archive
        divides by no flat).
    read_noise_dn : Range
        Temporal noise of a pixel in one frame, DN: 17 to 22 from differences of mean
        darks, 17.5 the best.
    electrons_per_dn : Range
        137 if the full well of 2e6 electrons is 14,600 DN.
    saturation_dn : Range
        Plateau above the background, DN: 0.0073 W m-2 sr-1 s in Perry's calibration.
    linear_dn : Range
        End of the linear range, DN: 10,000 (Mura 2024) to 12,000 (Perry).
    bend : Range
        Power of the approach to the plateau; shape assumed, see
        `hotspots.simulation.exposure.compress`.
    background_subtracted : float
        Probability that the instrument subtracted a background frame on board (RDR; no EDR
        near Io had it).
    background_shared : float
        Probability that all frames of the visit share one background frame, whose noise is
        then a fixed pattern, against one for each frame; the labels speak of one at the
        head of a sequence, how often it is renewed is not stated.

    Raises
    ------
    ConfigurationError
        If a range or probability is outside what it can mean.
    """

    responsivity_error: Range = Range(0.95, 1.05)
    flat_field: Range = Range(0.0, 0.02)
    read_noise_dn: Range = Range(15.0, 22.0)
    electrons_per_dn: Range = Range(100.0, 180.0)
    saturation_dn: Range = Range(14400.0, 14700.0)
    linear_dn: Range = Range(10000.0, 12500.0)
    bend: Range = Range(1.0, 4.0)
    background_subtracted: float = 0.8
    background_shared: float = 0.5

    def __post_init__(self) -> None:
        _require_not_negative(self, *_ranges_of(self))
        require_within(self, 0.0, 1.0, "background_subtracted", "background_shared")
        if self.linear_dn.high >= self.saturation_dn.low:
            msg = f"linear_dn={self.linear_dn} must end below saturation_dn={self.saturation_dn}"
            raise ConfigurationError(msg)


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
        _require_not_negative(self, *(n for n in _ranges_of(self) if n not in signed))


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
        _require_not_negative(self, *_ranges_of(self))
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
        _require_not_negative(self, *_ranges_of(self))


@dataclass(frozen=True)
class CameraRanges:
    """All ranges that `hotspots.simulation.camera_state.draw_camera` draws from.

    Parameters
    ----------
    optics : OpticsRanges
    detector : DetectorRanges
    columns : ColumnRanges
    defects : DefectRanges
    bias : BiasRanges
    """

    optics: OpticsRanges = field(default_factory=OpticsRanges)
    detector: DetectorRanges = field(default_factory=DetectorRanges)
    columns: ColumnRanges = field(default_factory=ColumnRanges)
    defects: DefectRanges = field(default_factory=DefectRanges)
    bias: BiasRanges = field(default_factory=BiasRanges)
