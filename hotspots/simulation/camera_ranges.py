"""What is not known about the camera, as ranges: one camera is drawn from them per visit.

"Assumed" marks numbers that nobody has published; their ranges are wide on purpose.
"""

from dataclasses import dataclass, field

from hotspots.config.checks import require_within
from hotspots.errors import ConfigurationError
from hotspots.simulation.fault_ranges import (
    BiasRanges,
    ColumnRanges,
    DefectRanges,
    ranges_of,
    require_not_negative,
)
from hotspots.simulation.ranges import Range

__all__ = [
    "BiasRanges",
    "CameraRanges",
    "ColumnRanges",
    "DefectRanges",
    "DetectorRanges",
    "OpticsRanges",
]


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
        require_not_negative(self, *ranges_of(self))
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
        require_not_negative(self, *ranges_of(self))
        require_within(self, 0.0, 1.0, "background_subtracted", "background_shared")
        if self.linear_dn.high >= self.saturation_dn.low:
            msg = f"linear_dn={self.linear_dn} must end below saturation_dn={self.saturation_dn}"
            raise ConfigurationError(msg)


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
