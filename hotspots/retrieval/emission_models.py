r"""Three models of what a hot spot radiates: one temperature, warm + hot, crust + ring.

Each spreads its prior probability over a plane of true powers in both bands.  The cooler
part runs through a grid of temperatures and areas; the hotter part then follows without a
fit, because whatever is left of the two powers has one colour, hence one temperature and one
area.  With :math:`f` and :math:`g` the cooler part's share of the power in M and L, and
:math:`\rho(T) = \ln (S_L / S_M)`, the change of variables from powers to the hotter part is

.. math:: \frac{\partial(\ln A_h, \ln T_h)}{\partial(\ln S_M, \ln S_L)}
          = \frac{1}{(1 - f)(1 - g)} \frac{\mathrm{d} \ln T_h}{\mathrm{d} \rho}

for a cooler part of fixed area, and without :math:`1 - f` for one of fixed share.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hotspots.planck import L_BAND, M_BAND, exitance_gw_km2, exitance_gw_um_km2
from hotspots.retrieval.emission_ladder import ColourLadder
from hotspots.retrieval.emission_likelihood import PowerPlane
from hotspots.retrieval.emission_priors import EmissionPriors, LogNormal

__all__ = ["EmissionModel", "WeightedTotals", "crust_and_ring", "one_temperature", "warm_and_hot"]

_WARM_NODES, _CRUST_NODES = 12, 9
_SHARE_NODES, _SHARE_REACH = 25, 6.0
"""Shares of the cooler part: even steps of its log odds up to this on both sides."""


class EmissionModel(StrEnum):
    """What a total power rests on."""

    ONE_TEMPERATURE = "one_temperature"
    TWO_TEMPERATURES = "two_temperatures"
    CRUST_AND_RING = "crust_and_ring"
    M_BAND_ONLY = "m_band_only"
    """One band alone: all models, weighted by what is known of Io's volcanoes."""
    L_BAND_ONLY = "l_band_only"


@dataclass(frozen=True)
class WeightedTotals:
    """Total powers under one model, with the weight of each.

    Parameters
    ----------
    weight : array (n, cells), float64
        Prior times likelihood; their sum is the evidence.
    log_total : array (n, cells), float64
        Logarithm of the power at all wavelengths, GW; anything where the weight is 0.
    """

    weight: Any
    log_total: Any

    def evidence(self, xp: Any) -> Any:
        """Marginal likelihood of the model, (n,)."""
        return xp.sum(self.weight, axis=-1)


def one_temperature(
    xp: Any, plane: PowerPlane, ladder: ColourLadder, priors: EmissionPriors
) -> WeightedTotals:
    """Grey body of one temperature; cells are the nodes of the plane."""
    colour = plane.log_l - plane.log_m
    log_kelvin, log_m, log_total, steepness = ladder.at(xp, colour)
    density = _normal(xp, log_kelvin, priors.temperature_k) / steepness
    weight = plane.weight * _normal(xp, plane.log_m, priors.m_power_gw_um) * density
    weight = xp.where(_on_ladder(ladder, colour), weight, 0.0)
    return WeightedTotals(weight, plane.log_m + log_total - log_m)


def warm_and_hot(
    xp: Any, plane: PowerPlane, ladder: ColourLadder, priors: EmissionPriors
) -> WeightedTotals:
    """Two temperatures of any area; cells are nodes of the plane, warm temperatures, shares."""
    device = plane.weight.device
    nodes = priors.warm_k.nodes(_WARM_NODES)
    kelvin = xp.asarray(nodes, dtype=xp.float64, device=device)[:, None]
    step = 2.0 * _SHARE_REACH / (_SHARE_NODES - 1)
    odds = xp.arange(_SHARE_NODES, dtype=xp.float64, device=device) * step - _SHARE_REACH
    share = 1.0 / (1.0 + xp.exp(-odds))
    m_warm = exitance_gw_um_km2(M_BAND, kelvin)
    warm_ratio = exitance_gw_um_km2(L_BAND, kelvin) / m_warm
    l_share = share * warm_ratio * xp.exp(plane.log_m - plane.log_l)[:, :, None, None]
    left = 1.0 - l_share
    possible = left > 0
    left = xp.where(possible, left, 1.0)
    colour = (plane.log_l - plane.log_m)[:, :, None, None] + xp.log(left) - xp.log(1.0 - share)
    log_kelvin, log_m_hot, log_total, steepness = ladder.at(xp, colour)
    log_area_share = xp.log(m_warm) - odds - log_m_hot
    density = (
        _normal(xp, log_kelvin, priors.hot_k)
        * _normal(xp, log_area_share, priors.hot_share_of_area)
        * (step / _WARM_NODES)
        / (left * steepness)
    )
    outer = plane.weight * _normal(xp, plane.log_m, priors.m_power_gw_um)
    possible = possible & _on_ladder(ladder, colour) & (log_kelvin > xp.log(kelvin))
    weight = xp.where(possible, outer[:, :, None, None] * density, 0.0)
    per_m = share * exitance_gw_km2(kelvin) / m_warm + (1.0 - share) * xp.exp(log_total - log_m_hot)
    return _flat(xp, weight, plane.log_m[:, :, None, None] + xp.log(per_m))


