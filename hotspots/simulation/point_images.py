"""Images of many points at once: a product of two small matrices.

A Gaussian, the pixel and the smear all separate into samples times lines, so the image of
k points through one component of the optics is ``lines^T (light * samples)`` with the
responses (k, count) of `hotspots.simulation.optics.axis_response`: no loop over sources
and none over pixels.
"""

from typing import Any

from array_api_compat import array_namespace

from hotspots.archive.layout import BAND_LINES, SAMPLES
from hotspots.simulation.optics import Optics, axis_response

__all__ = ["disc_variance", "point_image", "point_profiles"]


def disc_variance(diameter_px: Any, cos_emission: Any) -> Any:
    """Variance along one axis of a disc on the ground that a pixel does not resolve.

    Parameters
    ----------
    diameter_px, cos_emission : arrays (...)
        Diameter and cosine of the angle that it is seen at.

    Returns
    -------
    array (...)
        Squared px: that of the foreshortened ellipse, the mean of its two axes.
    """
    return diameter_px**2 / 16 * 0.5 * (1 + cos_emission**2)


def point_profiles(
    sample: Any, line: Any, variance_px2: Any, optics: Optics, smear_px: float
) -> list[tuple[float, Any, Any]]:
    """Responses of samples and lines to points, one pair for each Gaussian of the optics.

    Parameters
    ----------
    sample, line : arrays (k,) float64
        Places of the points, px.
    variance_px2 : array (k,) float64
        Extent of each: its variance along either axis, squared px.
    optics : Optics
    smear_px : float
        Length of the smear along lines, px.

    Returns
    -------
    list of (float, array (k, samples) float32, array (k, lines) float32)
        Weight of the Gaussian, and the responses.
    """
    xp = array_namespace(sample)
    profiles = []
    for weight, sigma_sample, sigma_line in optics.components:
        across = axis_response(sample, SAMPLES, xp.sqrt(variance_px2 + sigma_sample**2))
        along = axis_response(
            line,
            BAND_LINES,
            xp.sqrt(variance_px2 + sigma_line**2),
            xp.full_like(line, smear_px),
        )
        profiles.append((weight, xp.astype(across, xp.float32), xp.astype(along, xp.float32)))
    return profiles


def point_image(
    sample: Any, line: Any, light: Any, variance_px2: Any, optics: Optics, smear_px: float
) -> Any:
    """Image of points in one frame.

    Parameters
    ----------
    sample, line, variance_px2, optics, smear_px
        As in `point_profiles`.
    light : array (k,) float64
        Sum over pixels that each point adds.

    Returns
    -------
    array (lines, samples) float32
        In the unit of ``light``.
    """
    xp = array_namespace(sample)
    image: Any = 0.0
    for weight, across, along in point_profiles(sample, line, variance_px2, optics, smear_px):
        bright = xp.astype(weight * light, xp.float32)[:, None] * along
        image = image + xp.matmul(xp.permute_dims(bright, (1, 0)), across)
    return image
