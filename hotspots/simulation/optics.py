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

from hotspots.errors import ConfigurationError

__all__ = ["Optics"]


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
