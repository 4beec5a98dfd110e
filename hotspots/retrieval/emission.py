"""Power at all wavelengths, by all models at once: `retrieve_emission`.

The posterior distribution of the total power is the mean over models, each weighted by its
prior and its evidence (Bayesian model averaging; Hoeting et al. 1999,
doi:10.1214/ss/1009212519): an interval that believed in one model alone would be too narrow,
since two bands can hardly tell them apart.  The model that is named is the most probable
one; it is a name, the interval does not rest on it.
"""

import math
from dataclasses import dataclass
from typing import Any

from array_api_compat import array_namespace
from array_api_compat import device as device_of

from hotspots.backend import to_host
from hotspots.errors import RetrievalError
from hotspots.retrieval.colour import Estimate
from hotspots.retrieval.emission_ladder import ColourLadder, colour_ladder
from hotspots.retrieval.emission_lakes import LakeSizes
from hotspots.retrieval.emission_likelihood import BandPowers, power_plane
from hotspots.retrieval.emission_models import (
    EmissionModel,
    crust_and_ring,
    one_temperature,
    warm_and_hot,
)
from hotspots.retrieval.emission_priors import EmissionPriors
from hotspots.retrieval.emission_quantiles import weighted_quantiles

__all__ = ["Emission", "SourcePowers", "retrieve_emission"]

_BATCH = 8
"""Sources at a time: some 100 MB of memory."""

_LOG_LEAST = math.log(4.0)
"""Of total over M power, um: a black body has its least near 800 K, 6.5."""

_CLEAREST = 10.0
"""Decades of evidence to which a verdict is written: the priors' tails mean no more."""


@dataclass(frozen=True)
class SourcePowers:
    """What the emission of n sources is retrieved from.

    Parameters
    ----------
    l_power, m_power : BandPowers of arrays (n,)
    correlation : array (n,), float64
        Of the errors of the two powers, between -1 and 1.
    lakes : LakeSizes of arrays with n rows

    Raises
    ------
    RetrievalError
        If the arrays do not hold the same number of sources.
    """

    l_power: BandPowers
    m_power: BandPowers
    correlation: Any
    lakes: LakeSizes

    def __post_init__(self) -> None:
        parts = (self.l_power.value, self.m_power.value, self.correlation, self.lakes.probability)
        sizes = {int(part.shape[0]) for part in parts}
        if len(sizes) > 1:
            msg = f"powers and sizes of {sorted(sizes)} sources; wanted as many in each"
            raise RetrievalError(msg)

    def __len__(self) -> int:
        """Count the sources."""
        return int(self.correlation.shape[0])

    def part(self, part: slice) -> "SourcePowers":
        """Some of the sources."""
        return SourcePowers(
            self.l_power.part(part),
            self.m_power.part(part),
            self.correlation[part],
            LakeSizes(self.lakes.diameters_km[part, ...], self.lakes.probability[part]),
        )


@dataclass(frozen=True)
class Emission:
    """Total powers of n sources.

    Parameters
    ----------
    total_gw : Estimate of arrays (n,), float64
        Median and 68 % interval, GW.  One band alone, or one that is only a lower limit,
        gives the interval without a value; where both are lower limits or one is and the
        other missing, there is no upper end either.  NaN where no model can explain the powers.
    model : list of EmissionModel or None
        None where no model can explain the powers, or both bands are only lower limits.
    log10_evidence : array (n,), float64
        Of two temperatures (warm + hot and crust + ring, weighted by their priors) over
        one, at most 10 either way; NaN where the bands are not both measured.
    """

    total_gw: Estimate
    model: list[EmissionModel | None]
    log10_evidence: Any


