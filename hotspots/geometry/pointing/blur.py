"""Blur of one band of one frame: a Gaussian, and the path of the scene in the exposure."""

from dataclasses import dataclass, replace
from math import sqrt
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import correlate1d
from scipy.special import ndtr

__all__ = ["Blur"]

NARROWEST, WIDEST = 0.3**2, 2.0**2
"""Variances of the optics within which a fit stays, squared px."""

BOX_VARIANCE = 1.0 / 12.0
"""Variance of a box one unit long."""

SHORTEST_SMEAR_PX = 0.05
"""A shorter path changes nothing."""

REACH = 4.0
"""Standard deviations after which the Gaussian is cut."""


@dataclass(frozen=True)
class Blur:
    """Point spread function before the pixel integrates it.

    Parameters
    ----------
    line_variance, sample_variance : float
        Of the optics' Gaussian along lines and samples, squared px.
    smear_px : float
        Length of the scene's path along the lines during the exposure, px.
    """

    line_variance: float
    sample_variance: float
    smear_px: float = 0.0

    @classmethod
    def of(cls, blur_px: tuple[float, float]) -> Self:
        """From total standard deviations along (lines, samples), px, of round optics."""
        lines, samples = blur_px
        smear = sqrt(max(lines**2 - samples**2, 0.0) / BOX_VARIANCE)
        return cls(samples**2, samples**2, smear)

    @property
    def reach_px(self) -> int:
        """Whole pixels beyond which there is no light."""
        widest = REACH * sqrt(max(self.line_variance, self.sample_variance))
        return int(np.ceil(widest + 0.5 * self.smear_px)) + 1

    def changed(self, change: NDArray[np.float64]) -> Self:
        """With other variances (lines, samples) of the optics, kept within what is possible."""
        line, sample = np.clip(
            np.array([self.line_variance, self.sample_variance]) + change, NARROWEST, WIDEST
        )
        return replace(self, line_variance=float(line), sample_variance=float(sample))

    def spread(self, image: NDArray[np.float32], oversample: int) -> NDArray[np.float32]:
        """Blur an image (lines, samples) of ``oversample`` sub-samples a pixel side."""
        lines = _kernel(sqrt(self.line_variance), self.smear_px, oversample)
        samples = _kernel(sqrt(self.sample_variance), 0.0, oversample)
        once = correlate1d(image, lines, axis=0, mode="nearest")
        return np.asarray(correlate1d(once, samples, axis=1, mode="nearest"))


def _kernel(sigma_px: float, smear_px: float, oversample: int) -> NDArray[np.float32]:
    """Gaussian convolved with a box, sampled; its sum is 1."""
    half = int(np.ceil(oversample * (REACH * sigma_px + 0.5 * smear_px))) + 1
    place = np.arange(-half, half + 1) / oversample
    if smear_px < SHORTEST_SMEAR_PX:
        kernel = np.exp(-0.5 * (place / sigma_px) ** 2)
    else:
        before, after = (place - 0.5 * smear_px) / sigma_px, (place + 0.5 * smear_px) / sigma_px
        kernel = ndtr(after) - ndtr(before)
    return np.asarray(kernel / kernel.sum(), dtype=np.float32)
