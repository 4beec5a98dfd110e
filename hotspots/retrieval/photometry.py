r"""From regions of a view grid to measured sources: `measure`.

With F the flux of a source (sum over cells of its residual radiance, W m-2 sr-1 times
cells),

.. math:: S = \frac{\pi F}{W} \, \frac{A_\mathrm{cell}}{\mu_g}

is the hemispheric spectral power of a Lambertian emitter: cells of area
:math:`A_\mathrm{cell}` on the projection plane cover :math:`1/\mu_g` as much surface,
with :math:`\mu_g` the cosine between normal and grid direction.  W is 0.4975 um (M) or
0.29 um (L), as in Davies et al. 2024 (doi:10.1038/s41550-023-02123-5).
"""

import math

import numpy as np
from numpy.typing import NDArray

from hotspots.backend import to_host
from hotspots.config import PhotometrySettings
from hotspots.detection.detector import Region
from hotspots.detection.scene import scene_of
from hotspots.grid import GridMap
from hotspots.planck import BANDS, hemispheric_power_gw_um
from hotspots.retrieval.band_flux import SourceFlux, measure_fluxes
from hotspots.retrieval.measurement import ErrorEllipse, Measurement, Power
from hotspots.retrieval.placement import Placement, place_sources, places_of
from hotspots.retrieval.reflected import is_reflected
from hotspots.retrieval.shape import Shape, with_shape
from hotspots.retrieval.shape_windows import shapes_of

__all__ = ["measure"]

LEAST_COS_EMISSION = 0.17
"""Cells seen more obliquely are not measured."""

LEAST_COSINE = 0.05
"""Foreshortening by more than 1 / 0.05 is not corrected for."""

PLACE_FLOOR = 0.05
"""Least standard deviation of a place on the grid, cells: its model is no better."""

PLACE_CEILING = 3.0
"""Largest one, cells: further off, a peak would have been another one."""

MOST_PLACES = 2000
"""Cells of a resolved source that are named; of more, every second, third... is."""

DISC_DIAMETER = 2.0 * math.sqrt(2.0)
"""Diameter of an even disc over the root mean square distance from its centre."""


def measure(
    grid_map: GridMap, regions: tuple[Region, ...], settings: PhotometrySettings
) -> tuple[Measurement, ...]:
    """Measure all sources of one map.

    Parameters
    ----------
    grid_map : GridMap
        On a view grid, with the planes of `hotspots.gridding.planes` and the attributes
        ``m_spread``, ``l_spread`` (covariances), ``pointing_sigma_px``, ``et`` and
        ``range_km``.
    regions : tuple of Region
        Sources found on it.
    settings : PhotometrySettings

    Returns
    -------
    tuple of Measurement
        In the order of the regions, less those that the M band does not cover and
        those that are bright ground in sunlight (`is_reflected`).
    """
    if not regions:
        return ()
    placement = place_sources(grid_map, np.array([(r.column, r.row) for r in regions]))
    scenes = {
        band: scene_of(grid_map, band, LEAST_COS_EMISSION)
        for band in ("M", "L")
        if f"{band.lower()}_residual" in grid_map
    }
    if "M" not in scenes:
        return ()
    fluxes = {band: measure_fluxes(scene, regions) for band, scene in scenes.items()}
    shapes = shapes_of(scenes["M"], regions, grid_map.grid, placement.normals, placement.km_per_px)
    frames = to_host(grid_map["m_frames"])
    area_km2 = grid_map.grid.cell_km**2 / np.maximum(placement.cos_grid, LEAST_COSINE)
    parts = [_components(region) for region in regions]
    ends = np.cumsum([len(part) for part in parts])[:-1]
    points = np.split(places_of(grid_map, np.concatenate(parts)), ends)
    measured = []
    for i, region in enumerate(regions):
        powers = {
            band: _power(band, found[i], float(area_km2[i]), settings)
            for band, found in fluxes.items()
            if found[i].covered
        }
        if "M" not in powers or is_reflected(powers, region.snr, placement.cos_incidence[i]):
            continue
        n_frames = _value_at(frames, region)
        measured.append(
            _measurement(
                grid_map,
                region,
                placement,
                i,
                powers,
                fluxes["M"][i],
                n_frames,
                points[i],
                shapes[i],
            )
        )
    return tuple(measured)


def _power(band: str, found: SourceFlux, area_km2: float, settings: PhotometrySettings) -> Power:
    """Spectral power of a flux, with what the model leaves out in its error."""
    unit = float(hemispheric_power_gw_um(BANDS[band], area_km2))
    value = unit * found.flux
    sigma = math.hypot(unit * found.sigma, settings.model_fraction * value)
    return Power.gaussian(value, sigma, saturated=found.saturated)


def _value_at(plane: NDArray[np.generic], region: Region) -> int:
    """Count in the cell that holds the middle of a region."""
    row = min(max(int(region.row), 0), plane.shape[0] - 1)
    column = min(max(int(region.column), 0), plane.shape[1] - 1)
    return int(plane[row, column])


def _components(region: Region) -> NDArray[np.float64]:
    """Places (k, 2) that a region is made of, (column, row): its cells if it has any."""
    if region.cells is None:
        return np.array([(column, row) for row, column in region.components], dtype=np.float64)
    rows, columns = region.cells
    step = -(-len(rows) // MOST_PLACES)
    return np.stack([columns[::step], rows[::step]], axis=-1).astype(np.float64) + 0.5


def _measurement(
    grid_map: GridMap,
    region: Region,
    placement: Placement,
    i: int,
    powers: dict[str, Power],
    found: SourceFlux,
    n_frames: int,
    points_km: NDArray[np.float64],
    shape: Shape | None,
) -> Measurement:
    """Put together what is known of the i-th source."""
    cell_km = grid_map.grid.cell_km
    km_per_px = float(placement.km_per_px[i])
    # across the line of sight; along the surface it is longer by 1/mu in one direction
    across_km = math.hypot(
        min(found.place_sigma, PLACE_CEILING) * cell_km,
        PLACE_FLOOR * cell_km,
        float(grid_map.attributes["pointing_sigma_px"]) * km_per_px,
    )
    mu = max(float(placement.cos_emission[i]), LEAST_COSINE)
    p_hotspot, p_lava_lake = with_shape(
        region.probability_hotspot, region.probability_lava_lake, shape
    )
    resolved = len(region.components) > 1 or region.cells is not None
    return Measurement(
        et=float(grid_map.attributes["et"]),
        lat_deg=float(placement.latitude_deg[i]),
        lon_east_deg=float(placement.longitude_deg[i]),
        ellipse=ErrorEllipse.circle(across_km / math.sqrt(mu)),
        snr=region.snr,
        p_hotspot=p_hotspot,
        p_lava_lake=p_lava_lake,
        powers=powers,
        n_frames=n_frames,
        range_km=float(grid_map.attributes["range_km"]),
        km_per_px=km_per_px,
        emission_deg=float(placement.emission_deg[i]),
        incidence_deg=float(placement.incidence_deg[i]),
        diameter_km=DISC_DIAMETER * found.extent * cell_km if resolved else None,
        points_km=points_km,
        shape=shape,
    )
