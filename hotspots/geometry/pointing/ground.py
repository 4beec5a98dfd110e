"""Pull of places known to be hot on the spots that the frames show."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import pdtrc

from hotspots.geometry.host import ellipsoid_point
from hotspots.geometry.known_hotspots import KNOWN_SIGMA_KM, known_hotspots
from hotspots.geometry.pointing.observations import GroundTie
from hotspots.geometry.pointing.tracks import east_north

__all__ = ["ground_ties"]

Float64 = NDArray[np.float64]

REACH_KM = 4 * KNOWN_SIGMA_KM
"""A known place within this of a spot may be it."""

SURROUNDINGS = 4.0
"""Known places are counted out to this many times the reach, to know what chance brings."""

FALSE_TIES = 1e-3
"""Probability of as many matches by chance above which none is believed."""

TABLE_KM = 1.5
"""What all places of the table may err by together, km: however many they are, they tie a
visit no better to the ground."""


def ground_ties(points_km: Float64) -> list[GroundTie]:
    """Tie spots to the nearest known place, if as many are near one as chance never brings.

    Spots that no table knows, or a pointing still far off, match known places by chance
    only; such ties would pull all frames towards a wrong place.

    Parameters
    ----------
    points_km : array (s, 3) float64
        Body-fixed places of the spots, km.

    Returns
    -------
    list of GroundTie
        Possibly none.  Their errors are at least those that their scatter shows, and so wide
        that all together say no more than the true matches among them do, and no more than
        the table as a whole is worth.
    """
    if not len(points_km):
        return []
    table = known_hotspots()
    known = ellipsoid_point(table.latitude_deg, table.longitude_east_deg)
    apart = known[None, :, :] - points_km[:, None, :]
    distance = np.linalg.norm(apart, axis=-1)
    nearest = np.argmin(distance, axis=1)
    matched = np.flatnonzero(distance.min(axis=1) < REACH_KM)
    around = int((distance < SURROUNDINGS * REACH_KM).sum()) - len(matched)
    chance = max(around, 1) / (SURROUNDINGS**2 - 1)
    if not len(matched) or pdtrc(len(matched) - 1, chance) > FALSE_TIES:
        return []
    east, north = east_north(points_km)
    towards = apart[matched, nearest[matched]]
    shift = np.stack([np.sum(towards * axis[matched], axis=-1) for axis in (east, north)], axis=-1)
    around_mean = np.sum((shift - shift.mean(axis=0)) ** 2) / max(2 * len(matched) - 2, 1)
    true_share = max(1.0 - chance / len(matched), 0.1)
    variance = max(KNOWN_SIGMA_KM**2, around_mean) / true_share + len(matched) * TABLE_KM**2
    return [
        GroundTie(int(spot), moved, float(np.sqrt(variance)))
        for spot, moved in zip(matched, shift, strict=True)
    ]
