"""How a volcano's power varies: the row of ``volcanoes.csv``.

Median and scatter are those of a log-normal power fitted to measurements, lower limits
and upper limits together (`hotspots.catalogue.lognormal`), so a volcano that is seen only
when it is bright does not look bright always.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hotspots.catalogue.light_curves import LightCurvePoint, PointStatus, power_observations
from hotspots.catalogue.lognormal import PowerGrid, PowerKind, PowerObservation, posterior
from hotspots.catalogue.ordinary import scatter_prior
from hotspots.catalogue.records import SourceClass
from hotspots.catalogue.volcanoes import Volcano, name_of

__all__ = ["PowerStatistics", "VolcanoRecord", "power_statistics", "volcano_record"]

_SEEN = frozenset({PointStatus.DETECTED, PointStatus.SATURATED})
_INTERVAL_68 = (0.16, 0.5, 0.84)


@dataclass(frozen=True)
class PowerStatistics:
    """Power of one volcano in one band over all visits; None is "not known".

    Parameters
    ----------
    median, median_lo, median_hi : float or None
        Median power and the ends of its 68 % interval, GW/um.
    greatest : float or None
        Greatest measured power, or the greatest lower limit where that is more.
    scatter, scatter_lo, scatter_hi : float or None
        Standard deviation of ln power from visit to visit, beyond the errors, with its
        68 % interval; of two measurements or more.
    coefficient_of_variation : float or None
        Standard deviation over mean of the measured powers, errors included.
    ratio, ratio_sigma : float or None
        Greatest over least measured power, and by how many standard deviations of their
        errors the two differ.
    """

    median: float | None = None
    median_lo: float | None = None
    median_hi: float | None = None
    greatest: float | None = None
    scatter: float | None = None
    scatter_lo: float | None = None
    scatter_hi: float | None = None
    coefficient_of_variation: float | None = None
    ratio: float | None = None
    ratio_sigma: float | None = None


@dataclass(frozen=True, kw_only=True)
class VolcanoRecord:
    """A row of ``volcanoes.csv``; powers as in `PowerStatistics`, None is "not known"."""

    volcano_id: str
    name: str | None
    reference: str | None
    reference_distance_km: float | None
    lat_deg: float
    lon_east_deg: float
    sigma_km: float
    source_class: SourceClass
    n_visits: int
    n_not_seen: int
    first_seen_utc: str
    last_seen_utc: str
    m_median_gw_um: float | None
    m_median_lo_gw_um: float | None
    m_median_hi_gw_um: float | None
    m_max_gw_um: float | None
    l_median_gw_um: float | None
    l_max_gw_um: float | None
    temperature_k: float | None
    total_power_gw: float | None
    m_scatter: float | None
    m_scatter_lo: float | None
    m_scatter_hi: float | None
    m_variation: float | None
    m_ratio: float | None
    m_ratio_sigma: float | None


def volcano_record(volcano: Volcano) -> VolcanoRecord:
    """Sum up one volcano; its class is that of the visit that came nearest."""
    curve = volcano.light_curve
    named = name_of(volcano)
    m, l_band = power_statistics(curve, "m"), power_statistics(curve, "l")
    finest = min(volcano.members, key=lambda source: source.km_per_px)
    return VolcanoRecord(
        volcano_id=volcano.volcano_id,
        name=None if named is None else named.name,
        reference=None if named is None else named.reference,
        reference_distance_km=None if named is None else named.distance_km,
        lat_deg=volcano.lat_deg,
        lon_east_deg=volcano.lon_east_deg,
        sigma_km=volcano.sigma_km,
        source_class=finest.source_class,
        n_visits=sum(point.status in _SEEN for point in curve),
        n_not_seen=sum(point.status is PointStatus.NOT_SEEN for point in curve),
        first_seen_utc=volcano.members[0].time_utc,
        last_seen_utc=volcano.members[-1].time_utc,
        m_median_gw_um=m.median,
        m_median_lo_gw_um=m.median_lo,
        m_median_hi_gw_um=m.median_hi,
        m_max_gw_um=m.greatest,
        l_median_gw_um=l_band.median,
        l_max_gw_um=l_band.greatest,
        temperature_k=_median([point.temperature_k for point in curve]),
        total_power_gw=_median([point.total_power_gw for point in curve]),
        m_scatter=m.scatter,
        m_scatter_lo=m.scatter_lo,
        m_scatter_hi=m.scatter_hi,
        m_variation=m.coefficient_of_variation,
        m_ratio=m.ratio,
        m_ratio_sigma=m.ratio_sigma,
    )


def power_statistics(points: Sequence[LightCurvePoint], band: str = "m") -> PowerStatistics:
    """Power of one volcano in one band.

    Parameters
    ----------
    points : sequence of LightCurvePoint
    band : str
        ``m`` or ``l``.

    Returns
    -------
    PowerStatistics
        Without a measurement only ``greatest`` may be known, from a saturated visit.
    """
    observations = power_observations(points, band)
    measured = [one for one in observations if one.kind is PowerKind.MEASURED]
    seen = [one.log_power for one in observations if one.kind is not PowerKind.AT_MOST]
    greatest = math.exp(max(seen)) if seen else None
    if not measured:
        return PowerStatistics(greatest=greatest)
    grid = PowerGrid.about([one.log_power for one in observations])
    fitted = posterior(observations, grid, scatter_prior(grid.scatter))
    low, middle, high = (float(value) for value in fitted.median_quantiles(_INTERVAL_68))
    if len(measured) == 1:
        return PowerStatistics(middle, low, high, greatest)
    scatter_lo, scatter, scatter_hi = map(float, fitted.scatter_quantiles(_INTERVAL_68))
    powers = np.exp([one.log_power for one in measured])
    variation = float(np.std(powers, ddof=1) / np.mean(powers))
    return PowerStatistics(
        *(middle, low, high, greatest, scatter, scatter_lo, scatter_hi, variation),
        *_ratio(measured),
    )


def _ratio(measured: Sequence[PowerObservation]) -> tuple[float, float | None]:
    """Greatest over least power, and the difference of their logarithms over its error."""
    least = min(measured, key=lambda one: one.log_power)
    greatest = max(measured, key=lambda one: one.log_power)
    difference = greatest.log_power - least.log_power
    error = math.hypot(least.sigma, greatest.sigma)
    return math.exp(difference), difference / error if error > 0 else None


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(np.median(known)) if known else None
