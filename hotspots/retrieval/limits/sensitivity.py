r"""How clearly a map would show a source of one GW/um in each of its cells.

A source of power :math:`S` has the flux :math:`F = S W \mu_g / (\pi A)` on a view grid of
cells of area :math:`A`, and stands out by :math:`F \sqrt{\sum K^2 w}` with the weights
:math:`w` that the detector itself ends up with: noise of the samples, scatter that is
really there, and the pattern of sunlit ground.  How many of such standard deviations it
takes to be found is not assumed; that is what sources put into the frames tell
(`hotspots.retrieval.limits.curve`).
"""

import math
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt, maximum_filter

from hotspots.backend import to_host
from hotspots.body import surface_normal
from hotspots.detection.detector import Region
from hotspots.detection.filtering import point_filter
from hotspots.detection.matched_filter_settings import MatchedFilterSettings
from hotspots.detection.normalised import NormalisedFilter, snr_of_unit_peak
from hotspots.detection.point_fit import fit_points
from hotspots.detection.point_kernel import point_model
from hotspots.detection.roughness import ground_roughness
from hotspots.detection.scene import scene_of
from hotspots.grid import Grid, GridMap
from hotspots.gridding.locate import cell_surface
from hotspots.planck import M_BAND, hemispheric_power_gw_um
from hotspots.retrieval.limits.sharpness import widening_of

__all__ = ["Sensitivity", "sensitivity_of"]

Float64 = NDArray[np.float64]
Mask = NDArray[np.bool_]

BESIDE = 3.0
"""Light of a source counts as beside a cell within so many widths of the spread, as in the
search for peaks."""

NEAR = 2.0
"""Standard deviation of the neighbourhood in which two sources are hardly told apart, widths
of the spread (1.5 px)."""

ROUNDS = 2
"""Measurements of the noise, each with the sources as they were fitted before taken off."""


@dataclass(frozen=True)
class Sensitivity:
    """What a map says of sources that it does not show.

    Parameters
    ----------
    snr_per_gw_um : array (rows, columns) float64
        Signal over noise of a source of one GW/um in M; zero where none can be found.
    light : array (rows, columns) float64
        Peak signal over noise of the brightest source beside each cell.
    beside : array (rows, columns) float64
        One on top of a source that was found, and zero far from all.
    cos_emission : array (rows, columns) float64
    lit : array (rows, columns) bool
    frames : array (rows, columns) float64
    widening : float
        Width of bright point sources over that of the map's point spread function.
    """

    snr_per_gw_um: Float64
    light: Float64
    beside: Float64
    cos_emission: Float64
    lit: Mask
    frames: Float64
    widening: float = 1.0

    @property
    def searched(self) -> Mask:
        """Cells in which a source can be found."""
        return self.snr_per_gw_um > 0

    def alone(self) -> Self:
        """The same map without the sources that were found on it."""
        nothing = np.zeros(self.light.shape)
        return replace(self, light=nothing, beside=nothing)


def sensitivity_of(grid_map: GridMap, regions: tuple[Region, ...]) -> Sensitivity:
    """Measure how sensitive the M band of a map is.

    Parameters
    ----------
    grid_map : GridMap
        On a view grid, with the planes of `hotspots.gridding.planes`.
    regions : tuple of Region
        Sources found on it.

    Returns
    -------
    Sensitivity
    """
    search = MatchedFilterSettings()
    scene = scene_of(grid_map, "M", search.least_cos_emission)
    free = scene.usable.copy()
    for region in regions:
        if region.cells is not None:
            free[region.cells] = False
    places = [part for region in regions if region.cells is None for part in region.components]
    place = np.array(places, dtype=np.float64).reshape(-1, 2)[:, ::-1]
    roughness = ground_roughness(scene, grid_map.grid.cell_km)
    noise = NormalisedFilter(scene, free, roughness, search.mesh_cells)
    model = np.zeros(scene.image.shape)
    for _ in range(ROUNDS):
        background, weight, _ = noise.apply(scene.image - model)
        fit = fit_points(scene.image - background, weight, place, scene.spread, steps=0)
        model = point_model(fit.place, fit.flux, scene.spread, scene.image.shape)
    background, weight, _ = noise.apply(scene.image - model)
    prepared = point_filter(weight, scene.spread)
    per_flux = np.where(prepared.enough & free, np.sqrt(np.maximum(prepared.energy, 0.0)), 0.0)
    light = maximum_filter(model, 2 * math.ceil(BESIDE * scene.width) + 1)
    return Sensitivity(
        snr_per_gw_um=per_flux * _flux_per_gw_um(grid_map.grid),
        light=np.maximum(light, 0.0) * snr_of_unit_peak(weight, scene),
        beside=_beside(~free & scene.usable, place, scene.width),
        cos_emission=np.nan_to_num(np.asarray(to_host(grid_map["cos_emission"]), dtype=np.float64)),
        lit=scene.lit,
        frames=scene.frames,
        widening=widening_of(scene.image - background, weight, fit, scene),
    )


def _beside(covered: Mask, place: Float64, width: float) -> Float64:
    """How near every cell is to a point source or an outlined one."""
    rows, columns = covered.shape
    taken = covered.copy()
    column, row = place.astype(np.int64).T
    taken[row.clip(0, rows - 1), column.clip(0, columns - 1)] = True
    if not taken.any():
        return np.zeros(covered.shape)
    return np.asarray(np.exp(-0.5 * (distance_transform_edt(~taken) / (NEAR * width)) ** 2))


def _flux_per_gw_um(grid: Grid) -> Float64:
    """Sum over cells of the residual radiance of a source of one GW/um; zero off the body."""
    surface, _, _ = cell_surface(grid)
    normal = surface_normal(surface, np.asarray(grid.radii_km))
    cosine = np.nan_to_num(normal @ np.asarray(grid.basis()[2]))
    return np.asarray(cosine / hemispheric_power_gw_um(M_BAND, grid.cell_km**2))
