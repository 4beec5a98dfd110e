"""Colour temperature and area of a grey body seen in both bands.

A Lambertian patch of area ``A`` at one temperature ``T`` emits ``S_L = A e_L(T)`` and
``S_M = A e_M(T)``, with ``e`` the spectral power of one km2 of black body.  The ratio
``S_L / S_M`` rises with ``T`` alone, so two powers fix temperature and area without a
prior: the map from (S_L, S_M) to (T, A) is one to one.

The 68 % intervals are those of the profile likelihood.  The two powers have an ellipse as
their contour of ``chi2 = 1``, tilted where their errors go together; its image in (T, A) is
the contour of the fit, and the extremes of ``T`` and of ``A`` on it are the ends of their
intervals.
For the temperature this is the interval of a ratio after Fieller (1954,
doi:10.1111/j.2517-6161.1954.tb00159.x), which covers 68 % at any signal-to-noise ratio
and is honestly open where the noise allows a band to have no signal at all.

A real source mixes temperatures; the colour temperature is that of the one grey body
that would look the same in these two bands, no more.
"""

import math
from dataclasses import dataclass
from typing import Any

from array_api_compat import array_namespace
from array_api_compat import device as device_of

from hotspots.errors import RetrievalError
from hotspots.planck import L_BAND, M_BAND, exitance_gw_um_km2

__all__ = [
    "COLDEST_K",
    "HOTTEST_K",
    "Estimate",
    "GreyBody",
    "retrieve_grey_body",
]

COLDEST_K = 150.0
"""Below this a square kilometre shows less than 1e-4 GW/um in M: nothing to see."""

HOTTEST_K = 2500.0
"""Above the hottest silicate lava that is conceivable: a ratio beyond is no grey body."""

_OPEN_FACTOR = 1e12
"""Stands for an upper end that is open, over the value."""

_TABLE_NODES = 2048
_CONTOUR_POINTS = 360


@dataclass(frozen=True)
class Estimate:
    """Values with the ends of their 68 % intervals, arrays of one shape.

    NaN in ``value`` means not measured; with NaN in one of ``lo`` and ``hi`` the other
    is a one-sided limit.
    """

    value: Any
    lo: Any
    hi: Any

    def __post_init__(self) -> None:
        shapes = {tuple(part.shape) for part in (self.value, self.lo, self.hi)}
        if len(shapes) > 1:
            msg = f"value, lo and hi of an estimate have shapes {sorted(shapes)}; wanted one shape"
            raise RetrievalError(msg)


@dataclass(frozen=True)
class GreyBody:
    """Colour temperature (K) and emitting area (km2) of sources."""

    temperature_k: Estimate
    area_km2: Estimate


def retrieve_grey_body(
    l_power: Estimate,
    m_power: Estimate,
    *,
    correlation: Any | None = None,
    coldest_k: float = COLDEST_K,
    hottest_k: float = HOTTEST_K,
) -> GreyBody:
    """Temperature and area of the grey bodies that emit the given powers.

    Parameters
    ----------
    l_power, m_power : Estimate of arrays (n,)
        Spectral powers in the two bands with 68 % intervals, GW/um; errors are taken as
        two half Gaussians where an interval is lopsided.  A lower limit has NaN as its
        upper end: in L it leaves a lower limit of temperature, in M an upper one, in both
        neither.
    correlation : array (n,), optional
        Of the errors of the two bands, between -1 and 1; none if not given.
    coldest_k, hottest_k : float
        Range in which a colour temperature is believed, K.

    Returns
    -------
    GreyBody of arrays (n,), float64
        A value is given where the whole interval lies in the range, else NaN.  The
        interval may still have one end: faint L and clear M give an upper limit of
        temperature and a lower limit of area.

    Raises
    ------
    RetrievalError
        If the two bands do not hold the same number of sources, or the range is empty.
    """
    if not 0 < coldest_k < hottest_k:
        msg = f"colour temperatures from {coldest_k} to {hottest_k} K; wanted 0 < coldest < hottest"
        raise RetrievalError(msg)
    xp = array_namespace(l_power.value, m_power.value)
    if l_power.value.shape != m_power.value.shape or l_power.value.ndim != 1:
        msg = (
            f"powers of shapes {l_power.value.shape} (L) and {m_power.value.shape} (M); "
            "wanted one number for each source in both bands"
        )
        raise RetrievalError(msg)
    device = device_of(m_power.value)
    angle = xp.arange(_CONTOUR_POINTS, dtype=xp.float64, device=device)
    angle = angle * (2.0 * math.pi / _CONTOUR_POINTS)
    l_direction, m_direction = xp.sin(angle)[None, :], xp.cos(angle)[None, :]
    if correlation is not None:
        together = xp.astype(correlation, xp.float64)[:, None]
        l_direction = together * m_direction + xp.sqrt(1.0 - together**2) * l_direction
    l_value, l_contour = _along_contour(xp, l_power, l_direction)
    m_value, m_contour = _along_contour(xp, m_power, m_direction)

    ladder = _ratio_ladder(xp, device, coldest_k, hottest_k)
    temperature, too_cold, too_hot = _temperature(xp, ladder, l_contour, m_contour)
    area = m_contour / exitance_gw_um_km2(M_BAND, temperature)
    open_below = xp.any(too_cold, axis=-1)
    open_above = xp.any(too_hot, axis=-1)

    best, _, _ = _temperature(xp, ladder, l_value, m_value)
    best = xp.where(open_below | open_above, xp.nan, best)
    return GreyBody(
        temperature_k=Estimate(
            best,
            xp.where(open_below, xp.nan, _extreme(xp, xp.min, temperature, xp.inf)),
            xp.where(open_above, xp.nan, _extreme(xp, xp.max, temperature, -xp.inf)),
        ),
        area_km2=Estimate(
            m_value / exitance_gw_um_km2(M_BAND, best),
            xp.where(open_above, xp.nan, _extreme(xp, xp.min, area, xp.inf)),
            xp.where(open_below, xp.nan, _extreme(xp, xp.max, area, -xp.inf)),
        ),
    )


