"""The classical detector: matched filter, simultaneous fit of all peaks, linking.

1. resolved sources are outlined first and left out of what follows;
2. background from a mesh (and a smooth map in sunlight), each round anew with the
   sources found so far taken off;
3. matched filter with the map's point spread function; peaks above a threshold that is
   given as expected false alarms per disc;
4. all peaks are fitted at once; what the fit leaves is searched again, so that close
   pairs split; a fraction of the light around a bright source is not trusted, because
   the point spread function is not known better than that;
5. peaks whose ground between them glows are one extended source.

The grids of a visit have under a million cells, so the search runs on the host.
"""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter
from scipy.special import expit

from hotspots.backend import to_host
from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.detection.background import mesh_statistics
from hotspots.detection.consistency import one_frame_light
from hotspots.detection.detector import Detections, Region, register
from hotspots.detection.linking import link_points
from hotspots.detection.local_background import Scene, local_background
from hotspots.detection.matched import local_maxima, matched_filter
from hotspots.detection.point_fit import PointFit, fit_points, point_model
from hotspots.detection.resolved import resolved_patches
from hotspots.detection.scene import scene_of
from hotspots.detection.thresholds import threshold_for
from hotspots.errors import ConfigurationError
from hotspots.grid import GridMap, Plane

__all__ = ["MatchedFilter", "MatchedFilterSettings"]

Float64 = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class MatchedFilterSettings:
    """Settings of the matched filter.

    Parameters
    ----------
    false_alarms_per_disc : float
        Noise peaks expected above the threshold on a whole disc of Io.
    mesh_cells : int
        Side of a background tile, cells.
    rounds : int
        Searches of what the fit leaves.
    trusted_fraction : float
        A peak in what the fit leaves must exceed this part of the fitted light there.
    saturated_fraction : float
        The same beside a saturated source, whose flat top no point source fits.
    least_separation : float
        Peaks closer than this many standard deviations of the point spread function
        are not told apart.
    link_km : float
        Peaks closer than this are one source where the ground between them glows.
    link_glow : float
        ... up to 1.6 times as far where it keeps this part of the fainter one's light.
    resolved_km : float
        Where the point spread function is narrower than this (standard deviation, km),
        resolved sources are outlined before peaks are searched.
    gap_km : float
        Outlined pieces closer than this are one source.
    least_cos_emission : float
        Cells seen more obliquely are not searched.
    few_frames_factor : float
        The threshold is this much higher where one frame alone looked, and its root
        where two did: particle hits cannot be told apart there.

    sunlit_factor : float
        The threshold is this much higher in sunlight, where the ground has patterns.

    Raises
    ------
    ConfigurationError
        If a number is not positive.
    """

    false_alarms_per_disc: float = 0.001
    mesh_cells: int = 24
    rounds: int = 3
    trusted_fraction: float = 0.08
    saturated_fraction: float = 0.4
    least_separation: float = 1.3
    link_km: float = 25.0
    link_glow: float = 0.5
    resolved_km: float = 2.5
    gap_km: float = 6.0
    least_cos_emission: float = 0.2
    few_frames_factor: float = 1.8
    sunlit_factor: float = 1.25

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not value > 0:
                msg = f"detector.parameters.{name}={value}: wanted a number above zero"
                raise ConfigurationError(msg)


