"""The classical detector: matched filter, simultaneous fit of all peaks, linking.

1. background and noise from a mesh, twice: the second time with the sources taken off;
2. matched filter with the map's point spread function; peaks above a threshold that is
   given as expected false alarms per disc;
3. all peaks are fitted at once; what the fit leaves is searched again, so that close
   pairs split; a fraction of the light around a bright source is not trusted, because
   the point spread function is not known better than that;
4. peaks whose ground between them glows are one extended source.
"""

import math
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from hotspots.backend import to_host
from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.detection.background import mesh_statistics
from hotspots.detection.detector import Detections, Region, register
from hotspots.detection.linking import link_points
from hotspots.detection.matched import local_maxima, matched_filter
from hotspots.detection.point_fit import PointFit, fit_points, point_model
from hotspots.detection.thresholds import threshold_for
from hotspots.errors import ConfigurationError
from hotspots.grid import GridMap, Plane

__all__ = ["MatchedFilter", "MatchedFilterSettings"]

Float64 = NDArray[np.float64]


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
    least_separation : float
        Peaks closer than this many standard deviations of the point spread function
        are not told apart.
    link_km : float
        Peaks closer than this are one source where the ground between them glows.
    least_cos_emission : float
        Cells seen more obliquely are not searched.
    single_frame_factor : float
        The threshold is this much higher where one frame alone looked.

    Raises
    ------
    ConfigurationError
        If a number is not positive.
    """

    false_alarms_per_disc: float = 0.002
    mesh_cells: int = 24
    rounds: int = 3
    trusted_fraction: float = 0.08
    least_separation: float = 1.3
    link_km: float = 25.0
    least_cos_emission: float = 0.17
    single_frame_factor: float = 1.8

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
        spread = np.asarray(grid_map.attributes["m_spread"], dtype=np.float64).reshape(2, 2)
        image, noise = grid_map["m_residual"], grid_map["m_sigma"]
        usable = (grid_map["m_frames"] > 0) & (
            grid_map["cos_emission"] > self.settings.least_cos_emission
        )
        threshold = threshold_for(
            self.settings.false_alarms_per_disc,
            2 * IO_MEAN_RADIUS_KM / grid_map.grid.cell_km,
            math.sqrt(np.linalg.det(spread)),
        )
        fit, background, snr = self._search(grid_map, image, noise, usable, spread, threshold)
        regions = self._regions(grid_map, fit, to_host(snr), spread, threshold)
        return Detections(regions, self._planes(grid_map, background, snr, threshold, regions))

    def _search(
        self, grid_map: GridMap, image: Any, noise: Any, usable: Any, spread: Float64, threshold: float
    ) -> tuple[PointFit, Any, Any]:
        """Peaks fitted to the map, the background, and the matched filter's map."""
        host_image = to_host(image).astype(np.float64)
        host_usable = to_host(usable)
        frames = to_host(grid_map["m_frames"])
        bar = threshold * np.where(frames > 1.5, 1.0, self.settings.single_frame_factor)
        place = np.zeros((0, 2))
        fit = fit_points(host_image, host_usable * 1.0, place, spread)
        background, snr = None, None
        for _ in range(self.settings.rounds):
            model = point_model(fit.place, fit.flux, spread, host_image.shape)
            bare = host_image - model
            background, weight, remaining = self._filtered(bare, noise, usable, spread)
            flux, _ = matched_filter(host_image - background, weight, spread)
            peaks = local_maxima(remaining, bar) & host_usable
            peaks &= (remaining / np.maximum(flux_scale(weight, spread), 1e-30)) > (
                self.settings.trusted_fraction * _nearby(model, spread)
            )
            row, column = np.nonzero(peaks)
            fresh = np.stack([column + 0.5, row + 0.5], axis=-1)
            fresh = _apart(place, fresh, remaining[row, column], self._least(spread))
            if not len(fresh):
                break
            place = np.concatenate([fit.place, fresh])
            fit = fit_points(host_image - background, weight, place, spread)
            keep = fit.flux > 0.7 * threshold * fit.flux_sigma
            fit = fit_points(host_image - background, weight, fit.place[keep], spread, steps=1)
            place = fit.place
        model = point_model(fit.place, fit.flux, spread, host_image.shape)
        background, weight, _ = self._filtered(host_image - model, noise, usable, spread)
        fit = fit_points(host_image - background, weight, place, spread, steps=2)
        _, snr = matched_filter(host_image - background, weight, spread)
        return fit, background, snr

    def _least(self, spread: Float64) -> float:
        return self.settings.least_separation * float(np.linalg.det(spread) ** 0.25)

    def _filtered(
        self, bare: Float64, noise: Any, usable: Any, spread: Float64
    ) -> tuple[Float64, Float64, Float64]:
        """Background, weights scaled to the noise that is really there, and filtered map."""
        mask, sigma = to_host(usable), to_host(noise).astype(np.float64)
        background, _ = mesh_statistics(bare, mask, self.settings.mesh_cells)
        weight = np.where(mask & (sigma > 0), 1.0 / np.maximum(sigma, 1e-30) ** 2, 0.0)
        _, snr = matched_filter(np.where(mask, bare - background, 0.0), weight, spread)
        level, scatter = mesh_statistics(snr, mask & (weight > 0), self.settings.mesh_cells)
        scatter = np.maximum(scatter, 0.5)
        return background, weight / scatter**2, (snr - level) / scatter

    def _regions(
        self, grid_map: GridMap, fit: PointFit, snr: Float64, spread: Float64, threshold: float
    ) -> tuple[Region, ...]:
        width = float(np.linalg.det(spread) ** 0.25)
        strength = fit.flux / np.maximum(fit.flux_sigma, 1e-30)
        near = self.settings.link_km / grid_map.grid.cell_km
        group = link_points(fit.place, strength, snr, near=near, far=2.5 * near)
        regions = []
        for number in range(group.max(initial=-1) + 1):
            members = np.flatnonzero(group == number)
            flux = np.maximum(fit.flux[members], 0.0)
            if not flux.sum() > 0 or strength[members].max() < threshold:
                continue
            centre = np.average(fit.place[members], axis=0, weights=flux)
            extent = np.sqrt(np.average(np.sum((fit.place[members] - centre) ** 2, -1), weights=flux))
            lake = float(expit((extent / width - 1.5) * 3.0)) if len(members) > 1 else 0.05
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
        return tuple(sorted(regions, key=lambda r: -r.snr))

    def _planes(
        self, grid_map: GridMap, background: Any, snr: Any, threshold: float, regions: tuple[Region, ...]
    ) -> dict[str, Plane]:
        present = expit(np.nan_to_num(np.asarray(to_host(snr))) - threshold)
        return {
            "m_snr": Plane(snr, "1", "matched-filter signal over noise"),
            "m_background": Plane(background, "W m-2 sr-1", "local background of the residual"),
            "p_source": Plane(present, "1", "logistic of signal over noise less threshold"),
        }


def flux_scale(weight: Float64, spread: Float64) -> Float64:
    """Signal over noise of a source whose peak cell holds one unit of the map."""
    unit = 2 * np.pi * math.sqrt(np.linalg.det(spread))
    energy = 1.0 / (4 * np.pi * math.sqrt(np.linalg.det(spread)))
    return np.asarray(unit * np.sqrt(energy * np.maximum(weight, 0.0)))


def _nearby(model: Float64, spread: Float64) -> Float64:
    """Largest fitted light within about four standard deviations of each cell."""
    from scipy.ndimage import maximum_filter

    reach = 2 * int(np.ceil(4 * np.sqrt(np.diag(spread).max()))) + 1
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
