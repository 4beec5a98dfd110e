"""`GroundTemperature`: temperature below the surface where nothing but the sun and a geotherm act.

``T(z) = M(latitude) + A cos(latitude) exp(-z/s) cos(h - lag - z/s) + g z``: a mean that
falls towards the poles, the wave that conduction lets in from the surface (Carslaw &
Jaeger 1959, section 2.6; first harmonic, for higher ones stay above what a microwave
sees), and a constant gradient.  A receiver sees the mean of T under exponential weights,
which has a closed form.
"""

from dataclasses import dataclass
from typing import Any

from array_api_compat import array_namespace

from hotspots.errors import RetrievalError

__all__ = ["GroundTemperature"]


@dataclass(frozen=True)
class GroundTemperature:
    """A globe without volcanoes.

    Parameters
    ----------
    equator_k, pole_k : float
        Mean of a day at equator and poles, K.
    latitude_exponent : float
        The mean goes from one to the other with this power of the cosine of latitude.
    diurnal_amplitude_k : float
        Half the swing of a day at the surface on the equator, K.
    diurnal_lag_rad : float
        How far the warmest hour is behind noon, as an angle of rotation.
    skin_depth_m : float
        Of the diurnal wave.
    geotherm_k_m : float
        Gradient downwards, K/m.

    Raises
    ------
    RetrievalError
        If a temperature, the exponent or the skin depth is not positive.
    """

    equator_k: float
    pole_k: float
    latitude_exponent: float
    diurnal_amplitude_k: float
    diurnal_lag_rad: float
    skin_depth_m: float
    geotherm_k_m: float

    def __post_init__(self) -> None:
        if min(self.equator_k, self.pole_k, self.latitude_exponent, self.skin_depth_m) <= 0:
            msg = f"{self}: wanted temperatures, exponent and skin depth above zero"
            raise RetrievalError(msg)

    def mean_k(self, latitude_rad: Any) -> Any:
        """Mean of a day at the surface, K, of the shape of ``latitude_rad``."""
        xp = array_namespace(latitude_rad)
        # Rounding puts the cosine of a pole below zero.
        cosine = xp.clip(xp.cos(latitude_rad), 0.0, 1.0)
        return self.pole_k + (self.equator_k - self.pole_k) * cosine**self.latitude_exponent

    def at_depth_k(self, depth_m: Any, latitude_rad: Any, hour_angle_rad: Any) -> Any:
        """Temperature at a depth.

        Parameters
        ----------
        depth_m : array
            Downwards, m.
        latitude_rad, hour_angle_rad : array
            Hour angle: how far the place is past its noon, as an angle of rotation.

        Returns
        -------
        array, broadcast of the three
            K.
        """
        xp = array_namespace(latitude_rad)
        scaled = depth_m / self.skin_depth_m
        wave = xp.exp(-scaled) * xp.cos(hour_angle_rad - self.diurnal_lag_rad - scaled)
        swing = self.diurnal_amplitude_k * xp.cos(latitude_rad)
        return self.mean_k(latitude_rad) + swing * wave + self.geotherm_k_m * depth_m

    def seen_k(self, depth_m: Any, latitude_rad: Any, hour_angle_rad: Any) -> Any:
        """Mean temperature of what a receiver sees: weights ``exp(-z/d) / d``.

        The wave ``Re exp(i a - (1 + i) z / s)`` has the mean ``Re exp(i a) / (1 + (1 + i) d / s)``.

        Parameters
        ----------
        depth_m : array
            Vertical depth d over which the weight falls to 1/e, m: penetration depth times
            cosine of the way in the ground.
        latitude_rad, hour_angle_rad : array
            As in `at_depth_k`.

        Returns
        -------
        array, broadcast of the three
            K.
        """
        xp = array_namespace(latitude_rad)
        ratio = depth_m / self.skin_depth_m
        phase = hour_angle_rad - self.diurnal_lag_rad
        size = (1.0 + ratio) ** 2 + ratio**2
        wave = ((1.0 + ratio) * xp.cos(phase) + ratio * xp.sin(phase)) / size
        swing = self.diurnal_amplitude_k * xp.cos(latitude_rad)
        return self.mean_k(latitude_rad) + swing * wave + self.geotherm_k_m * depth_m
