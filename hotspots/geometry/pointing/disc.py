"""The sunlit disc at a given pointing, drawn with the same float32 code as everything else."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, maximum_filter

from hotspots.camera import Cameras
from hotspots.geometry.cameras import build_cameras
from hotspots.geometry.intersect import intersect
from hotspots.geometry.state import FrameStates

__all__ = ["SUNLIT", "LimbTemplate", "incidence_cosine", "limb_template"]

Float32 = NDArray[np.float32]
LimbTemplate = tuple[Float32, NDArray[np.bool_]]
"""Model image (lines, samples), right at and next to the chosen samples; chosen samples."""

INSIDE_PX = 7
"""Depth of the fitted band inside the limb, px; outside it is as wide as the blur needs."""

OVERSAMPLE = 2
"""Sub-samples a pixel side with which the limb is drawn."""

SUNLIT = {"L": (0.0251, 0.0018), "M": (0.0097, 0.0024)}
"""(a, b): sunlit Io is about a cos(incidence) + b W m-2 sr-1 (J. Perry's fit to public
frames); good to a factor of two, enough to expect a disc."""


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


def limb_template(
    states: FrameStates,
    offset: NDArray[np.float64],
    ifov_rad: float,
    blur_px: tuple[float, float],
    shape: tuple[int, int],
    step: float,
) -> LimbTemplate:
    """Blurred disc along the sunlit limb of one frame.

    Parameters
    ----------
    states : FrameStates
        Of this one frame.
    offset : array (2,) float64
        Pointing (rx, ry), pixels of angle.
    ifov_rad : float
        Angle of one pixel, rad.
    blur_px : tuple of float
        Standard deviation of the point spread function, (lines, samples), px.
    shape : tuple of int
        Lines and samples.
    step : float
        Brightness at the terminator over what a full cosine of incidence adds to it.

    Returns
    -------
    model : array (lines, samples) float32
        Cosine of incidence plus ``step`` on the day side, blurred and averaged
        over each pixel; valid within a pixel of ``chosen``, without meaning elsewhere.
    chosen : array (lines, samples) bool
        Samples near the sunlit limb (neither terminator nor disc centre).
    """
    lines, samples = shape
    cameras = build_cameras(states, ifov_rad, offset=offset[None], shape=shape)
    line = np.arange(lines, dtype=np.float32)[None, :, None]
    sample = np.arange(samples, dtype=np.float32)[None, None, :]
    coarse = incidence_cosine(cameras, sample, line)[0]
    body = np.isfinite(coarse).astype(np.float32)
    depth = gaussian_filter(body, INSIDE_PX / 2, mode="nearest")
    lit = gaussian_filter(_brightness(coarse, step), 3.0, mode="nearest")
    chosen = (depth > 0.02) & (depth < 0.98) & (lit > 0.06)
    reach = int(np.ceil(4 * max(blur_px))) + 1
    drawn = maximum_filter(chosen.astype(np.uint8), size=2 * reach + 1).astype(bool)
    row, column = np.nonzero(drawn)
    part = ((np.arange(OVERSAMPLE) + 0.5) / OVERSAMPLE - 0.5).astype(np.float32)
    fine = incidence_cosine(
        cameras,
        column.astype(np.float32)[None, :, None, None] + part,
        row.astype(np.float32)[None, :, None, None] + part[:, None],
    )[0]
    image = np.zeros((lines, OVERSAMPLE, samples, OVERSAMPLE), dtype=np.float32)
    image[row, :, column, :] = _brightness(fine, step)
    blurred = gaussian_filter(
        image.reshape(lines * OVERSAMPLE, samples * OVERSAMPLE),
        (blur_px[0] * OVERSAMPLE, blur_px[1] * OVERSAMPLE),
        mode="nearest",
    ).reshape(image.shape)
    return blurred.mean(axis=(1, 3), dtype=np.float32), chosen


def _brightness(cosine: Float32, step: float) -> Float32:
    lit = np.nan_to_num(cosine, nan=-1.0)
    return np.asarray(np.where(lit > 0, lit + np.float32(step), np.float32(0)))
