"""`RadiometerRows`: the numbers of instrument and geolocation tables, row by row, uncalibrated."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.radiometer.columns import DIODE_POSITIONS, DIODES, RECEIVERS
from hotspots.errors import ArchiveError
from hotspots.radiometer import CHANNELS

__all__ = ["RadiometerRows"]


@dataclass(frozen=True, kw_only=True)
class RadiometerRows:
    """Rows in order of time; NaN is "not there".

    Parameters
    ----------
    et : array (n,) float64
        Middle of the integration, TDB seconds past J2000, strictly increasing.
    antenna_count, load_count : array (n, 8) float64
        Counts with the switch at the antenna and at the internal load, by receiver.
    diode_count : array (n, 8, 3, 2) float64
        Deflection by noise diode, with the switch at the antenna and at the load.
    diode_k : array (n, 8, 3, 2) float64
        Brightness of the noise diodes, K.
    load_k : array (n, 8) float64
        Brightness of the load referred to the input, K.
    archived_k : array (n, 8) float64
        Antenna temperature as the archive has it, K.
    flags : array (n, 8) uint16
        Bits of `hotspots.radiometer.RowFlag`, by receiver.
    boresight : array (n, 6, 3) float64
        J2000 longitude, latitude and rotation, degrees.
    juno_from_jupiter_km : array (n, 3) float64
        System III.
    jupiter_angle_deg : array (n, 6) float64
    jupiter_intercept_deg : array (n, 6, 2) float64
        Planetocentric east longitude and latitude.

    Raises
    ------
    ArchiveError
        If the shapes contradict each other or time does not increase.
    """

    et: NDArray[np.float64]
    antenna_count: NDArray[np.float64]
    load_count: NDArray[np.float64]
    diode_count: NDArray[np.float64]
    diode_k: NDArray[np.float64]
    load_k: NDArray[np.float64]
    archived_k: NDArray[np.float64]
    flags: NDArray[np.uint16]
    boresight: NDArray[np.float64]
    juno_from_jupiter_km: NDArray[np.float64]
    jupiter_angle_deg: NDArray[np.float64]
    jupiter_intercept_deg: NDArray[np.float64]

    def __post_init__(self) -> None:
        n, receivers, channels = len(self.et), len(RECEIVERS), len(CHANNELS)
        diodes = (receivers, len(DIODES), len(DIODE_POSITIONS))
        shapes = {
            "antenna_count": (receivers,),
            "load_count": (receivers,),
            "diode_count": diodes,
            "diode_k": diodes,
            "load_k": (receivers,),
            "archived_k": (receivers,),
            "flags": (receivers,),
            "boresight": (channels, 3),
            "juno_from_jupiter_km": (3,),
            "jupiter_angle_deg": (channels,),
            "jupiter_intercept_deg": (channels, 2),
        }
        for name, shape in shapes.items():
            found = getattr(self, name).shape
            if found != (n, *shape):
                msg = f"rows of the radiometer: {name} has shape {found}, wanted {(n, *shape)}"
                raise ArchiveError(msg)
        if not np.all(np.diff(self.et) > 0):
            msg = "rows of the radiometer: times do not increase"
            raise ArchiveError(msg)

    def __len__(self) -> int:
        return len(self.et)

    def select(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> Self:
        """Return the rows at increasing indices, or where a mask is set."""
        return type(self)(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    @classmethod
    def concatenate(cls, parts: "Sequence[RadiometerRows]") -> Self:
        """Return the rows of files that follow each other in time; at least one."""
        return cls(
            **{
                f.name: np.concatenate([getattr(part, f.name) for part in parts])
                for f in fields(cls)
            }
        )
