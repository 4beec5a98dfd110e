"""Frames that were taken for the dark sky although they look at the night side.

Io at night is as dark as the sky but for its hot spots.  Raw frames that it fills agree
with each other, and with the sky, to the read noise: a dark may well be made of them, for
hot spots wander over the detector and drop out.  Whether they are empty, only geometry
can tell.
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.geometry.cameras import corrected_rotation
from hotspots.geometry.host import pixel_to_surface
from hotspots.geometry.state import FrameStates

__all__ = ["body_share", "without_night_frames"]

STEP_PX = 8
"""Samples and lines between the lines of sight that are tried."""

FILLED = 0.3
"""Part of the field from which a frame is of Io, whatever it looks like.  The offset of a
visit is uncertain by 5 px before its frames are looked at, a hundredth of the field."""


def body_share(
    states: FrameStates, offset: NDArray[np.float64], ifov_rad: float, shape: tuple[int, int]
) -> NDArray[np.float64]:
    """Part of the field that the body fills.

    Parameters
    ----------
    states : FrameStates
        Geometry of n frames.
    offset : array (2,) float64
        Pointing offset (rx, ry), px of angle.
    ifov_rad : float
        Angle of one pixel, rad.
    shape : tuple of int
        Lines and samples of the field.

    Returns
    -------
    array (n,) float64
        0 to 1.
    """
    line, sample = np.meshgrid(
        np.arange(0.0, shape[0], STEP_PX), np.arange(0.0, shape[1], STEP_PX), indexing="ij"
    )
    rotation = corrected_rotation(states.rotation, np.tile(offset, (len(states), 1)), ifov_rad)
    return np.array(
        [
            np.isfinite(
                pixel_to_surface(
                    sample, line, states.position_km[i], rotation[i], states.beta[i], ifov_rad
                )[..., 0]
            ).mean()
            for i in range(len(states))
        ]
    )


def without_night_frames(
    known_empty: dict[str, str],
    product_ids: tuple[str, ...],
    share: NDArray[np.float64],
) -> dict[str, str]:
    """Leave out frames that the body fills.

    Parameters
    ----------
    known_empty : dict of str to str
        Products that look empty, and why.
    product_ids : tuple of str
        Products that ``share`` is of.
    share : array (n,) float64
        From `body_share`.

    Returns
    -------
    dict of str to str
        Those of ``known_empty`` that are.
    """
    filled = {name for name, part in zip(product_ids, share, strict=True) if part > FILLED}
    return {name: reason for name, reason in known_empty.items() if name not in filled}
