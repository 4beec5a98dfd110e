"""What is known of the unknowns before the frames are looked at."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.frames.unknowns import Unknowns

__all__ = ["FramePriors", "prior_information", "prior_mean"]

Float64 = NDArray[np.float64]

WIDTH_SIGMA_KM2 = 1000.0
"""Standard deviation of a width before its true prior is known to the adjustment: that of a
disc of 130 km."""

LEAST_SHIFT_PX = 0.1
"""Pointing of one frame against another is never taken for better known, px: the sources
themselves tell it to a hundredth, and a wrong prior would smear them."""


@dataclass(frozen=True)
class FramePriors:
    """Priors of the adjustment.

    Parameters
    ----------
    power_sigma : array (bands * p,) float64
        Standard deviation of every point's power about zero, GW/um, in the order of the
        unknowns: wide, for points that hardly a sample shows.
    place_sigma_km : array (k,) float64
        Standard deviation of each source's place about where it was found, by axis.
    width_free : array (k,) bool
        Sources that may have a width (`hotspots.retrieval.frames.widths`).
    shift_covariance_px2 : array (n, 2, 2) float64
        Of what each product's pointing errs by alone, (sample, line).
    optics_mean : array (4 n,) float64
        Expected parameters of the optics of all bands.
    optics_information : array (4 n, 4 n) float64
        Inverse of their covariance.
    """

    power_sigma: Float64
    place_sigma_km: Float64
    width_free: NDArray[np.bool_]
    shift_covariance_px2: Float64
    optics_mean: Float64
    optics_information: Float64


def prior_mean(unknowns: Unknowns, priors: FramePriors) -> Float64:
    """Expected unknowns, (u,): no shift, no width, no power, the usual optics."""
    mean = np.zeros(unknowns.size)
    mean[unknowns.all_optics] = priors.optics_mean
    return mean


def prior_information(unknowns: Unknowns, priors: FramePriors) -> Float64:
    """Information (u, u) of all priors but that of the widths, which is no Gaussian."""
    information = np.zeros((unknowns.size, unknowns.size))
    powers = np.arange(unknowns.all_powers.stop)
    information[powers, powers] = priors.power_sigma**-2.0
    places = np.arange(unknowns.places.start, unknowns.places.stop)
    information[places, places] = np.repeat(priors.place_sigma_km**-2.0, 2)
    widths = np.arange(unknowns.widths.start, unknowns.widths.stop)
    information[widths, widths] = WIDTH_SIGMA_KM2**-2.0
    floor = LEAST_SHIFT_PX**2 * np.eye(2)
    for i, covariance in enumerate(priors.shift_covariance_px2):
        first = unknowns.shifts.start + 2 * i
        part = slice(first, first + 2)
        information[part, part] = np.linalg.inv(covariance + floor)
    optics = unknowns.all_optics
    information[optics, optics] = priors.optics_information
    return information
