"""What else an antenna sees near Io: Jupiter's disc, its radiation belts, the Galaxy.

Each is a cloud of points with a brightness times area (K km2), or a map of the sky, so an
antenna temperature is a sum over points.
"""

from dataclasses import dataclass
from math import pi

import numpy as np
from numpy.typing import NDArray

from hotspots.geometry.state import JUPITER_RADIUS_KM
from hotspots.radiometer import CHANNELS
from hotspots.retrieval.microwave.emission import sky_k
from hotspots.simulation.ranges import Range, require_ranges

__all__ = ["Surroundings", "SurroundingsRanges", "draw_surroundings"]

Float64 = NDArray[np.float64]

_JUPITER_AXES_KM = np.array([71492.0, 71492.0, 66854.0])
_JUPITER_NADIR_K = np.array([849.0, 454.0, 327.0, 245.0, 191.0, 141.0])
"""Mean within 40 degrees of the equator (Fletcher et al. 2021, doi:10.1029/2021JE006858)."""
_JUPITER_LIMB_POWER = np.array([0.47, 0.32, 0.21, 0.18, 0.13, 0.04])
"""T ~ cos(emission)**p of the public code pyPR (Moeckel et al. 2023)."""

_DISC_POINTS, _BELT_POINTS = 3000, 1500
_NORMAL_DISTANCE_KM = 4.04 * 149_597_870.7
"""Distance at which fluxes of Jupiter's belts are quoted."""
_BOLTZMANN_J_K, _JANSKY, _LIGHT_M_S = 1.380649e-23, 1e-26, 299_792_458.0

# Rotation from J2000 to galactic axes (Hipparcos catalogue, ESA 1997, vol. 1, eq. 1.5.11).
GALACTIC = np.array(
    [
        [-0.0548755604, -0.8734370902, -0.4838350155],
        [0.4941094279, -0.4448296300, 0.7469822445],
        [-0.8676661490, -0.1980763734, 0.4559837762],
    ]
)


