"""Images of surfaces: rays on a grid, each spread by the optics like a point.

Rays stand ``1 / q`` pixels apart, and edges are drawn as partly covered rays: at two rays
a pixel a limb deviates from the exact one by at most 2 % of its step, and in the mean not
at all.  Only the rectangle around the body or the source is traced.
"""

from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

from hotspots.archive.layout import BAND_LINES, SAMPLES
from hotspots.backend import to_host
from hotspots.camera import Cameras
from hotspots.geometry.intersect import faces_body
from hotspots.simulation.optics import Optics, axis_response

__all__ = ["Box", "body_box", "limb_coverage", "spread", "window"]

SMOOTH_SIGMA_PX = 1.5
"""From this width on a Gaussian needs no more than one ray a pixel."""


@dataclass(frozen=True)
class Box:
    """Rectangle of rays.

    Parameters
    ----------
    first_sample, first_line : int
        Pixel whose left (upper) edge is the rectangle's.
    samples, lines : int
        Size, px.
    fineness : int
        Rays per pixel along either axis.
    """

    first_sample: int
    first_line: int
    samples: int
    lines: int
    fineness: int = 1

    def axes(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Sample and line of the columns and rows of rays, px."""
        q = self.fineness
        column, row = np.arange(self.samples * q), np.arange(self.lines * q)
        return (
            self.first_sample - 0.5 + (column + 0.5) / q,
            self.first_line - 0.5 + (row + 0.5) / q,
        )


def window(
    low: tuple[float, float], high: tuple[float, float], margin: tuple[float, float]
) -> Box | None:
    """Rectangle from ``low`` to ``high`` (sample, line) inside the array and a margin.

    Parameters
    ----------
    low, high : tuple of 2 floats
        Sample and line; infinite ends are allowed.
    margin : tuple of 2 floats
        Samples and lines beyond the array from which light still gets in.

    Returns
    -------
    Box or None
        None if nothing of it is left.
    """
    ends = []
    for axis, count in enumerate((SAMPLES, BAND_LINES)):
        first = floor(max(low[axis] + 0.5, -margin[axis]))
        last = ceil(min(high[axis] + 0.5, count + margin[axis]))
        if last <= first:
            return None
        ends.append((first, last - first))
    return Box(ends[0][0], ends[1][0], ends[0][1], ends[1][1])


def _limb_form(camera: Cameras) -> NDArray[np.float64]:
    """Matrix of the limb: ``(1, u, v) Q (1, u, v)`` is positive on the body."""
    constants = np.asarray(to_host(camera.constants)[0], dtype=np.float64).reshape(2, 3, 3)
    direction, moment = constants
    return np.asarray(direction @ direction.T - moment @ moment.T)


def body_box(camera: Cameras, margin: tuple[float, float]) -> Box | None:
    """Rectangle around the body in a frame, its limb pixels included.

    Parameters
    ----------
    camera : Cameras
        Of one frame.
    margin : tuple of 2 floats
        As in `window`.

    Returns
    -------
    Box or None
        None if the body is out of view.
    """
    if not faces_body(camera)[0]:
        return None
    form = _limb_form(camera)
    curved, slope = -form[1:, 1:], form[0, 1:]
    everything = window((-np.inf, -np.inf), (np.inf, np.inf), margin)
    if not (curved[0, 0] > 0 and np.linalg.det(curved) > 0):
        return everything
    inverse = np.linalg.inv(curved)
    centre = inverse @ slope
    height = form[0, 0] + slope @ centre
    if height <= 0:
        return None
    half = np.sqrt(height * np.diag(inverse)) + 1.0
    middle = centre + np.asarray(to_host(camera.origin)[0], dtype=np.float64)
    low, high = middle - half, middle + half
    return window((low[0], low[1]), (high[0], high[1]), margin)


def limb_coverage(camera: Cameras, box: Box) -> tuple[NDArray[np.float64], ...]:
    """How much of every ray's box the body covers, and where to look for what is there.

    Parameters
    ----------
    camera : Cameras
        Of one frame.
    box : Box

    Returns
    -------
    coverage : array (rows, columns) float64
        From 0 to 1, by the distance of the limb.
    sample, line : arrays (rows, columns) float64
        The ray itself, moved inside the limb where its box is covered in part.
    """
    form = _limb_form(camera)
    origin = np.asarray(to_host(camera.origin)[0], dtype=np.float64)
    sample, line = box.axes()
    u, v = np.meshgrid(sample - origin[0], line - origin[1])
    by_u = 2 * (form[0, 1] + form[1, 1] * u + form[1, 2] * v)
    by_v = 2 * (form[0, 2] + form[1, 2] * u + form[2, 2] * v)
    level = form[0, 0] + form[0, 1] * u + form[0, 2] * v + 0.5 * (u * by_u + v * by_v)
    steepness = np.maximum(np.hypot(by_u, by_v), 1e-300)
    inside_px = level / steepness
    coverage = np.clip(inside_px * box.fineness + 0.5, 0.0, 1.0)
    move = np.where((coverage > 0) & (inside_px < 0.05), (0.05 - inside_px) / steepness, 0.0)
    return coverage, u + origin[0] + move * by_u, v + origin[1] + move * by_v


def spread(radiance: Any, box: Box, optics: Optics, smear_px: float) -> Any:
    """Image that the optics, the pixels and the smear make of a rectangle of rays.

    Parameters
    ----------
    radiance : array (rows, columns) float32
        Radiance of the rays of ``box``; 0 off the surface.
    box : Box
    optics : Optics
    smear_px : float
        Length of the smear along lines, px.

    Returns
    -------
    array (lines, samples) float32
    """
    xp = array_namespace(radiance)
    place = device(radiance)
    coarse, pixels = _binned(radiance, box.fineness), replace(box, fineness=1)
    image: Any = 0.0
    for weight, sigma_sample, sigma_line in optics.components:
        smooth = min(sigma_sample, sigma_line) >= SMOOTH_SIGMA_PX
        rays, grid = (coarse, pixels) if smooth else (radiance, box)
        across, along = _responses(grid, sigma_sample, sigma_line, smear_px)
        across = xp.asarray(weight / grid.fineness**2 * across, dtype=xp.float32, device=place)
        along = xp.asarray(along.T, dtype=xp.float32, device=place)
        image = image + xp.matmul(along, xp.matmul(rays, across))
    return image


def _binned(radiance: Any, fineness: int) -> Any:
    """Mean of the rays of every pixel."""
    if fineness == 1:
        return radiance
    xp = array_namespace(radiance)
    rows, columns = radiance.shape
    shape = (rows // fineness, fineness, columns // fineness, fineness)
    return xp.mean(xp.reshape(radiance, shape), axis=(1, 3))


def _responses(
    box: Box, sigma_sample: float, sigma_line: float, smear_px: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Responses (columns, samples) of all samples and (rows, lines) of all lines to rays."""
    across = _axis(box.first_sample, box.samples, box.fineness, SAMPLES, sigma_sample, 0.0)
    along = _axis(box.first_line, box.lines, box.fineness, BAND_LINES, sigma_line, smear_px)
    return across, along


def _axis(
    first: int, length: int, fineness: int, count: int, sigma_px: float, smear_px: float
) -> NDArray[np.float32]:
    """Response of ``count`` pixels to the rays of one axis, (length * fineness, count).

    It depends on the distance alone: one row for each place of a ray within its pixel.
    """
    within = (np.arange(fineness) + 0.5) / fineness - 0.5
    last = max(first + length - 1, 0)
    reach = last + max(count, count - first)
    smear = np.full(fineness, smear_px) if smear_px > 0 else None
    rows = axis_response(last + within, reach, sigma_px, smear)
    pixel = first + np.arange(length)
    index = last + np.arange(count) - pixel[:, None]
    response = rows.astype(np.float32)[:, index]
    return np.asarray(response.transpose(1, 0, 2).reshape(length * fineness, count))