def crust_and_ring(
    xp: Any,
    plane: PowerPlane,
    ladder: ColourLadder,
    priors: EmissionPriors,
    diameters_km: Any,
) -> WeightedTotals:
    """Lava lake: crust of the whole floor, exposed lava along its rim.

    Parameters
    ----------
    xp, plane, ladder, priors
    diameters_km : array (n, sizes), float64
        Equally probable diameters of each source; NaN where it is no lake.

    Returns
    -------
    WeightedTotals
        Cells are nodes of the plane, crust temperatures and sizes.
    """
    nodes = priors.crust_k.nodes(_CRUST_NODES)
    kelvin = xp.asarray(nodes, dtype=xp.float64, device=plane.weight.device)[:, None]
    is_lake = ~xp.isnan(diameters_km)
    diameter = xp.where(is_lake, diameters_km, 1.0)[:, None, None, :]
    floor_km2 = 0.25 * math.pi * diameter**2
    m_share = floor_km2 * exitance_gw_um_km2(M_BAND, kelvin) * _per(xp, plane.log_m)
    l_share = floor_km2 * exitance_gw_um_km2(L_BAND, kelvin) * _per(xp, plane.log_l)
    possible = (m_share < 1.0) & (l_share < 1.0)
    m_left = xp.where(possible, 1.0 - m_share, 1.0)
    l_left = xp.where(possible, 1.0 - l_share, 1.0)
    colour = (plane.log_l - plane.log_m)[:, :, None, None] + xp.log(l_left) - xp.log(m_left)
    log_kelvin, log_m_ring, log_total, steepness = ladder.at(xp, colour)
    log_ring_km2 = plane.log_m[:, :, None, None] + xp.log(m_left) - log_m_ring
    log_width = log_ring_km2 - xp.log(math.pi * diameter)
    density = (
        _normal(xp, log_kelvin, priors.ring_k)
        * _normal(xp, log_width, priors.ring_width_km)
        / (m_left * l_left * steepness * (_CRUST_NODES * diameters_km.shape[-1]))
    )
    possible = possible & _on_ladder(ladder, colour) & is_lake[:, None, None, :]
    weight = xp.where(possible, plane.weight[:, :, None, None] * density, 0.0)
    total = floor_km2 * exitance_gw_km2(kelvin) + xp.exp(log_ring_km2 + log_total)
    return _flat(xp, weight, xp.log(total))


def _per(xp: Any, log_power: Any) -> Any:
    return xp.exp(-log_power)[:, :, None, None]


def _flat(xp: Any, weight: Any, log_total: Any) -> WeightedTotals:
    """Put all cells of a source into one row."""
    shape = (weight.shape[0], math.prod(weight.shape[1:]))
    log_total = xp.broadcast_to(log_total, weight.shape)
    return WeightedTotals(xp.reshape(weight, shape), xp.reshape(log_total, shape))


def _on_ladder(ladder: ColourLadder, colour: Any) -> Any:
    return (colour >= ladder.coldest) & (colour <= ladder.hottest)


def _normal(xp: Any, logarithm: Any, prior: LogNormal) -> Any:
    """Density of a logarithm under a prior."""
    deviation = (logarithm - prior.middle) / prior.width
    return xp.exp(-0.5 * deviation**2) / (prior.width * math.sqrt(2.0 * math.pi))
