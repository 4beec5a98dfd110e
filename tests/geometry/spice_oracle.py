"""SPICE asked pixel by pixel: the slow truth that the cameras are held against."""

import numpy as np
import spiceypy
from scipy.spatial.transform import Rotation

__all__ = ["camera_rays", "spice_pixels"]


def camera_rays(sample, line, offset, ifov_rad):
    """Directions in the camera frame that SPICE predicts for pixels of a moved scene.

    A pointing offset (rx, ry) turns the camera about its own Y axis by +ry and then about
    its X axis by -rx pixels of angle.
    """
    rays = np.stack(
        [ifov_rad * (63.5 - line), ifov_rad * (215.5 - sample), np.ones_like(line)], axis=-1
    )
    about_y = Rotation.from_rotvec([0.0, offset[1] * ifov_rad, 0.0])
    about_x = Rotation.from_rotvec([-offset[0] * ifov_rad, 0.0, 0.0])
    return np.ascontiguousarray((about_y * about_x).apply(rays))


def spice_pixels(et, frame, rays):
    """Surface points (k, 3) km, ranges, and angles of emission, incidence and phase (deg).

    Converged light time with stellar aberration (``CN+S``); NaN where a ray misses Io.
    """
    points, ranges = np.full((len(rays), 3), np.nan), np.full(len(rays), np.nan)
    angles = np.full((len(rays), 3), np.nan)
    for i, ray in enumerate(rays):
        try:
            point, _, vector = spiceypy.sincpt(
                "ELLIPSOID", "IO", et, "IAU_IO", "CN+S", "JUNO", frame, ray
            )
        except spiceypy.utils.exceptions.NotFoundError:
            continue
        _, _, phase, incidence, emission = spiceypy.ilumin(
            "ELLIPSOID", "IO", et, "IAU_IO", "CN+S", "JUNO", point
        )
        points[i], ranges[i] = point, np.linalg.norm(vector)
        angles[i] = np.degrees([emission, incidence, phase])
    return points, ranges, angles
