"""Thermal emission of a black body in the bands of the JIRAM imager.

Symbols and units:

- ``L(lambda, T)``: spectral radiance, W m-2 sr-1 um-1, by Planck's law
  ``L = c1 / lambda**5 / (exp(c2 / (lambda T)) - 1)`` with ``c1 = 2 h c**2`` and
  ``c2 = h c / k`` (wavelength in um, temperature in K);
- ``B(band, T)``: band radiance, W m-2 sr-1, the integral of ``L`` between the edges
  of a box-shaped band;
- ``S = pi B A / W``: hemispheric spectral power, GW/um, of a Lambertian emitter of
  area ``A``.  ``W`` is the width by which the field divides band radiances (0.4975 um
  in M, 0.29 um in L) and is kept apart from the width between the edges.

Constants of the SI (exact since 2019).  All functions take arrays of any array-API
namespace, compute in float64, and give NaN where a temperature, radiance or
wavelength is not positive.
"""

import math
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from array_api_compat import array_namespace
from numpy.polynomial.legendre import leggauss

from hotspots.errors import CalibrationError

__all__ = [
    "BANDS",
    "L_BAND",
    "M_BAND",
    "Band",
    "band_brightness_temperature",
    "band_radiance",
    "brightness_temperature",
    "exitance_gw_km2",
    "exitance_gw_um_km2",
    "hemispheric_power_gw_um",
    "spectral_radiance",
]

_PLANCK_J_S = 6.62607015e-34
_LIGHT_M_S = 299792458.0
_BOLTZMANN_J_K = 1.380649e-23

_C1 = 2.0 * _PLANCK_J_S * _LIGHT_M_S**2 * 1e24
"""First radiation constant for radiance, W m-2 sr-1 um4."""

_C2 = _PLANCK_J_S * _LIGHT_M_S / _BOLTZMANN_J_K * 1e6
"""Second radiation constant, um K."""

_STEFAN_BOLTZMANN = 2.0 * math.pi**5 * _BOLTZMANN_J_K**4 / (15.0 * _PLANCK_J_S**3 * _LIGHT_M_S**2)
"""W m-2 K-4."""

# Twenty nodes integrate the smooth integrand to rounding error from 20 K upwards.
_NODES, _WEIGHTS = (tuple(float(v) for v in values) for values in leggauss(20))

_NEWTON_STEPS = 8


@dataclass(frozen=True)
class Band:
    """One band of the imager, taken as a box in wavelength.

    Parameters
    ----------
    name : str
        ``"L"`` or ``"M"``.
    short_um, long_um : float
        Edges of the box, um.
    power_width_um : float
        Width ``W`` that turns band radiance into spectral radiance, um.
    spice_frame : str
        Frame of the band's half of the detector in the Juno frame kernel.

    Raises
    ------
    CalibrationError
        If the edges are not positive and ascending or the width is not positive.
    """

    name: str
    short_um: float
    long_um: float
    power_width_um: float
    spice_frame: str

    def __post_init__(self) -> None:
        if not 0 < self.short_um < self.long_um or not self.power_width_um > 0:
            msg = (
                f"band {self.name}: edges {self.short_um}..{self.long_um} um and width "
                f"{self.power_width_um} um; wanted positive ascending edges and a positive width"
            )
            raise CalibrationError(msg)

    @property
    def centre_um(self) -> float:
        """Middle of the box, um."""
        return 0.5 * (self.short_um + self.long_um)

    @property
    def width_um(self) -> float:
        """Distance between the edges, um."""
        return self.long_um - self.short_um


L_BAND = Band("L", 3.32, 3.60, 0.29, "JUNO_JIRAM_I_LBAND")
"""Edges: JIRAM archive specification; ``W``: Adriani et al. 2017,
doi:10.1007/s11214-014-0094-y."""

M_BAND = Band("M", 4.5375, 5.035, 0.4975, "JUNO_JIRAM_I_MBAND")
"""Edges and ``W`` as for `L_BAND`; ``W`` is that of Davies et al. 2024,
doi:10.1038/s41550-023-02123-5."""

BANDS = MappingProxyType({band.name: band for band in (L_BAND, M_BAND)})
"""Bands by name."""


def spectral_radiance(wavelength_um: float, temperature_k: Any) -> Any:
    """Planck's law at one wavelength.

    Parameters
    ----------
    wavelength_um : float
        Wavelength, um.
    temperature_k : array
        Temperature, K.

    Returns
    -------
    array, float64
        Spectral radiance, W m-2 sr-1 um-1.
    """
    xp = array_namespace(temperature_k)
    return _planck(xp, wavelength_um, _inverse(xp, temperature_k))


