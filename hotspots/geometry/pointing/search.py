"""First guess of where a frame looked: correlation with the sunlit disc it should show.

The predicted disc is drawn once a frame on a canvas of angles that holds every shift of
the search window, and compared with the image by masked normalised correlation, all
shifts at once by FFT.  Lines of the canvas are turns about the camera's Y axis, so a
shift of 7 degrees costs no distortion.  Everything is binned 2 x 2: the limb fit
that follows needs a start within a few pixels only.
"""

from typing import Any

import numpy as np
from array_api_compat import array_namespace
from numpy.typing import NDArray
from scipy.fft import next_fast_len

from hotspots.body import IO_RADII_KM
from hotspots.config import PointingSettings
from hotspots.geometry.cameras import ARRAY_MIDDLE, build_cameras
from hotspots.geometry.pointing.disc import incidence_cosine
from hotspots.geometry.state import FrameStates

__all__ = ["BIN", "correlation_scores", "disc_canvas", "shift_axes"]

Float64 = NDArray[np.float64]

BIN = 2
"""Side of the squares that image and canvas are averaged over, px."""

STRIP = 16
"""Binned lines of the canvas that are drawn by one turned camera."""


def shift_axes(settings: PointingSettings) -> tuple[Float64, Float64]:
    """Offsets (rx, ry) in pixels that the columns and rows of a score array stand for."""
    rx = settings.search_samples - BIN * np.arange(settings.search_samples // BIN * 2 + 1)
    ry = settings.search_lines - BIN * np.arange(settings.search_lines // BIN * 2 + 1)
    return rx.astype(np.float64), ry.astype(np.float64)


def disc_canvas(
    states: FrameStates,
    ifov_rad: float,
    settings: PointingSettings,
    brightness: tuple[float, float],
    shape: tuple[int, int] = (128, 432),
) -> Float64:
    """Sunlit disc that one frame would show, over all shifts of the search window.

    Parameters
    ----------
    states : FrameStates
        Of one frame.
    ifov_rad : float
        Angle of one pixel, rad.
    settings : PointingSettings
        Half widths of the search window, px.
    brightness : tuple of float
        (a, b): radiance a cos(incidence) + b of the sunlit disc, W m-2 sr-1.
    shape : tuple of int
        Lines and samples of the half frame.

    Returns
    -------
    array ((lines + 2 search_lines) / 2, (samples + 2 search_samples) / 2) float64
        Expected radiance, W m-2 sr-1, zero off the disc and at night.
    """
    pad_x = settings.search_samples // BIN * BIN
    pad_y = settings.search_lines // BIN * BIN
    half = (BIN - 1) / 2
    x = np.arange(-pad_x, shape[1] + pad_x, BIN) + half
    y = np.arange(-pad_y, shape[0] + pad_y, BIN) + half
    canvas = np.zeros((len(y), len(x)))
    n_strips = -(-len(y) // STRIP)
    first = y[0] + BIN * STRIP * np.arange(n_strips)
    strips = np.flatnonzero(_may_show_body(first, states, ifov_rad))
    if not len(strips):
        return canvas
    # every strip is a camera of its own, turned so that the strip is in its middle
    turn = ARRAY_MIDDLE[1] - (first[strips] + BIN * (STRIP - 1) / 2)
    cameras = build_cameras(
        states.select([0] * len(strips)),
        ifov_rad,
        offset=np.stack([np.zeros_like(turn), turn], axis=-1),
        shape=shape,
    )
    line = (ARRAY_MIDDLE[1] + BIN * (np.arange(STRIP) - (STRIP - 1) / 2)).astype(np.float32)
    mu0 = incidence_cosine(cameras, x.astype(np.float32)[None, None, :], line[None, :, None])
    radiance = np.where(mu0 > 0, brightness[0] * mu0 + brightness[1], 0.0)
    for strip, drawn in zip(strips, radiance, strict=True):
        part = canvas[strip * STRIP : (strip + 1) * STRIP]
        part[:] = drawn[: len(part)]
    return canvas


def _may_show_body(first: Float64, states: FrameStates, ifov_rad: float) -> NDArray[np.bool_]:
    """Strips of the canvas, by their first line, that the body can reach into."""
    position = states.position_km[0]
    distance = float(np.linalg.norm(position))
    seen = states.rotation[0].T @ (states.beta[0] - position / distance)
    radius = np.arcsin(min(IO_RADII_KM[0] / distance, 1.0))
    aside = np.cos(np.arcsin(np.clip(seen[1], -1, 1)))
    if np.sin(radius) >= aside:
        return np.ones(len(first), dtype=bool)
    # great circles of equal turn are lines of the canvas; the body spans this much of them
    reach = np.arcsin(np.sin(radius) / aside) / ifov_rad + 2 * BIN
    centre = ARRAY_MIDDLE[1] - np.arctan2(seen[0], seen[2]) / ifov_rad
    height = BIN * STRIP
    return np.asarray((first + height > centre - reach) & (first < centre + reach))


def correlation_scores(images: Any, usable: Any, canvases: Any) -> tuple[Any, Any]:
    """Masked normalised correlation of images with canvases at every shift.

    Parameters
    ----------
    images : array (n, h, w)
        Binned radiance.
    usable : array (n, h, w)
        1 for samples to use, 0 for others; same dtype as ``images``.
    canvases : array (n, H, W)
        Binned predictions, H >= h and W >= w.

    Returns
    -------
    correlation : array (n, H - h + 1, W - w + 1)
        Pearson correlation over the usable samples, in [-1, 1].
    score : array, same shape
        ``N r |r|`` with N the number of usable samples: what the disc explains of the
        image's variance, in units of that variance.  Zero where the prediction is flat.
    """
    xp = array_namespace(images)
    height, width = images.shape[-2:]
    rows, columns = canvases.shape[-2] - height + 1, canvases.shape[-1] - width + 1
    size = (next_fast_len(canvases.shape[-2]), next_fast_len(canvases.shape[-1]))

    def spectrum(array: Any) -> Any:
        return xp.fft.rfftn(array, s=size, axes=(-2, -1))

    def correlate(left: Any, right: Any) -> Any:
        full = xp.fft.irfftn(xp.conj(left) * right, s=size, axes=(-2, -1))
        return full[..., :rows, :columns]

    count = xp.sum(usable, axis=(-2, -1), keepdims=True)
    count = xp.where(count > 0, count, xp.ones_like(count))
    mean = xp.sum(images * usable, axis=(-2, -1), keepdims=True) / count
    deviation = (images - mean) * usable
    variance = xp.sum(deviation**2, axis=(-2, -1), keepdims=True)
    mask, canvas = spectrum(usable), spectrum(canvases)
    total = correlate(mask, canvas)
    spread = correlate(mask, spectrum(canvases**2)) - total**2 / count
    floor = 1e-4 * xp.max(spread, axis=(-2, -1), keepdims=True)
    flat = (spread <= floor) | (spread * variance <= 0)
    safe = xp.where(flat, xp.ones_like(spread), spread * variance)
    correlation = xp.where(
        flat, xp.zeros_like(spread), correlate(spectrum(deviation), canvas) / xp.sqrt(safe)
    )
    return correlation, correlation * xp.abs(correlation) * count
