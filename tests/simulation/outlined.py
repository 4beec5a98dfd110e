"""Polygons and lakes for tests."""

import numpy as np

from hotspots.simulation.outlines import Outline, Patch
from hotspots.simulation.star_polygon import StarPolygon

SQUARE = ((-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0))
"""Edges south, east, north, west."""


def star(rng: np.random.Generator, count: int) -> StarPolygon:
    """A random polygon with steps of less than 150 degrees."""
    angle = 2 * np.pi / count * (np.arange(count) + rng.uniform(-0.12, 0.12, count))
    radius = rng.uniform(3, 9, count)
    return StarPolygon(
        tuple(
            zip((radius * np.cos(angle)).tolist(), (radius * np.sin(angle)).tolist(), strict=True)
        )
    )


def square_lake(
    ring_width_km: float = 0.5,
    intact: tuple[bool, ...] = (True, True, True, False),
    patches: tuple[Patch, ...] = (),
) -> Outline:
    """Ten by ten kilometres of crust at 230 K with a ring at 800 K."""
    return Outline(SQUARE, 230.0, ring_width_km, 800.0, intact, patches)
