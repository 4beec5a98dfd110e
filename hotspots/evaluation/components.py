"""Total power of a true source, from the temperatures and areas it was made of."""

import math
import re

import numpy as np

from hotspots.planck import exitance_gw_km2

__all__ = ["total_power_gw"]

_NUMBER = r"\d+(?:\.\d+)?(?:e[+-]?\d+)?"
_COMPONENT = re.compile(rf"({_NUMBER})K:({_NUMBER})km2", re.IGNORECASE)


def total_power_gw(components: str) -> float | None:
    """Power at all wavelengths, GW: the sum of sigma T^4 A.

    Parameters
    ----------
    components : str
        Such as ``396K:2.525km2;1161K:0.04539km2``.

    Returns
    -------
    float or None
        None if the text is no list of components, or one of them is at no temperature.
    """
    found = [_COMPONENT.fullmatch(part.strip()) for part in components.split(";")]
    if not all(found):
        return None
    kelvin = np.array([float(part.group(1)) for part in found if part])
    area_km2 = np.array([float(part.group(2)) for part in found if part])
    total = float(np.sum(exitance_gw_km2(kelvin) * area_km2))
    return total if math.isfinite(total) and total > 0 else None
