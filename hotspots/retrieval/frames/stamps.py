"""`FrameStamps`: the samples of all frames of one band around predicted places.

One stamp is one point in one frame.  Its samples overlap with those of neighbouring
points; what belongs together in a fit is told by `hotspots.retrieval.frames.equations`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.backend import to_host
from hotspots.geometry.projection import pixel_solid_angle, project_points
from hotspots.gridding.planes import cameras_of
from hotspots.planck import BANDS, hemispheric_power_gw_um
from hotspots.retrieval.frames.ground import moved
from hotspots.swath import Flag, Swath

__all__ = ["FrameStamps", "cut_stamps"]

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]
Mask = NDArray[np.bool_]

STEP_KM = 0.2
"""Way on the ground over which derivatives of pixels are taken."""

LEAST_COS_EMISSION = 0.17
"""Points seen more obliquely are not measured (80 degrees)."""


@dataclass(frozen=True)
class FrameStamps:
    """Windows of h lines and w samples about p points in the n frames of one band.

    Parameters
    ----------
    band : str
        ``"L"`` or ``"M"``.
    product_ids : tuple of str, length n
        Frames.
    point, frame : arrays (s,) int64
        What each stamp shows, and in which frame.
    sample, line : arrays (s,) float64
        Predicted place of the point, px.
    first_sample, first_line : arrays (s,) int64
        Corner of the window in the frame; it may lie outside.
    jacobian : array (s, 2, 2) float64
        Derivative of (sample, line) by km (east, north) on the ground.
    light_per_gw_um : array (s,) float64
        Sum over pixels of the band radiance, W m-2 sr-1, that a spectral power of 1 GW/um
        at the point makes in this frame (range, emission angle and solid angle of a pixel).
    cos_emission, range_km : arrays (s,) float64
    smear_px : array (s,) float64
        Way of the scene along the lines during the exposure.
    values, sigma : arrays (s, h, w) float64
        Band radiance less the model of reflected sunlight, and its standard deviation,
        W m-2 sr-1.
    usable : array (s, h, w) bool
        Samples of the body that say something.
    limit : array (s, h, w) bool
        Usable samples beyond the linear range: the true value is at least ``values``.
    sunlit : array (s,) bool
        Whether the Sun shines on the point.
    """

    band: str
    product_ids: tuple[str, ...]
    point: Int64
    frame: Int64
    sample: Float64
    line: Float64
    first_sample: Int64
    first_line: Int64
    jacobian: Float64
    light_per_gw_um: Float64
    cos_emission: Float64
    range_km: Float64
    smear_px: Float64
    values: Float64
    sigma: Float64
    usable: Mask
    limit: Mask
    sunlit: Mask

    def __len__(self) -> int:
        return len(self.point)

    @property
    def offset_sample(self) -> Float64:
        """Sample of every column of the window less that of the point, (s, w), px."""
        across = np.arange(self.values.shape[2])
        return np.asarray(self.first_sample[:, None] + across - self.sample[:, None])

    @property
    def offset_line(self) -> Float64:
        """Line of every row of the window less that of the point, (s, h), px."""
        along = np.arange(self.values.shape[1])
        return np.asarray(self.first_line[:, None] + along - self.line[:, None])


def cut_stamps(
    swath: Swath,
    sunlight: NDArray[np.float32],
    smear_px: Float64,
    linear_radiance: Float64,
    points_km: Float64,
    reach_px: int,
) -> FrameStamps:
    """Cut the windows of all points out of all frames that show them.

    Parameters
    ----------
    swath : Swath
        One band of a visit, with cameras and all flags.
    sunlight : array (n, lines, samples) float32
        Model of reflected sunlight.
    smear_px : array (n,) float64
        Way of the scene along the lines.
    linear_radiance : array (n,) float64
        Band radiance from which a sample of the frame is but a lower limit.
    points_km : array (p, 3) float64
        Body-fixed surface points.
    reach_px : int
        Half width of a window; along the lines half the longest smear comes on top.

    Returns
    -------
    FrameStamps
        Without stamps where no frame shows a point.
    """
    cameras, band = cameras_of(swath), BANDS[swath.band]
    _, lines, samples = swath.values.shape
    seen = project_points(cameras, points_km)
    inside = (
        seen.facing
        & (seen.cos_emission > LEAST_COS_EMISSION)
        & (np.nan_to_num(seen.sample, nan=-9.0) > -0.5)
        & (seen.sample < samples - 0.5)
        & (np.nan_to_num(seen.line, nan=-9.0) > -0.5)
        & (seen.line < lines - 0.5)
    )
    frame, point = np.nonzero(inside)
    sample, line = seen.sample[frame, point], seen.line[frame, point]
    columns = []
    for step in ((STEP_KM, 0.0), (0.0, STEP_KM)):
        shifted = project_points(cameras, moved(points_km, np.tile(step, (len(points_km), 1))))
        apart = [shifted.sample[frame, point] - sample, shifted.line[frame, point] - line]
        columns.append(np.stack(apart, axis=-1) / STEP_KM)
    half_lines = reach_px + int(np.ceil(0.5 * smear_px.max(initial=0.0)))
    first_line = np.rint(line).astype(np.int64) - half_lines
    first_sample = np.rint(sample).astype(np.int64) - reach_px
    rows = first_line[:, None, None] + np.arange(2 * half_lines + 1)[None, :, None]
    across = first_sample[:, None, None] + np.arange(2 * reach_px + 1)[None, None, :]
    within = (rows >= 0) & (rows < lines) & (across >= 0) & (across < samples)
    where = (frame[:, None, None], rows.clip(0, lines - 1), across.clip(0, samples - 1))
    flags = to_host(swath.flags)[where]
    values = to_host(swath.values)[where].astype(np.float64)
    ground = to_host(sunlight)[where]
    usable = within & ((flags & int(Flag.unusable() | Flag.OFF_BODY)) == 0)
    bent = (flags & int(Flag.SATURATED | Flag.NONLINEAR)) != 0
    limit = usable & (bent | (values > linear_radiance[frame][:, None, None]))
    area_m2 = (seen.range_km[frame, point] * 1e3) ** 2 * pixel_solid_angle(
        sample, line, cameras.ifov_rad
    )
    area_km2 = area_m2 / seen.cos_emission[frame, point] / 1e6
    return FrameStamps(
        band=swath.band,
        product_ids=swath.product_ids,
        point=point,
        frame=frame,
        sample=sample,
        line=line,
        first_sample=first_sample,
        first_line=first_line,
        jacobian=np.stack(columns, axis=-1),
        light_per_gw_um=1.0 / np.asarray(hemispheric_power_gw_um(band, area_km2)),
        cos_emission=seen.cos_emission[frame, point],
        range_km=seen.range_km[frame, point],
        smear_px=smear_px[frame],
        values=values - ground,
        sigma=to_host(swath.sigma)[where].astype(np.float64),
        usable=usable,
        limit=limit,
        sunlit=ground[:, half_lines, reach_px] > 0,
    )
