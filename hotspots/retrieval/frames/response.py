r"""What a row of pixels gets from a point, with derivatives: the axes of the point image.

A Gaussian, the box of a pixel and the box of ``m`` px that the spin draws along the lines
separate into samples times lines.  With :math:`G(t) = t\,\Phi(t/s) + s\,\varphi(t/s)` the
pixel ``t`` px from the point gets

.. math:: r(t) = \frac1m\bigl[G(t+\tfrac{1+m}2) - G(t+\tfrac{1-m}2)
          - G(t-\tfrac{1-m}2) + G(t-\tfrac{1+m}2)\bigr]

and, as :math:`G' = \Phi` and :math:`\partial G/\partial s^2 = \tfrac12 G''`, its derivatives by
the place and by the variance are the same sums of distribution functions and of densities.
"""

from dataclasses import dataclass
from math import pi, sqrt
from typing import Any

from array_api_compat import array_namespace

from hotspots.backend import erf

__all__ = ["AxisResponse", "axis_response"]

SHORTEST_SMEAR_PX = 1e-3
"""Stands for none: it adds 1e-7 square pixels, and the formula divides by the smear."""


@dataclass(frozen=True)
class AxisResponse:
    """Part of a point's light by pixel, and its derivatives; arrays of one shape.

    Parameters
    ----------
    value : array
    by_place : array
        Derivative by the place of the point, 1/px.
    by_variance : array
        Derivative by the variance of the Gaussian, 1/px2.
    """

    value: Any
    by_place: Any
    by_variance: Any


def axis_response(offset_px: Any, variance_px2: Any, smear_px: Any) -> AxisResponse:
    """Response of pixels along one axis to points.

    Parameters
    ----------
    offset_px : array (s, w) float64
        Pixel centre less place of the point.
    variance_px2 : array (s,) float64
        Of the Gaussian, above zero.
    smear_px : array (s,) float64
        Length of the smear; zero along samples.

    Returns
    -------
    AxisResponse of arrays (s, w)
    """
    xp = array_namespace(offset_px)
    sigma = xp.sqrt(variance_px2)[:, None]
    smear = xp.maximum(smear_px, xp.full_like(smear_px, SHORTEST_SMEAR_PX))[:, None]
    value, slope, bend = (xp.zeros_like(offset_px) for _ in range(3))
    for sign, edge in (
        (1.0, 0.5 + 0.5 * smear),
        (-1.0, 0.5 - 0.5 * smear),
        (-1.0, -0.5 + 0.5 * smear),
        (1.0, -0.5 - 0.5 * smear),
    ):
        t = (offset_px + edge) / sigma
        density = xp.exp(-0.5 * t * t) / (sigma * sqrt(2.0 * pi))
        below = 0.5 * erf(t / sqrt(2.0))  # less one half, which cancels
        value = value + sign * sigma * (t * below + sigma * density)
        slope = slope + sign * below
        bend = bend + sign * density
    return AxisResponse(value / smear, -slope / smear, 0.5 * bend / smear)
