"""Shapes that Jupiter's radiation belts can have in the sky.

Electrons trapped between about 1.2 and 3 radii of Jupiter shine by synchrotron emission, above a
thousand kelvin at 0.6 GHz, gathered about the magnetic equator (Bolton et al. 2002,
doi:10.1038/415987a; Santos-Costa & Bolton 2008, doi:10.1016/j.pss.2007.09.008).  An
antenna smears them over many degrees, and a row in which Io hides a part of them can only
be understood if one knows where in the beam they are.  So the sky gets a few shapes of
unknown brightness: shells of a dipole field, each near its equator or spread from it, seen
along the lines of sight from Juno, in front of Jupiter and beside it.
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.geometry.beams.beams import JUPITER_RADII_KM

__all__ = ["belt_shapes"]

Float64 = NDArray[np.float64]

DIPOLE_TILT_DEG = 10.31
DIPOLE_LONGITUDE_EAST_DEG = 163.39
"""Axis of the dipole in System III (JRM09: Connerney et al. 2018, doi:10.1002/2018GL077312)."""

SHELLS = (1.2, 1.4, 1.65, 1.95, 2.3, 2.7, 3.2)
"""Knots, in radii of Jupiter at the magnetic equator; a shell peaks at an inner knot and ends
at its neighbours.  Finer steps than these no beam tells apart; with steps twice as coarse the
rows in which Io hides a part of the belts are not understood."""

THICKNESSES = (0.1, 0.25, 0.6)
"""Sine of the magnetic latitude at which a shape has sunk to 1/e: the flat ring of the inner
belts, what lies about it, and what mirrors at high latitudes."""

STEPS = 160
"""Steps along a line of sight through the sphere that holds the shells."""


def belt_shapes(direction: Float64, juno_from_jupiter_km: Float64) -> Float64:
    """Brightness of each shape in many directions.

    Parameters
    ----------
    direction : array (d, 3) float64
        Unit vectors from Juno, ``IAU_JUPITER``.
    juno_from_jupiter_km : array (3,) float64
        ``IAU_JUPITER``, km.

    Returns
    -------
    array (d, s) float64
        Relative; each shape has a maximum of 1 over the directions, or is 0 throughout.
    """
    radius = JUPITER_RADII_KM[0]
    place = juno_from_jupiter_km / radius
    middle = -direction @ place
    beside = np.sum(place**2) - middle**2
    half = np.sqrt(np.maximum(SHELLS[-1] ** 2 - beside, 0.0))
    # A line that meets Jupiter ends there.
    planet = np.sqrt(np.maximum(1.0 - beside, 0.0))
    end = np.where(beside < 1.0, middle - planet, middle + half)
    share = (np.arange(STEPS) + 0.5) / STEPS
    start = np.maximum(middle - half, 0.0)
    length = np.maximum(end - start, 0.0)
    along = start[:, None] + length[:, None] * share
    point = place + along[..., None] * direction[:, None]
    distance = np.linalg.norm(point, axis=-1)
    sine = (point @ _dipole_axis()) / distance
    shell = distance / np.maximum(1.0 - sine**2, 1e-6)
    shapes = []
    for inner, peak, outer in zip(SHELLS[:-2], SHELLS[1:-1], SHELLS[2:], strict=True):
        density = np.interp(shell, (inner, peak, outer), (0.0, 1.0, 0.0))
        for thickness in THICKNESSES:
            glow = density * np.exp(-((sine / thickness) ** 2))
            shapes.append(length * np.mean(glow, axis=1))
    brightness = np.stack(shapes, axis=1)
    return np.asarray(brightness / np.maximum(brightness.max(axis=0), 1e-12))


def _dipole_axis() -> Float64:
    tilt, longitude = np.radians(DIPOLE_TILT_DEG), np.radians(DIPOLE_LONGITUDE_EAST_DEG)
    across = np.sin(tilt)
    return np.asarray([across * np.cos(longitude), across * np.sin(longitude), np.cos(tilt)])
