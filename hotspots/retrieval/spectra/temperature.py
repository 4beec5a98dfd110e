r"""Temperature of the grey body whose light a spectrum is.

On a ladder of temperatures the power in M is a linear parameter.  So are some that are not
wanted: sunlight that the ground beside the source did not have, with a Gaussian prior as
wide as the rows beside it differ, and smooth errors of the calibration.  All are
integrated out in closed form::

    C = diag(sigma^2) + V V'        <a, b> = a' C^-1 b
    L(T) ~ Phi(x) exp(x^2 / 2) / sqrt(<t, t>),    x = <t, d> / sqrt(<t, t>)

with the data ``d``, the spectrum ``t`` of one GW/um in M and the unwanted spectra ``V``,
each one standard deviation long.  The prior is flat in the power (above zero) and
in ln T.  The share of light in the slit is a factor of the whole spectrum and does not
touch the temperature.

A spectrum of several temperatures fits badly; its errors are then wider by the root of
chi2 per channel.
"""

from dataclasses import dataclass
from math import log, pi, sqrt

import numpy as np
from numpy.polynomial.legendre import legvander
from numpy.typing import NDArray
from scipy.ndimage import median_filter
from scipy.special import log_ndtr

from hotspots.planck import M_BAND, exitance_gw_um_km2, spectral_radiance
from hotspots.retrieval.colour import COLDEST_K, HOTTEST_K
from hotspots.retrieval.spectra.extraction import SourceSpectrum

__all__ = ["SpectralTemperature", "fitted_channels", "spectral_temperature"]

Float64 = NDArray[np.float64]

FITTED_UM = (3.0, 5.0)
"""Below it is sunlight, above it the edge of the spectrometer."""

SULPHUR_DIOXIDE_UM = ((3.53, 3.60), (4.00, 4.15), (4.33, 4.40))
"""Bands of SO2 frost and gas, which grey bodies do not have (bands at 3.56, 4.07 and
4.365 um; they show in the JIRAM spectrum of orbit 26)."""

SUN_K = 5772.0
"""Effective temperature of the Sun (IAU 2015 resolution B3): the colour of sunlight."""

CALIBRATION_SIGMA = 0.02
CALIBRATION_DEGREES = 4
"""The relative error of the calibration is a sum of Legendre polynomials over the fitted
range, of degree one and up, with this standard deviation each: 3 to 4 % between L and M.
None is published; the widths in use for the imager's bands leave 5 %."""

LADDER_NODES = 512
SMOOTHED_CHANNELS = 15
"""The noise of a channel is the median over so many: twenty rows know it to 16 %."""

END_WEIGHT = 1e-3
"""An interval is open where the ladder's end still has this part of the largest weight."""

QUANTILES = (0.158655, 0.5, 0.841345)


@dataclass(frozen=True)
class SpectralTemperature:
    """Temperature of a grey body with its 68 % interval, K.

    ``value`` is None where the interval is not closed, ``lo`` and ``hi`` where that end is
    open.  ``chi2`` is the reduced one of the best fit.
    """

    value: float | None
    lo: float | None
    hi: float | None
    chi2: float


def fitted_channels(wavelength_um: Float64) -> NDArray[np.bool_]:
    """Channels that a grey body is fitted to."""
    chosen = (wavelength_um >= FITTED_UM[0]) & (wavelength_um <= FITTED_UM[1])
    for short, long in SULPHUR_DIOXIDE_UM:
        chosen &= (wavelength_um < short) | (wavelength_um > long)
    return chosen


def spectral_temperature(
    spectrum: SourceSpectrum, wavelength_um: Float64, scale: float
) -> SpectralTemperature:
    """Posterior of the temperature of one source.

    Parameters
    ----------
    spectrum : SourceSpectrum
    wavelength_um : array (channels,) float64
        Centres of the channels.
    scale : float
        From `hotspots.retrieval.spectra.power.gigawatts_per_light`.

    Returns
    -------
    SpectralTemperature
    """
    chosen = fitted_channels(wavelength_um)
    wavelength = wavelength_um[chosen]
    sun = _planck(wavelength, np.array([SUN_K]))[0]
    sun = sun / np.linalg.norm(sun)
    row_variance = _channel_variance(spectrum)[chosen]
    sunlight = float(_variance(spectrum.residuals[:, chosen] @ sun, spectrum.free))
    sun_variance = max(sunlight - float(sun**2 @ row_variance), 0.0)

    factor = scale**2 * spectrum.gain
    weight = 1.0 / (factor * np.maximum(row_variance, np.finfo(np.float64).tiny))
    data = scale * spectrum.light[chosen]
    unwanted = [sqrt(factor * sun_variance) * sun[:, None], _calibration_errors(wavelength, data)]
    products = _Products(weight, np.concatenate(unwanted, axis=1))
    kelvin = np.geomspace(COLDEST_K, HOTTEST_K, LADDER_NODES)
    likelihood, _ = _log_likelihood(kelvin, wavelength, data, products)
    reached = kelvin[likelihood > likelihood.max() + log(END_WEIGHT) - 2.0]
    step = kelvin[1] / kelvin[0]
    ends = max(reached[0] / step, COLDEST_K), min(reached[-1] * step, HOTTEST_K)
    fine = np.geomspace(*ends, LADDER_NODES)
    likelihood, chi2 = _log_likelihood(fine, wavelength, data, products)
    return _summary(fine, np.exp(likelihood - likelihood.max()), chi2)


