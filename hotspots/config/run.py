"""Settings of a whole run: where files lie, what is written, where arrays live."""

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from hotspots.config.across_visits import AcrossVisitsSettings
from hotspots.config.checks import require_within
from hotspots.config.instrument import InstrumentSettings
from hotspots.config.limits import LimitSettings
from hotspots.config.radiometer import RadiometerSettings
from hotspots.config.stages import (
    CalibrationSettings,
    DetectorSettings,
    GridSettings,
    PhotometrySettings,
    PointingSettings,
)
from hotspots.errors import ConfigurationError

__all__ = [
    "BackendChoice",
    "EngineSettings",
    "InferSettings",
    "MappingSettings",
    "ProductSettings",
]


class BackendChoice(Enum):
    """Where the arrays live; the names are what is typed on the command line."""

    auto = "auto"
    """A GPU where CuPy finds one, else the CPU."""
    cpu = "cpu"
    gpu = "gpu"


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
        require_within(self, 0.005, 5, "equirectangular_cell_deg")


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
class MappingSettings:
    """Settings of the stages from raw frames to maps.

    Parameters
    ----------
    backend : BackendChoice
        Where the arrays live.
    instrument, calibration, pointing, grid
        Settings of the stages.
    """

    backend: BackendChoice = BackendChoice.auto
    instrument: InstrumentSettings = field(default_factory=InstrumentSettings)
    calibration: CalibrationSettings = field(default_factory=CalibrationSettings)
    pointing: PointingSettings = field(default_factory=PointingSettings)
    grid: GridSettings = field(default_factory=GridSettings)


@dataclass(frozen=True, kw_only=True)
class InferSettings(MappingSettings):
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
    detector, photometry, across_visits, limits, radiometer, products, engine
        Settings of the stages after those of `MappingSettings`.

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
    detector: DetectorSettings = field(default_factory=DetectorSettings)
    photometry: PhotometrySettings = field(default_factory=PhotometrySettings)
    across_visits: AcrossVisitsSettings = field(default_factory=AcrossVisitsSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    radiometer: RadiometerSettings = field(default_factory=RadiometerSettings)
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
