"""Settings of the stages between a calibrated frame and a measured source."""

from dataclasses import dataclass, field
from typing import Any

from hotspots.config.checks import require_positive, require_within
from hotspots.errors import ConfigurationError

__all__ = [
    "CalibrationSettings",
    "DetectorSettings",
    "GridSettings",
    "PhotometrySettings",
    "PointingSettings",
]


@dataclass(frozen=True)
class CalibrationSettings:
    """From counts or archived radiance to radiance, sigma and flags.

    Parameters
    ----------
    verify_checksums : bool
        Refuse an image that does not have the MD5 sum of its label.
    column_background : bool
        Subtract the robust mean of off-body and night pixels from each column.
    clip_sigma : float
        Samples this many standard deviations off are left out of a background.
    hot_pixel_sigma : float
        A pixel this far above its column in most frames of a visit is defective.

    Raises
    ------
    ConfigurationError
        If a threshold is not positive.
    """

    verify_checksums: bool = True
    column_background: bool = True
    clip_sigma: float = 3.0
    hot_pixel_sigma: float = 8.0

    def __post_init__(self) -> None:
        require_positive(self, "clip_sigma", "hot_pixel_sigma")


@dataclass(frozen=True)
class PointingSettings:
    """Search for where each frame really looked.

    Parameters
    ----------
    search_lines, search_samples : int
        Half size of the search window about the SPICE prediction, px.  Since orbit 44 the
        despinning mirror is parked and Io lies some 540 lines away.
    minimum_correlation : float
        A frame whose best normalised correlation is lower is not located by itself.
    minimum_lit_pixels : int
        Lit or limb pixels that a frame needs to be located by itself.
    maximum_deviation_px : float
        A frame further than this from the offset its visit shares is rejected.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    search_lines: int = 650
    search_samples: int = 24
    minimum_correlation: float = 0.5
    minimum_lit_pixels: int = 150
    maximum_deviation_px: float = 8.0

    def __post_init__(self) -> None:
        require_within(self, 1, 2000, "search_lines")
        require_within(self, 1, 200, "search_samples")
        require_within(self, 0, 1, "minimum_correlation")
        require_positive(self, "minimum_lit_pixels", "maximum_deviation_px")


@dataclass(frozen=True)
class GridSettings:
    """The grid on which the frames of a group are drizzled together.

    Parameters
    ----------
    cell_fraction : float
        Side of a cell as a fraction of the native pixel.
    group_angle_deg : float
        Frames seen from directions within this angle share a grid, degrees.
    group_size_ratio : float
        ... and with pixels whose sizes differ by at most this factor.
    maximum_emission_deg : float
        Samples seen more obliquely are not gridded, degrees.
    maximum_cells : int
        A grid with more cells is made coarser, so that memory stays bounded.
    radiation_sigma : float
        A sample this far above the median of the other frames is a particle hit.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    cell_fraction: float = 0.6
    group_angle_deg: float = 25.0
    group_size_ratio: float = 2.0
    maximum_emission_deg: float = 85.0
    maximum_cells: int = 16_000_000
    radiation_sigma: float = 5.0

    def __post_init__(self) -> None:
        require_within(self, 0.1, 4, "cell_fraction")
        require_within(self, 0.1, 90, "group_angle_deg", "maximum_emission_deg")
        require_positive(self, "maximum_cells", "radiation_sigma")


@dataclass(frozen=True)
class DetectorSettings:
    """Which detector looks at the maps, and what it is told.

    Parameters
    ----------
    name : str
        Name in the registry of ``hotspots.detection``.
    parameters : dict
        Keyword settings of that detector; it checks them itself.

    Raises
    ------
    ConfigurationError
        If the name is empty.
    """

    name: str = "network"
    parameters: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.name:
            msg = "detector.name is empty: wanted the name of a detector, such as network"
            raise ConfigurationError(msg)


@dataclass(frozen=True)
class PhotometrySettings:
    """From regions to spectral power, temperature and area.

    Parameters
    ----------
    model_fraction : float
        One standard deviation of what the fit on a map does not know (shape of the point
        spread function, sunlight), as a fraction of the power.
    calibration_fraction : float
        One standard deviation of a band's responsivity, as a fraction: an error that all
        sources of a band share.
    sample_fraction : float
        One standard deviation of a sample in proportion to the light in it: the archive
        divides by no flat field, and odd and even columns differ.
    linear_dn : float
        Counts above background from which a sample is but a lower limit: 10,000 where
        Mura et al. 2024 (doi:10.3389/fspas.2024.1369472) end the linear range, 12,000 where
        Perry's calibration does.
    minimum_temperature_k, maximum_temperature_k : float
        Range of the colour temperature that the two bands are searched for, K.

    Raises
    ------
    ConfigurationError
        If a number is outside its range or the temperatures are the wrong way round.
    """

    model_fraction: float = 0.06
    calibration_fraction: float = 0.03
    sample_fraction: float = 0.02
    linear_dn: float = 10000.0
    minimum_temperature_k: float = 150.0
    maximum_temperature_k: float = 2000.0

    def __post_init__(self) -> None:
        require_within(self, 0, 1, "model_fraction", "calibration_fraction", "sample_fraction")
        require_positive(self, "linear_dn")
        require_within(self, 50, 5000, "minimum_temperature_k", "maximum_temperature_k")
        if self.minimum_temperature_k >= self.maximum_temperature_k:
            msg = (
                f"minimum_temperature_k={self.minimum_temperature_k:g} is not below "
                f"maximum_temperature_k={self.maximum_temperature_k:g}"
            )
            raise ConfigurationError(msg)
