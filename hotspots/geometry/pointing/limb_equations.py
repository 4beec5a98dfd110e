"""What one band of one frame says of its offset and of its blur, the brightness being free.

Light of the limb is the drawn one times a factor for each stretch of limb, plus a constant
background.  These are eliminated exactly; moving the disc and changing the variances of
the blur are then four slopes of what is left.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["LimbEquations", "limb_equations"]

Float64 = NDArray[np.float64]

MODEL_ERROR = 0.05
"""What albedo and relief change from sample to sample, as a share of the brightness.  It
counts in long exposures, whose noise is far below it."""

SECTOR_PX = 40.0
"""Length of limb that shares one brightness, px."""

PULL = 3.0
"""Standard deviations beyond which a residual loses weight (hot spots on the limb)."""


@dataclass(frozen=True)
class LimbEquations:
    """Normal equations of (samples, lines, line variance, sample variance).

    Parameters
    ----------
    normal : array (4, 4) float64
    right : array (4,) float64
    cost : float
        Weighted sum of squared residuals.
    count : int
        Samples that went in.
    brightness : float
        Found over drawn, median along the limb.
    """

    normal: Float64
    right: Float64
    cost: float
    count: int
    brightness: float


def limb_equations(
    model: NDArray[np.float32],
    chosen: NDArray[np.bool_],
    values: NDArray[np.float32],
    sigma: NDArray[np.float32],
) -> LimbEquations:
    """Linearise about the drawn limb.

    Parameters
    ----------
    model : array (h, w) float32
        Drawn limb, any unit.
    chosen : array (h, w) bool
        Samples to use.
    values, sigma : arrays (h, w)
        Radiance and its standard deviation.

    Returns
    -------
    LimbEquations
    """
    line, sample = np.nonzero(chosen)
    data = values[chosen].astype(np.float64)
    position = line if np.ptp(line) > np.ptp(sample) else sample
    sector = ((position - position.min()) // SECTOR_PX).astype(int)
    background = int(sector.max()) + 1
    scale = max(float(np.abs(model[chosen]).max()), 1e-30)
    design = np.zeros((len(data), background + 1))
    design[np.arange(len(data)), sector] = model[chosen] / scale
    design[:, background] = 1.0
    noise = sigma[chosen].astype(np.float64) ** 2
    bright = MODEL_ERROR * float(np.percentile(np.abs(data), 90))
    weight = 1.0 / (noise + bright**2)
    coefficients = np.zeros(background + 1)
    residual = data
    robust = weight
    for _ in range(3):
        scaled = design * robust[:, None]
        information = scaled.T @ design
        ridge = 1e-6 * np.trace(information) / len(information) * np.eye(len(information))
        coefficients = np.linalg.solve(information + ridge, scaled.T @ data)
        residual = data - design @ coefficients
        pull = np.abs(residual) * np.sqrt(weight)
        robust = weight * np.minimum(1.0, (PULL / np.maximum(pull, 1e-9)) ** 2)
    found = coefficients / scale
    jacobian = np.stack([found[sector] * slope[chosen] for slope in _slopes(model)], axis=1)
    scaled = design * robust[:, None]
    inverse = np.linalg.pinv(scaled.T @ design)
    projected = jacobian - design @ (inverse @ (scaled.T @ jacobian))
    weighted = projected * robust[:, None]
    return LimbEquations(
        normal=weighted.T @ projected,
        right=weighted.T @ residual,
        cost=float(np.sum(residual**2 * robust)),
        count=len(data),
        brightness=float(np.median(found[np.unique(sector)])),
    )


def _slopes(model: NDArray[np.float32]) -> list[Float64]:
    """Changes of the image by moving it along samples and lines, and by more blur.

    The derivative of a Gaussian by its variance is half its second derivative.
    """
    image = model.astype(np.float64)
    moves = [-np.asarray(np.gradient(image, axis=axis)) for axis in (1, 0)]
    bends = [
        0.5 * (np.roll(image, 1, axis) - 2 * image + np.roll(image, -1, axis)) for axis in (0, 1)
    ]
    return moves + bends
