"""Regions that the visit would report: the detector's, less bright ground in sunlight."""

import math

import numpy as np

from hotspots.detection.detector import Region
from hotspots.detection.scene import scene_of
from hotspots.grid import GridMap
from hotspots.planck import BANDS, hemispheric_power_gw_um
from hotspots.retrieval.band_flux import measure_fluxes
from hotspots.retrieval.measurement import Power
from hotspots.retrieval.placement import place_sources
from hotspots.retrieval.reflected import is_reflected

__all__ = ["believed_regions"]

LEAST_COS_EMISSION = 0.17
"""Cells seen more obliquely are not measured."""


def believed_regions(
    grid_map: GridMap, regions: tuple[Region, ...], model_fraction: float
) -> tuple[Region, ...]:
    """Leave out what the M band does not cover and what has the colour of sunlight.

    Parameters
    ----------
    grid_map : GridMap
        On a view grid.
    regions : tuple of Region
        Found on it.
    model_fraction : float
        Part of a power that the model does not know, one standard deviation.

    Returns
    -------
    tuple of Region
        In the same order.
    """
    if not regions:
        return ()
    placement = place_sources(grid_map, np.array([(r.column, r.row) for r in regions]))
    area_km2 = grid_map.grid.cell_km**2
    fluxes = {
        band: measure_fluxes(scene_of(grid_map, band, LEAST_COS_EMISSION), regions)
        for band in ("M", "L")
        if f"{band.lower()}_residual" in grid_map
    }
    kept = []
    for i, region in enumerate(regions):
        powers = {}
        for band, found in fluxes.items():
            if found[i].covered:
                unit = float(hemispheric_power_gw_um(BANDS[band], area_km2))
                value = unit * found[i].flux
                sigma = math.hypot(unit * found[i].sigma, model_fraction * value)
                powers[band] = Power.gaussian(value, sigma)
        reflected = is_reflected(powers, region.snr, float(placement.cos_incidence[i]))
        if "M" in powers and not reflected:
            kept.append(region)
    return tuple(kept)