def _along_contour(xp: Any, power: Estimate, direction: Any) -> tuple[Any, Any]:
    """Powers (n,) and their course (n, points) along the contour of chi2 = 1."""
    value, lo, hi = (xp.astype(part, xp.float64) for part in (power.value, power.lo, power.hi))
    upwards, downwards = xp.clip(direction, min=0.0), xp.clip(direction, max=0.0)
    # far beyond any ratio of lava: the contour leaves the range wherever it goes up
    hi = xp.where(xp.isnan(hi), value + _OPEN_FACTOR * xp.abs(value), hi)
    width_up, width_down = (hi - value)[:, None], (value - lo)[:, None]
    return value, value[:, None] + width_up * upwards + width_down * downwards


def _ratio_ladder(xp: Any, device: Any, coldest_k: float, hottest_k: float) -> tuple[Any, Any]:
    """Ascending log(S_L / S_M) and the 1 / T it belongs to; almost a straight line."""
    ends = (math.log(coldest_k), math.log(hottest_k))
    kelvin = xp.exp(xp.linspace(*ends, _TABLE_NODES, dtype=xp.float64, device=device))
    ratio = exitance_gw_um_km2(L_BAND, kelvin) / exitance_gw_um_km2(M_BAND, kelvin)
    return xp.log(ratio), 1.0 / kelvin


def _temperature(
    xp: Any, ladder: tuple[Any, Any], l_power: Any, m_power: Any
) -> tuple[Any, Any, Any]:
    """Temperature of the ratio, and where it would lie below or above the range.

    The temperature is NaN wherever one of the two flags is set, or a power is NaN.
    """
    log_ratio, inverse = ladder
    both = (l_power > 0) & (m_power > 0)
    ratio = xp.where(both, l_power, xp.nan) / xp.where(both, m_power, xp.nan)
    sought = xp.reshape(xp.log(ratio), (-1,))
    # NaN would be sorted differently by different libraries; it is put back below.
    index = xp.searchsorted(log_ratio, xp.where(xp.isnan(sought), log_ratio[0], sought))
    index = xp.clip(index, 1, _TABLE_NODES - 1)
    x0, x1 = xp.take(log_ratio, index - 1), xp.take(log_ratio, index)
    u0, u1 = xp.take(inverse, index - 1), xp.take(inverse, index)
    kelvin = xp.reshape(1.0 / (u0 + (u1 - u0) * (sought - x0) / (x1 - x0)), l_power.shape)
    sought = xp.reshape(sought, l_power.shape)
    too_cold = (l_power <= 0) | (sought < log_ratio[0])
    too_hot = (m_power <= 0) | (sought > log_ratio[-1])
    return xp.where(too_cold | too_hot, xp.nan, kelvin), too_cold, too_hot


def _extreme(xp: Any, reduction: Any, values: Any, neutral: float) -> Any:
    """Smallest or largest finite value along the contour, NaN where there is none."""
    extreme = reduction(xp.where(xp.isnan(values), neutral, values), axis=-1)
    return xp.where(xp.isinf(extreme), xp.nan, extreme)
