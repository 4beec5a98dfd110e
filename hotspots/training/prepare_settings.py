"""Settings of the preparation of samples: from simulated visits, people's labels, or a table."""

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from hotspots.config import MappingSettings
from hotspots.config.checks import require_positive, require_within
from hotspots.detection.network_settings import NetworkSettings
from hotspots.errors import ConfigurationError
from hotspots.simulation.ranges import Range
from hotspots.simulation.settings import SimulationSettings

__all__ = ["PreparationSettings", "PrepareSettings", "PreparedData"]


class PreparedData(Enum):
    """Who says what is on a map; the names are what is typed, and those of ``conf/data``."""

    simulated = "simulated"
    """The simulation that made the frames."""
    labelled = "labelled"
    """People, who drew points and outlines on the maps of ``infer.py``."""
    catalogue = "catalogue"
    """A table of places that have been hot: weak labels."""


@dataclass(frozen=True, kw_only=True)
class PreparationSettings:
    """What samples are made from.

    Parameters
    ----------
    simulation : SimulationSettings
        Ranges of the visits.
    mapping : MappingSettings
        Stages of the pipeline.
    network : NetworkSettings
        Search for candidates.
    solved_fraction : float
        Part of the visits whose pointing is solved; the others get the true one with a
        drawn error.
    shared_error_px, scatter_error_px : Range
        Standard deviations of that error, px, see
        `hotspots.training.drawn_pointing.PointingError`.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    simulation: SimulationSettings = field(default_factory=SimulationSettings)
    mapping: MappingSettings = field(default_factory=MappingSettings)
    network: NetworkSettings = field(default_factory=NetworkSettings)
    solved_fraction: float = 0.3
    shared_error_px: Range = Range(0.02, 0.4, logarithmic=True)
    scatter_error_px: Range = Range(0.02, 0.4, logarithmic=True)

    def __post_init__(self) -> None:
        require_within(self, 0.0, 1.0, "solved_fraction")


@dataclass(frozen=True, kw_only=True)
class PrepareSettings(PreparationSettings):
    """Everything that ``python -m hotspots.prepare`` can be told.

    Parameters
    ----------
    out : Path
        Folder for the samples; made where it does not exist.
    data : PreparedData
        Where visits and labels come from.
    jobs : int
        Processes that share the work.
    overwrite : bool
        Make finished visits again.
    visits, seed : int
        For ``simulated``: how many visits, of the seeds from ``seed`` on.
    results : Path or None
        For the other two: the ``out`` of ``infer.py``, a folder for each visit.
    labels : Path or None
        For ``labelled``: a vector file, or a folder with one for each visit.
    table : Path or None
        For ``catalogue``: CSV table of places; None: the one that ships with the package.
    table_sigma_km : float
        Error of a place per axis where the table does not say, km.
    table_snr : float
        Signal over noise from which a peak at a place of the table is a source.

    Raises
    ------
    ConfigurationError
        If a number is outside its range, or what ``data`` needs is not named.
    """

    out: Path
    data: PreparedData = PreparedData.simulated
    jobs: int = 1
    overwrite: bool = False
    visits: int = 12
    seed: int = 0
    results: Path | None = None
    labels: Path | None = None
    table: Path | None = None
    table_sigma_km: float = 12.0
    table_snr: float = 5.0

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("out", "results", "labels", "table"):
            path = getattr(self, name)
            if path is not None:
                object.__setattr__(self, name, path.expanduser())
        require_within(self, 1, 256, "jobs")
        require_positive(self, "visits")
        require_within(self, 0, 2**32 - 1, "seed")
        require_within(self, 0, 500, "table_sigma_km")
        require_within(self, 3, 1000, "table_snr")

    def require_inputs(self) -> None:
        """Raise `ConfigurationError` unless what ``data`` needs is named."""
        needed = {"results": self.results} if self.data is not PreparedData.simulated else {}
        if self.data is PreparedData.labelled:
            needed["labels"] = self.labels
        for name, path in needed.items():
            if path is None:
                msg = f"data={self.data.value} needs {name}=PATH as well (--help shows examples)"
                raise ConfigurationError(msg)
