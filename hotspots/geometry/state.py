"""SPICE on the host: where the spacecraft was and how each camera was turned.

SPICE is asked once a frame, in float64; pixels never reach it.  The epoch is the
start of exposure, which reproduces the archive's own label geometry (the mirror
holds the scene still from then on); everything that the frame kernel does not know
(the parked mirror from orbit 44 on) is left to `hotspots.geometry.pointing`.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import spiceypy
from numpy.typing import NDArray
from spiceypy.utils.exceptions import SpiceyError

from hotspots.body import IO_FRAME, IO_NAME, SPEED_OF_LIGHT_KM_S
from hotspots.errors import KernelError

__all__ = ["FrameStates", "frame_states"]

Float64 = NDArray[np.float64]

SPACECRAFT = "JUNO"

JUPITER_RADIUS_KM = 71492.0
"""Equatorial radius at 1 bar (pck00011)."""


@dataclass(frozen=True)
class FrameStates:
    """Float64 geometry of n frames of one band.

    Parameters
    ----------
    et : array (n,)
        Start of exposure, TDB seconds past J2000.
    position_km : array (n, 3)
        Spacecraft from the body's centre at ``et``, geometric, in the body-fixed
        axes of ``et`` minus light time.
    rotation : array (n, 3, 3)
        Takes camera axes to those body-fixed axes.
    beta : array (n, 3)
        Velocity of the spacecraft relative to the body over the speed of light, in
        the same axes.
    sun : array (n, 3)
        Unit vector from the body's centre to the Sun (light time and aberration).
    sun_distance_km : array (n,)
        Distance of the Sun, km.
    eclipsed : array (n,) bool
        Whether the body's centre lies in Jupiter's shadow.
    """

    et: Float64
    position_km: Float64
    rotation: Float64
    beta: Float64
    sun: Float64
    sun_distance_km: Float64
    eclipsed: NDArray[np.bool_]

    def __len__(self) -> int:
        return int(self.et.shape[0])

    def select(self, indices: list[int]) -> Self:
        """Return the states of the frames at ``indices``, in that order."""
        names = ("et", "position_km", "rotation", "beta", "sun", "sun_distance_km", "eclipsed")
        return replace(self, **{name: getattr(self, name)[indices] for name in names})


def frame_states(et: Float64, camera_frame: str) -> FrameStates:
    """Ask SPICE for the states of one camera at many epochs.

    Parameters
    ----------
    et : array (n,) float64
        Start of exposure, TDB seconds past J2000.
    camera_frame : str
        SPICE frame of the band, e.g. ``"JUNO_JIRAM_I_MBAND"``.

    Returns
    -------
    FrameStates

    Raises
    ------
    KernelError
        If the furnished kernels do not cover an epoch or lack a body or frame.

    Notes
    -----
    Light travels ``|position| / c``; the body's orientation is taken that much
    earlier, its place and velocity at ``et``.  Together with rays aberrated by the
    relative velocity (`hotspots.geometry.cameras`) this equals SPICE's converged
    Newtonian light time with stellar aberration to 0.0012 pixel.
    """
    n = len(et)
    position, beta = np.empty((n, 3)), np.empty((n, 3))
    rotation, sun, sun_distance = np.empty((n, 3, 3)), np.empty((n, 3)), np.empty(n)
    eclipsed = np.zeros(n, dtype=bool)
    for i, epoch in enumerate(np.asarray(et, dtype=np.float64)):
        try:
            state, _ = spiceypy.spkezr(SPACECRAFT, epoch, "J2000", "NONE", IO_NAME)
            seen = epoch - np.linalg.norm(state[:3]) / SPEED_OF_LIGHT_KM_S
            to_body = spiceypy.pxform("J2000", IO_FRAME, seen)
            rotation[i] = to_body @ spiceypy.pxform(camera_frame, "J2000", epoch)
            towards_sun, _ = spiceypy.spkpos("SUN", seen, IO_FRAME, "LT+S", IO_NAME)
            jupiter, _ = spiceypy.spkpos("JUPITER", seen, IO_FRAME, "LT", IO_NAME)
        except SpiceyError as error:
            detail = str(getattr(error, "short", "")) or type(error).__name__
            msg = (
                f"no geometry of {camera_frame} at ET {epoch:.3f} ({detail}): "
                "add the SPK and CK kernels that cover this time to the metakernel"
            )
            raise KernelError(msg) from error
        position[i] = to_body @ state[:3]
        beta[i] = to_body @ state[3:] / SPEED_OF_LIGHT_KM_S
        sun_distance[i] = np.linalg.norm(towards_sun)
        sun[i] = towards_sun / sun_distance[i]
        eclipsed[i] = _in_shadow(jupiter, sun[i])
    epochs = np.asarray(et, np.float64)
    return FrameStates(epochs, position, rotation, beta, sun, sun_distance, eclipsed)


def _in_shadow(jupiter_km: Float64, sun: Float64) -> bool:
    """Whether Jupiter stands in front of the Sun's centre (equatorial radius, no penumbra)."""
    along = float(jupiter_km @ sun)
    across = float(np.linalg.norm(jupiter_km - along * sun))
    return along > 0 and across < JUPITER_RADIUS_KM
