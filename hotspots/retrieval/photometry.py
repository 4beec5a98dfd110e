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
from scipy.ndimage import binary_dilation, map_coordinates

from hotspots.backend import to_host
from hotspots.body import IO_RADII_KM, latitude_longitude
from hotspots.config import PhotometrySettings
from hotspots.detection.detector import Region
from hotspots.detection.local_background import Scene, local_background
from hotspots.detection.point_fit import PointFit, fit_points, point_model
from hotspots.detection.scene import scene_of
from hotspots.grid import GridMap
from hotspots.gridding.locate import cell_surface
from hotspots.planck import BANDS, hemispheric_power_gw_um
from hotspots.retrieval.measurement import Measurement, Power
from hotspots.retrieval.width import fit_width

__all__ = ["measure"]

Float64 = NDArray[np.float64]

MESH_CELLS = 24
"""Side of a background tile, cells."""

CAPTURE = 2.5
"""Light within this many standard deviations of a component belongs to the source."""

WINGS = 6.0
"""Aperture, in standard deviations of the spread, that catches the optics' wings (4.5 px)."""

FAR_WINGS = 1.015
"""All light over that within the aperture: between 4.5 and 15 px the azimuthal mean of
bright lone sources still gains 1 to 2.5 %, too faint to measure in a single map."""

USUAL_CORRECTION = 1.03
"""Light in that aperture over light in the fitted Gaussian where a map cannot tell."""

WIDENED_SNR = 15.0
"""Fainter sources are taken for points: noise would widen them."""

FAINT_SNR = 25.0
BLUEST_LAVA = 1.6
"""Spectral power in L over M: a grey body of 1,050 K."""

