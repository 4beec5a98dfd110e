"""Known volcanoes: which of them a visit saw, and how faint the others must have been.

A published place is good to some 12 km, so the limit of a volcano that was not seen is
that of a source anywhere about it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from hotspots.body import IO_MEAN_RADIUS_KM, IO_RADII_KM

__all__ = ["RINGS", "Sighting", "about", "sightings", "surface_of", "unit_vectors"]

Float64 = NDArray[np.float64]

RINGS, ANGLES = 5, 8
"""Places about a volcano: so many rings of so many places, all as likely."""

SEARCH_DEG, SEARCH_PX = 1.0, 1.5
"""A source is taken for a known volcano within a degree or 1.5 pixels of its place: nine
published positions of one source in ten agree so well (Davies et al. 2024 against the
gazetteer and against themselves)."""


@dataclass(frozen=True)
class Sighting:
    """What a visit saw of a volcano.

    Parameters
    ----------
    source : int or None
        Number of the source that is the volcano; None where none is.
    distance_km : float or None
        Of the nearest source.
    blended : bool
        Not seen, and a source that is another volcano lies too near to see it.
    """

    source: int | None
    distance_km: float | None
    blended: bool


def unit_vectors(lat_deg: Float64, lon_east_deg: Float64) -> Float64:
    """Directions (n, 3) of planetocentric coordinates."""
    latitude, longitude = np.radians(lat_deg), np.radians(lon_east_deg)
    return np.stack(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ],
        axis=-1,
    )


def surface_of(direction: Float64) -> Float64:
    """Points of the ellipsoid in directions (..., 3), km."""
    scaled = direction / np.asarray(IO_RADII_KM)
    return np.asarray(direction / np.linalg.norm(scaled, axis=-1, keepdims=True))


def about(direction: Float64, sigma_km: Float64) -> Float64:
    """Places where something may be whose place is known with an error.

    Parameters
    ----------
    direction : array (n, 3) float64
        Unit vectors.
    sigma_km : array (n,) float64
        Standard deviation per axis, km.

    Returns
    -------
    array (n, q, 3) float64
        Unit vectors at the middles of q equal parts of the Gaussian.
    """
    part = (np.arange(RINGS) + 0.5) / RINGS
    radius = sigma_km[:, None] / IO_MEAN_RADIUS_KM * np.sqrt(-2 * np.log1p(-part))
    angle = (
        2 * np.pi * (np.arange(ANGLES)[None, :] + 0.5 * (np.arange(RINGS) % 2)[:, None]) / ANGLES
    )
    east = np.cross(np.array([0.0, 0.0, 1.0]), direction)
    # at a pole every direction is as good
    east = np.where(np.linalg.norm(east, axis=-1, keepdims=True) > 0, east, [1.0, 0.0, 0.0])
    east /= np.linalg.norm(east, axis=-1, keepdims=True)
    north = np.cross(direction, east)
    shape = (len(direction), RINGS * ANGLES, 1)
    x = (radius[:, :, None] * np.cos(angle)).reshape(shape)
    y = (radius[:, :, None] * np.sin(angle)).reshape(shape)
    place = direction[:, None, :] + x * east[:, None, :] + y * north[:, None, :]
    return np.asarray(place / np.linalg.norm(place, axis=-1, keepdims=True))


def sightings(volcanoes: Float64, sources: Float64, km_per_px: Float64) -> tuple[Sighting, ...]:
    """Pair volcanoes with sources, one to one.

    Parameters
    ----------
    volcanoes : array (n, 3) float64
        Unit vectors of the volcanoes in view.
    sources : array (m, 3) float64
        Of the sources found.
    km_per_px : array (n,) float64
        Pixel size at each volcano.

    Returns
    -------
    tuple of Sighting
        One for each volcano: as many pairs as there can be, and among those the nearest.
    """
    if not len(sources):
        return tuple(Sighting(None, None, blended=False) for _ in volcanoes)
    chord = np.linalg.norm(volcanoes[:, None, :] - sources[None, :, :], axis=-1)
    distance = 2 * IO_MEAN_RADIUS_KM * np.arcsin(np.clip(chord / 2, 0.0, 1.0))
    degree = np.radians(SEARCH_DEG) * IO_MEAN_RADIUS_KM
    reach = np.maximum(degree, SEARCH_PX * km_per_px)[:, None]
    within = distance <= reach
    # one pair out of reach costs more than all pairs within reach together
    cost = np.where(within, distance / reach, min(distance.shape) + 1.0)
    pairs = zip(*linear_sum_assignment(cost), strict=True)
    seen = {int(i): int(j) for i, j in pairs if within[i, j]}
    nearest = distance.argmin(axis=1)
    return tuple(
        Sighting(
            seen.get(i),
            float(distance[i, seen.get(i, nearest[i])]),
            blended=i not in seen and bool(distance[i].min() < SEARCH_PX * km_per_px[i]),
        )
        for i in range(len(volcanoes))
    )
