"""Radiance along rays that meet the ground, a wide hot spot or a lava lake."""

from dataclasses import replace
from math import ceil
from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation

from hotspots.body import surface_normal
from hotspots.camera import Cameras
from hotspots.geometry.intersect import intersect
from hotspots.simulation.optics import Optics
from hotspots.simulation.ray_images import Box, body_box, limb_coverage, spread, window
from hotspots.simulation.view import View

__all__ = ["RESOLVED_LAKE_PX", "RESOLVED_PX", "ground_image", "patch_image"]

Float64 = NDArray[np.float64]

RESOLVED_PX = 1.5
RESOLVED_LAKE_PX = 0.7
"""Emitters of this diameter are traced; smaller ones are points with their variance.  The
broken ring of a lake puts its light to one side long before its shape is seen."""

RAYS_ACROSS = 16.0
"""Rays across the narrow way of a traced emitter, if it takes no more than `FINEST`."""

LIMB_RAYS = 2
"""Rays per pixel, along either axis, where the ground ends."""

COARSEST, FINEST = 2, 12
"""Rays per pixel along either axis."""

LEAST_COS_EMISSION = 0.2
"""Nearer to the limb the light of a wide emitter is not that of its middle."""


def ground_image(view: View, frame: int, *, lit: bool) -> Any:
    """Image of the ground in one frame.

    Parameters
    ----------
    view : View
    frame : int
    lit : bool
        Whether the Sun shines on Io.

    Returns
    -------
    array (lines, samples) float32, or 0.0
        W m-2 sr-1; the number where the body is out of view.
    """
    camera, smear_px = view.camera(frame), view.smear(frame)
    xp = array_namespace(camera.constants)
    place = device(camera.constants)
    box = body_box(camera, _margin(view.optics, smear_px))
    if box is None:
        return 0.0
    grid, sample, line, share, ray = _ground_rays(camera, box)
    hit, _, surface = intersect(camera, *_rays(camera, sample, line))
    point = xp.where(hit[0, :, None], surface[0, ...], 1.0)
    radii = xp.asarray(camera.radii_km, dtype=point.dtype, device=place)
    normal = surface_normal(point, radii)
    away = xp.asarray(camera.position_km[0], dtype=point.dtype, device=place) - point
    cos_emission = xp.sum(normal * away, axis=-1) / xp.sqrt(xp.sum(away * away, axis=-1))
    sun = xp.asarray(camera.sun[0], dtype=point.dtype, device=place)
    cos_incidence = xp.sum(normal * sun, axis=-1)
    shone = xp.full(cos_incidence.shape, lit, dtype=xp.bool, device=place)
    # one ray stands for a pixel: finer patterns would come through as noise
    nearest_km = float(np.linalg.norm(camera.position_km[0])) - max(camera.radii_km)
    bright = view.scene.ground.radiance(
        point,
        cos_incidence,
        cos_emission,
        shone,
        view.band,
        resolution_km=max(nearest_km, 0.0) * camera.ifov_rad,
    )
    bright = xp.astype(xp.where(hit[0, :], bright, 0.0), xp.float32)
    bright = xp.concat([bright, xp.zeros(1, dtype=xp.float32, device=place)])
    canvas = xp.take(bright, xp.asarray(ray.ravel(), device=place))
    canvas = xp.reshape(canvas, ray.shape) * xp.asarray(share, dtype=xp.float32, device=place)
    return spread(canvas, grid, view.optics, smear_px)


