"""Settings of a run: one frozen dataclass a stage, mirrored one to one by ``conf/*.yaml``.

The dataclasses hold names, types and the checks; the YAML files hold the values that
are used and explain each to the person who turns it.  ``hotspots.cli.compose`` fills the
first from the second, so that everything past the command line gets plain values that
are already known to be sane.  A new setting is a field here and a line in its YAML file.
"""

from dataclasses import dataclass, field, fields
from enum import Enum
from pathlib import Path
from typing import Any

from hotspots.errors import ConfigurationError

__all__ = [
    "BackendChoice",
    "CalibrationSettings",
    "DetectorSettings",
    "EngineSettings",
    "GridSettings",
    "InferSettings",
    "InstrumentSettings",
    "PhotometrySettings",
    "PointingSettings",
    "ProductSettings",
]


class BackendChoice(Enum):
    """Where the arrays live; the names are what is typed on the command line."""

    auto = "auto"
    """A GPU where CuPy finds one, else the CPU."""
    cpu = "cpu"
    gpu = "gpu"


def _require_positive(settings: Any, *names: str) -> None:
    for name in names:
        value = getattr(settings, name)
        if not value > 0:
            msg = f"{name}={value}: wanted a number above zero"
            raise ConfigurationError(msg)


def _require_within(settings: Any, low: float, high: float, *names: str) -> None:
    for name in names:
        value = getattr(settings, name)
        if not low <= value <= high:
            msg = f"{name}={value}: wanted a number from {low:g} to {high:g}"
            raise ConfigurationError(msg)


@dataclass(frozen=True)
class InstrumentSettings:
    """Numbers of the infrared camera; the defaults are those of JIRAM.

    Parameters
    ----------
    name : str
        Name of the instrument in file names and provenance.
    ifov_rad : float
        Angle of one pixel, rad (38 um pitch over 159.82033 mm; instrument kernel v02).
    lines, samples : int
        Size of the half frame of one band (JIRAM archive SIS, table 6).
    responsivity : float
        DN per (W m-2 sr-1 s), both bands: band radiance = DN / (responsivity * exposure)
        (measured on public EDR and RDR pairs since perijove 18).
    saturation_dn, linear_dn : float
        Plateau of the converter and end of the linear range, DN above background
        (0.0073 and 0.006 W m-2 sr-1 s in Perry's calibration of the EDRs).
    read_noise_dn : float
        Temporal noise of a pixel in one frame, DN, one standard deviation (differences of
        mean dark frames).
    electrons_per_dn : float
        Gain, electrons per DN (full well of 2e6 electrons at 14,600 DN).
    hot_pixel_dn : float
        A dark frame above this marks a defective pixel, DN.
    optics_sigma_px : float
        Standard deviation of the optical point spread function, px.  None is published;
        0.6 suits bright isolated hot spots.
    smear_px_per_s : float
        Speed of the scene along the lines while no mirror holds it, px/s (0.86 to 0.88 px
        per ms at spin periods of 30.3 to 31 s).
    l_width_um, m_width_um : float
        Band widths that turn band radiance into spectral radiance, um.
    l_wavelength_um, m_wavelength_um : float
        Effective wavelengths, um (Adriani et al. 2017, doi:10.1007/s11214-014-0094-y).

    Raises
    ------
    ConfigurationError
        If a number is not positive or the linear range ends above the plateau.
    """

    name: str = "jiram"
    ifov_rad: float = 0.000237767
    lines: int = 128
    samples: int = 432
    responsivity: float = 2.0e6
    saturation_dn: float = 14600.0
    linear_dn: float = 12000.0
    read_noise_dn: float = 17.5
    electrons_per_dn: float = 137.0
    hot_pixel_dn: float = 6000.0
    optics_sigma_px: float = 0.6
    smear_px_per_s: float = 870.0
    l_width_um: float = 0.29
    m_width_um: float = 0.4975
    l_wavelength_um: float = 3.455
    m_wavelength_um: float = 4.78

    def __post_init__(self) -> None:
        _require_positive(self, *(f.name for f in fields(self) if f.name != "name"))
        if self.linear_dn > self.saturation_dn:
            msg = f"linear_dn={self.linear_dn:g} is above saturation_dn={self.saturation_dn:g}"
            raise ConfigurationError(msg)


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
        _require_positive(self, "clip_sigma", "hot_pixel_sigma")


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
        _require_within(self, 1, 2000, "search_lines")
        _require_within(self, 1, 200, "search_samples")
        _require_within(self, 0, 1, "minimum_correlation")
        _require_positive(self, "minimum_lit_pixels", "maximum_deviation_px")


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
    radiation_frames : int
        Frames that must cover a cell before hits are looked for there.

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
    radiation_frames: int = 3

    def __post_init__(self) -> None:
        _require_within(self, 0.1, 4, "cell_fraction")
        _require_within(self, 0.1, 90, "group_angle_deg", "maximum_emission_deg")
        _require_positive(self, "maximum_cells", "radiation_sigma")
        _require_within(self, 2, 100, "radiation_frames")


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

    name: str = "matched_filter"
    parameters: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.name:
            msg = "detector.name is empty: wanted the name of a detector, such as matched_filter"
            raise ConfigurationError(msg)


