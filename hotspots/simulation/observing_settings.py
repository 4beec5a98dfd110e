"""Settings of the frames that a visit takes, and of the error of their pointing."""

from dataclasses import dataclass

from hotspots.config.checks import require_within
from hotspots.errors import ConfigurationError
from hotspots.simulation.ranges import Range

__all__ = ["ObservingSettings"]


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
    dwell : float
        Part of those that are aimed at the source of the frame before.
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
    dwell: float = 0.6
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
            "dwell",
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
