"""Stage 4: measurements of all groups of a visit to one list of sources."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.catalogue.names import nearest_names
from hotspots.catalogue.records import SourceClass, SourceRecord
from hotspots.config import PhotometrySettings
from hotspots.retrieval.colour import Estimate, retrieve_grey_body
from hotspots.retrieval.measurement import Measurement, Power

__all__ = ["merge_groups", "source_records"]

Float64 = NDArray[np.float64]

SAME_PX = 1.8
"""Measurements on two maps closer than this (coarser pixel) are one source, px."""


def merge_groups(measured: list[tuple[Measurement, ...]]) -> tuple[Measurement, ...]:
    """One measurement a source from those of all groups.

    Parameters
    ----------
    measured : list of tuples of Measurement
        By group.

    Returns
    -------
    tuple of Measurement
        Best signal over noise first.  Position and angles are those of the best view;
        powers are means weighted by variance, saturated ones only where there is no
        other.
    """
    pool = sorted((m for group in measured for m in group), key=lambda m: -m.snr)
    of_group = {id(m): g for g, group in enumerate(measured) for m in group}
    merged: list[list[Measurement]] = []
    for one in pool:
        for cluster in merged:
            head = cluster[0]
            reach = SAME_PX * max(one.km_per_px, head.km_per_px)
            reach = max(reach, 0.5 * (head.diameter_km or 0.0), 0.5 * (one.diameter_km or 0.0))
            taken = {of_group[id(m)] for m in cluster}
            if of_group[id(one)] not in taken and _distance_km(one, head) < reach:
                cluster.append(one)
                break
        else:
            merged.append([one])
    return tuple(_merged(cluster) for cluster in merged)


def _distance_km(one: Measurement, other: Measurement) -> float:
    lat1, lon1 = np.radians([one.lat_deg, one.lon_east_deg])
    lat2, lon2 = np.radians([other.lat_deg, other.lon_east_deg])
    half = (
        np.sin((lat2 - lat1) / 2) ** 2
        + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    )
    return float(2 * IO_MEAN_RADIUS_KM * np.arcsin(np.sqrt(min(half, 1.0))))


def _merged(cluster: list[Measurement]) -> Measurement:
    head = cluster[0]
    if len(cluster) == 1:
        return head
    powers = {}
    for band in ("M", "L"):
        seen = [m.powers[band] for m in cluster if band in m.powers]
        clean = [p for p in seen if not p.saturated] or seen
        if not clean:
            continue
        weight = np.array([1.0 / max(p.sigma, 1e-12) ** 2 for p in clean])
        value = float(np.average([p.value for p in clean], weights=weight))
        sigma = float(1.0 / np.sqrt(weight.sum()))
        powers[band] = Power(value, sigma, all(p.saturated for p in seen))
    return replace(
        head,
        powers=powers,
        n_frames=sum(m.n_frames for m in cluster),
        snr=float(np.sqrt(sum(m.snr**2 for m in cluster))),
    )


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
        ET to an ISO string.

    Returns
    -------
    tuple of SourceRecord
        Strongest M power first.
    """
    if not measurements:
        return ()
    order = sorted(measurements, key=lambda m: -(m.powers["M"].value if "M" in m.powers else 0.0))
    body = retrieve_grey_body(_estimate(order, "L"), _estimate(order, "M"))
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
            source_class=(
                SourceClass.LAVA_LAKE if m.p_lava_lake > 0.5 else SourceClass.HOTSPOT
            ),
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
    value = np.full(len(order), np.nan)
    sigma = np.full(len(order), np.nan)
    for i, m in enumerate(order):
        power = m.powers.get(band)
        if power is not None and not power.saturated:
            value[i], sigma[i] = power.value, power.sigma
    return Estimate(value, value - sigma, value + sigma)


def _power_columns(measurement: Measurement) -> dict[str, float | None]:
    columns: dict[str, float | None] = {}
    for band in ("M", "L"):
        letter = band.lower()
        power = measurement.powers.get(band)
        if power is None:
            continue
        columns[f"{letter}_power_gw_um"] = power.value
        columns[f"{letter}_power_lo_gw_um"] = power.value - power.sigma
        # light beyond the plateau is not measured: the interval has no upper end
        columns[f"{letter}_power_hi_gw_um"] = (
            None if power.saturated else power.value + power.sigma
        )
    return columns


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
