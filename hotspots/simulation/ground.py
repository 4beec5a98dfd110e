"""Io without its volcanoes: sunlight that the ground reflects and the little that it emits.

Sunlight follows ``B = albedo (a f(i, e) + c g(i))``, with ``f`` a mixture of Minnaert's law
(an exponent of 1 is Lambert's) and Lommel-Seeliger's, 1 where sun and camera stand
overhead, and the constant ``c`` that fits of the images need, brought to zero at the
terminator by ``g``.  Emission is that of a black body whose fourth power of the
temperature rises with the sunlight.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

from hotspots.config.checks import require_positive, require_within
from hotspots.planck import BANDS, Band, band_radiance
from hotspots.simulation.albedo import Albedo

__all__ = ["Ground", "PassiveEmission", "SunlightLaw"]

_GRAZING = 0.03
"""Least cosine of emission that divides: the laws diverge at a limb that no pixel resolves."""

_STEPS = 128
"""Steps of sunlight in the table of emission."""


@dataclass(frozen=True)
class SunlightLaw:
    """How sunlit ground of mean albedo looks in one band.

    Parameters
    ----------
    overhead : float
        Band radiance with sun and camera overhead, without the constant, W m-2 sr-1.
    constant : float
        Band radiance added to all sunlit ground, W m-2 sr-1.
    minnaert_exponent : float
        From 0.3 to 1 (Lambert).
    lommel_seeliger_share : float
        Share of the Lommel-Seeliger law, 0..1; Minnaert's has the rest.
    terminator : float
        Cosine of incidence over which the constant rises by 1 - 1/e.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    overhead: float
    constant: float = 0.0
    minnaert_exponent: float = 1.0
    lommel_seeliger_share: float = 0.0
    terminator: float = 0.01

    def __post_init__(self) -> None:
        require_within(self, 0.0, float("inf"), "overhead", "constant")
        require_within(self, 0.3, 1.0, "minnaert_exponent")
        require_within(self, 0.0, 1.0, "lommel_seeliger_share")
        require_positive(self, "terminator")

    def radiance(self, cos_incidence: Any, cos_emission: Any) -> Any:
        """Band radiance of sunlit ground, W m-2 sr-1; 0 where the sun is below the horizon."""
        xp = array_namespace(cos_incidence)
        sun = xp.where(cos_incidence > 0, cos_incidence, 0.0)
        view = xp.where(cos_emission > _GRAZING, cos_emission, _GRAZING)
        k, share = self.minnaert_exponent, self.lommel_seeliger_share
        shape = (1 - share) * (sun if k == 1 else sun**k * view ** (k - 1))
        if share > 0:
            shape = shape + share * (2 * sun / (sun + view))
        result = self.overhead * shape
        if self.constant > 0:
            result = result - self.constant * xp.expm1(-sun / self.terminator)
        return result


@dataclass(frozen=True)
class PassiveEmission:
    """Temperature of ground that only the sun warms.

    Parameters
    ----------
    noon_temperature_k, night_temperature_k : float
        Under the overhead sun, and without sun.

    Raises
    ------
    ConfigurationError
        If a temperature is not positive.
    """

    noon_temperature_k: float
    night_temperature_k: float

    def __post_init__(self) -> None:
        require_positive(self, "noon_temperature_k", "night_temperature_k")

    @cached_property
    def _tables(self) -> dict[str, NDArray[np.float64]]:
        share = np.linspace(0, 1, _STEPS + 1)
        night, noon = self.night_temperature_k**4, self.noon_temperature_k**4
        temperature = (night + share * (noon - night)) ** 0.25
        return {name: np.asarray(band_radiance(b, temperature)) for name, b in BANDS.items()}

    def radiance(self, sunlight: Any, band: Band) -> Any:
        """Band radiance, W m-2 sr-1, at a cosine of incidence ``sunlight``; 0 or less is night."""
        xp = array_namespace(sunlight)
        table = xp.asarray(self._tables[band.name], dtype=sunlight.dtype, device=device(sunlight))
        scaled = xp.clip(sunlight, 0.0, 1.0) * _STEPS
        below = xp.minimum(xp.floor(scaled), xp.full_like(scaled, _STEPS - 1))
        index = xp.reshape(xp.astype(below, xp.int64), (-1,))
        low = xp.reshape(xp.take(table, index), scaled.shape)
        high = xp.reshape(xp.take(table, index + 1), scaled.shape)
        return low + (scaled - below) * (high - low)


@dataclass(frozen=True)
class Ground:
    """The whole globe without its volcanoes.

    Parameters
    ----------
    l_sunlight, m_sunlight : SunlightLaw
    emission : PassiveEmission or None
        None emits nothing.
    albedo : Albedo or None
        None is the same everywhere.
    """

    l_sunlight: SunlightLaw
    m_sunlight: SunlightLaw
    emission: PassiveEmission | None = None
    albedo: Albedo | None = None

    def radiance(
        self,
        points: Any,
        cos_incidence: Any,
        cos_emission: Any,
        lit: Any,
        band: Band,
        *,
        resolution_km: float = 0.0,
    ) -> Any:
        """Band radiance of the ground, reflected and emitted.

        Parameters
        ----------
        points : array (..., 3) floating
            Body-fixed points of the surface, km, in any array-API namespace.
        cos_incidence, cos_emission : arrays, broadcast to (...)
        lit : array, broadcast to (...)
            False, or 0, where no sunlight falls although the sun is up: in Jupiter's
            shadow.
        band : Band
        resolution_km : float
            Distance between neighbouring points, km; finer patterns are averaged.

        Returns
        -------
        array (...)
            W m-2 sr-1; 0 where a point is NaN (off the body).
        """
        xp = array_namespace(points)
        on_body = ~xp.isnan(points[..., 0])
        here = points[on_body]

        def on_ground(values: Any) -> Any:
            return xp.astype(xp.broadcast_to(values, on_body.shape)[on_body], points.dtype)

        incidence, light = on_ground(cos_incidence), on_ground(lit)
        law = self.l_sunlight if band.name == "L" else self.m_sunlight
        ground = light * law.radiance(incidence, on_ground(cos_emission))
        if self.albedo is not None:
            ground = ground * self.albedo.factor(here, band, resolution_km=resolution_km)
        if self.emission is not None:
            ground = ground + self.emission.radiance(light * incidence, band)
        result = xp.zeros_like(points[..., 0])
        result[on_body] = ground
        return result
