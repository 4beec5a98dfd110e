r"""`Cameras`: per-frame constants of the pinhole camera, in moment form.

The line of sight of the sample at column ``x`` and line ``y`` is written as the
direction :math:`d` and the moment :math:`m = p \times d` of a line in a space where
the ellipsoid is the unit sphere (:math:`p` is the camera's place there).  Both are
linear in ``u = x - x0`` and ``v = y - y0``::

    d = Z  + u X  + v Y          m = C0 + u C1 + v C2
    disc = |d|^2 - |m|^2         hit where disc >= 0
    s = (d x m - sqrt(disc) d) / |d|^2        (unit sphere)
    surface = radii * s                        (km, body-fixed)

No step subtracts large numbers, so float32 is enough: <= 2 m at 190,000 km where
the textbook quadratic loses kilometres.  Samples and lines are counted from 0 with
the centre of the first at 0.0: ``x`` along samples (0..431), ``y`` along lines
(0..127) of one band's half frame.
"""

from dataclasses import dataclass, replace
from typing import Any, Self

from hotspots.errors import GeometryError

__all__ = ["Cameras"]


@dataclass(frozen=True)
class Cameras:
    """Cameras of n frames of one band.

    Parameters
    ----------
    constants : array (n, 18) float32
        Z, X, Y, C0, C1, C2 (three numbers each) of the module docstring.
    origin : array (n, 2) float32
        Sample x0 and line y0 that ``u`` and ``v`` are counted from.
    position_km : array (n, 3) float64, host
        Camera in the body-fixed frame, km, geometric at the start of exposure.
    sun : array (n, 3) float64, host
        Unit vector from the body to the Sun, body-fixed, with aberration.
    radii_km : tuple of 3 floats
        Semi-axes of the body, km.
    ifov_rad : float
        Angle of one sample, rad.

    Raises
    ------
    GeometryError
        If the shapes of the fields contradict each other.
    """

    constants: Any
    origin: Any
    position_km: Any
    sun: Any
    radii_km: tuple[float, float, float]
    ifov_rad: float

    def __post_init__(self) -> None:
        n = self.constants.shape[0]
        wanted = {"constants": (n, 18), "origin": (n, 2), "position_km": (n, 3), "sun": (n, 3)}
        for name, shape in wanted.items():
            if tuple(getattr(self, name).shape) != shape:
                msg = f"cameras: {name} has shape {getattr(self, name).shape}, wanted {shape}"
                raise GeometryError(msg)

    def __len__(self) -> int:
        return int(self.constants.shape[0])

    def replace(self, **changes: Any) -> Self:
        """Return new cameras with some fields exchanged."""
        return replace(self, **changes)

    def select(self, indices: list[int]) -> Self:
        """Return the cameras of the frames at ``indices``, in that order."""
        names = ("constants", "origin", "position_km", "sun")
        return self.replace(**{name: getattr(self, name)[indices] for name in names})
