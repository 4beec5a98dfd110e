"""Lava lakes by chance: the shape of the floor, how much of the rim glows, what lies on it."""

from dataclasses import replace
from math import cos, hypot, pi, sin

import numpy as np
from numpy.typing import NDArray

from hotspots.simulation.outlines import Outline, Patch
from hotspots.simulation.ranges import Range
from hotspots.simulation.scene_ranges import LakeRanges

__all__ = ["draw_lakes"]

Float64 = NDArray[np.float64]

_VERTICES = 48
_WAVES = np.arange(2, 9)
"""Waves around a rim; more of them would be finer than the vertices show."""

_TRIES = 20
"""Places tried for a patch before the lake does without it."""


def draw_lakes(ranges: LakeRanges, rng: np.random.Generator) -> tuple[Outline, ...]:
    """The outlines of all lakes of a scene."""
    count = round(ranges.lakes.draw(rng))
    whole, none = ranges.whole_ring_share.draw(rng), ranges.no_ring_share.draw(rng)
    outlines = []
    for kind in rng.random(count):
        if kind < none:
            intact = 0.0
        elif kind < none + whole:
            intact = 1.0
        else:
            intact = ranges.intact_share.draw(rng)
        outlines.append(_draw_lake(ranges, intact, rng))
    return tuple(outlines)


def _draw_lake(ranges: LakeRanges, intact_share: float, rng: np.random.Generator) -> Outline:
    diameter = ranges.diameter_km.draw(rng)
    east, north = _draw_rim(ranges, rng)
    area = 0.5 * float(np.sum(east * np.roll(north, -1) - north * np.roll(east, -1)))
    scale = diameter / 2 * (pi / area) ** 0.5
    outline = Outline(
        vertices_km=tuple(
            (float(x), float(y)) for x, y in zip(scale * east, scale * north, strict=True)
        ),
        crust_temperature_k=ranges.crust_temperature_k.draw(rng),
        ring_width_km=ranges.ring_width_km.draw(rng) if intact_share > 0 else 0.0,
        ring_temperature_k=ranges.ring_temperature_k.draw(rng),
        ring_intact=_draw_intact(intact_share, rng),
    )
    kinds = (
        (ranges.hot_patches, ranges.hot_patch_temperature_k),
        (ranges.islands, ranges.island_temperature_k),
    )
    for number, temperature in kinds:
        for _ in range(round(number.draw(rng))):
            radius = diameter / 2 * ranges.patch_radius_share.draw(rng)
            outline = _with_patch(outline, radius, temperature, rng)
    return outline


def _waves(rng: np.random.Generator) -> Float64:
    """A smooth random function of the vertices around a rim, of standard deviation 1."""
    angle = np.linspace(0, 2 * pi, _VERTICES, endpoint=False)[:, None]
    amplitude = rng.standard_normal(_WAVES.size) / _WAVES
    waves = np.sum(amplitude * np.cos(_WAVES * angle + rng.uniform(0, 2 * pi, _WAVES.size)), axis=1)
    return np.asarray(waves / waves.std())


def _draw_rim(ranges: LakeRanges, rng: np.random.Generator) -> tuple[Float64, Float64]:
    """East and north of the vertices in any unit: an ellipse with waves on it."""
    angle = np.linspace(0, 2 * pi, _VERTICES, endpoint=False)
    turned = angle - rng.uniform(0, pi)
    elongation = ranges.elongation.draw(rng)
    radius = np.exp(ranges.irregularity.draw(rng) * _waves(rng))
    radius /= np.hypot(np.cos(turned) / elongation, np.sin(turned))
    return radius * np.cos(angle), radius * np.sin(angle)


def _draw_intact(share: float, rng: np.random.Generator) -> tuple[bool, ...]:
    """Which edges have a ring, in a few arcs."""
    height = _waves(rng)
    order = np.argsort(np.argsort(height))
    return tuple(bool(rank < share * _VERTICES) for rank in order)


def _with_patch(
    outline: Outline, radius_km: float, temperature: Range, rng: np.random.Generator
) -> Outline:
    """The outline with one more patch, clear of rim, ring and other patches if there is room."""
    for _ in range(_TRIES):
        distance = outline.reach_km * rng.random() ** 0.5
        azimuth = rng.uniform(0, 2 * pi)
        east, north = distance * cos(azimuth), distance * sin(azimuth)
        apart = all(
            hypot(east - other.east_km, north - other.north_km) > radius_km + other.radius_km
            for other in outline.patches
        )
        if (
            apart
            and outline.polygon.distance_to_rim_km(east, north) > radius_km + outline.ring_width_km
        ):
            patch = Patch(east, north, radius_km, temperature.draw(rng))
            return replace(outline, patches=(*outline.patches, patch))
    return outline
