r"""Spectral power of sources by a simultaneous fit of all of them on the view grid.

The point spread function is nearly the same all over a view grid, which makes crowded
sources a sparse linear problem there.  With F the fitted sum over cells of the residual
radiance (W m-2 sr-1 times cells),

.. math:: S = \frac{\pi F}{W} \, \frac{A_\mathrm{cell}}{\mu_g}

is the hemispheric spectral power of a Lambertian emitter: cells of area
:math:`A_\mathrm{cell}` on the projection plane cover :math:`1/\mu_g` as much surface,
with :math:`\mu_g` the cosine between normal and grid direction.  W is 0.4975 um (M) or
0.29 um (L), as in Davies et al. 2024 (doi:10.1038/s41550-023-02123-5).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from hotspots.backend import to_host
from hotspots.body import IO_RADII_KM, latitude_longitude
from hotspots.config import PhotometrySettings
from hotspots.detection.background import mesh_statistics
from hotspots.detection.detector import Region
from hotspots.detection.point_fit import PointFit, fit_points, point_model
from hotspots.grid import GridMap
from hotspots.gridding.locate import cell_surface
from hotspots.planck import BANDS, hemispheric_power_gw_um
from hotspots.retrieval.measurement import Measurement, Power

__all__ = ["measure"]

Float64 = NDArray[np.float64]

MESH_CELLS = 24
"""Side of a background tile, cells."""

CAPTURE = 2.0
"""Light within this many standard deviations of a component belongs to the source."""


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
        One a region, in the same order.
    """
    if not regions:
        return ()
    places = [np.array([(c, r) for r, c in region.components]) for region in regions]
    owner = np.concatenate([np.full(len(p), i) for i, p in enumerate(places)])
    place = np.concatenate(places)
    centre = np.array([(region.column, region.row) for region in regions])
    geometry = _geometry(grid_map, centre)
    powers: list[dict[str, Power]] = [{} for _ in regions]
    place_sigma = np.full(len(regions), np.nan)
    extent = np.zeros(len(regions))
    for name in ("M", "L"):
        if f"{name.lower()}_residual" not in grid_map:
            continue
        band = _measure_band(grid_map, name, place, owner, len(regions))
        for i in range(len(regions)):
            if not band.covered[i]:
                continue
            area_km2 = grid_map.grid.cell_km**2 / max(geometry.cos_grid[i], 0.05)
            to_power = float(hemispheric_power_gw_um(BANDS[name], area_km2))
            value = to_power * band.flux[i]
            sigma = np.hypot(to_power * band.sigma[i], settings.model_fraction * abs(value))
            powers[i][name] = Power(float(value), float(sigma), bool(band.saturated[i]))
        if name == "M":
            place_sigma, extent = band.place_sigma, band.extent
    return tuple(
        _measurement(grid_map, region, i, geometry, powers[i], place_sigma[i], extent[i])
        for i, region in enumerate(regions)
    )


@dataclass(frozen=True)
class _Geometry:
    latitude_deg: Float64
    longitude_deg: Float64
    cos_grid: Float64
    cos_emission: Float64
    cos_incidence: Float64
    km_per_px: Float64


def _geometry(grid_map: GridMap, centre: Float64) -> _Geometry:
    """Place and angles at fractional cells, interpolated between cell centres."""
    surface, _, _ = cell_surface(grid_map.grid)
    where = [centre[:, 1] - 0.5, centre[:, 0] - 0.5]
    points = np.stack(
        [
            map_coordinates(np.nan_to_num(surface[..., axis]), where, order=1, mode="nearest")
            for axis in range(3)
        ],
        axis=-1,
    )
    latitude, longitude = latitude_longitude(points)
    normal = points / np.asarray(IO_RADII_KM) ** 2
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    towards = np.asarray(grid_map.grid.basis()[2])

    def at(name: str) -> Float64:
        plane = np.nan_to_num(np.asarray(to_host(grid_map[name]), dtype=np.float64))
        return np.asarray(map_coordinates(plane, where, order=1, mode="nearest"))

    return _Geometry(
        latitude_deg=latitude,
        longitude_deg=longitude,
        cos_grid=normal @ towards,
        cos_emission=at("cos_emission"),
        cos_incidence=at("cos_incidence"),
        km_per_px=at("km_per_px"),
    )


@dataclass(frozen=True)
class _BandFlux:
    flux: Float64
    sigma: Float64
    covered: NDArray[np.bool_]
    saturated: NDArray[np.bool_]
    place_sigma: Float64
    extent: Float64