LEAST_COS_EMISSION = 0.17
"""Cells seen more obliquely are not measured."""


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
        those that are bright ground in sunlight (`_is_reflected`).
    """
    if not regions:
        return ()
    centre = np.array([(region.column, region.row) for region in regions])
    geometry = _geometry(grid_map, centre)
    powers: list[dict[str, Power]] = [{} for _ in regions]
    place_sigma = np.full(len(regions), np.nan)
    extent = np.zeros(len(regions))
    for name in ("M", "L"):
        if f"{name.lower()}_residual" not in grid_map:
            continue
        band = _measure_band(grid_map, name, regions)
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
        if "M" in powers[i] and not _is_reflected(region, powers[i], geometry.cos_incidence[i])
    )


def _is_reflected(region: Region, powers: dict[str, Power], cos_incidence: float) -> bool:
    """Whether a faint source in sunlight has the colour of sunlight, not of lava.

    Bright ground stands out by 4.4 times as much spectral power in L as in M (the ratio
    of the sunlit disc).  Lava that blue would be hotter than 1,150 K, which only
    outbursts are, and those are not faint.
    """
    if cos_incidence <= 0 or "L" not in powers or region.snr > FAINT_SNR:
        return False
    excess = powers["L"].value - BLUEST_LAVA * powers["M"].value
    error = np.hypot(powers["L"].sigma, BLUEST_LAVA * powers["M"].sigma)
    return bool(excess > error)


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
    grid_map: GridMap, name: str, regions: tuple[Region, ...]
) -> _BandFlux:
    """Flux of every region in one band, neighbours and background removed."""
    scene = scene_of(grid_map, name, LEAST_COS_EMISSION)
    places = [np.array([(c, r) for r, c in region.components]) for region in regions]
    point_like = [i for i, region in enumerate(regions) if region.cells is None]
    owner = np.concatenate(
        [np.full(len(places[i]), i) for i in point_like] or [np.zeros(0, dtype=int)]
    ).astype(int)
    place = np.concatenate([places[i] for i in point_like] or [np.zeros((0, 2))])
    free = scene.usable.copy()
    for region in regions:
        if region.cells is not None:
            free[region.cells] = False
    clean, weight, fit = _fitted(scene, free, place)
    remaining = np.where(
        scene.usable, clean - point_model(fit.place, fit.flux, scene.spread, clean.shape), 0.0
    )
    censored = np.nan_to_num(np.asarray(to_host(grid_map[f"{name.lower()}_saturated"]))) > 0.05
    beyond = _aperture_correction(scene, fit, remaining, censored, owner)
    n = len(regions)
    result = _BandFlux(
        flux=np.zeros(n),
        sigma=np.zeros(n),
        covered=np.zeros(n, dtype=bool),
        saturated=np.zeros(n, dtype=bool),
        place_sigma=np.full(n, 0.3),
        extent=np.zeros(n),
    )
    for i, region in enumerate(regions):
        if region.cells is not None:
            rows, columns = _grown(region.cells, CAPTURE * scene.width, scene.image.shape)
            ours = scene.usable[rows, columns]
            result.flux[i] = remaining[rows, columns][ours].sum()
            result.sigma[i] = np.sqrt(np.sum(scene.noise[rows, columns][ours] ** 2))
            result.covered[i] = scene.usable[region.cells].mean() > 0.5
            result.saturated[i] = bool(censored[region.cells].any())
            result.extent[i] = 0.5 * np.sqrt(len(region.cells[0]) / (2 * np.pi))
            continue
        members = np.flatnonzero(owner == i)
        inside = _near(place[members], CAPTURE * scene.width, scene.image.shape)
        flux = fit.flux[members].sum()
        if len(members) > 1:
            flux += remaining[inside].sum()
            share = np.maximum(fit.flux[members], 0.0)
            if share.sum() > 0:
                middle = np.average(place[members], axis=0, weights=share)
                apart = np.sum((place[members] - middle) ** 2, axis=-1)
                result.extent[i] = np.sqrt(np.average(apart, weights=share))
        else:
            own = point_model(place[members], fit.flux[members], scene.spread, clean.shape)
            wide = fit_width(remaining + own, weight, place[members[0]], scene.spread)
            if wide is not None and region.snr > WIDENED_SNR:
                flux = wide.flux
        result.flux[i] = beyond * flux
        result.sigma[i] = np.sqrt(np.sum(fit.flux_sigma[members] ** 2))
        row, column = place[members][:, 1].astype(int), place[members][:, 0].astype(int)
        result.covered[i] = scene.usable[
            row.clip(0, clean.shape[0] - 1), column.clip(0, clean.shape[1] - 1)
        ].any()
        result.saturated[i] = bool(np.any(censored[inside]))
        with np.errstate(divide="ignore"):
            result.place_sigma[i] = 1.0 / np.sqrt(np.sum(fit.place_sigma[members] ** -2.0))
    return result


def _fitted(
    scene: Scene, free: NDArray[np.bool_], place: Float64
) -> tuple[Float64, Float64, PointFit]:
    """Background-free image, weights, and fluxes with the places held."""
    good = free & (scene.noise > 0)
    weight = np.where(good, 1.0 / np.where(good, scene.noise, 1.0) ** 2, 0.0)
    fit = fit_points(scene.image, weight, place, scene.spread, move=False)
    background = np.zeros_like(scene.image)
    for _ in range(2):
        model = point_model(fit.place, fit.flux, scene.spread, scene.image.shape)
        background, scatter = local_background(scene, scene.image - model, free, MESH_CELLS)
        # the ground's own roughness is noise too
        noise = np.maximum(scatter, scene.noise)
        weight = np.where(good, 1.0 / np.where(good, noise, 1.0) ** 2, 0.0)
        fit = fit_points(scene.image - background, weight, place, scene.spread, move=False)
    return scene.image - background, weight, fit


def _aperture_correction(
    scene: Scene,
    fit: PointFit,
    remaining: Float64,
    censored: NDArray[np.bool_],
    owner: NDArray[np.int64],
) -> float:
    """Light within 4.5 px over light in the fitted Gaussian, from bright lone sources.

    The optics have wings that a Gaussian lacks.  Lone, unsaturated sources of signal
    over noise above 60 measure them in each map; their median is drawn to the usual
    value by the weight of three sources.
    """
    reach = WINGS * scene.width
    ratios = []
    for k in np.flatnonzero(fit.flux > 60 * fit.flux_sigma):
        apart = np.linalg.norm(fit.place - fit.place[k], axis=-1)
        apart[k] = np.inf
        if apart.min(initial=np.inf) < 2 * reach or np.count_nonzero(owner == owner[k]) > 1:
            continue
        inside = _near(fit.place[k : k + 1], reach, scene.image.shape)
        if scene.usable[inside].all() and not censored[inside].any():
            ratios.append(1.0 + remaining[inside].sum() / fit.flux[k])
    if not ratios:
        return FAR_WINGS * USUAL_CORRECTION
    weight = len(ratios) / (len(ratios) + 3.0)
    measured = float(np.clip(np.median(ratios), 0.97, 1.12))
    return FAR_WINGS * (weight * measured + (1 - weight) * USUAL_CORRECTION)


def _grown(
    cells: tuple[NDArray[np.int64], NDArray[np.int64]], reach: float, shape: tuple[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Cells within ``reach`` of a resolved source."""
    mask = np.zeros(shape, dtype=bool)
    mask[cells] = True
    steps = max(int(round(reach)), 1)
    row, column = np.nonzero(binary_dilation(mask, iterations=steps))
    return row, column


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
    resolved = len(region.components) > 1 or region.cells is not None
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
        diameter_km=float(width) if resolved else None,
    )
