"""What a beam takes from Io: analytic cases, and the compiled twin against arrays."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.geometry.beams.known_patterns import shipped_patterns
from hotspots.geometry.beams.pattern import Pattern
from hotspots.gridding.radiometer.surface import array_weights, facets, surface_weights
from tests.gridding.radiometer.made_flyby import host, strict

EVEN = Pattern(np.ones((1, 65)))


def looking_down(distance_km, tilt_deg=0.0, roll_deg=0.0):
    """Antenna on Io's x axis (n=1, one instant), tilted from the nadir."""
    tilt, roll = np.radians([tilt_deg, roll_deg])
    z = np.array([-np.cos(tilt), np.sin(tilt), 0.0])
    across = np.array([np.sin(tilt), np.cos(tilt), 0.0])
    x = np.cos(roll) * across + np.sin(roll) * np.array([0.0, 0.0, 1.0])
    axes = np.stack([x, np.cross(z, x), z])[None, None]
    return axes, np.array([[distance_km, 0.0, 0.0]])


def test_facets_cover_the_ellipsoid():
    ground = facets(8, 2)
    assert ground.cells == 768
    # Knud Thomsen's area of the ellipsoid is good to 1e-3 at worst, here to far less
    a, b, c = 1829.4, 1819.4, 1815.7
    p = 1.6075
    mean = ((a * b) ** p + (a * c) ** p + (b * c) ** p) / 3
    assert ground.area_km2.sum() == pytest.approx(4 * np.pi * mean ** (1 / p), rel=1e-4)


@given(st.floats(2200.0, 40000.0))
@settings(max_examples=15)
def test_even_antenna_sees_io_by_its_solid_angle(distance):
    axes, juno = looking_down(distance)
    found = surface_weights(axes, juno, EVEN, facets(16, 4), (1.0,))
    # the silhouette from x is an ellipse of the other two semi-axes, nearly a circle
    radius = np.sqrt(1819.4 * 1815.7)
    expected = 0.5 * (1.0 - np.sqrt(1.0 - (radius / distance) ** 2))
    assert found.fill[0] == pytest.approx(expected, rel=0.02)


def test_uniform_ground_that_fills_the_beam_gives_its_temperature():
    axes, juno = looking_down(IO_MEAN_RADIUS_KM + 300.0)
    found = surface_weights(axes, juno, shipped_patterns()[5], facets(16, 8), (1.0,))
    assert found.fill[0] == pytest.approx(1.0, abs=0.005)
    antenna = found.weights[0, 0] @ np.full(3072, 123.0)
    assert antenna == pytest.approx(123.0 * found.fill[0], rel=1e-5)


def test_polarisation_across_the_emission_plane_is_darker():
    # 49 degrees of emission: E in the plane (V) against across it (H)
    axes_v, juno = looking_down(1.5 * IO_MEAN_RADIUS_KM, tilt_deg=30.0)
    axes_h, _ = looking_down(1.5 * IO_MEAN_RADIUS_KM, tilt_deg=30.0, roll_deg=90.0)
    pattern, ground = shipped_patterns()[5], facets(16, 4)
    v = surface_weights(axes_v, juno, pattern, ground, (2.8,))
    h = surface_weights(axes_h, juno, pattern, ground, (2.8,))
    assert v.fill[0] == pytest.approx(h.fill[0], rel=1e-9)
    assert v.weights.sum() > 1.03 * v.fill[0]
    assert h.weights.sum() < 0.95 * h.fill[0]


@pytest.mark.parametrize("azimuths", [1, 6])
def test_compiled_twin_is_the_array_expression(azimuths):
    rng = np.random.default_rng(azimuths)
    turn, _ = np.linalg.qr(rng.normal(size=(3, 2, 3, 3)))
    juno = rng.normal(size=(3, 3))
    juno *= (rng.uniform(2500, 9000, 3) / np.linalg.norm(juno, axis=1))[:, None]
    pattern = Pattern(rng.uniform(0.0, 2.0, (azimuths, 129)))
    ground = facets(4, 2)
    ours = surface_weights(turn, juno, pattern, ground, (2.0, 3.0))
    arrays = array_weights(turn, juno, pattern, ground, (2.0, 3.0))
    np.testing.assert_allclose(ours.weights, arrays.weights, rtol=2e-5, atol=1e-9)
    np.testing.assert_allclose(ours.fill, arrays.fill, rtol=1e-9)
    other = surface_weights(strict(turn), strict(juno), pattern, ground, (2.0, 3.0))
    np.testing.assert_allclose(host(other.weights), arrays.weights, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(host(other.fill), arrays.fill, rtol=1e-9)


def test_blocks_do_not_change_the_result(monkeypatch):
    axes, juno = looking_down(5000.0)
    axes, juno = np.repeat(axes, 5, axis=0), juno * np.linspace(1.0, 2.0, 5)[:, None]
    whole = array_weights(axes, juno, EVEN, facets(4, 1), (2.0,))
    monkeypatch.setattr("hotspots.gridding.radiometer.surface.BLOCK", 200)
    parts = array_weights(axes, juno, EVEN, facets(4, 1), (2.0,))
    np.testing.assert_array_equal(parts.weights, whole.weights)
