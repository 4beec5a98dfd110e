r"""The spectrometer's slit: one line of 256 pixels, through the same telescope.

The frame JUNO_JIRAM_S has the axes of the camera's frames, and its pixel of row r, counted
from 0 at +Y like the camera's samples, looks along

.. math:: d = (0,\; ifov\,(127.5 - r),\; 1).

These are the directions of samples 88 to 343 at line 63.5 of a half frame that looked
along +Z of the slit's frame, so that the camera's formulas serve (facts of the frame and
instrument kernels v12 and v02).

The slit is open for a second.  The mirror takes the spin out, but not the flight: Io
moves by a pixel or two meanwhile, so a slit has one camera for each of several moments.
The body turns by 4e-5 rad in a second, 80 m on the ground, which is left out.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.spectrometer.layout import SLIT_PIXELS
from hotspots.body import SPEED_OF_LIGHT_KM_S, latitude_longitude
from hotspots.camera import Cameras
from hotspots.geometry.cameras import ARRAY_MIDDLE, build_cameras
from hotspots.geometry.intersect import intersect
from hotspots.geometry.projection import project_points
from hotspots.geometry.state import FrameStates

__all__ = [
    "SLIT_FRAME",
    "Footprints",
    "PointsInSlit",
    "slit_cameras",
    "slit_footprints",
    "slit_positions",
]

Float64 = NDArray[np.float64]

SLIT_FRAME = "JUNO_JIRAM_S"

FIRST_SAMPLE = ARRAY_MIDDLE[0] - (SLIT_PIXELS - 1) / 2
"""Sample of the stand-in half frame at which row 0 lies."""

MOMENTS = 8
"""Moments of an exposure: the scene moves by a quarter of a pixel between them."""


@dataclass(frozen=True)
class Footprints:
    """Where the pixels of a slit look in the middle of the exposure.

    Parameters
    ----------
    lat_deg, lon_east_deg : arrays (256,) float64
        NaN off the body.
    """

    lat_deg: Float64
    lon_east_deg: Float64


@dataclass(frozen=True)
class PointsInSlit:
    """Surface points (k) against the slit, at n moments of one exposure.

    Parameters
    ----------
    along_px : array (n, k) float64
        Row at which the point appears, fractions from pixel centres; NaN out of view.
    across_px : array (n, k) float64
        Distance from the middle of the slit, px.
    cos_emission : array (k,) float64
        Mean cosine of the angle of emission.
    range_km : array (k,) float64
        Mean distance.
    """

    along_px: Float64
    across_px: Float64
    cos_emission: Float64
    range_km: Float64


def slit_cameras(
    state: FrameStates, offset_px: Float64, exposure_s: float, ifov_rad: float
) -> Cameras:
    """Cameras of a slit at evenly spaced moments of its exposure.

    Parameters
    ----------
    state : FrameStates of length 1
        Of `SLIT_FRAME` at the start of exposure.
    offset_px : array (2,) float64
        Pointing correction (rx, ry), pixels of angle, as of a frame of the camera: the
        two look through one telescope and one mirror.
    exposure_s : float
        Seconds in which the attitude stays and the spacecraft flies on.
    ifov_rad : float
        Angle of one pixel, rad.

    Returns
    -------
    Cameras of `MOMENTS` frames
    """
    middle = (np.arange(MOMENTS) + 0.5) / MOMENTS * exposure_s
    flight_km = middle[:, None] * state.beta * SPEED_OF_LIGHT_KM_S
    moments = replace(
        state.select([0] * MOMENTS), et=state.et + middle, position_km=state.position_km + flight_km
    )
    offsets = np.tile(np.asarray(offset_px, np.float64), (MOMENTS, 1))
    return build_cameras(moments, ifov_rad, offset=offsets)


def slit_footprints(cameras: Cameras) -> Footprints:
    """Places on the ground of all pixels of a slit.

    Parameters
    ----------
    cameras : Cameras
        From `slit_cameras`.

    Returns
    -------
    Footprints
    """
    sample = np.arange(SLIT_PIXELS, dtype=np.float32)[None] + np.float32(FIRST_SAMPLE)
    line = np.full_like(sample, ARRAY_MIDDLE[1])
    _, _, surface = intersect(cameras.select([MOMENTS // 2]), sample, line)
    lat, lon = latitude_longitude(np.asarray(surface[0], np.float64))
    return Footprints(lat, lon)


def slit_positions(cameras: Cameras, points_km: Float64) -> PointsInSlit:
    """Where surface points appear against the slit.

    Parameters
    ----------
    cameras : Cameras
        From `slit_cameras`.
    points_km : array (k, 3) float64
        Body-fixed, km.

    Returns
    -------
    PointsInSlit
    """
    seen = project_points(cameras, points_km)
    return PointsInSlit(
        along_px=seen.sample - FIRST_SAMPLE,
        across_px=seen.line - ARRAY_MIDDLE[1],
        cos_emission=np.mean(seen.cos_emission, axis=0),
        range_km=np.mean(seen.range_km, axis=0),
    )
