"""Lava that has cooled for years: a half-space whose surface is as cold as its surroundings.

``T(z) = T_s + (T_m - T_s) erf(z / sqrt(4 kappa t))`` (Carslaw & Jaeger 1959, section 2.4;
Turcotte & Schubert 2014, "Geodynamics", section 4.15).  The surface of a flow is back at
the temperature of its surroundings within a year; what is left of its heat is below, where
only the long waves come from.
"""

from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf, erfcx

__all__ = ["DIFFUSIVITY_M2_S", "MAGMA_K", "YEAR_S", "lava_seen_k", "lava_temperature_k"]

YEAR_S = 365.25 * 86400.0

MAGMA_K = 1475.0
"""Temperature of erupted basalt, K (Davies 2007, "Volcanism on Io", Cambridge)."""

DIFFUSIVITY_M2_S = 5e-7
"""Thermal diffusivity of basalt with some vesicles, m2/s; solid rock has 8e-7 (Turcotte &
Schubert, table of appendix B).  Age and diffusivity act as their product alone."""

Float64 = NDArray[np.float64]


def lava_temperature_k(depth_m: Any, age_yr: Any, surface_k: Any) -> Float64:
    """Temperature inside lava.

    Parameters
    ----------
    depth_m, age_yr, surface_k : array or float, host
        Depth, time since the lava came to rest, temperature at its surface.

    Returns
    -------
    array, broadcast of the three, float64
        K.
    """
    length = 2.0 * np.sqrt(DIFFUSIVITY_M2_S * YEAR_S * np.asarray(age_yr, np.float64))
    return np.asarray(surface_k + (MAGMA_K - surface_k) * erf(depth_m / length))


def lava_seen_k(depth_m: Any, age_yr: Any, surface_k: Any) -> Float64:
    """Mean temperature of what a receiver sees of lava: weights ``exp(-z/d) / d``.

    The mean of ``erf(z / 2a)`` is ``exp(x**2) erfc(x)`` with ``x = a / d``.

    Parameters
    ----------
    depth_m : array or float, host
        Vertical depth d over which the weight falls to 1/e, m.
    age_yr, surface_k : array or float, host
        As in `lava_temperature_k`.

    Returns
    -------
    array, broadcast of the three, float64
        K.
    """
    reach = sqrt(DIFFUSIVITY_M2_S * YEAR_S) * np.sqrt(np.asarray(age_yr, np.float64))
    return np.asarray(surface_k + (MAGMA_K - surface_k) * erfcx(reach / depth_m))
