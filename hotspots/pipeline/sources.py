"""Stage 6: measurements of a visit to rows of its table: colour, class and name."""

from collections.abc import Callable
from typing import Any

import numpy as np

from hotspots.catalogue.names import nearest_names
from hotspots.catalogue.records import SourceClass, SourceRecord
from hotspots.config import PhotometrySettings
from hotspots.pipeline.source_emission import SourceEmission, emission_of
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
        measured.  A saturated power may have no upper end, and then gives a limit of the
        temperature alone.
    """
    if not measurements:
        return ()
    order = sorted(measurements, key=lambda m: -(m.powers["M"].value if "M" in m.powers else 0.0))
    found = emission_of(tuple(order), settings)
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
            **_emission_columns(found, i),
            saturated=any(p.saturated for p in m.powers.values()),
            n_frames=m.n_frames,
            range_km=m.range_km,
            km_per_px=m.km_per_px,
            emission_deg=m.emission_deg,
            incidence_deg=m.incidence_deg,
            **_shape_columns(m),
            name=None if named is None else named.name,
            name_distance_km=None if named is None else named.distance_km,
            sigma_major_km=m.ellipse.major_km,
            sigma_minor_km=m.ellipse.minor_km,
            sigma_azimuth_deg=m.ellipse.azimuth_deg,
        )
        for i, (m, named) in enumerate(zip(order, names, strict=True))
    )


def _power_columns(measurement: Measurement) -> dict[str, Any]:
    """Powers and their intervals under the names of their columns."""
    columns: dict[str, Any] = {}
    for band, power in measurement.powers.items():
        letter = band.lower()
        columns[f"{letter}_power_gw_um"] = power.value
        for end in ("lo", "hi", "lo95", "hi95"):
            columns[f"{letter}_power_{end}_gw_um"] = getattr(power, end)
    return columns


def _shape_columns(measurement: Measurement) -> dict[str, Any]:
    """Shape and diameter; the diameter of the outline where no shape was told."""
    shape = measurement.shape
    if shape is None:
        return {"diameter_km": measurement.diameter_km}
    return {
        "shape": shape.kind,
        "diameter_km": shape.diameter_km,
        "diameter_lo_km": shape.lo_km,
        "diameter_hi_km": shape.hi_km,
    }


def _emission_columns(found: SourceEmission, i: int) -> dict[str, Any]:
    """Temperature, area and total power of the i-th source under the names of their columns."""
    columns: dict[str, Any] = {}
    for name, unit, estimate in (
        ("temperature", "k", found.body.temperature_k),
        ("area", "km2", found.body.area_km2),
        ("total_power", "gw", found.emission.total_gw),
    ):
        columns[f"{name}_{unit}"] = _number(estimate.value[i])
        columns[f"{name}_lo_{unit}"] = _number(estimate.lo[i])
        columns[f"{name}_hi_{unit}"] = _number(estimate.hi[i])
    model = found.emission.model[i]
    columns["emission_model"] = None if model is None else str(model)
    columns["log10_evidence"] = _number(found.emission.log10_evidence[i])
    return columns


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
