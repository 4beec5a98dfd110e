"""Flux of all sources of a map in one band, by a simultaneous fit of their points.

The point spread function is nearly the same all over a view grid, which makes crowded
sources a sparse linear problem.  A source of several points also gets the light around
them; a lone point may be a little wider than the point spread function; a resolved
source is the sum over its cells.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.detection.detector import Region
from hotspots.detection.local_background import LocalBackground
from hotspots.detection.point_fit import PointFit, fit_points
from hotspots.detection.point_kernel import point_model
from hotspots.detection.scene import Scene
from hotspots.retrieval.aperture import cells_near, grown_cells, wing_correction
from hotspots.retrieval.width import fit_width

__all__ = ["SourceFlux", "measure_fluxes"]

Float64 = NDArray[np.float64]
Mask = NDArray[np.bool_]

MESH_CELLS = 24
"""Side of a background tile, cells."""

BACKGROUND_ROUNDS = 2
"""Fits of the background under the sources, each with the last fit taken off."""

CAPTURE = 2.5
"""Light within this many standard deviations of a component belongs to the source."""

WIDENED_SNR = 15.0
"""Fainter sources are taken for points: noise would widen them."""

CENSORED = 0.05
"""Fraction of saturated light from which a cell is no number but a lower limit."""

LEAST_COVERED = 0.5
"""Part of a resolved source's cells that a band must cover to measure it."""

UNKNOWN_PLACE = 0.3
"""Standard deviation of the place of a resolved source, cells."""


@dataclass(frozen=True)
class SourceFlux:
    """One source in one band.

    Parameters
    ----------
    flux, sigma : float
        Sum over cells and its standard deviation, map unit times cells.
    covered : bool
        Whether the band sees the source at all.
    saturated : bool
    place_sigma : float
        Standard deviation of each coordinate of its place, cells.
    extent : float
        Root mean square distance of its points (by their light) or of its cells from
        their centre, cells; 0 for a point.
    """

    flux: float
    sigma: float
    covered: bool
    saturated: bool
    place_sigma: float
    extent: float


@dataclass(frozen=True)
class _Fitted:
    """What the fit of all points leaves to be shared out."""

    scene: Scene
    fit: PointFit
    owner: NDArray[np.int64]
    weight: Float64
    remaining: Float64
    censored: Mask
    correction: float


def measure_fluxes(scene: Scene, regions: tuple[Region, ...]) -> tuple[SourceFlux, ...]:
    """Flux of every region in one band, neighbours and background removed.

    Parameters
    ----------
    scene : Scene
    regions : tuple of Region
        On the same grid.

    Returns
    -------
    tuple of SourceFlux
        In the order of the regions.
    """
    places = [np.array([(c, r) for r, c in region.components]) for region in regions]
    point_like = [i for i, region in enumerate(regions) if region.cells is None]
    owner = np.repeat(point_like, [len(places[i]) for i in point_like]).astype(np.int64)
    place = np.concatenate([np.zeros((0, 2)), *(places[i] for i in point_like)])
    free = scene.usable.copy()
    for region in regions:
        if region.cells is not None:
            free[region.cells] = False
    flat, weight, fit = _fit_on_background(scene, free, place)
    model = point_model(fit.place, fit.flux, scene.spread, scene.image.shape)
    remaining = np.where(scene.usable, flat - model, 0.0)
    censored = scene.saturated > CENSORED
    correction = wing_correction(scene, fit, remaining, censored, owner)
    fitted = _Fitted(scene, fit, owner, weight, remaining, censored, correction)
    return tuple(
        _flux_of_points(fitted, np.flatnonzero(owner == i), region.snr)
        if region.cells is None
        else _flux_of_patch(fitted, region.cells)
        for i, region in enumerate(regions)
    )


def _fit_on_background(
    scene: Scene, free: Mask, place: Float64
) -> tuple[Float64, Float64, PointFit]:
    """Background-free image, weights, and fluxes with the places held."""
    fit = fit_points(scene.image, scene.weight(free), place, scene.spread, steps=0)
    ground = LocalBackground(scene, free, MESH_CELLS)
    for _ in range(BACKGROUND_ROUNDS):
        model = point_model(fit.place, fit.flux, scene.spread, scene.image.shape)
        background, scatter = ground.of(scene.image - model)
        # the ground's own roughness is noise too
        weight = scene.weight(free, np.maximum(scatter, scene.noise))
        fit = fit_points(scene.image - background, weight, place, scene.spread, steps=0)
    return scene.image - background, weight, fit


def _flux_of_points(fitted: _Fitted, members: NDArray[np.int64], snr: float) -> SourceFlux:
    """Source of one point, or of several that the detector linked."""
    scene, fit = fitted.scene, fitted.fit
    place, light = fit.place[members], fit.flux[members]
    inside = cells_near(place, CAPTURE * scene.width, scene.image.shape)
    flux, extent = float(light.sum()), 0.0
    if len(members) > 1:
        flux += float(fitted.remaining[inside].sum())
        extent = _extent(place, np.maximum(light, 0.0))
    elif snr > WIDENED_SNR:
        own = point_model(place, light, scene.spread, scene.image.shape)
        wide = fit_width(fitted.remaining + own, fitted.weight, place[0], scene.spread)
        flux = flux if wide is None else wide.flux
    rows, columns = scene.image.shape
    row, column = place[:, 1].astype(int), place[:, 0].astype(int)
    precise = np.sum(fit.place_sigma[members] ** -2.0)
    return SourceFlux(
        flux=fitted.correction * flux,
        sigma=float(np.sqrt(np.sum(fit.flux_sigma[members] ** 2))),
        covered=bool(scene.usable[row.clip(0, rows - 1), column.clip(0, columns - 1)].any()),
        saturated=bool(fitted.censored[inside].any()),
        place_sigma=float(precise**-0.5) if precise > 0 else np.inf,
        extent=extent,
    )


def _flux_of_patch(
    fitted: _Fitted, cells: tuple[NDArray[np.int64], NDArray[np.int64]]
) -> SourceFlux:
    """Resolved source: the sum over its cells and those that its rim is blurred into."""
    scene = fitted.scene
    middles = np.stack(cells, axis=-1).astype(np.float64) + 0.5
    rows, columns = grown_cells(cells, CAPTURE * scene.width, scene.image.shape)
    return SourceFlux(
        flux=float(fitted.remaining[rows, columns].sum()),
        sigma=float(np.sqrt(np.sum(scene.noise[rows, columns] ** 2))),
        covered=bool(scene.usable[cells].mean() > LEAST_COVERED),
        saturated=bool(fitted.censored[cells].any()),
        place_sigma=UNKNOWN_PLACE,
        extent=_extent(middles, np.ones(len(middles))),
    )


def _extent(place: Float64, weights: Float64) -> float:
    """Root mean square distance from the centre."""
    if not weights.sum() > 0:
        return 0.0
    centre = np.average(place, axis=0, weights=weights)
    apart = np.sum((place - centre) ** 2, axis=-1)
    return float(np.sqrt(np.average(apart, weights=weights)))
