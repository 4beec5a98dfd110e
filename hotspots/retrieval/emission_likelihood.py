"""What a measured power says about the true one: `BandPowers`, and a plane of true powers.

The 68 % and 95 % ends of an interval are one and two standard deviations from the value,
each side for itself; in between and beyond, the deviation runs straight.  A lower limit
says nothing against larger powers, a band without a measurement nothing at all.

A retrieval sums over a plane of true powers ``(S_M, S_L)`` of its own for each source, fine
where the measurement is good and wide where it is not.
"""

from dataclasses import dataclass
from typing import Any

from hotspots.errors import RetrievalError

__all__ = ["BandPowers", "PowerPlane", "power_plane"]

_DEVIATIONS_95 = 1.959964
"""Standard deviations of a normal distribution at the ends of its middle 95 %."""

_REACH = 3.5
"""Standard deviations to which a plane of powers goes; beyond lie 0.05 %."""

_OPEN_FACTOR = 1000.0
"""A plane goes so far above a lower limit."""

_M_NODES, _L_NODES = 19, 33

_FIRMEST = 0.9
"""Correlations are taken as no firmer: a plane has no finer nodes."""

_LARGEST_SQUARE = 1400.0
"""Of deviations; the exponential of half of it is the smallest of all numbers."""

_TINY = 1e-30


@dataclass(frozen=True)
class BandPowers:
    """Spectral powers of sources in one band with their intervals, GW/um.

    Parameters
    ----------
    value, lo, hi : arrays (n,), float64
        NaN in ``lo`` means not measured; NaN in ``hi`` alone a lower limit.
    lo95, hi95 : arrays (n,), float64
        Ends of the 95 % intervals; NaN where they follow from those of 68 %.

    Raises
    ------
    RetrievalError
        If the arrays are not of one shape (n,).
    """

    value: Any
    lo: Any
    hi: Any
    lo95: Any
    hi95: Any

    def __post_init__(self) -> None:
        parts = (self.value, self.lo, self.hi, self.lo95, self.hi95)
        shapes = {tuple(part.shape) for part in parts}
        if len(shapes) > 1 or len(next(iter(shapes))) != 1:
            msg = f"powers of a band have shapes {sorted(shapes)}; wanted one number a source"
            raise RetrievalError(msg)

    def part(self, part: slice) -> "BandPowers":
        """Some of the sources."""
        ends = (self.value, self.lo, self.hi, self.lo95, self.hi95)
        return BandPowers(*(whole[part] for whole in ends))

    def measured(self, xp: Any) -> Any:
        """Where anything is known, mask (n,)."""
        return ~xp.isnan(self.lo)

    def closed(self, xp: Any) -> Any:
        """Where the interval has both ends, mask (n,)."""
        return self.measured(xp) & ~xp.isnan(self.hi)

    def open_above(self, xp: Any) -> Any:
        """Where only a lower limit is known, mask (n,)."""
        return self.measured(xp) & xp.isnan(self.hi)


@dataclass(frozen=True)
class _Spread:
    """Peak and standard deviations (n, 1), near the peak and beyond one deviation."""

    peak: Any
    down: Any
    far_down: Any
    up: Any
    far_up: Any

    @property
    def least(self) -> Any:
        return self.peak - self.down - (_REACH - 1.0) * self.far_down

    @property
    def greatest(self) -> Any:
        return self.peak + self.up + (_REACH - 1.0) * self.far_up


@dataclass(frozen=True)
class PowerPlane:
    """True powers of each of n sources that its measurements allow.

    Parameters
    ----------
    log_m, log_l : arrays (n, nodes), float64
        Logarithms of the powers, GW/um; the plane is flattened.
    weight : array (n, nodes), float64
        Likelihood times the size of the node's cell in both logarithms.
    """

    log_m: Any
    log_l: Any
    weight: Any


