"""What the frames of a visit err by together, and what each errs by alone.

A wrong visit's offset, or a limb that all frames see in the same light, moves all frames
alike and so moves every source; what a frame errs by alone moves its sources against
those of the other frames.  Whoever joins frames needs to know the two apart.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["split_covariance"]

Float64 = NDArray[np.float64]


def split_covariance(joint: Float64) -> tuple[Float64, Float64]:
    """Split the joint covariance of frames into a shared part and one of each frame.

    Parameters
    ----------
    joint : array (n, 2, n, 2) float64
        Covariance of all offsets, squared pixels.

    Returns
    -------
    common : array (2, 2) float64
        Mean of the covariances between two frames, squared pixels; zero for a single
        frame, which shares nothing.
    own : array (n, 2, 2) float64
        What is left of each frame's own covariance.  Neither has a negative variance in
        any direction, so that their sum may exceed the frame's covariance a little.
    """
    n = len(joint)
    frame = np.arange(n)
    blocks = joint[frame, :, frame, :]
    if n < 2:
        return np.zeros((2, 2)), blocks
    between = (joint.sum(axis=(0, 2)) - blocks.sum(axis=0)) / (n * (n - 1))
    common = _without_negative(between[None])[0]
    return common, _without_negative(blocks - common)


def _without_negative(matrices: Float64) -> Float64:
    """Nearest symmetric matrices (k, 2, 2) that have no negative eigenvalue."""
    value, vector = np.linalg.eigh(0.5 * (matrices + np.swapaxes(matrices, -1, -2)))
    return np.asarray((vector * np.maximum(value, 0.0)[:, None, :]) @ np.swapaxes(vector, -1, -2))
