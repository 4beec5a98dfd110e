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
        Of the error that all frames share, squared pixels; zero for a single frame, which
        shares nothing.
    own : array (n, 2, 2) float64
        Of what each frame errs by besides.

    Notes
    -----
    The mean error of all frames, weighted by how well each is known, stands for the common
    one, and the covariance of each frame's distance from it for its own: exactly so where
    errors are a common one and independent ones of equal size, nearly so elsewhere.
    """
    n = len(joint)
    frame = np.arange(n)
    blocks = joint[frame, :, frame, :]
    if n < 2:
        return np.zeros((2, 2)), blocks
    weight = 1.0 / np.trace(blocks, axis1=1, axis2=2)
    weight /= weight.sum()
    mean = np.einsum("i,iajb,j->ab", weight, joint, weight)
    with_mean = np.einsum("iajb,j->iab", joint, weight)
    apart = blocks + mean - with_mean - np.swapaxes(with_mean, 1, 2)
    own = _without_negative(apart / (1.0 - weight)[:, None, None])
    common = _without_negative((mean - np.einsum("i,iab->ab", weight**2, own))[None])[0]
    return common, own


def _without_negative(matrices: Float64) -> Float64:
    """Nearest symmetric matrices (k, 2, 2) that have no negative eigenvalue."""
    value, vector = np.linalg.eigh(0.5 * (matrices + np.swapaxes(matrices, -1, -2)))
    return np.asarray((vector * np.maximum(value, 0.0)[:, None, :]) @ np.swapaxes(vector, -1, -2))
