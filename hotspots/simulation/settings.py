"""Settings of the simulation: what visits may look like, and what a run of it is told.

Every number that the public record leaves open is a `Range`, drawn once a visit.
"""

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from hotspots.config.checks import require_positive, require_within
from hotspots.config.instrument import InstrumentSettings
from hotspots.errors import ConfigurationError
from hotspots.simulation.camera_ranges import CameraRanges
from hotspots.simulation.ranges import Range
from hotspots.simulation.scene_ranges import SceneRanges

__all__ = [
    "FlybySettings",
    "ObservingSettings",
    "SimulateSettings",
    "SimulationSettings",
    "Track",
]


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


@dataclass(frozen=True)
class ObservingSettings:
    """Which frames are taken, and how the pointing differs from its prediction.

    Numbers of the mirror: the despinning mirror was in use to orbit 43 and is parked
    since; see `hotspots.geometry.pointing.prior`.

    Parameters
    ----------
    first_orbit, last_orbit : int
        Orbits to choose from.
    minimum_frames, maximum_frames : int
        Frames of Io in a visit.
    spin_period_s : Range
        One frame is taken a turn (or every second one), s.
    second_turn_fraction : float
        Part of the visits with a frame every second turn only.
    exposure_despun_s, exposure_parked_s : Range
        Exposure with the mirror holding the scene and with it parked, s; rounded to the
        0.2 ms steps of the instrument.
    second_exposure_fraction : float
        Part of the visits that change to another exposure half-way.
    both_bands, m_band_only : float
        Part of the frames in mode I1 (L and M) and I2 (M alone); the others are I3 (L).
        The parts are of a visit: some are of one mode, others mix.
    raw_fraction : float
        Part of the visits with parked mirror that are delivered as raw counts (EDR).
    despun_shift_samples, despun_shift_lines : Range
        Shift of the scene against the prediction with the mirror holding it, px.
    parked_angle_deg : Range
        The same with the mirror parked, degrees along the spin.
    parked_shift_samples : Range
        And across the spin, px.
    scatter_samples, scatter_lines : Range
        Standard deviation of the shift from frame to frame, px, with the mirror parked.
    scatter_despun : Range
        The same on either axis with the mirror holding the scene, px.
    aim_at_sources : float
        Part of the frames that are aimed at a source where Io overfills the frame.
    sky_frames : int
        Frames of empty sky in a visit, beside the dark frames of raw visits.
    log_fraction : float
        Part of the products that come with a housekeeping (LOG) table.
    damaged_products : int
        Damaged products that are put beside the good ones when a visit is written.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    first_orbit: int = 5
    last_orbit: int = 99
    minimum_frames: int = 4
    maximum_frames: int = 20
    spin_period_s: Range = Range(30.2, 31.0)
    second_turn_fraction: float = 0.25
    exposure_despun_s: Range = Range(0.005, 1.0, logarithmic=True)
    exposure_parked_s: Range = Range(0.001, 0.005, logarithmic=True)
    second_exposure_fraction: float = 0.15
    both_bands: float = 0.6
    m_band_only: float = 0.35
    raw_fraction: float = 0.3
    despun_shift_samples: Range = Range(0.0, 4.0)
    despun_shift_lines: Range = Range(-8.0, -2.0)
    parked_angle_deg: Range = Range(7.23, 7.33)
    parked_shift_samples: Range = Range(1.5, 5.5)
    scatter_samples: Range = Range(0.5, 1.5)
    scatter_lines: Range = Range(0.5, 2.5)
    scatter_despun: Range = Range(0.3, 0.8)
    aim_at_sources: float = 0.7
    sky_frames: int = 1
    log_fraction: float = 0.4
    damaged_products: int = 4

    def __post_init__(self) -> None:
        require_within(
            self,
            0,
            1,
            "second_turn_fraction",
            "second_exposure_fraction",
            "both_bands",
            "m_band_only",
            "raw_fraction",
            "aim_at_sources",
            "log_fraction",
        )
        require_within(self, 0, 50, "sky_frames", "damaged_products")
        if self.both_bands + self.m_band_only > 1:
            msg = "both_bands and m_band_only are parts of a whole: wanted a sum of at most 1"
            raise ConfigurationError(msg)
        if not 1 <= self.minimum_frames <= self.maximum_frames <= 1000:
            msg = (
                f"minimum_frames={self.minimum_frames}, maximum_frames={self.maximum_frames}: "
                "wanted 1 or more frames, the lower number first"
            )
            raise ConfigurationError(msg)
        if not 3 <= self.first_orbit <= self.last_orbit <= 999:
            msg = f"orbits {self.first_orbit} to {self.last_orbit}: wanted 3 to 999 in order"
            raise ConfigurationError(msg)
        for name in ("spin_period_s", "exposure_despun_s", "exposure_parked_s"):
            if getattr(self, name).low <= 0:
                msg = f"{name}: wanted times above zero"
                raise ConfigurationError(msg)


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
        If a number is outside its range or there are fewer orbits than visits.
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