@dataclass(frozen=True)
class SurroundingsRanges:
    """What Jupiter, its belts and the Galaxy may be like.

    Parameters
    ----------
    jupiter_factor : Range
        Of the published temperatures of Jupiter.
    belts_jy : Range
        Flux of the belts at 0.6 GHz from 4.04 au, Jy; 4 to 6 have been measured from 0.3
        to 2 GHz.
    belts_index : Range
        Power of the frequency that this flux follows.
    belts_radius : Range
        Of the brightest ring, radii of Jupiter.
    galaxy_k : Range
        Brightness of the plane at 0.6 GHz above the mean sky: 100 to 400 K at 408 MHz.
    galaxy_width_deg : Range
        Latitude at which it has fallen to 1/e.
    galaxy_index : Range
        Power of the frequency.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    jupiter_factor: Range = Range(0.96, 1.04)
    belts_jy: Range = Range(3.5, 6.0)
    belts_index: Range = Range(-0.4, -0.1)
    belts_radius: Range = Range(1.4, 1.6)
    galaxy_k: Range = Range(30.0, 90.0)
    galaxy_width_deg: Range = Range(3.0, 8.0)
    galaxy_index: Range = Range(-2.9, -2.5)

    def __post_init__(self) -> None:
        require_ranges(self, 0.0, 2.0, "jupiter_factor")
        require_ranges(self, 0.0, 100.0, "belts_jy")
        require_ranges(self, -5.0, 1.0, "belts_index", "galaxy_index")
        require_ranges(self, 1.1, 4.0, "belts_radius")
        require_ranges(self, 0.0, 1000.0, "galaxy_k")
        require_ranges(self, 0.5, 45.0, "galaxy_width_deg")


@dataclass(frozen=True)
class Surroundings:
    """Drawn surroundings.

    Parameters
    ----------
    disc_km, disc_normal : array (d, 3)
        Points and normals of Jupiter's surface, System III.
    disc_area_km2 : array (d,)
    disc_k : array (6,)
        Brightness temperature seen straight from above.
    belts_km : array (b, 3)
        Points of the belts, System III.
    belts_k_km2 : array (6,)
        Brightness times area of one point.
    galaxy_k : array (6,)
        Brightness of the Galaxy's plane.
    galaxy_width_deg : float
    """

    disc_km: Float64
    disc_normal: Float64
    disc_area_km2: Float64
    disc_k: Float64
    belts_km: Float64
    belts_k_km2: Float64
    galaxy_k: Float64
    galaxy_width_deg: float

    def disc(self, juno_km: Float64) -> tuple[Float64, Float64]:
        """Jupiter's disc from a place in System III.

        Returns
        -------
        directions : array (m, 3)
            Unit vectors from Juno, System III.
        weight : array (m, 6)
            Brightness temperature times solid angle, K sr.
        """
        away = juno_km - self.disc_km
        distance = np.linalg.norm(away, axis=1)
        cosine = np.sum(away * self.disc_normal, axis=1) / distance
        seen = cosine > 0
        cosine, distance = cosine[seen, None], distance[seen]
        solid = self.disc_area_km2[seen] * cosine[:, 0] / distance**2
        weight = solid[:, None] * self.disc_k * cosine**_JUPITER_LIMB_POWER
        return -away[seen] / distance[:, None], weight

    def belts(self, juno_km: Float64) -> tuple[Float64, Float64]:
        """The belts from a place in System III, as `disc`; what Jupiter hides is left out."""
        towards = self.belts_km - juno_km
        distance = np.linalg.norm(towards, axis=1)
        towards = towards / distance[:, None]
        # Nearest point of each line of sight to Jupiter's centre, in stretched space a ball.
        ray, place = towards / _JUPITER_AXES_KM, juno_km / _JUPITER_AXES_KM
        along = -(ray @ place) / np.sum(ray**2, axis=1)
        miss = np.linalg.norm(place + along[:, None] * ray, axis=1)
        seen = ~((miss < 1.0) & (along < distance))
        return towards[seen], self.belts_k_km2 / distance[seen, None] ** 2

    def sky_k(self, directions: Float64) -> Float64:
        """Brightness temperature (m, 6) of the sky in J2000 directions (m, 3)."""
        galactic = directions @ GALACTIC.T
        latitude = np.degrees(np.arcsin(np.clip(galactic[:, 2], -1.0, 1.0)))
        # The inner Galaxy is some five times as bright as the outer one.
        inner = 0.6 + 0.4 * galactic[:, 0]
        plane = inner * np.exp(-np.abs(latitude) / self.galaxy_width_deg)
        mean = np.array([sky_k(channel.frequency_ghz) for channel in CHANNELS])
        return np.asarray(mean + plane[:, None] * self.galaxy_k)


def draw_surroundings(ranges: SurroundingsRanges, rng: np.random.Generator) -> Surroundings:
    """Draw Jupiter, its belts and the Galaxy."""
    frequency = np.array([channel.frequency_ghz for channel in CHANNELS])
    sphere = _even_directions(_DISC_POINTS)
    point = sphere / np.linalg.norm(sphere / _JUPITER_AXES_KM, axis=1, keepdims=True)
    normal = point / _JUPITER_AXES_KM**2
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    distance = np.linalg.norm(point, axis=1)
    area = distance**2 * (4 * pi / _DISC_POINTS) / np.sum(normal * sphere, axis=1)
    flux = ranges.belts_jy.draw(rng) * (frequency / 0.6) ** ranges.belts_index.draw(rng)
    wavelength = _LIGHT_M_S / (frequency * 1e9)
    # S = 2 k T Omega / lambda**2.
    brightness = flux * _JANSKY * wavelength**2 * _NORMAL_DISTANCE_KM**2 / (2 * _BOLTZMANN_J_K)
    radius = np.clip(rng.normal(ranges.belts_radius.draw(rng), 0.25, _BELT_POINTS), 1.2, 2.85)
    longitude = rng.uniform(0, 2 * pi, _BELT_POINTS)
    latitude = rng.normal(0.0, 0.12, _BELT_POINTS)
    belts = np.stack(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ],
        axis=1,
    )
    index = ranges.galaxy_index.draw(rng)
    return Surroundings(
        disc_km=point,
        disc_normal=normal,
        disc_area_km2=area,
        disc_k=_JUPITER_NADIR_K * ranges.jupiter_factor.draw(rng),
        belts_km=belts * radius[:, None] * JUPITER_RADIUS_KM,
        belts_k_km2=brightness / _BELT_POINTS,
        galaxy_k=ranges.galaxy_k.draw(rng) * (frequency / 0.6) ** index,
        galaxy_width_deg=ranges.galaxy_width_deg.draw(rng),
    )


def _even_directions(count: int) -> Float64:
    """Unit vectors spread evenly: a golden spiral."""
    z = 1.0 - (2 * np.arange(count) + 1.0) / count
    longitude = pi * (3.0 - 5**0.5) * np.arange(count)
    across = np.sqrt(1.0 - z**2)
    return np.stack([across * np.cos(longitude), across * np.sin(longitude), z], axis=1)