@dataclass(frozen=True)
class PhotometrySettings:
    """From regions to spectral power, temperature and area.

    Parameters
    ----------
    model_fraction : float
        One standard deviation of what the fit's model does not know (shape of the point
        spread function, sunlight), as a fraction of the power.
    minimum_temperature_k, maximum_temperature_k : float
        Range of the colour temperature that the two bands are searched for, K.

    Raises
    ------
    ConfigurationError
        If a number is outside its range or the temperatures are the wrong way round.
    """

    model_fraction: float = 0.05
    minimum_temperature_k: float = 150.0
    maximum_temperature_k: float = 2000.0

    def __post_init__(self) -> None:
        _require_within(self, 0, 1, "model_fraction")
        _require_within(self, 50, 5000, "minimum_temperature_k", "maximum_temperature_k")
        if self.minimum_temperature_k >= self.maximum_temperature_k:
            msg = (
                f"minimum_temperature_k={self.minimum_temperature_k:g} is not below "
                f"maximum_temperature_k={self.maximum_temperature_k:g}"
            )
            raise ConfigurationError(msg)


@dataclass(frozen=True)
class ProductSettings:
    """Which files are written beside the tables that always are.

    Parameters
    ----------
    geopackage, geojson : bool
        Vector layers of the sources in the coordinate system of Io.
    geoparquet : bool
        The same as GeoParquet; needs the extra ``parquet``.
    netcdf : bool
        The maps on their own grids, with every plane.
    cogs : bool
        Cloud-optimised GeoTIFFs of the maps on the product grids.
    equirectangular_cell_deg : float
        Cell of the product grid, degrees at the equator.

    Raises
    ------
    ConfigurationError
        If the cell is outside its range.
    """

    geopackage: bool = True
    geojson: bool = True
    geoparquet: bool = False
    netcdf: bool = True
    cogs: bool = True
    equirectangular_cell_deg: float = 0.1

    def __post_init__(self) -> None:
        _require_within(self, 0.005, 5, "equirectangular_cell_deg")


@dataclass(frozen=True)
class EngineSettings:
    """What runs the visits.

    Parameters
    ----------
    name : str
        ``local``: one visit after another in this process.

    Raises
    ------
    ConfigurationError
        If there is no such engine.
    """

    name: str = "local"

    def __post_init__(self) -> None:
        if self.name != "local":
            msg = f"engine.name={self.name}: there is only local"
            raise ConfigurationError(msg)


@dataclass(frozen=True, kw_only=True)
class InferSettings:
    """Everything that ``infer.py`` can be told.

    Parameters
    ----------
    archive : Path
        Folder that is searched for products, at any depth.
    out : Path
        Folder that the results go into; made where it does not exist.
    kernels : Path or None
        Metakernel, or a folder with one.  None: the metakernel found below ``archive``.
    visits : list of str or None
        Names such as ``PJ53``; None: all visits found.
    overwrite : bool
        Do finished visits again.
    backend : BackendChoice
        Where the arrays live.
    instrument, calibration, pointing, grid, detector, photometry, products, engine
        Settings of the stages.

    Raises
    ------
    ConfigurationError
        If ``visits`` is no list of names.
    """

    archive: Path
    out: Path
    kernels: Path | None = None
    visits: list[str] | None = None
    overwrite: bool = False
    backend: BackendChoice = BackendChoice.auto
    instrument: InstrumentSettings = field(default_factory=InstrumentSettings)
    calibration: CalibrationSettings = field(default_factory=CalibrationSettings)
    pointing: PointingSettings = field(default_factory=PointingSettings)
    grid: GridSettings = field(default_factory=GridSettings)
    detector: DetectorSettings = field(default_factory=DetectorSettings)
    photometry: PhotometrySettings = field(default_factory=PhotometrySettings)
    products: ProductSettings = field(default_factory=ProductSettings)
    engine: EngineSettings = field(default_factory=EngineSettings)

    def __post_init__(self) -> None:
        for name in ("archive", "out", "kernels"):
            path = getattr(self, name)
            if path is not None:
                object.__setattr__(self, name, path.expanduser())
        names: list[Any] | None = self.visits  # YAML may hold anything
        if names is not None and not (
            names and all(isinstance(name, str) and name for name in names)
        ):
            msg = f"visits={self.visits}: wanted names such as [PJ53,PJ57]"
            raise ConfigurationError(msg)
