"""Settings of the way past Io."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from hotspots.config.checks import require_positive, require_within
from hotspots.errors import ConfigurationError
from hotspots.simulation.ranges import Range

__all__ = ["FlybySettings", "Track"]


class Track(Enum):
    """Where the way of the spacecraft comes from; the names are what is typed."""

    random = "random"
    """Straight passes, drawn."""
    frame_list = "frame_list"
    """A CSV table of where the spacecraft was above Io."""
    kernels = "kernels"
    """A SPICE trajectory of the spacecraft."""


@dataclass(frozen=True)
class FlybySettings:
    """How the spacecraft passes Io.

    Parameters
    ----------
    track : Track
    frame_list : Path or None
        Table for ``track=frame_list``: columns of time (UTC), distance from Io's centre
        (km), planetocentric latitude and west longitude of the spacecraft.
    kernels : Path or None
        For ``track=kernels``: metakernel, kernel, or folder of kernels with the way of
        Juno; Io may be in them and is computed where it is not.
    first_utc, last_utc : str
        For ``track=kernels``: frames are taken at the closest approach between these.
    altitude_km : Range
        Height of the closest approach above the surface where the mirror is parked, km.
    altitude_despun_km : Range
        The same where the mirror holds the scene, in exposures up to a second, km.
    speed_km_s : Range
        Of the spacecraft against Io.
    polar_bias : float
        How much the passes run along Io's axis: length of a vector along it that is added
        to one of three normal deviates.
    departure : Range
        Distance at the middle of the visit over that of the closest approach.
    maximum_distance_km : float
        No visit is taken farther out.
    eclipse_fraction : float
        Part of the visits that Io is put into Jupiter's shadow for; a few more are there
        by chance.

    Raises
    ------
    ConfigurationError
        If a number is outside its range, or the file that ``track`` needs is not named.
    """

    track: Track = Track.random
    frame_list: Path | None = None
    kernels: Path | None = None
    first_utc: str = ""
    last_utc: str = ""
    altitude_km: Range = Range(1500.0, 400_000.0, logarithmic=True)
    altitude_despun_km: Range = Range(30_000.0, 400_000.0, logarithmic=True)
    speed_km_s: Range = Range(15.0, 30.0)
    polar_bias: float = 1.5
    departure: Range = Range(1.0, 3.0, logarithmic=True)
    maximum_distance_km: float = 450_000.0
    eclipse_fraction: float = 0.15

    def __post_init__(self) -> None:
        require_within(self, 0, 1, "eclipse_fraction")
        require_within(self, 0, 100, "polar_bias")
        require_positive(self, "maximum_distance_km")
        if min(self.altitude_km.low, self.altitude_despun_km.low) < 100:
            msg = "altitude_km: the closest approach must be 100 km above the surface or more"
            raise ConfigurationError(msg)
        if self.speed_km_s.low <= 0 or self.departure.low < 1:
            msg = "speed_km_s must be above zero and departure 1 or more"
            raise ConfigurationError(msg)
        if self.track is Track.frame_list and self.frame_list is None:
            msg = "track=frame_list: wanted frame_list=FILE.csv as well"
            raise ConfigurationError(msg)
        if self.track is Track.kernels and not (self.kernels and self.first_utc and self.last_utc):
            msg = "track=kernels: wanted kernels=PATH, first_utc=TIME and last_utc=TIME as well"
            raise ConfigurationError(msg)