def _measure_band(
    grid_map: GridMap, name: str, place: Float64, owner: NDArray[np.int64], n: int
) -> _BandFlux:
    """Flux of every region in one band, neighbours and background removed."""
    letter = name.lower()
    spread = np.asarray(grid_map.attributes[f"{letter}_spread"], dtype=np.float64).reshape(2, 2)
    image = np.asarray(to_host(grid_map[f"{letter}_residual"]), dtype=np.float64)
    noise = np.asarray(to_host(grid_map[f"{letter}_sigma"]), dtype=np.float64)
    usable = np.asarray(to_host(grid_map[f"{letter}_frames"])) > 0
    usable &= np.isfinite(image) & (noise > 0)
    clean, weight, fit = _fitted(image, noise, usable, place, spread)
    model = point_model(fit.place, fit.flux, spread, image.shape)
    remaining = np.where(usable, clean - model, 0.0)
    column, row = place[:, 0].astype(int), place[:, 1].astype(int)
    here = usable[row.clip(0, image.shape[0] - 1), column.clip(0, image.shape[1] - 1)]
    censored = np.nan_to_num(np.asarray(to_host(grid_map[f"{letter}_saturated"]))) > 0.05
    width = float(np.linalg.det(spread) ** 0.25)
    flux, variance = np.zeros(n), np.zeros(n)
    saturated, covered = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    sigma_place, extent = np.full(n, np.inf), np.zeros(n)
    for i in range(n):
        members = np.flatnonzero(owner == i)
        inside = _near(place[members], CAPTURE * width, image.shape)
        flux[i] = fit.flux[members].sum()
        variance[i] = np.sum(fit.flux_sigma[members] ** 2)
        covered[i] = here[members].any()
        saturated[i] = bool(np.any(censored[inside]))
        if len(members) > 1:
            flux[i] += remaining[inside].sum()
            share = np.maximum(fit.flux[members], 0.0)
            if share.sum() > 0:
                middle = np.average(place[members], axis=0, weights=share)
                apart = np.sum((place[members] - middle) ** 2, axis=-1)
                extent[i] = np.sqrt(np.average(apart, weights=share))
        with np.errstate(divide="ignore"):
            sigma_place[i] = 1.0 / np.sqrt(np.sum(fit.place_sigma[members] ** -2.0))
    return _BandFlux(flux, np.sqrt(variance), covered, saturated, sigma_place, extent)


def _fitted(
    image: Float64, noise: Float64, usable: NDArray[np.bool_], place: Float64, spread: Float64
) -> tuple[Float64, Float64, PointFit]:
    """Background-free image, weights, and fluxes with the places held."""
    weight = np.where(usable, 1.0 / np.where(usable, noise, 1.0) ** 2, 0.0)
    filled = np.where(usable, image, 0.0)
    background = np.zeros_like(filled)
    fit = fit_points(filled, weight, place, spread, move=False)
    for _ in range(2):
        model = point_model(fit.place, fit.flux, spread, image.shape)
        background, scatter = mesh_statistics(filled - model, usable, MESH_CELLS)
        # drizzled neighbours share samples: the mesh knows the noise that is there
        true_noise = np.maximum(scatter, noise)
        weight = np.where(usable, 1.0 / np.where(usable, true_noise, 1.0) ** 2, 0.0)
        fit = fit_points(filled - background, weight, place, spread, move=False)
    return filled - background, weight, fit


def _near(
    place: Float64, reach: float, shape: tuple[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and columns of the cells within ``reach`` of any place."""
    low = np.floor(place.min(axis=0) - reach).astype(int).clip(0)
    high = np.ceil(place.max(axis=0) + reach).astype(int) + 1
    columns = np.arange(low[0], min(high[0], shape[1]))
    rows = np.arange(low[1], min(high[1], shape[0]))
    x, y = np.meshgrid(columns + 0.5, rows + 0.5)
    distance = np.min(
        np.hypot(x[..., None] - place[:, 0], y[..., None] - place[:, 1]), axis=-1
    )
    row, column = np.nonzero(distance <= reach)
    return row + low[1], column + low[0]


def _measurement(
    grid_map: GridMap,
    region: Region,
    i: int,
    geometry: _Geometry,
    powers: dict[str, Power],
    place_sigma: float,
    extent: float,
) -> Measurement:
    cell = grid_map.grid.cell_km
    row = int(np.clip(region.row, 0, grid_map.grid.shape[0] - 1))
    column = int(np.clip(region.column, 0, grid_map.grid.shape[1] - 1))
    frames = int(to_host(grid_map["m_frames"])[row, column]) if "m_frames" in grid_map else 0
    mu = max(float(geometry.cos_emission[i]), 0.05)
    pointing_km = float(grid_map.attributes["pointing_sigma_px"]) * float(geometry.km_per_px[i])
    fitted_km = min(place_sigma, 3.0) * cell
    sigma_km = float(np.hypot(np.hypot(fitted_km, 0.05 * cell), pointing_km) / np.sqrt(mu))
    width = 2.0 * np.sqrt(2.0) * extent * cell
    return Measurement(
        et=float(grid_map.attributes["et"]),
        lat_deg=float(geometry.latitude_deg[i]),
        lon_east_deg=float(geometry.longitude_deg[i]),
        sigma_km=sigma_km,
        snr=region.snr,
        p_hotspot=region.probability_hotspot,
        p_lava_lake=region.probability_lava_lake,
        powers=powers,
        n_frames=frames,
        range_km=float(grid_map.attributes["range_km"]),
        km_per_px=float(geometry.km_per_px[i]),
        emission_deg=float(np.degrees(np.arccos(np.clip(geometry.cos_emission[i], -1, 1)))),
        incidence_deg=float(np.degrees(np.arccos(np.clip(geometry.cos_incidence[i], -1, 1)))),
        diameter_km=float(width) if len(region.components) > 1 else None,
    )
