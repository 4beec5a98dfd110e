"""`PassiveModel`: brightness of ground without lava in six channels, by 17 numbers.

Nine are of the ground, six are gains, and two say how common lava is.  All are standard
deviations from their priors, so that 0 is the prior's middle and a step of 1 is one sigma
of any of them.
"""

from dataclasses import dataclass
from math import atan2, exp, hypot

import numpy as np
from numpy.typing import NDArray

from hotspots.config.microwave import MicrowaveSettings, Prior
from hotspots.fresnel import reflectivity
from hotspots.radiometer import CHANNELS
from hotspots.retrieval.microwave.cooling_lava import MAGMA_K
from hotspots.retrieval.microwave.emission import brightness_k, sky_k
from hotspots.retrieval.microwave.ground_temperature import GroundTemperature
from hotspots.retrieval.microwave.lava_spectrum import lava_gain

__all__ = ["PARAMETERS", "PassiveModel"]

Float64 = NDArray[np.float64]

_GROUND = (
    "equator_k",
    "pole_drop_k",
    "log_latitude_exponent",
    "noon_k",
    "afternoon_k",
    "log_skin_depth_m",
    "log_geotherm_k_m",
    "permittivity",
    "log_penetration_wavelengths",
)

_LAVA = ("log_mean_fraction", "log_lava_odds")

PARAMETERS = (*_GROUND, *(f"gain_{channel.number}" for channel in CHANNELS), *_LAVA)
"""Names of the 17 numbers, in their order."""

_LEAST_PERMITTIVITY, _COLDEST_K = 1.05, 20.0
"""Where a search may wander and must not fail."""


@dataclass(frozen=True)
class PassiveModel:
    """Ground at fixed places and hours of the day.

    Parameters
    ----------
    latitude_rad, hour_angle_rad : array (p,) float64
        Hour angle: how far a place is past its noon.
    settings : MicrowaveSettings
    """

    latitude_rad: Float64
    hour_angle_rad: Float64
    settings: MicrowaveSettings

    def values(self, deviations: Float64) -> dict[str, float]:
        """Physical values by name; gains as fractions."""
        settings = self.settings
        priors = [
            *(getattr(settings.ground, name) for name in _GROUND),
            *(Prior(0.0, settings.gain_sigma) for _ in CHANNELS),
            *(getattr(settings, name) for name in _LAVA),
        ]
        return {
            name: prior.mean + prior.sigma * float(deviation)
            for name, prior, deviation in zip(PARAMETERS, priors, deviations, strict=True)
        }

    def lava_prior(self, deviations: Float64) -> tuple[float, float]:
        """Mean fraction where there is lava, and the odds of there being any."""
        value = self.values(deviations)
        return exp(value["log_mean_fraction"]), exp(value["log_lava_odds"])

    def ground(self, deviations: Float64) -> GroundTemperature:
        """Temperatures below the surface."""
        value = self.values(deviations)
        equator = max(value["equator_k"], _COLDEST_K)
        return GroundTemperature(
            equator_k=equator,
            pole_k=max(equator - value["pole_drop_k"], _COLDEST_K),
            latitude_exponent=exp(value["log_latitude_exponent"]),
            diurnal_amplitude_k=hypot(value["noon_k"], value["afternoon_k"]),
            diurnal_lag_rad=atan2(value["afternoon_k"], value["noon_k"]),
            skin_depth_m=exp(value["log_skin_depth_m"]),
            geotherm_k_m=exp(value["log_geotherm_k_m"]),
        )

    def brightness_k(self, deviations: Float64) -> Float64:
        """Brightness temperature (p, 6) from straight above, with the errors of gain, K."""
        value, ground = self.values(deviations), self.ground(deviations)
        nadir = np.ones(1)
        permittivity = max(value["permittivity"], _LEAST_PERMITTIVITY)
        depths = _depths(exp(value["log_penetration_wavelengths"]))
        columns = [
            (1.0 + value[f"gain_{channel.number}"])
            * brightness_k(
                ground.seen_k(depth, self.latitude_rad, self.hour_angle_rad),
                permittivity,
                nadir,
                0.5,
                sky_k(channel.frequency_ghz),
            )
            for channel, depth in zip(CHANNELS, depths, strict=True)
        ]
        return np.stack(columns, axis=1)

    def lava_k(self, deviations: Float64) -> tuple[Float64, Float64]:
        """What lava would add, as a product.

        Returns
        -------
        contrast : array (p,)
            Magma less surface, K.
        spectrum : array (8, 6)
            Part of it that is seen, by age and channel.
        """
        value, ground = self.values(deviations), self.ground(deviations)
        permittivity = max(value["permittivity"], _LEAST_PERMITTIVITY)
        emitted = 1.0 - float(reflectivity(permittivity, np.ones(1))[0][0])
        spectrum = emitted * lava_gain(exp(value["log_penetration_wavelengths"]))
        return MAGMA_K - np.asarray(ground.mean_k(self.latitude_rad)), spectrum


def _depths(wavelengths: float) -> list[float]:
    """Penetration depth of each channel, m."""
    return [wavelengths * 0.299792458 / channel.frequency_ghz for channel in CHANNELS]
