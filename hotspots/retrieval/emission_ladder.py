"""Colour of a grey body against its temperature, tabulated so that it can be read both ways.

The colour is ``log(S_L / S_M)``; it rises with temperature alone, and ``1 / T`` is almost a
straight line in it, so that linear interpolation over even steps of colour is good to a
millionth.
"""

import math
from dataclasses import dataclass
from typing import Any

from hotspots.planck import L_BAND, M_BAND, exitance_gw_km2, exitance_gw_um_km2

__all__ = ["ColourLadder", "colour_ladder"]

COLDEST_K = 120.0
"""A whole disc of Io at this temperature shows less than 0.01 GW/um in L."""

HOTTEST_K = 2500.0
"""Above the hottest silicate lava that is conceivable."""

_RUNGS = 4096
_FINE_RUNGS = 16384


@dataclass(frozen=True)
class ColourLadder:
    """Properties of a square kilometre of black body at even steps of colour.

    Parameters
    ----------
    coldest, step : float
        Colour of the first rung, and distance of the rungs.
    log_kelvin, log_m_exitance, log_total, steepness : arrays (rungs,), float64
        Logarithms of temperature (K), of spectral power in M (GW um-1 km-2) and of the
        power at all wavelengths (GW km-2), and the rise of the colour with the logarithm
        of the temperature.
    """

    coldest: float
    step: float
    log_kelvin: Any
    log_m_exitance: Any
    log_total: Any
    steepness: Any

    @property
    def hottest(self) -> float:
        """Colour of the last rung."""
        return self.coldest + self.step * (int(self.log_kelvin.shape[0]) - 1)

    def at(self, xp: Any, colour: Any) -> tuple[Any, Any, Any, Any]:
        """All four properties at given colours; those beyond the ends get those of the end.

        Returns
        -------
        log_kelvin, log_m_exitance, log_total, steepness : arrays of the shape of ``colour``
        """
        rungs = int(self.log_kelvin.shape[0])
        place = xp.clip((xp.reshape(colour, (-1,)) - self.coldest) / self.step, 0.0, rungs - 1.001)
        below = xp.astype(xp.floor(place), xp.int64)
        share = place - xp.astype(below, xp.float64)

        def read(table: Any) -> Any:
            low, high = xp.take(table, below), xp.take(table, below + 1)
            return xp.reshape(low + share * (high - low), colour.shape)

        tables = (self.log_kelvin, self.log_m_exitance, self.log_total, self.steepness)
        return read(tables[0]), read(tables[1]), read(tables[2]), read(tables[3])


def colour_ladder(xp: Any, device: Any) -> ColourLadder:
    """Tabulate black bodies between `COLDEST_K` and `HOTTEST_K` in a namespace, on a device."""
    ends = (math.log(COLDEST_K), math.log(HOTTEST_K))
    fine = xp.exp(xp.linspace(*ends, _FINE_RUNGS, dtype=xp.float64, device=device))
    fine_colour = _colour(xp, fine)
    first, last = float(fine_colour[0]), float(fine_colour[-1])
    colour = xp.linspace(first, last, _RUNGS, dtype=xp.float64, device=device)
    above = xp.clip(xp.searchsorted(fine_colour, colour), 1, _FINE_RUNGS - 1)
    x0, x1 = xp.take(fine_colour, above - 1), xp.take(fine_colour, above)
    u0, u1 = xp.take(1.0 / fine, above - 1), xp.take(1.0 / fine, above)
    kelvin = 1.0 / (u0 + (u1 - u0) * (colour - x0) / (x1 - x0))
    log_kelvin = xp.log(kelvin)
    step = (last - first) / (_RUNGS - 1)
    rise = step / (log_kelvin[1:] - log_kelvin[:-1])
    middle = 0.5 * (rise[1:] + rise[:-1])
    return ColourLadder(
        coldest=first,
        step=step,
        log_kelvin=log_kelvin,
        log_m_exitance=xp.log(exitance_gw_um_km2(M_BAND, kelvin)),
        log_total=xp.log(exitance_gw_km2(kelvin)),
        steepness=xp.concat([rise[:1], middle, rise[-1:]]),
    )


def _colour(xp: Any, kelvin: Any) -> Any:
    return xp.log(exitance_gw_um_km2(L_BAND, kelvin) / exitance_gw_um_km2(M_BAND, kelvin))
