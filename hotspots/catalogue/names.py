"""Names of places on Io: the named feature that a source lies in or near.

The table ``io_features.csv`` beside this module holds paterae, eruptive centres,
fluctus and tholi.  Distance counts from the rim of a patera, which is nearly round, and
from the centre of the others, whose outlines are not.  Of several features the one
with the nearest rim or centre gives the name; inside two paterae, the nearer centre.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hotspots.body import IO_MEAN_RADIUS_KM

__all__ = ["FARTHEST_KM", "Feature", "NamedPlace", "nearest_names", "volcanic_features"]

FARTHEST_KM = 60.0
"""A source this far from every rim and centre has no name.  Published positions of one
hot spot differ by up to 1.4 degrees, 45 km, from the centres of its patera in nine cases
of ten (Davies et al. 2024 against the gazetteer)."""


@dataclass(frozen=True)
class Feature:
    """A named place.  ``diameter_km`` is None where no size is known."""

    name: str
    kind: str
    lat_deg: float
    lon_east_deg: float
    diameter_km: float | None


@dataclass(frozen=True)
class NamedPlace:
    """Name of the feature at a place, and the distance of the feature's centre, km."""

    name: str
    distance_km: float


@cache
def volcanic_features() -> tuple[Feature, ...]:
    """All features of the table, in alphabetical order."""
    text = files("hotspots.catalogue").joinpath("io_features.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        Feature(
            row["name"],
            row["kind"],
            float(row["lat_deg"]),
            float(row["lon_east_deg"]),
            float(row["diameter_km"]) if row["diameter_km"] else None,
        )
        for row in rows
    )


def nearest_names(
    lat_deg: ArrayLike, lon_east_deg: ArrayLike, *, farthest_km: float = FARTHEST_KM
) -> list[NamedPlace | None]:
    """Names of places.

    Parameters
    ----------
    lat_deg, lon_east_deg : array-like (n,)
        Planetocentric latitude and east longitude, degrees.
    farthest_km : float
        Greatest distance from the rim (paterae) or centre (others), km.

    Returns
    -------
    list of NamedPlace or None, length n
        None where no feature is near enough.
    """
    features = volcanic_features()
    places = _directions(np.atleast_1d(lat_deg), np.atleast_1d(lon_east_deg))
    centres = _directions(
        np.asarray([feature.lat_deg for feature in features]),
        np.asarray([feature.lon_east_deg for feature in features]),
    )
    chord = np.linalg.norm(places[:, None, :] - centres, axis=-1)
    to_centre = 2.0 * IO_MEAN_RADIUS_KM * np.arcsin(np.clip(0.5 * chord, 0.0, 1.0))
    to_rim = np.maximum(to_centre - _rim_radii_km(features), 0.0)
    # The nearest rim wins; the distance to the centre only breaks ties.
    choice = np.argmin(to_rim + 1e-6 * to_centre, axis=1)
    return [
        NamedPlace(features[best].name, float(to_centre[place, best]))
        if to_rim[place, best] <= farthest_km
        else None
        for place, best in enumerate(choice)
    ]


def _rim_radii_km(features: Sequence[Feature]) -> NDArray[np.float64]:
    return np.asarray(
        [0.5 * (one.diameter_km or 0.0) if one.kind == "patera" else 0.0 for one in features]
    )


def _directions(lat_deg: ArrayLike, lon_east_deg: ArrayLike) -> NDArray[np.float64]:
    """Unit vectors (n, 3) of places."""
    latitude, longitude = np.deg2rad(lat_deg), np.deg2rad(lon_east_deg)
    return np.stack(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ],
        axis=-1,
    )
