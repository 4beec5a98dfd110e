"""Stage 6: measurements of a visit to rows of its table: colour, class and name."""

from collections.abc import Callable

import numpy as np

from hotspots.catalogue.names import nearest_names
from hotspots.catalogue.records import SourceClass, SourceRecord
from hotspots.config import PhotometrySettings
from hotspots.retrieval.colour import Estimate, retrieve_grey_body
from hotspots.retrieval.measurement import Measurement

__all__ = ["source_records"]

LAKE = 0.5
"""Probability above which a source is called a lava lake."""


def source_records(
    visit: str,
    measurements: tuple[Measurement, ...],
    settings: PhotometrySettings,
    utc: Callable[[float], str],
) -> tuple[SourceRecord, ...]:
    """Rows of ``hotspots.csv``.

    Parameters
    ----------
    visit : str
    measurements : tuple of Measurement
    settings : PhotometrySettings
        Range of colour temperatures.
    utc : callable
        Takes TDB seconds past J2000 to an ISO string.

    Returns
    -------
    tuple of SourceRecord
        Strongest M power first, numbered in that order; None where a number was not
        measured.  A saturated power has no upper end and gives no temperature.
    """
    if not measurements:
        return ()
    order = sorted(measurements, key=lambda m: -(m.powers["M"].value if "M" in m.powers else 0.0))
    body = retrieve_grey_body(
        _estimate(order, "L"),
        _estimate(order, "M"),
        coldest_k=settings.minimum_temperature_k,
        hottest_k=settings.maximum_temperature_k,
    )
    names = nearest_names(
        np.array([m.lat_deg for m in order]), np.array([m.lon_east_deg for m in order])
    )
    return tuple(
        SourceRecord(
            visit=visit,
            source_id=f"{visit}_{i + 1:03d}",
            time_utc=utc(m.et),
            lat_deg=m.lat_deg,
            lon_east_deg=m.lon_east_deg % 360.0,
            sigma_km=m.sigma_km,
            source_class=(SourceClass.LAVA_LAKE if m.p_lava_lake > LAKE else SourceClass.HOTSPOT),
            p_hotspot=m.p_hotspot,
            p_lava_lake=m.p_lava_lake,
            snr=m.snr,
            **_power_columns(m),
            temperature_k=_number(body.temperature_k.value[i]),
            temperature_lo_k=_number(body.temperature_k.lo[i]),
            temperature_hi_k=_number(body.temperature_k.hi[i]),
            area_km2=_number(body.area_km2.value[i]),
            area_lo_km2=_number(body.area_km2.lo[i]),
            area_hi_km2=_number(body.area_km2.hi[i]),
            saturated=any(p.saturated for p in m.powers.values()),
            n_frames=m.n_frames,
            range_km=m.range_km,
            km_per_px=m.km_per_px,
            emission_deg=m.emission_deg,
            incidence_deg=m.incidence_deg,
            diameter_km=m.diameter_km,
            name=None if named is None else named.name,
            name_distance_km=None if named is None else named.distance_km,
        )
        for i, (m, named) in enumerate(zip(order, names, strict=True))
    )


def _estimate(order: list[Measurement], band: str) -> Estimate:
    """Powers of one band; NaN where there is none or only a lower limit."""
    value = np.full(len(order), np.nan)
    sigma = np.full(len(order), np.nan)
    for i, m in enumerate(order):
        power = m.powers.get(band)
        if power is not None and not power.saturated:
            value[i], sigma[i] = power.value, power.sigma
    return Estimate(value, value - sigma, value + sigma)


def _power_columns(measurement: Measurement) -> dict[str, float | None]:
    """Powers and their intervals under the names of their columns."""
    columns: dict[str, float | None] = {}
    for band in ("M", "L"):
        letter = band.lower()
        power = measurement.powers.get(band)
        if power is None:
            continue
        columns[f"{letter}_power_gw_um"] = power.value
        columns[f"{letter}_power_lo_gw_um"] = power.value - power.sigma
        # light beyond the plateau is not measured: the interval has no upper end
        columns[f"{letter}_power_hi_gw_um"] = None if power.saturated else power.value + power.sigma
    return columns


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
