"""Triangles of a polygon: a square by hand, any star by properties."""

import array_api_strict
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.errors import ConfigurationError
from hotspots.simulation.star_polygon import StarPolygon
from tests.simulation.outlined import SQUARE, star


def test_square_by_hand():
    square = StarPolygon(SQUARE)
    np.testing.assert_allclose(square.areas_km2, 25)
    np.testing.assert_allclose(square.heights_km, 5)
    np.testing.assert_allclose(square.middles_km[0], (0, -10 / 3), atol=1e-15)
    assert square.reach_km == pytest.approx(50**0.5)
    assert square.distance_to_rim_km(1, 2) == pytest.approx(3)
    assert square.distance_to_rim_km(8, 9) == pytest.approx(-5)


def test_share_and_edge_by_hand():
    east = np.array([0.0, 4.0, 0.0, -1.0, 10.0])
    north = np.array([-2.5, 0.0, 5.0, 0.0, 0.0])
    share, edge = StarPolygon(SQUARE).share_and_edge(east, north)
    np.testing.assert_allclose(share, [0.5, 0.8, 1.0, 0.2, 2.0])
    np.testing.assert_array_equal(edge, [0, 1, 2, 3, 1])


# nearer to the centre than 1e-100 km, coordinates underflow and have no direction
SHARES = st.just(0.0) | st.floats(1e-100, 2.0)


@given(st.integers(0, 2**32), st.integers(3, 40), SHARES)
def test_points_on_the_rim_have_their_share(seed, count, share):
    polygon = star(np.random.default_rng(seed), count)
    vertices = np.array(polygon.vertices_km)
    middles = 0.5 * (vertices + np.roll(vertices, -1, axis=0))
    found, edge = polygon.share_and_edge(*(share * middles.T))
    np.testing.assert_allclose(found, share, atol=1e-9)
    if share > 0:
        np.testing.assert_array_equal(edge, np.arange(count))


@pytest.mark.parametrize(
    "vertices",
    [
        SQUARE[:2],
        tuple(reversed(SQUARE)),
        tuple((x + 20, y) for x, y in SQUARE),
        (*SQUARE, *SQUARE),
        ((5, 0), (0, 5), (-5, 0)),
    ],
)
def test_other_polygons_are_refused(vertices):
    with pytest.raises(ConfigurationError, match="outline"):
        StarPolygon(vertices)


def test_second_device_of_the_strict_namespace():
    place = array_api_strict.Device("device1")
    points = np.random.default_rng(1).uniform(-8, 8, (2, 50))
    polygon = StarPolygon(SQUARE)
    host = polygon.share_and_edge(*points)
    strict = polygon.share_and_edge(*(array_api_strict.asarray(p, device=place) for p in points))
    for ours, theirs in zip(host, strict, strict=True):
        back = theirs.to_device(array_api_strict.Device("CPU_DEVICE"))
        np.testing.assert_array_equal(ours, np.from_dlpack(back))
