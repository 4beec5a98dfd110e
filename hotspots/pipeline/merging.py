"""Stage 5: one measurement a source from those of several groups of frames."""

from dataclasses import replace

import numpy as np

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.retrieval.measurement import Measurement, Power

__all__ = ["merge_groups"]

SAME_PX = 1.8
"""Measurements on two maps closer than this (coarser pixel) are one source, px."""


def merge_groups(measured: list[tuple[Measurement, ...]]) -> tuple[Measurement, ...]:
    """Put together what the maps of a visit say about the same source.

    Parameters
    ----------
    measured : list of tuples of Measurement
        By group.

    Returns
    -------
    tuple of Measurement
        In the order of the signal over noise of the best view, which gives position and
        angles.  Powers are means weighted by variance, saturated ones only where there
        is no other.  Two sources of one map are never merged.
    """
    pool = [(group, one) for group, found in enumerate(measured) for one in found]
    pool.sort(key=lambda item: -item[1].snr)
    clusters: list[dict[int, Measurement]] = []
    for group, one in pool:
        for cluster in clusters:
            head = next(iter(cluster.values()))
            if group not in cluster and _distance_km(one, head) < _reach_km(one, head):
                cluster[group] = one
                break
        else:
            clusters.append({group: one})
    return tuple(_merged(list(cluster.values())) for cluster in clusters)


def _reach_km(one: Measurement, other: Measurement) -> float:
    """Distance below which two measurements are of one source: pixels, or its radius."""
    pixels = SAME_PX * max(one.km_per_px, other.km_per_px)
    return max(pixels, 0.5 * (one.diameter_km or 0.0), 0.5 * (other.diameter_km or 0.0))


def _distance_km(one: Measurement, other: Measurement) -> float:
    """Great-circle distance (haversine, exact for small angles too)."""
    lat1, lon1 = np.radians([one.lat_deg, one.lon_east_deg])
    lat2, lon2 = np.radians([other.lat_deg, other.lon_east_deg])
    half = (
        np.sin((lat2 - lat1) / 2) ** 2
        + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    )
    return float(2 * IO_MEAN_RADIUS_KM * np.arcsin(np.sqrt(min(half, 1.0))))


def _merged(cluster: list[Measurement]) -> Measurement:
    """Best view first."""
    head = cluster[0]
    if len(cluster) == 1:
        return head
    bands = {band for one in cluster for band in one.powers}
    return replace(
        head,
        powers={b: _mean([m.powers[b] for m in cluster if b in m.powers]) for b in sorted(bands)},
        n_frames=sum(one.n_frames for one in cluster),
        snr=float(np.sqrt(sum(one.snr**2 for one in cluster))),
        shape=next((one.shape for one in cluster if one.shape is not None), None),
    )


def _mean(powers: list[Power]) -> Power:
    """Mean weighted by variance of the unsaturated, or of all if there is none."""
    clean = [power for power in powers if not power.saturated]
    chosen = clean or powers
    sigma = np.array([power.sigma for power in chosen])
    if not (sigma > 0).all():
        return chosen[int(np.argmin(sigma))]
    weight = sigma**-2.0
    value = float(np.average([power.value for power in chosen], weights=weight))
    return Power.gaussian(value, float(weight.sum() ** -0.5), saturated=not clean)
