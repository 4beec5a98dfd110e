"""`RadiometerSwath`: antenna temperatures of one visit, and what is wrong with each.

The microwave counterpart of `hotspots.swath`: calibration makes it, geometry and the
inverse read it, nobody changes one in place.  A row is one 100-ms integration; a cell is
one row of one channel.  Channel k stands at index k - 1.
"""

from dataclasses import dataclass, replace
from enum import IntFlag
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from hotspots.errors import CalibrationError

__all__ = ["CHANNELS", "Channel", "RadiometerSwath", "RowFlag"]


@dataclass(frozen=True)
class Channel:
    """One receiver with its antenna.

    Parameters
    ----------
    number : int
        1 to 6.
    frequency_ghz : float
        Centre of the band.
    beamwidth_deg : float
        Full width of the antenna pattern at half power, mean over azimuth.
    frame : str
        SPICE frame of the antenna: +Z is the boresight (frame kernel ``juno_v12.tf``).
    """

    number: int
    frequency_ghz: float
    beamwidth_deg: float
    frame: str


CHANNELS = (
    Channel(1, 0.600, 19.96, "JUNO_MWR_A1"),
    Channel(2, 1.248, 20.20, "JUNO_MWR_A2"),
    Channel(3, 2.597, 12.16, "JUNO_MWR_A3"),
    Channel(4, 5.215, 12.08, "JUNO_MWR_A4"),
    Channel(5, 10.004, 11.72, "JUNO_MWR_A5"),
    Channel(6, 21.9, 10.96, "JUNO_MWR_A6"),
)
"""The six channels.  Frequencies: LAMBDA's page of the Juno sky maps (Anderson et al. 2025,
doi:10.3847/1538-4357/adba62); widths: azimuthal means of the measured antenna patterns."""


class RowFlag(IntFlag):
    """Bits of `RadiometerSwath.flags`; why a cell is no number, or a suspect one."""

    BLANK = 1
    """The archive's field is empty."""
    NOT_A_NUMBER = 2
    """The archive's field says NaN, or is no number."""
    DUPLICATE = 4
    """The time stands in the file more than once and the copies differ."""
    UNORDERED = 8
    """The row stood out of order and was put back; for information, it is used."""
    TRUNCATED = 16
    """The last line of the file breaks off before this field."""
    NO_GEOLOCATION = 32
    """The geolocation file has no row of this time; the kernels still know where it looked."""
    SATURATED = 64
    """Counts at the end of the converter's range in every gain."""
    OUTLIER = 128
    """Far from its neighbours within the beam: interference or a broken count."""
    JUPITER_IN_BEAM = 256
    """Jupiter stands in the main lobe: the temperature is right but is not Io's."""
    BAD_CALIBRATION = 512
    """Load, noise diode or its brightness are missing or not positive in this row."""

    @classmethod
    def unusable(cls) -> "RowFlag":
        """Bits whose cells carry no temperature; `antenna_k` is NaN there."""
        return (
            cls.BLANK
            | cls.NOT_A_NUMBER
            | cls.DUPLICATE
            | cls.TRUNCATED
            | cls.SATURATED
            | cls.OUTLIER
            | cls.BAD_CALIBRATION
        )


@dataclass(frozen=True)
class RadiometerSwath:
    """Antenna temperatures of the six channels over the rows of one visit.

    Parameters
    ----------
    visit : str
        Such as ``PJ57``.
    et : array (n,) float64, host
        Middle of the integration, TDB seconds past J2000, strictly increasing.
    antenna_k : array (n, 6) float64, host
        Antenna temperature, K, gains merged; NaN where a flag of `RowFlag.unusable` is set.
    sigma_k : array (n, 6) float64, host
        One standard deviation of one row's noise, K, positive where ``antenna_k`` is finite.
    flags : array (n, 6) uint16, host
        Bits of `RowFlag`.
    spin : array (n,) int32, host
        Number of the spacecraft's turn, does not decrease.
    boresight : array (n, 6, 3) float64, host
        Longitude and latitude of the boresight in J2000 and position angle of the antenna's
        +X from J2000's pole through east, degrees, as the archive has them; NaN where missing.
    juno_from_jupiter_km : array (n, 3) float64, host
        Juno from Jupiter's centre in System III (IAU_JUPITER), km; NaN where missing.
    jupiter_angle_deg : array (n, 6) float64, host
        Between boresight and Jupiter's centre, degrees; NaN where missing.
    jupiter_intercept_deg : array (n, 6, 2) float64, host
        Planetocentric east longitude and latitude where the boresight meets Jupiter, degrees;
        NaN off Jupiter.

    Raises
    ------
    CalibrationError
        If the shapes contradict each other, time does not increase, or a cell has a number
        where its flags say that there is none, or the reverse.
    """

    visit: str
    et: NDArray[np.float64]
    antenna_k: NDArray[np.float64]
    sigma_k: NDArray[np.float64]
    flags: NDArray[np.uint16]
    spin: NDArray[np.int32]
    boresight: NDArray[np.float64]
    juno_from_jupiter_km: NDArray[np.float64]
    jupiter_angle_deg: NDArray[np.float64]
    jupiter_intercept_deg: NDArray[np.float64]

    def __post_init__(self) -> None:
        n = self.et.shape[0] if self.et.ndim else 0
        channels = len(CHANNELS)
        wanted = {
            "et": (n,),
            "antenna_k": (n, channels),
            "sigma_k": (n, channels),
            "flags": (n, channels),
            "spin": (n,),
            "boresight": (n, channels, 3),
            "juno_from_jupiter_km": (n, 3),
            "jupiter_angle_deg": (n, channels),
            "jupiter_intercept_deg": (n, channels, 2),
        }
        for name, shape in wanted.items():
            found = getattr(self, name).shape
            if found != shape:
                msg = f"{self.visit}: {name} has shape {found}, wanted {shape}"
                raise CalibrationError(msg)
        if not np.all(np.diff(self.et) > 0):
            msg = f"{self.visit}: times of rows do not increase; sort and join them first"
            raise CalibrationError(msg)
        if np.any(np.diff(self.spin) < 0):
            msg = f"{self.visit}: numbers of turns decrease with time"
            raise CalibrationError(msg)
        bad = (self.flags & np.uint16(RowFlag.unusable())) != 0
        if np.any(bad == np.isfinite(self.antenna_k)):
            msg = f"{self.visit}: antenna_k must be NaN exactly where flags say unusable"
            raise CalibrationError(msg)
        if not np.all(self.sigma_k[~bad] > 0):
            msg = f"{self.visit}: a usable cell has no positive sigma_k"
            raise CalibrationError(msg)

    def __len__(self) -> int:
        return len(self.et)

    @property
    def usable(self) -> NDArray[np.bool_]:
        """Cells (n, 6) that have an antenna temperature."""
        return np.isfinite(self.antenna_k)

    def replace(self, **changes: Any) -> Self:
        """Return a new swath with some fields exchanged."""
        return replace(self, **changes)

    def select(self, rows: Any) -> Self:
        """Return a new swath of the rows at increasing indices, or where a mask is set."""
        return self.replace(
            et=self.et[rows],
            antenna_k=self.antenna_k[rows],
            sigma_k=self.sigma_k[rows],
            flags=self.flags[rows],
            spin=self.spin[rows],
            boresight=self.boresight[rows],
            juno_from_jupiter_km=self.juno_from_jupiter_km[rows],
            jupiter_angle_deg=self.jupiter_angle_deg[rows],
            jupiter_intercept_deg=self.jupiter_intercept_deg[rows],
        )
