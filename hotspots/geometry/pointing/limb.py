"""Sub-pixel pointing from the sunlit limb.

Within a few pixels of the lit limb the image is fitted by the predicted disc, shaded as
the visit's discs are, times a brightness that may vary along the limb.  How much the
camera blurs is found along with the offset: a limb is as good a test of that as a star.
Errors are those of the fit, with a floor for what the model does not know of one frame;
what it does not know of all frames alike is `LIMB_BIAS_PX`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.geometry.cameras import build_cameras
from hotspots.geometry.pointing.blur import Blur
from hotspots.geometry.pointing.disc import LimbRegion, draw_limb, limb_region
from hotspots.geometry.pointing.limb_equations import LimbEquations, limb_equations
from hotspots.geometry.pointing.shading import NOMINAL, Shading
from hotspots.geometry.state import FrameStates

__all__ = ["LIMB_BIAS_PX", "UNSHADED_BIAS_PX", "LimbBand", "LimbFit", "fit_limb"]

Float64 = NDArray[np.float64]

STEPS = 6
"""Gauss-Newton steps at most."""

LAST_MOVE_PX = 0.1
"""A step this short is the last; what it leaves is second order, under 0.01 px."""

LAST_CHANGE = 0.1
"""... if it also changed no variance of the blur by more than this, squared px."""

REGION_PX = 0.5
"""The fitted samples are chosen anew after a move this long."""

BLUR_SIGMA = 0.25
"""What is not known of the variance of the optics' blur, squared px: 0.6 px may be 0.35
or 0.8."""

FLOOR_PX = 0.08
"""What albedo and relief at the edge move one frame's limb by, px."""

LIMB_BIAS_PX = 0.07
"""What they move all limbs of a visit by, which see the same ground in the same light, px:
median error along an axis over 0.67, of sunlit frames in three sets of simulated visits with
albedos and laws of many kinds (0.05, 0.07, 0.08); tails are longer, one in ten beyond 0.09
to 0.18."""

UNSHADED_BIAS_PX = 0.25
"""The same where too little of the disc was seen to fit the law of its shading."""


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
        Samples that are numbers: neither defective nor saturated.
    blur_px : tuple of float
        Standard deviation of the point spread function, (lines, samples), px.
    shading : Shading
        How the brightness of the ground depends on sun and view.
    """

    states: FrameStates
    values: NDArray[np.float32]
    sigma: NDArray[np.float32]
    usable: NDArray[np.bool_]
    blur_px: tuple[float, float]
    shading: Shading = NOMINAL["M"]


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
        Radiance of overhead sun that the limb's brightness stands for, median along the
        limb, W m-2 sr-1.
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
        The bands of one frame; they share the offset, each has a blur of its own.
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
    Gauss-Newton over the offset and the variances of the blur, these near what is
    expected; the brightness of each 40 px of limb is eliminated exactly.  The covariance
    is scaled by the reduced chi square and has a floor of 0.08 px.
    """
    offset = np.array(start, dtype=np.float64)
    expected = [Blur.of(band.blur_px) for band in bands]
    blurs = list(expected)
    regions = _regions(bands, blurs, offset, ifov_rad)
    chosen_at = offset.copy()
    normal, count, cost = np.eye(2), 0, 0.0
    amplitudes: list[float] = []
    for _ in range(STEPS):
        if np.abs(offset - chosen_at).max() > REGION_PX:
            regions, chosen_at = _regions(bands, blurs, offset, ifov_rad), offset.copy()
        normal, right = _blur_prior(blurs, expected)
        count, cost, amplitudes = 0, 0.0, []
        for k, (band, blur, region) in enumerate(zip(bands, blurs, regions, strict=True)):
            said = _equations(band, offset, ifov_rad, blur, region, minimum_pixels)
            if said is None:
                continue
            at = np.array([0, 1, 2 + 2 * k, 3 + 2 * k])
            normal[at[:, None], at] += said.normal
            right[at] += said.right
            cost, count = cost + said.cost, count + said.count
            amplitudes.append(said.brightness * band.shading.overhead)
        if count < minimum_pixels or np.linalg.cond(normal[:2, :2]) > 1e8:
            return None
        change = np.linalg.solve(normal, right)
        offset = offset + np.clip(change[:2], -2.0, 2.0)
        widths = change[2:].reshape(-1, 2)
        blurs = [b.changed(np.clip(w, -0.3, 0.5)) for b, w in zip(blurs, widths, strict=True)]
        if np.hypot(*(offset - start)) > 8.0:
            return None
        if np.abs(change[:2]).max() < LAST_MOVE_PX and np.abs(widths).max() < LAST_CHANGE:
            break
    inflation = max(cost / max(count - 3, 1), 1.0)
    covariance = np.linalg.inv(normal)[:2, :2] * inflation + FLOOR_PX**2 * np.eye(2)
    return LimbFit(offset, covariance, float(np.median(amplitudes)), count)


def _regions(
    bands: list[LimbBand], blurs: list[Blur], offset: Float64, ifov_rad: float
) -> list[LimbRegion | None]:
    found = []
    for band, blur in zip(bands, blurs, strict=True):
        shape = band.values.shape
        cameras = build_cameras(band.states, ifov_rad, offset=offset[None], shape=shape)
        found.append(limb_region(cameras, shape, blur.reach_px))
    return found


def _blur_prior(blurs: list[Blur], expected: list[Blur]) -> tuple[Float64, Float64]:
    """Equations that keep the variances of the blur near what is expected."""
    known = 1.0 / BLUR_SIGMA**2
    size = 2 + 2 * len(blurs)
    normal, right = np.zeros((size, size)), np.zeros(size)
    for k, (blur, wanted) in enumerate(zip(blurs, expected, strict=True)):
        at = slice(2 + 2 * k, 4 + 2 * k)
        normal[at, at] = known * np.eye(2)
        right[at] = known * np.array(
            [
                wanted.line_variance - blur.line_variance,
                wanted.sample_variance - blur.sample_variance,
            ]
        )
    return normal, right


def _equations(
    band: LimbBand,
    offset: Float64,
    ifov_rad: float,
    blur: Blur,
    region: LimbRegion | None,
    minimum_pixels: int,
) -> LimbEquations | None:
    """What one band says, or None where it shows too little limb."""
    if region is None:
        return None
    chosen = region.chosen & band.usable[region.window]
    if chosen.sum() < minimum_pixels:
        return None
    model = draw_limb(band.states, offset, ifov_rad, region, blur, band.shading, band.values.shape)
    return limb_equations(model, chosen, band.values[region.window], band.sigma[region.window])