def power_plane(
    xp: Any,
    m_power: BandPowers,
    l_power: BandPowers,
    correlation: Any,
    colours: tuple[float, float],
) -> PowerPlane:
    """Plane of powers of each source.

    Parameters
    ----------
    xp : namespace
    m_power, l_power : BandPowers of arrays (n,)
    correlation : array (n,), float64
        Of the errors of the two powers, between -1 and 1; it counts where both are numbers.
    colours : tuple of two floats
        Least and greatest ``log(S_L / S_M)`` of any source.
    """
    spread = {"M": _spread(xp, m_power), "L": _spread(xp, l_power)}
    known = {"M": m_power.measured(xp)[:, None], "L": l_power.measured(xp)[:, None]}
    ends = {band: _ends(xp, spread[band]) for band in ("M", "L")}
    bluer, redder = colours[1], colours[0]
    m_low, m_high = ends["M"]
    l_low, l_high = ends["L"]
    # where one band is missing the other bounds it, by the colours there are
    m_low, m_high = (
        xp.where(known["M"], m_low, l_low - bluer),
        xp.where(known["M"], m_high, l_high - redder),
    )
    l_high = xp.where(known["L"], l_high, m_high + bluer)
    l_low = xp.maximum(xp.where(known["L"], l_low, m_low + redder), m_low + redder)
    l_high = xp.maximum(l_high, l_low + 1e-3)
    log_m, m_step = _nodes(xp, m_low, m_high, _M_NODES)
    log_l, l_step = _nodes(xp, l_low, l_high, _L_NODES)
    m_deviation = xp.where(known["M"], _deviation(xp, xp.exp(log_m), spread["M"]), 0.0)
    l_deviation = xp.where(known["L"], _deviation(xp, xp.exp(log_l), spread["L"]), 0.0)
    # an open end or a missing band has no error that could go with the other's
    closed = m_power.closed(xp) & l_power.closed(xp)
    together = xp.where(closed, xp.clip(correlation, -_FIRMEST, _FIRMEST), 0.0)[:, None, None]
    m_deviation, l_deviation = m_deviation[:, :, None], l_deviation[:, None, :]
    square = (m_deviation**2 - 2.0 * together * m_deviation * l_deviation + l_deviation**2) / (
        1.0 - together**2
    )
    likelihood = xp.exp(-0.5 * xp.clip(square, 0.0, _LARGEST_SQUARE))
    shape = (log_m.shape[0], _M_NODES, _L_NODES)
    flat = (shape[0], _M_NODES * _L_NODES)
    return PowerPlane(
        log_m=xp.reshape(xp.broadcast_to(log_m[:, :, None], shape), flat),
        log_l=xp.reshape(xp.broadcast_to(log_l[:, None, :], shape), flat),
        weight=xp.reshape(likelihood * (m_step * l_step)[:, :, None], flat),
    )


def _spread(xp: Any, power: BandPowers) -> _Spread:
    value, lo, hi, lo95, hi95 = (
        xp.astype(part, xp.float64)[:, None]
        for part in (power.value, power.lo, power.hi, power.lo95, power.hi95)
    )
    peak = xp.where(xp.isnan(value), lo, value)
    least = 1e-6 * xp.abs(peak) + _TINY
    down = xp.maximum(peak - lo, least)
    far_down = (lo - lo95) / (_DEVIATIONS_95 - 1.0)
    far_down = xp.where(xp.isnan(far_down), down, xp.maximum(far_down, least))
    open_above = xp.isnan(hi)
    up = xp.maximum(hi - peak, least)
    far_up = (hi95 - hi) / (_DEVIATIONS_95 - 1.0)
    far_up = xp.where(xp.isnan(far_up), up, xp.maximum(far_up, least))
    # a missing band: any number, as long as it is one
    missing = xp.isnan(peak)
    return _Spread(
        peak=xp.where(missing, 1.0, peak),
        down=xp.where(missing, 1.0, down),
        far_down=xp.where(missing, 1.0, far_down),
        up=xp.where(missing | open_above, xp.inf, up),
        far_up=xp.where(missing | open_above, 1.0, far_up),
    )


def _ends(xp: Any, spread: _Spread) -> tuple[Any, Any]:
    """Logarithms of the least and greatest power worth looking at, (n, 1)."""
    is_open = xp.isinf(spread.up)
    high = xp.where(is_open, _OPEN_FACTOR * xp.abs(spread.peak), spread.greatest)
    # noise may leave less than nothing: then only powers far below the noise are possible
    high = xp.maximum(high, 0.1 * xp.where(is_open, xp.abs(spread.peak), spread.up) + _TINY)
    low = xp.maximum(spread.least, 1e-4 * high)
    return xp.log(xp.minimum(low, 0.999 * high)), xp.log(high)


def _nodes(xp: Any, low: Any, high: Any, count: int) -> tuple[Any, Any]:
    """Even steps between two ends (n, count), and the size of a step (n, 1)."""
    share = xp.arange(count, dtype=xp.float64, device=low.device) / (count - 1.0)
    return low + (high - low) * share, (high - low) / (count - 1.0)


def _deviation(xp: Any, power: Any, spread: _Spread) -> Any:
    """Standard deviations by which true powers (n, nodes) lie above the measured ones."""
    above = power - spread.peak
    below = -above
    down = xp.where(
        below <= spread.down, below / spread.down, 1.0 + (below - spread.down) / spread.far_down
    )
    up = xp.where(above <= spread.up, above / spread.up, 1.0 + (above - spread.up) / spread.far_up)
    return xp.where(below > 0, -down, up)
