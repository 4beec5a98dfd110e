"""Settings of simulated flybys of the radiometer."""

from dataclasses import dataclass, field
from pathlib import Path

from hotspots.config.checks import require_within
from hotspots.errors import ConfigurationError
from hotspots.simulation.radiometer.faults import FaultRanges
from hotspots.simulation.radiometer.ground_ranges import GroundRanges, LavaRanges
from hotspots.simulation.radiometer.passage import PassageRanges
from hotspots.simulation.radiometer.patterns import PatternRanges
from hotspots.simulation.radiometer.receiver import ReceiverRanges
from hotspots.simulation.radiometer.surroundings import SurroundingsRanges
from hotspots.simulation.ranges import Range, require_ranges

__all__ = ["FlybyRanges", "SimulateRadiometerSettings"]


@dataclass(frozen=True, kw_only=True)
class FlybyRanges:
    """Everything that a flyby is drawn from.

    Parameters
    ----------
    first_orbit, last_orbit : int
        Orbits to choose from; names of files have two digits for it.
    side : int
        Facets of Io along the edge of one of twelve diamonds, a power of two: 64 is 29 km.
    polarisation_deg : Range
        Electric field of the antennas from their +X, towards +Y.  Not published.
    passage : PassageRanges
    ground : GroundRanges
    lava : LavaRanges
    surroundings : SurroundingsRanges
    patterns : PatternRanges
    receiver : ReceiverRanges
    faults : FaultRanges

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    first_orbit: int = 5
    last_orbit: int = 99
    side: int = 64
    polarisation_deg: Range = Range(-3.0, 3.0)
    passage: PassageRanges = field(default_factory=PassageRanges)
    ground: GroundRanges = field(default_factory=GroundRanges)
    lava: LavaRanges = field(default_factory=LavaRanges)
    surroundings: SurroundingsRanges = field(default_factory=SurroundingsRanges)
    patterns: PatternRanges = field(default_factory=PatternRanges)
    receiver: ReceiverRanges = field(default_factory=ReceiverRanges)
    faults: FaultRanges = field(default_factory=FaultRanges)

    def __post_init__(self) -> None:
        require_ranges(self, -180.0, 180.0, "polarisation_deg")
        if not 1 <= self.first_orbit <= self.last_orbit <= 99:
            msg = f"orbits {self.first_orbit}..{self.last_orbit}: wanted 1 to 99, ascending"
            raise ConfigurationError(msg)
        if self.side not in (8, 16, 32, 64, 128, 256):
            msg = f"side={self.side}: wanted 8, 16, 32, 64, 128 or 256"
            raise ConfigurationError(msg)


@dataclass(frozen=True, kw_only=True)
class SimulateRadiometerSettings(FlybyRanges):
    """Everything that ``python -m hotspots.simulate_radiometer`` can be told.

    Parameters
    ----------
    out : Path
        Folder for ``archive`` and ``truth``; made where it does not exist.
    visits : int
        How many.
    seed : int
        The same seed, number and settings give the same files.
    overwrite : bool
        Make finished flybys again.

    Raises
    ------
    ConfigurationError
        If a number is outside its range or there are fewer orbits than visits.
    """

    out: Path
    visits: int = 4
    seed: int = 7
    overwrite: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "out", self.out.expanduser())
        require_within(self, 1, self.last_orbit - self.first_orbit + 1, "visits")
        require_within(self, 0, 2**32 - 1, "seed")
