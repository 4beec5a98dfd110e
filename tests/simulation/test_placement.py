"""Places: known or anywhere, side by side or in rows, never over each other."""

from dataclasses import replace

import numpy as np
import pytest

from hotspots.errors import ConfigurationError
from hotspots.geometry.known_hotspots import known_hotspots
from hotspots.simulation.placement import draw_places
from hotspots.simulation.ranges import Range
from hotspots.simulation.scene_ranges import PopulationRanges
from hotspots.simulation.tangent import surface_point_km

ALONE = replace(
    PopulationRanges(),
    known_share=Range.fixed(0.0),
    companion_share=Range.fixed(0.0),
    known_scatter_km=Range.fixed(5.0),
)


def points(ranges, reaches, seed=0):
    places = draw_places(ranges, np.asarray(reaches, dtype=float), np.random.default_rng(seed))
    return np.array([surface_point_km(*place) for place in places])


def gaps(found):
    distances = np.linalg.norm(found[:, None] - found, axis=-1)
    np.fill_diagonal(distances, np.inf)
    return distances


def test_anywhere_is_even_over_the_sphere():
    found = points(ALONE, np.zeros(1000)) / 1821.0
    # Even on a sphere means even in each coordinate, from -1 to 1.
    np.testing.assert_allclose(found.mean(axis=0), 0, atol=0.06)
    np.testing.assert_allclose(found.std(axis=0), 3**-0.5, atol=0.04)


def test_known_places_are_scattered_as_asked():
    found = points(replace(ALONE, known_share=Range.fixed(1.0)), np.zeros(200))
    known = known_hotspots()
    places = zip(known.latitude_deg, known.longitude_east_deg, strict=True)
    there = np.array([surface_point_km(*place) for place in places])
    nearest = np.linalg.norm(found[:, None] - there, axis=-1).min(axis=1)
    # The median of a Rayleigh distribution is 1.18 sigma.
    assert np.median(nearest) == pytest.approx(1.18 * 5, rel=0.25)
    assert nearest.max() < 25


def test_nothing_lies_over_another():
    reaches = np.random.default_rng(5).uniform(0, 120, 150)
    crowded = replace(PopulationRanges(), companion_share=Range.fixed(0.5))
    assert (gaps(points(crowded, reaches)) >= reaches[:, None] + reaches).all()


def test_companions_are_as_far_off_as_asked():
    pairs = replace(ALONE, companion_share=Range.fixed(1.0), companion_distance_km=Range(30, 70))
    steps = np.linalg.norm(np.diff(points(pairs, np.zeros(60)), axis=0), axis=1)
    assert np.mean((steps > 29) & (steps < 71)) == 1
    # The row starts elsewhere only where it has no room; turned chains stay close.
    chain = points(replace(pairs, chain_share=Range.fixed(1.0)), np.zeros(20))
    heap = points(replace(pairs, chain_share=Range.fixed(0.0)), np.zeros(20))
    assert np.linalg.norm(chain[-1] - chain[0]) > np.linalg.norm(heap[-1] - heap[0])


def test_some_tenth_of_the_sources_has_a_close_neighbour():
    shares = []
    for seed in range(10):
        distances = gaps(points(PopulationRanges(), np.zeros(300), seed))
        shares.append(((distances > 30) & (distances < 70)).any(axis=1).mean())
    assert 0.07 < np.mean(shares) < 0.25


def test_no_room_is_said():
    with pytest.raises(ConfigurationError, match="no room for source"):
        points(ALONE, np.full(60, 900.0))