def brightness_temperature(wavelength_um: float, radiance: Any) -> Any:
    """Temperature of a black body of the given spectral radiance: the inverse of Planck's law.

    Parameters
    ----------
    wavelength_um : float
        Wavelength, um.
    radiance : array
        Spectral radiance, W m-2 sr-1 um-1.

    Returns
    -------
    array, float64
        Temperature, K.
    """
    xp = array_namespace(radiance)
    return _C2 / (wavelength_um * xp.log1p(_C1 / wavelength_um**5 * _inverse(xp, radiance)))


def band_radiance(band: Band, temperature_k: Any) -> Any:
    """Radiance of a black body in a band, by Gauss-Legendre quadrature of Planck's law.

    Parameters
    ----------
    band : Band
    temperature_k : array
        Temperature, K.

    Returns
    -------
    array, float64
        Band radiance, W m-2 sr-1.
    """
    xp = array_namespace(temperature_k)
    return _band_radiance_and_slope(xp, band, _inverse(xp, temperature_k))[0]


def band_brightness_temperature(band: Band, radiance: Any) -> Any:
    """Temperature of a black body of the given band radiance.

    Newton's method on ``log B`` against ``1 / T``, which is almost a straight line,
    from the brightness temperature at the middle of the band.

    Parameters
    ----------
    band : Band
    radiance : array
        Band radiance, W m-2 sr-1.

    Returns
    -------
    array, float64
        Temperature, K.
    """
    xp = array_namespace(radiance)
    radiance = xp.where(radiance > 0, xp.astype(radiance, xp.float64), xp.nan)
    inverse_temperature = 1.0 / brightness_temperature(band.centre_um, radiance / band.width_um)
    for _ in range(_NEWTON_STEPS):
        model, slope = _band_radiance_and_slope(xp, band, inverse_temperature)
        inverse_temperature = inverse_temperature - xp.log(model / radiance) * model / slope
    return 1.0 / inverse_temperature


def hemispheric_power_gw_um(band: Band, radiance_km2: Any) -> Any:
    """Spectral power of a Lambertian emitter from its radiance integrated over its surface.

    Parameters
    ----------
    band : Band
    radiance_km2 : array or float
        Band radiance times true surface area, W m-2 sr-1 km2.

    Returns
    -------
    array or float
        ``S = pi (R dA) / W``, GW/um.
    """
    return radiance_km2 * (3.141592653589793 * 1e-3 / band.power_width_um)


def exitance_gw_um_km2(band: Band, temperature_k: Any) -> Any:
    """Spectral power of one square kilometre of black body.

    Parameters
    ----------
    band : Band
    temperature_k : array
        Temperature, K.

    Returns
    -------
    array, float64
        GW um-1 km-2.
    """
    return hemispheric_power_gw_um(band, band_radiance(band, temperature_k))


def exitance_gw_km2(temperature_k: Any) -> Any:
    """Power of one square kilometre of black body at all wavelengths (Stefan-Boltzmann).

    Parameters
    ----------
    temperature_k : array
        Temperature, K.

    Returns
    -------
    array, float64
        GW km-2.
    """
    xp = array_namespace(temperature_k)
    return _STEFAN_BOLTZMANN * 1e-3 / _inverse(xp, temperature_k) ** 4


def _inverse(xp: Any, values: Any) -> Any:
    """Reciprocal in float64; NaN where ``values`` is not positive."""
    values = xp.astype(values, xp.float64)
    return 1.0 / xp.where(values > 0, values, xp.nan)


def _planck(xp: Any, wavelength_um: float, inverse_temperature: Any) -> Any:
    """Planck's law with decaying exponentials, which cannot overflow for cold bodies."""
    exponent = -_C2 / wavelength_um * inverse_temperature
    return _C1 / wavelength_um**5 * xp.exp(exponent) / -xp.expm1(exponent)


def _band_radiance_and_slope(xp: Any, band: Band, inverse_temperature: Any) -> tuple[Any, Any]:
    """Band radiance and its derivative with respect to 1 / T."""
    radiance = xp.zeros_like(inverse_temperature)
    slope = xp.zeros_like(inverse_temperature)
    for node, weight in zip(_NODES, _WEIGHTS, strict=True):
        wavelength = band.centre_um + 0.5 * band.width_um * node
        sample = 0.5 * band.width_um * weight * _planck(xp, wavelength, inverse_temperature)
        rate = _C2 / wavelength
        radiance = radiance + sample
        slope = slope + sample * rate / xp.expm1(-rate * inverse_temperature)
    return radiance, slope
