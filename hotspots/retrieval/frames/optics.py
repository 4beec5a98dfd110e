r"""Point spread function of the camera's halves, and what is known of it beforehand.

A Gaussian core, a little wider along one axis than along the other, and a round Gaussian
wing.  Nobody has published one for this camera.  The prior is what its design allows: the
diffraction limit of the f/3.7 optics on 38 um pixels is 0.15 to 0.2 px, and focus, mirror
and charge diffusion make 0.4 to 1 px of it; wings of at most some per cent are usual for
mirror optics.  `hotspots.retrieval.frames.adjustment` weighs it with a visit's own bright
sources.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hotspots.errors import RetrievalError

__all__ = ["OPTICS_PARAMETERS", "BandOptics", "OpticsPrior"]

Float64 = NDArray[np.float64]

OPTICS_PARAMETERS = 4
"""ln core, ln elongation, wing fraction, ln wing width."""

LEAST = np.array([np.log(0.25), np.log(0.6), 0.0, np.log(1.2)])
MOST = np.array([np.log(1.6), np.log(1.6), 0.12, np.log(10.0)])
"""Range in which the parameters are sought."""


@dataclass(frozen=True)
class BandOptics:
    """Point spread function of one half of the detector.

    Parameters
    ----------
    core_sigma_px : float
        Standard deviation of the core, px (geometric mean of the axes).
    elongation : float
        Core along samples over core along lines.
    wing_fraction : float
        Part of the light in the wing.
    wing_sigma_px : float
        Standard deviation of the wing, px.

    Raises
    ------
    RetrievalError
        If a width is not positive or the fraction is not from 0 to 1.
    """

    core_sigma_px: float
    elongation: float
    wing_fraction: float
    wing_sigma_px: float

    def __post_init__(self) -> None:
        widths = (self.core_sigma_px, self.elongation, self.wing_sigma_px)
        if not all(width > 0 for width in widths) or not 0 <= self.wing_fraction < 1:
            msg = (
                f"optics {widths} with {self.wing_fraction} in wings: wanted widths > 0, 0 <= f < 1"
            )
            raise RetrievalError(msg)

    @classmethod
    def of_vector(cls, vector: Float64) -> Self:
        """Optics of the parameters in `vector`."""
        core, elongation, fraction, wing = (float(v) for v in vector)
        return cls(float(np.exp(core)), float(np.exp(elongation)), fraction, float(np.exp(wing)))

    @property
    def vector(self) -> Float64:
        """Parameters (4,): ln core, ln elongation, wing fraction, ln wing width."""
        return np.array(
            [
                np.log(self.core_sigma_px),
                np.log(self.elongation),
                self.wing_fraction,
                np.log(self.wing_sigma_px),
            ]
        )

    @property
    def core_variance_px2(self) -> tuple[float, float]:
        """Variance of the core along (samples, lines), squared px."""
        return self.core_sigma_px**2 * self.elongation, self.core_sigma_px**2 / self.elongation

    @staticmethod
    def limited(vector: Float64) -> Float64:
        """Parameters that are possible, the nearest to those of a step that went too far."""
        return np.asarray(np.clip(vector, LEAST, MOST))


@dataclass(frozen=True)
class OpticsPrior:
    """Gaussian knowledge of the parameters of both halves before a visit is looked at.

    Parameters
    ----------
    mean : BandOptics
    sigma : tuple of 4 floats
        Standard deviations of ln core, ln elongation, wing fraction and ln wing width.
    band_ratio_sigma : float
        Standard deviation of ln core in one half about that in the other.
    """

    mean: BandOptics = BandOptics(0.62, 1.0, 0.02, 3.0)
    sigma: tuple[float, float, float, float] = (0.27, 0.08, 0.012, 0.35)
    band_ratio_sigma: float = 0.1

    def information(self, n_bands: int) -> Float64:
        """Inverse covariance (4 n, 4 n) of the parameters of n bands."""
        one = np.diag(np.asarray(self.sigma) ** 2)
        joint = np.kron(np.eye(n_bands), one)
        core = np.arange(n_bands) * OPTICS_PARAMETERS
        shared = self.sigma[0] ** 2 - 0.5 * self.band_ratio_sigma**2
        joint[np.ix_(core, core)] = shared + np.eye(n_bands) * (self.sigma[0] ** 2 - shared)
        return np.linalg.inv(joint)