def retrieve_emission(sources: SourcePowers, priors: EmissionPriors | None = None) -> Emission:
    """Total power of sources from their powers in two bands, or in one.

    Parameters
    ----------
    sources : SourcePowers
    priors : EmissionPriors, optional
        Those published, if none are given.

    Returns
    -------
    Emission
    """
    l_power, m_power = sources.l_power, sources.m_power
    xp = array_namespace(l_power.value, m_power.value)
    priors = EmissionPriors() if priors is None else priors
    device = device_of(m_power.value)
    ladder = colour_ladder(xp, device)
    parts = [
        _batch(xp, sources.part(slice(first, min(first + _BATCH, len(sources)))), ladder, priors)
        for first in range(0, len(sources), _BATCH)
    ]
    empty = xp.zeros((0, 7), dtype=xp.float64, device=device)
    table = xp.concat([empty, *parts], axis=0)
    l_known, m_known = l_power.measured(xp), m_power.measured(xp)
    l_open, m_open = l_power.open_above(xp), m_power.open_above(xp)
    both = l_known & m_known
    no_value = ~both | l_open | m_open
    # a band that is missing bounds nothing, as one that has no upper end
    no_end = (l_open | ~l_known) & (m_open | ~m_known)
    return Emission(
        total_gw=Estimate(
            xp.where(no_value, xp.nan, table[:, 1]),
            table[:, 0],
            xp.where(no_end, xp.nan, table[:, 2]),
        ),
        model=_named(to_host(table), to_host(l_known), to_host(m_known), to_host(no_end)),
        log10_evidence=xp.where(both & ~no_end, table[:, 6], xp.nan),
    )


def _batch(xp: Any, sources: SourcePowers, ladder: ColourLadder, priors: EmissionPriors) -> Any:
    """Quantiles of the total (3), probabilities of the models (3), log10 of the Bayes factor."""
    ends = (ladder.coldest, ladder.hottest)
    plane = power_plane(xp, sources.m_power, sources.l_power, sources.correlation, ends)
    lake_share = sources.lakes.probability
    shares = (
        (1.0 - lake_share) * (1.0 - priors.two_temperature_share),
        (1.0 - lake_share) * priors.two_temperature_share,
        lake_share,
    )
    models = (
        one_temperature(xp, plane, ladder, priors),
        warm_and_hot(xp, plane, ladder, priors),
        crust_and_ring(xp, plane, ladder, priors, sources.lakes.diameters_km),
    )
    evidences = [model.evidence(xp) for model in models]
    odds = [share * evidence for share, evidence in zip(shares, evidences, strict=True)]
    whole = odds[0] + odds[1] + odds[2]
    explained = whole > 0
    safe = xp.where(explained, whole, 1.0)
    start = xp.min(plane.log_m, axis=-1) + _LOG_LEAST
    quantiles = xp.exp(weighted_quantiles(xp, models, shares, start))
    two = (odds[1] + odds[2]) / (shares[1] + shares[2])
    least = 1e-300
    factor = xp.log10(xp.clip(two, least, None)) - xp.log10(xp.clip(evidences[0], least, None))
    columns = [
        *(xp.where(explained, quantiles[:, i], xp.nan) for i in range(3)),
        *(xp.where(explained, one / safe, xp.nan) for one in odds),
        xp.where(explained, xp.clip(factor, -_CLEAREST, _CLEAREST), xp.nan),
    ]
    return xp.stack(columns, axis=-1)


def _named(table: Any, l_known: Any, m_known: Any, no_end: Any) -> list[EmissionModel | None]:
    """Most probable model of each source, or the band that it rests on."""
    models = (
        EmissionModel.ONE_TEMPERATURE,
        EmissionModel.TWO_TEMPERATURES,
        EmissionModel.CRUST_AND_RING,
    )
    names: list[EmissionModel | None] = []
    for row, has_l, has_m, is_open in zip(table, l_known, m_known, no_end, strict=True):
        if math.isnan(row[0]) or (has_l and has_m and is_open):
            names.append(None)
        elif has_l and has_m:
            names.append(models[int(row[3:6].argmax())])
        else:
            names.append(EmissionModel.M_BAND_ONLY if has_m else EmissionModel.L_BAND_ONLY)
    return names
