"""How the brightness of sunlit ground depends on sun and view, found in the images.

The edge of a disc that grows brighter towards its limb seems to lie further out than that
of one that does not: laws between Lambert's and Lommel-Seeliger's move it by up to half a
pixel.  So the law is fitted where albedo averages out, on the whole disc in all frames,
as a sum of known laws none of which may be negative.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

__all__ = ["NOMINAL", "SUNLIT", "Shading", "fit_shading"]

Float = NDArray[np.floating]

SUNLIT = {"L": (0.0251, 0.0018), "M": (0.0097, 0.0024)}
"""(a, b): sunlit Io is about a cos(incidence) + b W m-2 sr-1 (J. Perry's fit to public
frames); good to a factor of two, enough to expect a disc."""

LEAST_COS_EMISSION = 0.03
"""Nearer to the limb than any pixel resolves; Minnaert's law has no end there."""

TEXTURE = 0.15
"""Scatter of the albedo, as a share of the brightness, by which pixels are weighed."""

DARKEST = 0.2
"""Share of the median brightness below which the texture is not thought smaller."""

ROUNDS = 4
"""Rounds of reweighting."""

FEWEST = 30
"""Pixels below which no law is fitted."""


@dataclass(frozen=True)
class Shading:
    """Radiance of sunlit ground, as a sum of laws, W m-2 sr-1.

    Parameters
    ----------
    lambert : float
        Times the cosine of incidence i.
    lommel_seeliger : float
        Times 2 i / (i + e), with e the cosine of emission.
    minnaert : float
        Times the root of i / e: Minnaert's law with the exponent 1/2.
    constant : float
        Added to all sunlit ground.
    """

    lambert: float
    lommel_seeliger: float = 0.0
    minnaert: float = 0.0
    constant: float = 0.0

    @classmethod
    def of(cls, weights: Float) -> Self:
        """From the weights of the laws in the order of the fields."""
        return cls(*(float(weight) for weight in weights))

    @property
    def overhead(self) -> float:
        """Radiance with sun and camera overhead, without the constant, W m-2 sr-1."""
        return self.lambert + self.lommel_seeliger + self.minnaert

    def radiance(self, cos_incidence: Float, cos_emission: Float) -> NDArray[np.float32]:
        """Radiance (...), W m-2 sr-1; zero at night and where the cosines are NaN."""
        weights = (self.lambert, self.lommel_seeliger, self.minnaert, self.constant)
        laws = _laws(cos_incidence, cos_emission)
        total = sum(w * law for w, law in zip(weights, laws, strict=True))
        return np.asarray(total, dtype=np.float32)


NOMINAL = {band: Shading(a, constant=b) for band, (a, b) in SUNLIT.items()}
"""What is expected before looking."""


def fit_shading(
    cos_incidence: Float, cos_emission: Float, radiance: Float, sigma: Float
) -> Shading | None:
    """Fit the law to pixels of the sunlit disc.

    Parameters
    ----------
    cos_incidence, cos_emission : arrays (k,)
    radiance, sigma : arrays (k,)
        Radiance and its standard deviation, W m-2 sr-1.

    Returns
    -------
    Shading or None
        None for less than 30 pixels, or where nothing depends on the sun.

    Notes
    -----
    Non-negative least squares, reweighted: noise and a scatter of the albedo of 15 % make
    the weights, which fall off (Cauchy) for pixels that do not fit, such as hot spots.
    """
    if len(radiance) < FEWEST:
        return None
    data = np.asarray(radiance, dtype=np.float64)
    design = np.stack(_laws(cos_incidence, cos_emission), axis=-1).astype(np.float64)
    model = np.full(len(data), np.median(data))
    robust = np.ones(len(data))
    weights = np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        texture = TEXTURE * np.maximum(model, DARKEST * float(np.median(model)))
        error = np.hypot(sigma, texture)
        root = np.sqrt(robust) / error
        weights, _ = nnls(design * root[:, None], data * root)
        model = design @ weights
        miss = (data - model) / error
        spread = max(1.4826 * float(np.median(np.abs(miss))), 0.3)
        robust = 1.0 / (1.0 + (miss / (2.0 * spread)) ** 2)
    shading = Shading.of(weights)
    return shading if shading.overhead > 0 else None


def _laws(cos_incidence: Float, cos_emission: Float) -> list[Float]:
    """The four laws, zero where the sun does not shine."""
    lit = np.nan_to_num(cos_incidence, nan=-1.0) > 0
    sun = np.where(lit, cos_incidence, 0.0)
    view = np.where(lit, np.maximum(cos_emission, LEAST_COS_EMISSION), 1.0)
    return [sun, 2 * sun / (sun + view), np.sqrt(sun / view), lit.astype(sun.dtype)]