@register("matched_filter", MatchedFilterSettings)
class MatchedFilter:
    """Matched-filter detector; see the module docstring."""

    name: ClassVar[str] = "matched_filter"

    def __init__(self, settings: MatchedFilterSettings) -> None:
        self.settings = settings

    def detect(self, grid_map: GridMap) -> Detections:
        """Search the M band of one map.

        Parameters
        ----------
        grid_map : GridMap

        Returns
        -------
        Detections
            With the planes ``m_snr``, ``m_background``, ``p_hotspot``, ``p_lava_lake``.
        """
        if "m_residual" not in grid_map:
            return Detections((), {})
        scene = scene_of(grid_map, "M", self.settings.least_cos_emission)
        cell = grid_map.grid.cell_km
        threshold = threshold_for(
            self.settings.false_alarms_per_disc, 2 * IO_MEAN_RADIUS_KM / cell, scene.width**2
        )
        patches = []
        if scene.width * cell < self.settings.resolved_km:
            patches = resolved_patches(
                scene,
                np.nan_to_num(np.asarray(to_host(grid_map["m_sunlight"]), dtype=np.float64)),
                threshold=threshold,
                tile=6 * self.settings.mesh_cells,
                gap=self.settings.gap_km / cell,
            )
        free = scene.usable.copy()
        for rows, columns in patches:
            free[rows, columns] = False
        bar = _bar(grid_map, scene, threshold, self.settings)
        trust = _trust(grid_map, scene, self.settings)
        fit, background, snr = self._search(scene, free, bar, trust)
        regions = [
            region
            for region in self._points(fit, snr, scene, bar, cell)
            if not one_frame_light(
                region.row,
                region.column,
                region.snr,
                np.asarray(to_host(grid_map["m_chi2"])),
                np.asarray(to_host(grid_map["m_frames"])),
            )
        ]
        regions += [_patch_region(scene, cells, background) for cells in patches]
        ordered = tuple(sorted(regions, key=lambda r: -r.snr))
        return Detections(ordered, _planes(scene, background, snr, threshold, ordered))

    def _search(
        self, scene: Scene, free: Mask, bar: Float64, trust: Float64
    ) -> tuple[PointFit, Float64, Float64]:
        """Peaks fitted to the map, the background, and the matched filter's map."""
        fit = PointFit(np.zeros((0, 2)), np.zeros(0), np.zeros(0), np.zeros(0))
        for _ in range(self.settings.rounds):
            model = point_model(fit.place, fit.flux, scene.spread, scene.image.shape)
            background, weight, left = self._filtered(scene, scene.image - model, free)
            peaks = local_maxima(left, bar) & free
            unit = _snr_of_unit_peak(weight, scene.width)
            peaks &= left > trust * _nearby(model, scene) * unit
            row, column = np.nonzero(peaks)
            fresh = np.stack([column + 0.5, row + 0.5], axis=-1)
            least = self.settings.least_separation * scene.width
            fresh = _apart(fit.place, fresh, left[row, column], least)
            if not len(fresh):
                break
            place = np.concatenate([fit.place, fresh])
            fit = fit_points(scene.image - background, weight, place, scene.spread)
            keep = fit.flux > 0.7 * bar.min() * fit.flux_sigma
            fit = fit_points(
                scene.image - background, weight, fit.place[keep], scene.spread, steps=1
            )
        model = point_model(fit.place, fit.flux, scene.spread, scene.image.shape)
        background, weight, _ = self._filtered(scene, scene.image - model, free)
        fit = fit_points(scene.image - background, weight, fit.place, scene.spread, steps=2)
        clean = np.where(scene.usable, scene.image - background, 0.0)
        _, snr = matched_filter(clean, weight, scene.spread)
        return fit, background, snr

    def _filtered(
        self, scene: Scene, bare: Float64, free: Mask
    ) -> tuple[Float64, Float64, Float64]:
        """Background, weights scaled to the noise that is really there, and filtered map."""
        background, _ = local_background(scene, bare, free, self.settings.mesh_cells)
        good = free & (scene.noise > 0)
        weight = np.where(good, 1.0 / np.where(good, scene.noise, 1.0) ** 2, 0.0)
        _, snr = matched_filter(np.where(good, bare - background, 0.0), weight, scene.spread)
        level, scatter = mesh_statistics(snr, good, self.settings.mesh_cells)
        # the ground's albedo pattern is patchy: in sunlight its noise is looked at closely
        _, close = mesh_statistics(snr, good, self.settings.mesh_cells // 2)
        scatter = np.where(scene.lit, np.maximum(scatter, close), scatter)
        scatter = np.maximum(scatter, 0.5)
        return background, weight / scatter**2, (snr - level) / scatter

    def _points(
        self, fit: PointFit, snr: Float64, scene: Scene, bar: Float64, cell_km: float
    ) -> list[Region]:
        """Regions of the fitted peaks, linked."""
        strength = fit.flux / np.maximum(fit.flux_sigma, 1e-30)
        near = self.settings.link_km / cell_km
        group = link_points(
            fit.place, strength, snr, near=near, far=1.6 * near, glow=self.settings.link_glow
        )
        regions = []
        for number in range(group.max(initial=-1) + 1):
            members = np.flatnonzero(group == number)
            flux = np.maximum(fit.flux[members], 0.0)
            row = fit.place[members, 1].astype(int).clip(0, bar.shape[0] - 1)
            column = fit.place[members, 0].astype(int).clip(0, bar.shape[1] - 1)
            if not flux.sum() > 0 or not (strength[members] > bar[row, column]).any():
                continue
            centre = np.average(fit.place[members], axis=0, weights=flux)
            apart = np.sum((fit.place[members] - centre) ** 2, axis=-1)
            extent = np.sqrt(np.average(apart, weights=flux)) / scene.width
            lake = float(expit((extent - 1.5) * 3.0)) if len(members) > 1 else 0.05
            regions.append(
                Region(
                    row=float(centre[1]),
                    column=float(centre[0]),
                    snr=float(strength[members].max()),
                    components=tuple((float(p[1]), float(p[0])) for p in fit.place[members]),
                    probability_hotspot=1.0 - lake,
                    probability_lava_lake=lake,
                )
            )
        return regions


def _bar(
    grid_map: GridMap, scene: Scene, threshold: float, settings: MatchedFilterSettings
) -> Float64:
    """Threshold of every cell, higher in sunlight and where few frames looked."""
    frames = np.asarray(to_host(grid_map["m_frames"]))
    factor = np.where(frames >= 3, 1.0, settings.few_frames_factor**0.5)
    factor = np.where(frames <= 1, settings.few_frames_factor, factor)
    return threshold * factor * np.where(scene.lit, settings.sunlit_factor, 1.0)


def _trust(grid_map: GridMap, scene: Scene, settings: MatchedFilterSettings) -> Float64:
    """Part of the fitted light that a peak beside it must exceed; more at flat tops."""
    saturated = np.nan_to_num(np.asarray(to_host(grid_map["m_saturated"]))) > 0.02
    reach = 2 * int(np.ceil(4 * scene.width)) + 1
    near = maximum_filter(saturated, size=reach)
    return np.where(near, settings.saturated_fraction, settings.trusted_fraction)


def _patch_region(
    scene: Scene, cells: tuple[NDArray[np.int64], NDArray[np.int64]], background: Float64
) -> Region:
    rows, columns = cells
    excess = np.maximum(scene.image[rows, columns] - background[rows, columns], 0.0)
    weights = excess if excess.sum() > 0 else np.ones(len(rows))
    row = float(np.average(rows + 0.5, weights=weights))
    column = float(np.average(columns + 0.5, weights=weights))
    return Region(
        row=row,
        column=column,
        snr=float((excess / scene.noise[rows, columns]).max()),
        components=((row, column),),
        probability_hotspot=0.03,
        probability_lava_lake=0.97,
        cells=cells,
    )


def _planes(
    scene: Scene, background: Float64, snr: Float64, threshold: float, regions: tuple[Region, ...]
) -> dict[str, Plane]:
    """Planes to keep; a cell has the probabilities of the region it lies in."""
    present = expit(np.nan_to_num(snr) - threshold)
    lake = np.zeros_like(present)
    reach = max(int(round(2 * scene.width)), 1)
    for region in regions:
        if region.cells is not None:
            lake[region.cells] = region.probability_lava_lake
            continue
        for row, column in region.components:
            part = (
                slice(max(int(row) - reach, 0), int(row) + reach + 1),
                slice(max(int(column) - reach, 0), int(column) + reach + 1),
            )
            lake[part] = np.maximum(lake[part], region.probability_lava_lake)
    seen = np.where(scene.usable, present, np.nan)
    return {
        "m_snr": Plane(np.where(scene.usable, snr, np.nan), "1", "matched-filter signal to noise"),
        "m_background": Plane(background, "W m-2 sr-1", "local background of the residual"),
        "p_hotspot": Plane(seen * (1 - lake), "1", "probability of an unresolved hot spot"),
        "p_lava_lake": Plane(seen * lake, "1", "probability of a lava lake"),
    }


def _snr_of_unit_peak(weight: Float64, width: float) -> Float64:
    """Signal over noise of a source whose peak cell holds one unit of the map."""
    return np.asarray(math.sqrt(math.pi) * width * np.sqrt(np.maximum(weight, 0.0)))


def _nearby(model: Float64, scene: Scene) -> Float64:
    """Largest fitted light within about four standard deviations of each cell."""
    reach = 2 * int(np.ceil(4 * scene.width)) + 1
    return np.asarray(maximum_filter(model, size=reach))


def _apart(old: Float64, fresh: Float64, strength: Float64, least: float) -> Float64:
    """Fresh peaks, strongest first, that keep their distance from all others."""
    kept = [*old]
    chosen = []
    for k in np.argsort(strength)[::-1]:
        if all(np.hypot(*(fresh[k] - other)) > least for other in kept):
            kept.append(fresh[k])
            chosen.append(fresh[k])
    return np.asarray(chosen).reshape(-1, 2)
