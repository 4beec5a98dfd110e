"""The sunlit disc at a given pointing, drawn with the same float32 code as everything else."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, maximum_filter

from hotspots.camera import Cameras
from hotspots.geometry.cameras import build_cameras
from hotspots.geometry.intersect import intersect
from hotspots.geometry.pointing.blur import Blur
from hotspots.geometry.pointing.shading import Shading
from hotspots.geometry.state import FrameStates

__all__ = ["LimbRegion", "cosines", "draw_limb", "incidence_cosine", "limb_region"]

Float32 = NDArray[np.float32]

INSIDE_PX = 7
"""Depth of the fitted band inside the limb, px; outside it is as wide as the blur needs."""

OVERSAMPLE = 2
"""Sub-samples a pixel side with which the limb is drawn."""

STEP = 0.1
"""Brightness at the terminator over what a full cosine of incidence adds to it, to tell the
lit limb from the dark one."""


def incidence_cosine(cameras: Cameras, sample: Float32, line: Float32) -> Float32:
    """Cosine of incidence of the surface that pixels look at.

    Parameters
    ----------
    cameras : Cameras
        Of n frames, on the host.
    sample, line : arrays (n, ...) or (1, ...) float32
        Pixel coordinates.

    Returns
    -------
    array (n, ...) float32
        NaN off the body.
    """
    _, unit_point, _ = intersect(cameras, sample, line)
    gradient = unit_point / np.asarray(cameras.radii_km, dtype=np.float32)
    sun = cameras.sun.astype(np.float32).reshape(len(cameras), *(1,) * (gradient.ndim - 2), 3)
    length = np.sqrt(np.sum(gradient * gradient, axis=-1))
    return np.asarray(np.sum(gradient * sun, axis=-1) / length, dtype=np.float32)


def cosines(cameras: Cameras, sample: Float32, line: Float32) -> tuple[Float32, Float32]:
    """Cosines of incidence and of emission of the surface that pixels look at.

    Parameters and shapes are those of `incidence_cosine`; both are NaN off the body.
    """
    _, unit_point, surface = intersect(cameras, sample, line)
    gradient = unit_point / np.asarray(cameras.radii_km, dtype=np.float32)
    shape = (len(cameras), *(1,) * (gradient.ndim - 2), 3)
    sun = cameras.sun.astype(np.float32).reshape(shape)
    away = cameras.position_km.astype(np.float32).reshape(shape) - surface
    length = np.sqrt(np.sum(gradient * gradient, axis=-1))
    distance = np.sqrt(np.sum(away * away, axis=-1))
    incidence = np.sum(gradient * sun, axis=-1) / length
    emission = np.sum(gradient * away, axis=-1) / (length * distance)
    return np.asarray(incidence, np.float32), np.asarray(emission, np.float32)


@dataclass(frozen=True)
class LimbRegion:
    """Samples at the sunlit limb of one frame, and what must be drawn to model them.

    Parameters
    ----------
    window : tuple of slice
        Lines and samples of the smallest rectangle that holds all that is drawn.
    chosen, drawn : arrays (h, w) bool
        Samples of that rectangle that are fitted, and those whose light reaches them.
    """

    window: tuple[slice, slice]
    chosen: NDArray[np.bool_]
    drawn: NDArray[np.bool_]


def limb_region(cameras: Cameras, shape: tuple[int, int], reach_px: int) -> LimbRegion | None:
    """Samples near the sunlit limb, away from terminator and disc centre.

    Parameters
    ----------
    cameras : Cameras
        Of one frame.
    shape : tuple of int
        Lines and samples.
    reach_px : int
        How far light is spread, px.

    Returns
    -------
    LimbRegion or None
        None where no sunlit limb is in the field.
    """
    lines, samples = shape
    line = np.arange(lines, dtype=np.float32)[None, :, None]
    sample = np.arange(samples, dtype=np.float32)[None, None, :]
    incidence = incidence_cosine(cameras, sample, line)[0]
    body = np.isfinite(incidence).astype(np.float32)
    depth = gaussian_filter(body, INSIDE_PX / 2, mode="nearest")
    bright = Shading(1.0, constant=STEP).radiance(incidence, np.ones_like(incidence))
    lit = gaussian_filter(bright, 3.0, mode="nearest")
    chosen = (depth > 0.02) & (depth < 0.98) & (lit > 0.06)
    if not chosen.any():
        return None
    drawn = maximum_filter(chosen.astype(np.uint8), size=2 * reach_px + 1).astype(bool)
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    window = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    return LimbRegion(window, chosen[window], drawn[window])


def draw_limb(
    states: FrameStates,
    offset: NDArray[np.float64],
    ifov_rad: float,
    region: LimbRegion,
    blur: Blur,
    shading: Shading,
    shape: tuple[int, int],
) -> Float32:
    """Blurred disc along the sunlit limb of one frame.

    Parameters
    ----------
    states : FrameStates
        Of this one frame.
    offset : array (2,) float64
        Pointing (rx, ry), pixels of angle.
    ifov_rad : float
        Angle of one pixel, rad.
    region : LimbRegion
        From `limb_region` at this offset or one nearby.
    blur : Blur
    shading : Shading
        How bright the ground is.
    shape : tuple of int
        Lines and samples of the frame.

    Returns
    -------
    array (h, w) float32
        Radiance, blurred and averaged over each pixel of the region's window; valid within
        a pixel of the chosen samples, without meaning elsewhere.
    """
    cameras = build_cameras(states, ifov_rad, offset=offset[None], shape=shape)
    row, column = np.nonzero(region.drawn)
    top, left = region.window[0].start, region.window[1].start
    part = ((np.arange(OVERSAMPLE) + 0.5) / OVERSAMPLE - 0.5).astype(np.float32)
    incidence, emission = cosines(
        cameras,
        (column + left).astype(np.float32)[None, :, None, None] + part,
        (row + top).astype(np.float32)[None, :, None, None] + part[:, None],
    )
    height, width = region.drawn.shape
    image = np.zeros((height, OVERSAMPLE, width, OVERSAMPLE), dtype=np.float32)
    image[row, :, column, :] = shading.radiance(incidence[0], emission[0])
    fine = image.reshape(height * OVERSAMPLE, width * OVERSAMPLE)
    blurred = blur.spread(fine, OVERSAMPLE).reshape(image.shape)
    return np.asarray(blurred.mean(axis=(1, 3)), dtype=np.float32)
