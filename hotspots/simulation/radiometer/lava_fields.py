"""Fields of old flows: ellipses of one age each, thrown on a globe until enough is covered."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM, latitude_longitude
from hotspots.simulation.radiometer.ground_ranges import LavaRanges

__all__ = ["LavaCover", "LavaField", "draw_lava"]

Float64 = NDArray[np.float64]

_MOST_FIELDS = 4000


@dataclass(frozen=True)
class LavaField:
    """One field.

    Parameters
    ----------
    latitude_deg, longitude_east_deg : float
        Of its middle.
    area_km2 : float
        Of the lava in it.
    age_yr, radius_km, filled_fraction : float
        The radius is that of a circle of the field's area.
    """

    latitude_deg: float
    longitude_east_deg: float
    area_km2: float
    age_yr: float
    radius_km: float
    filled_fraction: float


@dataclass(frozen=True)
class LavaCover:
    """Lava of all fields on n facets.

    Parameters
    ----------
    fields : tuple of LavaField, length k
    facet : array (m,) int64
        Facet of each piece of lava.
    field : array (m,) int64
        Field that it belongs to.
    fraction : array (m,) float64
        Part of the facet that it covers; the pieces of a facet add up to 1 at most.
    facets : int
        n.
    """

    fields: tuple[LavaField, ...]
    facet: NDArray[np.int64]
    field: NDArray[np.int64]
    fraction: Float64
    facets: int

    @property
    def age_yr(self) -> Float64:
        """Age of each piece (m,)."""
        ages = np.array([field.age_yr for field in self.fields])
        return np.asarray(ages[self.field] if len(self.field) else np.zeros(0))

    def total(self, weight: Float64 | float = 1.0) -> Float64:
        """Sum over the pieces of each facet (n,) of fraction times ``weight`` (m,)."""
        sums = np.bincount(self.facet, weights=self.fraction * weight, minlength=self.facets)
        return np.asarray(sums, np.float64)


def draw_lava(ranges: LavaRanges, directions: Float64, rng: np.random.Generator) -> LavaCover:
    """Draw fields until the drawn part of the globe is lava.

    Parameters
    ----------
    ranges : LavaRanges
    directions : array (n, 3)
        Unit vectors to facets of equal area.
    rng : numpy.random.Generator

    Returns
    -------
    LavaCover
    """
    count = len(directions)
    facet_km2 = 4 * np.pi * IO_MEAN_RADIUS_KM**2 / count
    none = rng.random() < ranges.none_fraction
    wanted = 0.0 if none else ranges.covered_fraction.draw(rng) * count
    covered = np.zeros(count)
    fields: list[LavaField] = []
    pieces: list[tuple[NDArray[np.int64], Float64]] = []
    while covered.sum() < wanted and len(fields) < _MOST_FIELDS:
        radius, filled = ranges.radius_km.draw(rng), ranges.filled_fraction.draw(rng)
        middle, inside = _ellipse(directions, radius, ranges.elongation.draw(rng), rng)
        added = filled * (1.0 - covered[inside])
        covered[inside] += added
        latitude, longitude = latitude_longitude(middle)
        fields.append(
            LavaField(
                latitude_deg=float(latitude),
                longitude_east_deg=float(longitude),
                area_km2=float(added.sum() * facet_km2),
                age_yr=ranges.age_yr.draw(rng),
                radius_km=radius,
                filled_fraction=filled,
            )
        )
        pieces.append((inside, added))
    lengths = [len(inside) for inside, _ in pieces]
    return LavaCover(
        fields=tuple(fields),
        facet=np.concatenate([np.zeros(0, np.int64), *(inside for inside, _ in pieces)]),
        field=np.repeat(np.arange(len(fields)), lengths),
        fraction=np.concatenate([np.zeros(0), *(added for _, added in pieces)]),
        facets=count,
    )


def _ellipse(
    directions: Float64, radius_km: float, elongation: float, rng: np.random.Generator
) -> tuple[Float64, NDArray[np.int64]]:
    """Middle (unit vector) and facets of an ellipse at random on the globe."""
    middle = rng.normal(size=3)
    middle /= np.linalg.norm(middle)
    along = np.cross(middle, rng.normal(size=3))
    along /= np.linalg.norm(along)
    across = np.cross(middle, along)
    near = directions @ middle > 0
    u, v = directions @ along, directions @ across
    stretch = np.sqrt(elongation)
    distance = np.hypot(u / stretch, v * stretch) * IO_MEAN_RADIUS_KM
    inside = np.flatnonzero(near & (distance < radius_km))
    if len(inside) == 0:  # smaller than a facet
        inside = np.array([int(np.argmax(directions @ middle))])
    return middle, inside
