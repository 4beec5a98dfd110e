"""Point spread function of a map: the camera's blur as the grid shows it.

A point source is blurred by the optics and by the scene's motion during the exposure,
integrated over a pixel, spread evenly over that pixel's footprint by the drizzle, and
averaged over a cell.  Each is a variance; they add up, turned and scaled by the
derivative of cells by pixels.  The result is a 2 x 2 covariance in squared cells.
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.backend import to_host
from hotspots.camera import Cameras
from hotspots.geometry.intersect import intersect, on_device
from hotspots.grid import Grid
from hotspots.gridding.locate import project

__all__ = ["map_spread", "motion_blur"]

Float64 = NDArray[np.float64]

BOX_VARIANCE = 1.0 / 12.0
"""Variance of a box one unit wide."""

STEP = 16
"""Lattice of samples at which the derivative is taken, px."""


def motion_blur(
    exposure_s: Float64, moving: NDArray[np.bool_], optics_px: float, smear_px_per_s: float
) -> Float64:
    """Standard deviations of the blur of frames before the pixel integrates it.

    Parameters
    ----------
    exposure_s : array (n,) float64
        Exposure times, s.
    moving : array (n,) bool
        Frames whose scene runs along the lines because no mirror holds it.
    optics_px : float
        Standard deviation of the optical point spread function, px.
    smear_px_per_s : float
        Speed of the scene along the lines, px/s (860 at 30.5 s a turn).

    Returns
    -------
    array (n, 2) float64
        Along (lines, samples), px: a box of length v t has the variance (v t)^2 / 12.
    """
    smear = np.where(moving, smear_px_per_s * exposure_s, 0.0)
    along_lines = np.sqrt(optics_px**2 + smear**2 * BOX_VARIANCE)
    return np.stack([along_lines, np.full_like(along_lines, optics_px)], axis=-1)


def map_spread(cameras: Cameras, grid: Grid, blur_px: Float64) -> Float64:
    """Covariance of the point spread function of the mean map of some frames.

    Parameters
    ----------
    cameras : Cameras
        Of n frames.
    grid : Grid
        View grid, on which the spread is nearly the same everywhere.
    blur_px : array (n, 2) float64
        From `motion_blur`.

    Returns
    -------
    array (2, 2) float64
        Covariance in (column, row), squared cells: median over the samples on the body
        seen within 60 degrees (all on the body, if none is), mean over frames.
    """
    host = on_device(cameras, np.zeros(1, dtype=np.float32))
    x = np.arange(8.0, 432.0, STEP, dtype=np.float32)
    y = np.arange(8.0, 128.0, STEP, dtype=np.float32)
    places = []
    for shift_x, shift_y in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)):
        column = np.broadcast_to((x + shift_x)[None, None, :], (1, len(y), len(x)))
        line = np.broadcast_to((y + shift_y)[None, :, None], (1, len(y), len(x)))
        _, unit, surface = intersect(host, column.astype(np.float32), line.astype(np.float32))
        places.append(np.stack(project(surface, unit, grid), axis=-1))
    along_x, along_y = places[1] - places[0], places[2] - places[0]
    covariances = []
    for i in range(len(cameras)):
        good = np.isfinite(along_x[i]).all(axis=-1) & np.isfinite(along_y[i]).all(axis=-1)
        if not good.any():
            continue
        jacobian = np.stack(
            [np.median(along_x[i][good], axis=0), np.median(along_y[i][good], axis=0)], axis=-1
        )
        variance = np.array([blur_px[i, 1] ** 2, blur_px[i, 0] ** 2]) + 2 * BOX_VARIANCE
        covariances.append(jacobian @ np.diag(variance) @ jacobian.T + BOX_VARIANCE * np.eye(2))
    if not covariances:
        return np.eye(2)
    return np.asarray(to_host(np.mean(covariances, axis=0)))
