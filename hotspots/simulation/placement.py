"""Where volcanoes lie: at known places and anywhere, some of them side by side or in a row."""

from math import asin, degrees

import numpy as np
from numpy.typing import NDArray

from hotspots.errors import ConfigurationError
from hotspots.geometry.known_hotspots import known_hotspots
from hotspots.simulation.scene_ranges import PopulationRanges
from hotspots.simulation.tangent import displaced, surface_point_km

__all__ = ["draw_places"]

Float64 = NDArray[np.float64]
Place = tuple[float, float]

_TRIES = 100
_CLEARANCE_KM = 1.0
"""Ground left between two sources."""


def draw_places(
    ranges: PopulationRanges, reaches_km: Float64, rng: np.random.Generator
) -> list[Place]:
    """Places for sources of the given sizes, none over another.

    Parameters
    ----------
    ranges : PopulationRanges
    reaches_km : array (n,)
        Radius of each source, km.
    rng : numpy.random.Generator

    Returns
    -------
    list of (latitude, east longitude), degrees

    Raises
    ------
    ConfigurationError
        If the globe has no room for so many.
    """
    known_share = ranges.known_share.draw(rng)
    scatter_km = ranges.known_scatter_km.draw(rng)
    companion_share = ranges.companion_share.draw(rng)
    chain_share = ranges.chain_share.draw(rng)
    known = known_hotspots()
    unused = list(rng.permutation(len(known.names)))
    places: list[Place] = []
    points = np.empty((len(reaches_km), 3))
    azimuth = 0.0
    for index, reach in enumerate(reaches_km):
        beside = index > 0 and rng.random() < companion_share
        if beside and not rng.random() < chain_share:
            azimuth = rng.uniform(0, 360)
        for attempt in range(_TRIES):
            if beside and attempt < _TRIES // 2:
                turn = azimuth + rng.normal(0, 15)
                place = displaced(*places[-1], ranges.companion_distance_km.draw(rng), turn)
            elif unused and rng.random() < known_share:
                chosen = unused.pop()
                place = _scattered(
                    (float(known.latitude_deg[chosen]), float(known.longitude_east_deg[chosen])),
                    scatter_km,
                    rng,
                )
            else:
                place = degrees(asin(rng.uniform(-1, 1))), rng.uniform(0, 360)
            points[index] = surface_point_km(*place)
            gaps = np.linalg.norm(points[:index] - points[index], axis=1)
            if (gaps > reaches_km[:index] + reach + _CLEARANCE_KM).all():
                places.append(place)
                break
        else:
            msg = f"no room for source {index + 1} of {len(reaches_km)}; draw fewer or smaller ones"
            raise ConfigurationError(msg)
    return places


def _scattered(place: Place, sigma_km: float, rng: np.random.Generator) -> Place:
    """A place about another, normally distributed along two axes."""
    distance = float(np.hypot(*rng.normal(0, sigma_km, 2)))
    return displaced(*place, distance, rng.uniform(0, 360))
