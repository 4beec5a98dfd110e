"""Known volcanoes: places about them, and which of them a source is."""

import numpy as np
import pytest

from hotspots.body import IO_MEAN_RADIUS_KM, IO_RADII_KM
from hotspots.retrieval.limits.known import about, sightings, surface_of, unit_vectors

DEGREE_KM = np.pi / 180 * IO_MEAN_RADIUS_KM


@pytest.mark.parametrize("latitude", [-90.0, -60.0, 0.0, 45.0, 90.0])
def test_places_about_a_volcano_scatter_as_its_place_does(latitude):
    direction = unit_vectors(np.array([latitude]), np.array([123.0]))
    places = about(direction, np.array([12.0]))[0]
    np.testing.assert_allclose(np.linalg.norm(places, axis=1), 1.0)
    apart = IO_MEAN_RADIUS_KM * (places - direction)
    np.testing.assert_allclose(apart.mean(axis=0), 0.0, atol=0.2)
    # two axes of 12 km; the outermost tenth of a Gaussian is cut off by the middles of parts
    assert np.sum(apart**2, axis=1).mean() == pytest.approx(2 * 12.0**2, rel=0.12)


def test_surface_points_are_on_the_ellipsoid():
    points = surface_of(unit_vectors(np.linspace(-90, 90, 7), np.linspace(0, 300, 7)))
    np.testing.assert_allclose(np.sum((points / IO_RADII_KM) ** 2, axis=1), 1.0)


def seen(volcanoes, sources, km_per_px):
    to = [
        unit_vectors(np.zeros(len(x)), np.array(x, dtype=float)).reshape(-1, 3)
        for x in (volcanoes, sources)
    ]
    return sightings(*to, np.full(len(volcanoes), km_per_px))


def test_a_source_within_a_degree_is_the_volcano():
    one, other = seen([10.0, 40.0], [10.9, 42.0], 20.0)
    assert one.source == 0
    assert one.distance_km == pytest.approx(0.9 * DEGREE_KM)
    assert other.source is None
    assert not other.blended
    assert other.distance_km == pytest.approx(2.0 * DEGREE_KM)


def test_coarse_pixels_reach_further():
    assert seen([10.0], [12.0], 20.0)[0].source is None
    assert seen([10.0], [12.0], 50.0)[0].source == 0


def test_one_source_is_one_volcano_and_hides_the_other():
    near, far = seen([10.0, 10.6], [10.1], 30.0)
    assert near.source == 0
    assert far.source is None
    assert far.blended
    assert not seen([10.0, 10.9], [10.0], 5.0)[1].blended  # 5.7 pixels away


def test_as_many_pairs_as_there_can_be():
    one, other = seen([10.0, 10.8], [10.7, 11.5], 20.0)
    assert (one.source, other.source) == (0, 1)


def test_without_sources_nothing_is_seen():
    (alone,) = seen([10.0], [], 20.0)
    assert alone.source is None
    assert alone.distance_km is None