def _ground_rays(
    camera: Cameras, box: Box
) -> tuple[Box, Float64, Float64, Float64, NDArray[np.int64]]:
    """Rays to trace for a rectangle: one a pixel, and `LIMB_RAYS` squared where the limb is.

    Returns
    -------
    grid : Box
        The rectangle, as fine as it must be.
    sample, line : arrays (k,) float64
        Rays to trace, px.
    share : array (rows, columns) float64
        Part of every ray of ``grid`` that the body covers.
    ray : array (rows, columns) int64
        Which traced ray stands for it; k where none does.
    """
    coverage, sample, line = limb_coverage(camera, box)
    fine = LIMB_RAYS if (coverage < 1).any() else 1
    grid = replace(box, fineness=fine)
    inner = coverage == 1
    if fine > 1:
        inner &= ~binary_dilation(~inner)
        share, fine_sample, fine_line = limb_coverage(camera, grid)
        outer = (share > 0) & ~_repeated(inner, fine)
        sample = np.concatenate([sample[inner], fine_sample[outer]])
        line = np.concatenate([line[inner], fine_line[outer]])
    else:
        share, outer = coverage, ~inner
        sample, line = sample.ravel(), line.ravel()
    count = np.count_nonzero(inner)
    number = np.zeros(coverage.shape, dtype=np.int64)
    number[inner] = np.arange(count)
    ray = np.where(_repeated(inner, fine), _repeated(number, fine), len(sample))
    ray[outer] = np.arange(count, len(sample))
    return grid, sample, line, share, ray


def _repeated(pixels: NDArray[Any], fineness: int) -> NDArray[Any]:
    return np.repeat(np.repeat(pixels, fineness, axis=0), fineness, axis=1)


def patch_image(view: View, frame: int, which: int) -> Any:
    """Image of one traced emitter in one frame.

    Parameters
    ----------
    view : View
    frame : int
    which : int
        Place of the emitter in ``view.emitters``.

    Returns
    -------
    array (lines, samples) float32, or 0.0
        W m-2 sr-1; the number where nothing of it reaches the array.
    """
    camera, smear_px = view.camera(frame), view.smear(frame)
    scene, seen, listed = view.scene, view.sources, view.emitters
    source = int(listed.source[which])
    km_per_px = float(view.km_per_px(frame)[which])
    outline = scene.sources[source].outline
    radius_km = 0.5 * float(listed.diameter_km[which])
    reach_px = 1.1 * (radius_km if outline is None else outline.reach_km) / km_per_px + 1.0
    middle = np.array([seen.sample[frame, source], seen.line[frame, source]])
    low, high = middle - reach_px, middle + reach_px
    found = window((low[0], low[1]), (high[0], high[1]), _margin(view.optics, smear_px))
    if found is None:
        return 0.0
    cos_emission = max(float(seen.cos_emission[frame, source]), 0.1)
    narrow_px = 2 * radius_km / km_per_px * cos_emission
    fineness = min(max(ceil(RAYS_ACROSS / narrow_px), COARSEST), FINEST)
    box = replace(found, fineness=fineness)
    sample, line = np.meshgrid(*box.axes())
    xp = array_namespace(camera.constants)
    hit, _, surface = intersect(camera, *_rays(camera, sample.ravel(), line.ravel()))
    spacing_km = km_per_px / fineness
    if outline is not None:
        apart_km = spacing_km / cos_emission
        bright = scene.lake_radiance(surface[0, ...], view.band, source, spread_km=apart_km)
    else:
        centre = scene.source_points_km[source]
        offset = surface[0, ...] - xp.asarray(centre, dtype=surface.dtype, device=device(surface))
        inside = (radius_km - xp.sqrt(xp.sum(offset * offset, axis=-1))) / spacing_km
        level = float(listed.radiance_km2[which]) / (np.pi * radius_km**2)
        bright = level * xp.clip(inside + 0.5, 0.0, 1.0)
    bright = xp.astype(xp.where(hit[0, :], bright, 0.0), xp.float32)
    whole = found.samples >= 2 * reach_px and found.lines >= 2 * reach_px
    if whole and cos_emission > LEAST_COS_EMISSION:
        traced = float(xp.sum(bright)) / fineness**2
        light = float(seen.light[frame, source] * listed.share[which])
        bright = bright * (light / traced if traced > 0 else 0.0)
    return spread(xp.reshape(bright, sample.shape), box, view.optics, smear_px)


def _margin(optics: Optics, smear_px: float) -> tuple[float, float]:
    """Samples and lines beyond the array from which light still gets in."""
    return optics.reach_px, optics.reach_px + 0.5 * smear_px


def _rays(camera: Cameras, sample: Any, line: Any) -> tuple[Any, Any]:
    xp = array_namespace(camera.constants)
    place = device(camera.constants)
    return (
        xp.asarray(sample[None, :], dtype=xp.float32, device=place),
        xp.asarray(line[None, :], dtype=xp.float32, device=place),
    )
