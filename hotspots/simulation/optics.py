r"""Blur of the optics, the pixel and the spin: closed forms, one axis at a time.

The point spread function is a sum of Gaussians, each a product of one along samples and
one along lines.  A pixel integrates it over its box, and while nothing holds the scene
still the spin draws every point out along the lines into a second box, of ``m`` px about
its place at the start of exposure.  With :math:`G(t) = t\,\Phi(t/s) + s\,\varphi(t/s)`,
the integral of the Gaussian's distribution function, a pixel ``t`` px from the point gets

.. math:: \frac{1}{m}\bigl[G(t+\tfrac{1+m}2) - G(t+\tfrac{1-m}2)
          - G(t-\tfrac{1-m}2) + G(t-\tfrac{1+m}2)\bigr].

The sum over all pixels is exactly one, whatever the place, the blur and the smear.
"""

from dataclasses import dataclass
from math import pi, sqrt
from typing import Any

from array_api_compat import array_namespace, device

from hotspots.backend import erf
from hotspots.errors import ConfigurationError

__all__ = ["Optics", "axis_response"]

SHORTEST_SMEAR_PX = 1e-3
"""Stands for none: it adds 1e-7 square pixels, and the formula divides by the smear."""


@dataclass(frozen=True)
class Optics:
    """Point spread function of one half of the detector.

    Parameters
    ----------
    core_sigma_px : float
        Standard deviation of the core, px (geometric mean of the two axes).
    elongation : float
        Core along samples over core along lines.
    wing_fractions : tuple of float
        Part of the light in each round Gaussian wing.
    wing_sigmas_px : tuple of float
        Their standard deviations, px.

    Raises
    ------
    ConfigurationError
        If a width is not positive, a fraction is negative or all light is in the wings.
    """

    core_sigma_px: float
    elongation: float = 1.0
    wing_fractions: tuple[float, ...] = ()
    wing_sigmas_px: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        widths = (self.core_sigma_px, self.elongation, *self.wing_sigmas_px)
        if not all(width > 0 for width in widths):
            msg = f"optics of {widths}: wanted widths above zero"
            raise ConfigurationError(msg)
        if len(self.wing_fractions) != len(self.wing_sigmas_px):
            msg = f"{len(self.wing_fractions)} wing fractions, {len(self.wing_sigmas_px)} widths"
            raise ConfigurationError(msg)
        if any(f < 0 for f in self.wing_fractions) or not sum(self.wing_fractions) < 1:
            msg = f"wing fractions {self.wing_fractions}: wanted none below 0 and a sum below 1"
            raise ConfigurationError(msg)

    @property
    def components(self) -> tuple[tuple[float, float, float], ...]:
        """Weight and standard deviations along samples and lines (px) of every Gaussian."""
        stretch = self.elongation**0.5
        core = (
            1.0 - sum(self.wing_fractions),
            self.core_sigma_px * stretch,
            self.core_sigma_px / stretch,
        )
        wings = zip(self.wing_fractions, self.wing_sigmas_px, strict=True)
        return (core, *((weight, sigma, sigma) for weight, sigma in wings))

    @property
    def reach_px(self) -> float:
        """Distance from a point, px, beyond which there is less than 1e-4 of its light."""
        return max(
            sigma * (4.0 if weight > 0.1 else 3.0)
            for weight, *both in self.components
            for sigma in both
        )


def axis_response(place_px: Any, count: int, sigma_px: Any, smear_px: Any = None) -> Any:
    """Part of the light of points that every pixel of a row (or column) gets.

    Parameters
    ----------
    place_px : array (...) float64
        Coordinate of each point along the axis, px; pixel i covers i - 0.5 to i + 0.5.
    count : int
        Pixels of the axis.
    sigma_px : float or array (...)
        Standard deviation of the Gaussian, px.
    smear_px : array (...), optional
        Length of the smear, px; none along samples.

    Returns
    -------
    array (..., count) float64
        Sums to one where all light falls on the axis.
    """
    xp = array_namespace(place_px)
    edges = xp.arange(count + 1, dtype=xp.float64, device=device(place_px)) - 0.5
    sigma = sigma_px if isinstance(sigma_px, float) else sigma_px[..., None]
    distance = edges - place_px[..., None]
    if smear_px is None:
        below = 0.5 * erf(distance / (sigma * sqrt(2.0)))
    else:
        shortest = xp.full_like(smear_px, SHORTEST_SMEAR_PX)
        smear = xp.maximum(smear_px, shortest)[..., None]
        below = _integral(distance + 0.5 * smear, sigma) - _integral(distance - 0.5 * smear, sigma)
        below = below / smear
    part = below[..., 1:] - below[..., :-1]
    return xp.where(part > 0, part, 0.0)  # rounding: no pixel gives light back


def _integral(distance: Any, sigma: Any) -> Any:
    """Integral of the Gaussian distribution function less one half (which cancels)."""
    xp = array_namespace(distance)
    t = distance / (sigma * sqrt(2.0))
    return 0.5 * distance * erf(t) + sigma / sqrt(2.0 * pi) * xp.exp(-t * t)