def _calibration_errors(wavelength_um: Float64, data: Float64) -> Float64:
    """Spectra (channels, degrees) by which smooth errors of one sigma change the data."""
    smooth = median_filter(data, SMOOTHED_CHANNELS, mode="nearest")
    short, long = FITTED_UM
    place = (2 * wavelength_um - short - long) / (long - short)
    shapes = legvander(place, CALIBRATION_DEGREES)[:, 1:]
    return np.asarray(CALIBRATION_SIGMA * shapes * smooth[:, None])


def _channel_variance(spectrum: SourceSpectrum) -> Float64:
    """Variance of the noise of one row, which is not shared by neighbouring channels.

    Rough ground and wings of the source are smooth in wavelength and drop out of the
    differences between channels.
    """
    differences = np.diff(spectrum.residuals, axis=1) / sqrt(2.0)
    variance = _variance(np.concatenate([differences[:, :1], differences], axis=1), spectrum.free)
    return np.asarray(median_filter(variance, SMOOTHED_CHANNELS, mode="nearest"))


def _variance(rows: Float64, free: int) -> Float64:
    """Variance over the first axis from the median, for wings reach a few rows."""
    typical = 1.4826 * np.median(np.abs(rows), axis=0)
    return np.asarray(typical**2 * len(rows) / free)


def _log_likelihood(
    kelvin: Float64, wavelength_um: Float64, data: Float64, products: "_Products"
) -> tuple[Float64, float]:
    """Logarithm of L(T), with errors widened where nothing fits, and the reduced chi2."""
    model = pi * 1e-3 * _planck(wavelength_um, kelvin)
    model = model / exitance_gw_um_km2(M_BAND, kelvin)[:, None]
    tt, td = products.of(model, model), products.of(model, data)
    power = np.maximum(td / tt, 0.0)
    chi2 = products.of(data, data) - 2 * power * td + power**2 * tt
    reduced = float(np.min(chi2)) / (len(wavelength_um) - 2)
    root = td / np.sqrt(tt * max(reduced, 1.0))
    return 0.5 * root**2 + log_ndtr(root) - 0.5 * np.log(tt), reduced


class _Products:
    """Scalar products under noise and unwanted spectra (Woodbury's identity)."""

    def __init__(self, weight: Float64, unwanted: Float64) -> None:
        self._weight, self._weighted = weight, weight[:, None] * unwanted
        inner = np.eye(unwanted.shape[1]) + unwanted.T @ self._weighted
        self._inverse = np.linalg.inv(inner)

    def of(self, a: Float64, b: Float64) -> Float64:
        plain = np.sum(a * b * self._weight, axis=-1)
        left, right = a @ self._weighted @ self._inverse, b @ self._weighted
        return np.asarray(plain - np.sum(left * right, axis=-1))


def _planck(wavelength_um: Float64, kelvin: Float64) -> Float64:
    """Spectral radiances (temperatures, wavelengths), W m-2 sr-1 um-1."""
    return np.stack([spectral_radiance(float(um), kelvin) for um in wavelength_um], axis=-1)


def _summary(kelvin: Float64, weight: Float64, chi2: float) -> SpectralTemperature:
    """Quantiles of weights on a ladder that is even in ln T."""
    cumulative = np.cumsum(weight) - 0.5 * weight
    lo, value, hi = np.interp(np.array(QUANTILES) * weight.sum(), cumulative, kelvin)
    open_below = kelvin[0] <= COLDEST_K and weight[0] > END_WEIGHT
    open_above = kelvin[-1] >= HOTTEST_K and weight[-1] > END_WEIGHT
    return SpectralTemperature(
        value=None if open_below or open_above else float(value),
        lo=None if open_below else float(lo),
        hi=None if open_above else float(hi),
        chi2=chi2,
    )
