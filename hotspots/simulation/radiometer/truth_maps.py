"""Maps of what was there, on cells four times as large as the simulation's facets."""

import numpy as np
from numpy.typing import NDArray

from hotspots.body import latitude_longitude
from hotspots.fresnel import vertical_share
from hotspots.radiometer import CHANNELS
from hotspots.retrieval.microwave.cooling_lava import lava_seen_k
from hotspots.simulation.radiometer.geometry import RowGeometry
from hotspots.simulation.radiometer.ground import MicrowaveGround
from hotspots.simulation.radiometer.lava_fields import LavaCover
from hotspots.simulation.radiometer.patterns import Pattern, directions_in_antenna

__all__ = ["truth_maps"]

Float64 = NDArray[np.float64]

_LEAST_COSINE = 0.15
"""A cell seen more obliquely than this is not counted as covered."""

_REFERENCE_AGE_YR = 10.0


def truth_maps(
    ground: MicrowaveGround,
    lava: LavaCover,
    rows: RowGeometry,
    patterns: tuple[Pattern, ...],
) -> dict[str, NDArray[np.generic]]:
    """Truth on the cells.

    Parameters
    ----------
    ground : MicrowaveGround
    lava : LavaCover
    rows : RowGeometry
    patterns : tuple of 6 Pattern

    Returns
    -------
    dict of str to array (c,) or (c, 6)
        ``lat``, ``lon``, ``area``; ``tb`` and ``tb_passive`` (seen straight from above, with
        and without lava); ``lava_fraction``; ``lava_eq10`` (fraction that lava of ten years
        would need for the same excess in channel 1); ``eps``; of the sharpest look
        ``footprint_km``, ``mu_observed``, ``tb_observed``, ``tb_beam`` (mean of ``tb`` under the
        pattern) and ``covered`` (whether there was one).
    """
    cells = ground.coarser()
    latitude, longitude = latitude_longitude(cells.point_km)
    middle = len(rows) // 2
    sun = rows.to_io[middle] @ rows.sun[middle]
    everywhere, down = np.arange(len(ground)), np.ones(len(ground))
    nadir = ground.polarised_k(sun, down, everywhere)[0]
    passive = ground.without_lava().polarised_k(sun, down, everywhere)[0]
    tb, tb_passive = _joined(nadir), _joined(passive)
    return {
        "lat": latitude,
        "lon": longitude,
        "area": cells.area_km2,
        "tb": tb,
        "tb_passive": tb_passive,
        "lava_fraction": _joined(lava.total()),
        "lava_eq10": _joined(_ten_year_fraction(ground, lava)),
        "eps": cells.permittivity,
        **_looks(cells, tb, rows, patterns, sun),
    }


def _joined(values: Float64) -> Float64:
    return np.asarray(np.mean(values.reshape(-1, 4, *values.shape[1:]), axis=1))


def _ten_year_fraction(ground: MicrowaveGround, lava: LavaCover) -> Float64:
    """Fraction (n,) of lava of ten years with the same excess in channel 1."""
    depth, surface = ground.depth_m[:, 0], ground.mean_k
    ten = lava_seen_k(depth, _REFERENCE_AGE_YR, surface) - surface
    place = lava.facet
    own = lava_seen_k(depth[place], lava.age_yr, surface[place]) - surface[place]
    return lava.total(own / ten[place])


def _looks(
    cells: MicrowaveGround,
    tb: Float64,
    rows: RowGeometry,
    patterns: tuple[Pattern, ...],
    sun: Float64,
) -> dict[str, NDArray[np.generic]]:
    """What the sharpest look at each cell saw: the row with the smallest footprint there."""
    count, channels = len(cells), len(CHANNELS)
    footprint = np.full((count, channels), np.inf)
    best = np.full((count, channels), -1)
    cosine_seen = np.zeros((count, channels))
    share_seen = np.full((count, channels), 0.5)
    distance = np.linalg.norm(rows.juno, axis=1)
    for i in range(len(rows)):
        away = rows.to_io[i] @ rows.juno[i] - cells.point_km
        far = np.linalg.norm(away, axis=1)
        boresights = rows.antennas[i, :, 2] @ rows.to_io[i].T
        if np.max(boresights @ (rows.to_io[i] @ -rows.juno[i])) < 0.5 * distance[i]:
            continue
        towards = away / far[:, None]
        cosine = np.sum(towards * cells.normal, axis=1)
        for channel, pattern in enumerate(patterns):
            antenna = min(channel, 1)
            axis = -towards @ boresights[antenna]
            inside = axis > np.cos(np.radians(pattern.half_width_deg))
            width = 2 * np.radians(pattern.half_width_deg) * far / np.sqrt(np.maximum(cosine, 0.01))
            sharper = inside & (cosine > _LEAST_COSINE) & (width < footprint[:, channel])
            footprint[sharper, channel] = width[sharper]
            best[sharper, channel] = i
            cosine_seen[sharper, channel] = cosine[sharper]
            field = rows.to_io[i] @ rows.antennas[i, antenna, 0]
            share = vertical_share(field, towards[sharper], cells.normal[sharper])
            share_seen[sharper, channel] = share
    return {
        "footprint_km": footprint,
        "covered": best >= 0,
        "mu_observed": cosine_seen,
        "tb_observed": _observed(cells, sun, cosine_seen, share_seen),
        "tb_beam": _under_the_beam(cells, tb, rows, patterns, best),
    }


def _observed(cells: MicrowaveGround, sun: Float64, cosine: Float64, share: Float64) -> Float64:
    """Brightness temperature (c, 6) in the direction and polarisation of the sharpest look."""
    result = np.full(cosine.shape, np.nan)
    for channel in range(cosine.shape[1]):
        seen = np.flatnonzero(cosine[:, channel] > 0)
        vertical, horizontal = cells.polarised_k(sun, cosine[seen, channel], seen)
        part = share[seen, channel]
        result[seen, channel] = part * vertical[:, channel] + (1 - part) * horizontal[:, channel]
    return result


def _under_the_beam(
    cells: MicrowaveGround,
    tb: Float64,
    rows: RowGeometry,
    patterns: tuple[Pattern, ...],
    best: NDArray[np.int64],
) -> Float64:
    """Mean (c, 6) of ``tb`` under the pattern of each cell's sharpest look; NaN without one."""
    result = np.full(tb.shape, np.nan)
    for channel, pattern in enumerate(patterns):
        for row in np.unique(best[best[:, channel] >= 0, channel]):
            axes = rows.antennas[row, min(channel, 1)] @ rows.to_io[row].T
            away = rows.to_io[row] @ rows.juno[row] - cells.point_km
            far = np.linalg.norm(away, axis=1)
            cosine = np.sum(away * cells.normal, axis=1) / far
            gain = pattern.relative_gain(*directions_in_antenna(axes, -away / far[:, None]))
            weight = gain * np.maximum(cosine, 0.0) * cells.area_km2 / far**2
            here = best[:, channel] == row
            result[here, channel] = np.sum(weight * tb[:, channel]) / np.sum(weight)
    return result
