"""`Beams`: where six antennas looked in every row, seen from Io.

Everything stands in Io's body-fixed axes (``IAU_IO``) of the row's own time: the axes of
the antennas, where Juno was, where Jupiter stood, how the sky was turned.  Geometry is
geometric: within 20,000 km light takes less than 0.07 s, in which Juno moves 2 km.
"""

from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.errors import GeometryError
from hotspots.radiometer import CHANNELS

__all__ = ["JUPITER_RADII_KM", "Beams"]

Float64 = NDArray[np.float64]

JUPITER_RADII_KM = (71492.0, 71492.0, 66854.0)
"""Semi-axes at 1 bar (pck00011; Archinal et al. 2018)."""


@dataclass(frozen=True)
class Beams:
    """Geometry of n rows of the radiometer.

    Parameters
    ----------
    et : array (n,) float64
        Middle of the integration, TDB seconds past J2000.
    axes : array (n, 6, 3, 3) float64
        Rows of the last two axes are the antenna's X, Y and Z in ``IAU_IO``: +Z is the
        boresight, +Y the spin axis.  NaN where unknown.
    juno_km : array (n, 3) float64
        Juno from Io's centre, ``IAU_IO``, km.
    jupiter_km : array (n, 3) float64
        Jupiter's centre from Juno, ``IAU_IO``, km.
    sky : array (n, 3, 3) float64
        Takes J2000 vectors to ``IAU_IO``.
    jupiter_axes : array (n, 3, 3) float64
        Takes ``IAU_IO`` vectors to ``IAU_JUPITER`` (System III).

    Raises
    ------
    GeometryError
        If the shapes contradict each other.
    """

    et: Float64
    axes: Float64
    juno_km: Float64
    jupiter_km: Float64
    sky: Float64
    jupiter_axes: Float64

    def __post_init__(self) -> None:
        n = len(self.et)
        wanted = {
            "axes": (n, len(CHANNELS), 3, 3),
            "juno_km": (n, 3),
            "jupiter_km": (n, 3),
            "sky": (n, 3, 3),
            "jupiter_axes": (n, 3, 3),
        }
        for name, shape in wanted.items():
            found = getattr(self, name).shape
            if found != shape:
                msg = f"beams: {name} has shape {found}, wanted {shape}"
                raise GeometryError(msg)

    def __len__(self) -> int:
        return len(self.et)

    @property
    def known(self) -> NDArray[np.bool_]:
        """Rows and channels (n, 6) whose geometry is complete."""
        place = np.isfinite(np.sum(self.juno_km + self.jupiter_km, axis=1))
        return np.asarray(np.isfinite(np.sum(self.axes, axis=(2, 3))) & place[:, None])

    @property
    def range_km(self) -> Float64:
        """Distance of Juno from Io's centre (n,), km."""
        return np.asarray(np.linalg.norm(self.juno_km, axis=-1))

    @property
    def io_angle_deg(self) -> Float64:
        """Angle between boresight and Io's centre (n, 6), degrees."""
        towards = -self.juno_km / self.range_km[:, None]
        return _angle_deg(self.axes[:, :, 2], towards[:, None])

    @property
    def io_radius_deg(self) -> Float64:
        """Angular radius of Io (n,), degrees."""
        return np.asarray(np.degrees(np.arcsin(np.minimum(1.0, IO_MEAN_RADIUS_KM / self.range_km))))

    @property
    def jupiter_angle_deg(self) -> Float64:
        """Angle between boresight and Jupiter's centre (n, 6), degrees."""
        distance = np.linalg.norm(self.jupiter_km, axis=-1, keepdims=True)
        return _angle_deg(self.axes[:, :, 2], (self.jupiter_km / distance)[:, None])

    def replace(self, **changes: Any) -> Self:
        """Return new beams with some fields exchanged."""
        return replace(self, **changes)

    def select(self, rows: Any) -> Self:
        """Return the beams of some rows: indices or a mask."""
        return self.replace(**{one.name: getattr(self, one.name)[rows] for one in fields(self)})


def _angle_deg(one: Float64, other: Float64) -> Float64:
    """Angle between unit vectors, exact when small."""
    one, other = np.broadcast_arrays(one, other)
    across = np.linalg.norm(np.cross(one, other), axis=-1)
    return np.asarray(np.degrees(np.arctan2(across, np.sum(one * other, axis=-1))))
