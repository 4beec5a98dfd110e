"""Sub-pixel pointing from the sunlit limb.

Within a few pixels of the lit limb the image is fitted by the predicted disc, blurred
as the camera blurs it, times a brightness that may vary along the limb.  Only the edge
speaks: the albedo and the photometric law are free.  Errors are those of the fit, with
a floor for what the model does not know (relief, blur, albedo at the very edge).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.geometry.pointing.disc import limb_template
from hotspots.geometry.state import FrameStates

__all__ = ["LimbBand", "LimbFit", "fit_limb"]

Float64 = NDArray[np.float64]

STEPS = 6
"""Gauss-Newton steps at most."""

LAST_MOVE_PX = 0.1
"""A step this short is the last; what it leaves is second order, under 0.01 px."""

MODEL_ERROR = 0.05
"""What albedo and relief change from sample to sample, as a share of the brightness.  It
counts in long exposures, whose noise is far below it."""

SECTOR_PX = 40.0
"""Length of limb that shares one brightness, px."""


@dataclass(frozen=True)
class LimbBand:
    """What the limb fit needs of one band of one frame.

    Parameters
    ----------
    states : FrameStates
        Of this one frame, in this band's camera.
    values, sigma : arrays (lines, samples)
        Radiance and its standard deviation, W m-2 sr-1.
    usable : array (lines, samples) bool
    blur_px : tuple of float
        Standard deviation of the point spread function, (lines, samples), px.
    step : float
        Brightness at the terminator over what a full cosine of incidence adds to it.
    """

    states: FrameStates
    values: NDArray[np.float32]
    sigma: NDArray[np.float32]
    usable: NDArray[np.bool_]
    blur_px: tuple[float, float]
    step: float = 0.1


@dataclass(frozen=True)
class LimbFit:
    """Offset that the limb of one frame asks for.

    Parameters
    ----------
    offset : array (2,) float64
        (rx, ry), pixels of angle.
    covariance : array (2, 2) float64
        Squared pixels; one direction is poorly known where the limb is a short arc.
    amplitude : float
        Brightness found over brightness expected, median along the limb.
    n_pixels : int
        Samples in the fitted band.
    """

    offset: Float64
    covariance: Float64
    amplitude: float
    n_pixels: int


def fit_limb(
    bands: list[LimbBand], start: Float64, ifov_rad: float, *, minimum_pixels: int = 150
) -> LimbFit | None:
    """Fit the offset of a frame to the sunlit limb in one or two bands.

    Parameters
    ----------
    bands : list of LimbBand
        The bands of one frame; they share the offset.
    start : array (2,) float64
        First guess (rx, ry), within about 4 px.
    ifov_rad : float
        Angle of one pixel, rad.
    minimum_pixels : int
        Fewer samples at the lit limb give None.

    Returns
    -------
    LimbFit or None
        None where there is no limb to fit or the fit leaves its start by over 8 px.

    Notes
    -----
    Gauss-Newton over the offset with the brightness of each sector of the limb (40 px
    long) eliminated exactly; residuals beyond 3 sigma lose weight (hot spots on the
    limb).  Covariance is scaled by the reduced chi square and has a floor of 0.15 px.
    """
    offset = np.array(start, dtype=np.float64)
    for _ in range(STEPS):
        normal, right = np.zeros((2, 2)), np.zeros(2)
        cost, count, amplitudes = 0.0, 0, []
        for band in bands:
            model, near = limb_template(
                band.states, offset, ifov_rad, band.blur_px, band.values.shape, band.step
            )
            chosen = near & band.usable
            if chosen.sum() < minimum_pixels:
                continue
            slopes = [-np.asarray(np.gradient(model, axis=k), np.float64)[chosen] for k in (1, 0)]
            solved = _accumulate(band, model[chosen], chosen, slopes)
            normal += solved[0]
            right += solved[1]
            cost += solved[2]
            count += int(chosen.sum())
            amplitudes.append(solved[3])
        if count < minimum_pixels or np.linalg.cond(normal) > 1e8:
            return None
        move = np.clip(np.linalg.solve(normal, right), -2.0, 2.0)
        offset += move
        if np.hypot(*(offset - start)) > 8.0:
            return None
        if np.abs(move).max() < LAST_MOVE_PX:
            break
    inflation = max(cost / max(count - 3, 1), 1.0)
    covariance = np.linalg.inv(normal) * inflation + 0.15**2 * np.eye(2)
    return LimbFit(offset, covariance, float(np.median(amplitudes)), count)


def _accumulate(
    band: LimbBand, model: NDArray[np.float32], chosen: NDArray[np.bool_], slopes: list[Float64]
) -> tuple[Float64, Float64, float, float]:
    """Normal equations of the offset with sector brightness and background eliminated."""
    line, sample = np.nonzero(chosen)
    data = band.values[chosen].astype(np.float64)
    template = model.astype(np.float64)
    position = line if np.ptp(line) > np.ptp(sample) else sample
    sector = ((position - position.min()) // SECTOR_PX).astype(int)
    n_sectors = int(sector.max()) + 1
    design = np.zeros((len(data), n_sectors + 1))
    design[np.arange(len(data)), sector] = template
    design[:, n_sectors] = 1.0
    noise = band.sigma[chosen].astype(np.float64) ** 2
    bright = MODEL_ERROR * float(np.percentile(np.abs(data), 90))
    weight = 1.0 / (noise + bright**2)
    coefficients = np.zeros(n_sectors + 1)
    residual = data
    robust = weight
    for _ in range(3):
        scaled = design * robust[:, None]
        ridge = 1e-6 * np.trace(scaled.T @ design) / (n_sectors + 1) * np.eye(n_sectors + 1)
        coefficients = np.linalg.solve(scaled.T @ design + ridge, scaled.T @ data)
        residual = data - design @ coefficients
        pull = np.abs(residual) * np.sqrt(weight)
        robust = weight * np.minimum(1.0, (3.0 / np.maximum(pull, 1e-9)) ** 2)
    brightness = coefficients[sector]
    jacobian = np.stack([brightness * s for s in slopes], axis=1)
    scaled = design * robust[:, None]
    inverse = np.linalg.pinv(scaled.T @ design)
    projected = jacobian - design @ (inverse @ (scaled.T @ jacobian))
    normal = (projected * robust[:, None]).T @ projected
    right = (projected * robust[:, None]).T @ residual
    cost = float(np.sum(residual**2 * robust))
    return normal, right, cost, float(np.median(coefficients[np.unique(sector)]))
