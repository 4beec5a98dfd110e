"""Measurements of a visit as arrays, and what they say of temperature and total power."""

from dataclasses import dataclass

import numpy as np

from hotspots.config import PhotometrySettings
from hotspots.retrieval.colour import Estimate, GreyBody, retrieve_grey_body
from hotspots.retrieval.emission import Emission, SourcePowers, retrieve_emission
from hotspots.retrieval.emission_lakes import lake_sizes
from hotspots.retrieval.emission_likelihood import BandPowers
from hotspots.retrieval.measurement import Measurement

__all__ = ["SourceEmission", "emission_of"]


@dataclass(frozen=True)
class SourceEmission:
    """What sources radiate: arrays on the host, one entry a source."""

    body: GreyBody
    emission: Emission


def emission_of(
    measurements: tuple[Measurement, ...], settings: PhotometrySettings
) -> SourceEmission:
    """Retrieve colour temperature, area and total power of sources.

    Parameters
    ----------
    measurements : tuple of Measurement
    settings : PhotometrySettings
        Range of colour temperatures.

    Returns
    -------
    SourceEmission
        In the order of the measurements.
    """
    l_power, m_power = _powers(measurements, "L"), _powers(measurements, "M")
    correlation = np.array([m.power_correlation for m in measurements], dtype=np.float64)
    body = retrieve_grey_body(
        Estimate(l_power.value, l_power.lo, l_power.hi),
        Estimate(m_power.value, m_power.lo, m_power.hi),
        correlation=correlation,
        coldest_k=settings.minimum_temperature_k,
        hottest_k=settings.maximum_temperature_k,
    )
    lakes = lake_sizes(
        np.array([_or_nan(m.diameter_km) for m in measurements]),
        np.array([m.km_per_px for m in measurements]),
        np.array([_lake_share(m) for m in measurements]),
        np.array([any(p.saturated for p in m.powers.values()) for m in measurements]),
    )
    return SourceEmission(
        body, retrieve_emission(SourcePowers(l_power, m_power, correlation, lakes))
    )


def _powers(measurements: tuple[Measurement, ...], band: str) -> BandPowers:
    """Powers of one band; NaN where there is none, or no end."""
    table = np.full((5, len(measurements)), np.nan)
    for i, m in enumerate(measurements):
        power = m.powers.get(band)
        if power is not None:
            # without a lower end nothing but the value bounds a power from below
            low = power.value - power.sigma if power.lo is None else power.lo
            ends = (power.value, low, power.hi, power.lo95, power.hi95)
            table[:, i] = [_or_nan(end) for end in ends]
    return BandPowers(*table)


def _lake_share(measurement: Measurement) -> float:
    """Probability of a lake, given that the detector took it for a source."""
    either = measurement.p_hotspot + measurement.p_lava_lake
    return measurement.p_lava_lake / either if either > 0 else 0.0


def _or_nan(number: float | None) -> float:
    return np.nan if number is None else number
