"""Settings of the simulation: what visits may look like, and what a run of it is told.

Every number that the public record leaves open is a `Range`, drawn once a visit.
"""

from dataclasses import dataclass, field
from pathlib import Path

from hotspots.config.checks import require_within
from hotspots.config.instrument import InstrumentSettings
from hotspots.errors import ConfigurationError
from hotspots.simulation.camera_ranges import CameraRanges
from hotspots.simulation.flyby_settings import FlybySettings, Track
from hotspots.simulation.observing_settings import ObservingSettings
from hotspots.simulation.scene_ranges import SceneRanges

__all__ = [
    "FlybySettings",
    "ObservingSettings",
    "SimulateSettings",
    "SimulationSettings",
    "Track",
]


@dataclass(frozen=True, kw_only=True)
class SimulationSettings:
    """Everything that a simulated visit is drawn from.

    Parameters
    ----------
    flyby : FlybySettings
    observing : ObservingSettings
    scene : SceneRanges
        Ground and volcanoes.
    camera : CameraRanges
        Optics, detector and faults.
    instrument : InstrumentSettings
        Nominal numbers, by which counts and radiance are exchanged.
    """

    flyby: FlybySettings = field(default_factory=FlybySettings)
    observing: ObservingSettings = field(default_factory=ObservingSettings)
    scene: SceneRanges = field(default_factory=SceneRanges)
    camera: CameraRanges = field(default_factory=CameraRanges)
    instrument: InstrumentSettings = field(default_factory=InstrumentSettings)


@dataclass(frozen=True, kw_only=True)
class SimulateSettings(SimulationSettings):
    """Everything that ``python -m hotspots.simulate`` can be told.

    Parameters
    ----------
    out : Path
        Folder for ``archive`` and ``truth``; made where it does not exist.
    visits : int
        How many.
    seed : int
        The same seed, number and settings give the same files.
    jobs : int
        Processes that share the work.
    overwrite : bool
        Write finished visits again.

    Raises
    ------
    ConfigurationError
        If a number is outside its range, there are fewer orbits than visits, or several
        visits are asked for on one given track.
    """

    out: Path
    visits: int = 12
    seed: int = 7
    jobs: int = 1
    overwrite: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "out", self.out.expanduser())
        require_within(self, 1, 256, "jobs")
        require_within(self, 0, 2**32 - 1, "seed")
        orbits = self.observing.last_orbit - self.observing.first_orbit + 1
        if not 1 <= self.visits <= orbits:
            msg = (
                f"visits={self.visits}: wanted 1 to {orbits}, for each visit has an orbit of its "
                "own; observing.last_orbit=999 gives more"
            )
            raise ConfigurationError(msg)
        if self.flyby.track is not Track.random and self.visits != 1:
            msg = (
                f"visits={self.visits} with flyby.track={self.flyby.track.value}: wanted visits=1, "
                "for one archive cannot hold two visits at the same time"
            )
            raise ConfigurationError(msg)
