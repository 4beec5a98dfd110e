"""How deep microwaves come from, and how deep the warmth of a day goes."""

from math import pi, sqrt
from typing import Any

from hotspots.errors import RetrievalError

__all__ = ["IO_DAY_S", "LIGHT_M_S", "penetration_depth_m", "skin_depth_m"]

LIGHT_M_S = 299_792_458.0

IO_DAY_S = 1.769138 * 86400.0
"""Io's rotation, locked to its orbit (JPL mean elements of the satellites of Jupiter)."""


def penetration_depth_m(frequency_ghz: Any, permittivity: Any, loss_tangent: Any) -> Any:
    """Depth over which the power of a wave falls to 1/e along its way.

    ``c / (2 pi f sqrt(permittivity) tan(delta))``, for small losses (Ulaby & Long 2014,
    "Microwave Radar and Radiometric Remote Sensing", section 2-4).

    Parameters
    ----------
    frequency_ghz : float or array
    permittivity : float or array
        Real relative permittivity of the ground, 1 or more.
    loss_tangent : float or array
        Imaginary over real part of the permittivity, above 0.

    Returns
    -------
    float or array
        m.
    """
    absorption = 2.0 * pi * frequency_ghz * 1e9 * permittivity**0.5 * loss_tangent / LIGHT_M_S
    return 1.0 / absorption


def skin_depth_m(
    thermal_inertia: float, heat_capacity: float = 1.2e6, period_s: float = IO_DAY_S
) -> float:
    """Depth over which a periodic wave of temperature falls to 1/e.

    ``Gamma / (rho c) sqrt(2 / omega)`` (Carslaw & Jaeger 1959, section 2.6).

    Parameters
    ----------
    thermal_inertia : float
        Gamma, J m-2 K-1 s-1/2.
    heat_capacity : float
        Of a volume, J m-3 K-1; 1.2e6 is a porous silicate.
    period_s : float

    Returns
    -------
    float
        m.  On Io 1.3 cm for an inertia of 70 (Galileo's radiometer, Rathbun et al. 2004,
        Icarus 169, 127), 6 cm for 320 (de Pater et al. 2020, PSJ 1, 60).

    Raises
    ------
    RetrievalError
        If a number is not positive.
    """
    if min(thermal_inertia, heat_capacity, period_s) <= 0:
        msg = (
            f"thermal inertia {thermal_inertia}, heat capacity {heat_capacity}, period "
            f"{period_s}: wanted numbers above zero"
        )
        raise RetrievalError(msg)
    return thermal_inertia / heat_capacity * sqrt(period_s / pi)
