"""Planes of evidence: what the classical search knows of every cell, as a network reads it.

All are in units of the noise that is really there, so that they mean the same at 0.4 and
at 150 km per pixel, at 1 ms and at 1 s.  A network that is shown the raw radiance would
have to learn matched filters, backgrounds and deblending first.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from hotspots.backend import to_host
from hotspots.detection.candidates import Candidates
from hotspots.detection.normalised import NormalisedFilter
from hotspots.detection.point_kernel import kernel_cells, point_model
from hotspots.detection.roughness import ground_roughness
from hotspots.detection.scene import Scene, scene_of
from hotspots.grid import GridMap

__all__ = ["evidence_planes", "evidence_scales"]

Float64 = NDArray[np.float64]

MARK_WIDTH = 0.8
"""Standard deviation of the mark of a fitted peak, cells: narrower than the spread, so
that the members of a pair stay apart."""


def evidence_planes(
    grid_map: GridMap, candidates: Candidates, mesh_cells: int
) -> dict[str, Float64]:
    """Evidence of both bands.

    Parameters
    ----------
    grid_map : GridMap
        With the planes of `hotspots.gridding.planes`.
    candidates : Candidates
        Of the same map, peaks far below the threshold included.
    mesh_cells : int
        Side of a background tile, cells.

    Returns
    -------
    dict of str to array (rows, columns) float64
        ``m_signal``, ``l_signal`` : residual less background over sigma, cell by cell;
        ``m_snr``, ``l_snr`` : the matched filter of it;
        ``m_left`` : the matched filter of what the fitted sources leave;
        ``m_light`` : light of the fitted sources over sigma;
        ``m_peaks`` : signal over noise of fitted peaks, as narrow marks at their places;
        ``m_patch`` : one inside outlined patches;
        ``m_glow`` : reflected sunlight, model, over sigma;
        ``m_frames``, ``m_chi2``, ``m_saturated``, ``l_frames``, ``cos_emission``,
        ``cos_incidence`` : as on the map.  Planes of a band that is not there are
        left out; NaN and zeros outside the usable cells, as it comes.
    """
    scene, found = candidates.scene, candidates.found
    fit = found.fit
    shape = scene.image.shape
    patch = np.zeros(shape)
    for cells in candidates.patches:
        patch[cells] = 1.0
    light = point_model(fit.place, fit.flux, scene.spread, shape)
    planes = {
        "m_signal": _over_noise(scene.image - found.background, scene),
        "m_snr": np.where(scene.usable, found.snr, 0.0),
        "m_left": np.where(scene.usable, found.left, 0.0),
        "m_light": _over_noise(light, scene),
        "m_peaks": _marks(fit.place, fit.snr, shape),
        "m_patch": patch,
        "m_glow": _over_noise(scene.sunlight, scene),
    }
    names = ["m_frames", "m_chi2", "m_saturated", "cos_emission", "cos_incidence"]
    if "l_residual" in grid_map:
        planes |= _second_band(grid_map, mesh_cells)
        names.append("l_frames")
    return planes | {n: np.asarray(to_host(grid_map[n]), dtype=np.float64) for n in names}


def evidence_scales(grid_map: GridMap, scene: Scene) -> dict[str, float]:
    """Numbers that hold for the whole map.

    Parameters
    ----------
    grid_map : GridMap
        With the plane ``km_per_px`` and the attribute ``pointing_sigma_px``.
    scene : Scene
        Of its M band.

    Returns
    -------
    dict of str to float
        ``log_km_per_px`` : natural logarithm of the median;
        ``spread_cells``, ``spread_ratio`` : geometric mean and quotient of the axes of
        the point spread function;
        ``log_frames`` : natural logarithm of the largest number of frames;
        ``pointing_sigma_px`` : error that is stated for the pointing, at most 2;
        ``sunlit`` : part of the usable cells in sunlight.
    """
    scale = np.asarray(to_host(grid_map["km_per_px"]), dtype=np.float64)
    axes = np.sqrt(np.linalg.eigvalsh(scene.spread))
    any_usable = bool(scene.usable.any())
    return {
        "log_km_per_px": float(np.log(np.nanmedian(scale[scene.usable]))) if any_usable else 0.0,
        "spread_cells": scene.width,
        "spread_ratio": float(axes[1] / axes[0]),
        "log_frames": float(np.log(max(scene.frames.max(initial=1.0), 1.0))),
        "pointing_sigma_px": min(float(grid_map.attributes["pointing_sigma_px"]), 2.0),
        "sunlit": float(scene.lit[scene.usable].mean()) if any_usable else 0.0,
    }


def _second_band(grid_map: GridMap, mesh_cells: int) -> Mapping[str, Float64]:
    """Evidence of the L band: no peaks are fitted in it."""
    scene = scene_of(grid_map, "L", 0.0)
    roughness = ground_roughness(scene, grid_map.grid.cell_km)
    search = NormalisedFilter(scene, scene.usable, roughness, mesh_cells)
    background, _, snr = search.apply(scene.image)
    return {
        "l_signal": _over_noise(scene.image - background, scene),
        "l_snr": np.where(scene.usable, snr, 0.0),
    }


def _over_noise(values: Float64, scene: Scene) -> Float64:
    return np.where(scene.usable, values / np.where(scene.usable, scene.noise, 1.0), 0.0)


def _marks(place: Float64, snr: Float64, shape: tuple[int, int]) -> Float64:
    """Largest of the peaks' marks in every cell; a mark is as high as its peak's SNR."""
    marks = np.zeros(shape[0] * shape[1])
    if len(place):
        narrow = MARK_WIDTH**2 * np.eye(2)
        cells = kernel_cells(place, narrow, shape)
        height = cells.kernel * 2 * np.pi * MARK_WIDTH**2
        np.maximum.at(marks, cells.cell, height * snr[cells.source])
    return marks.reshape(shape)
