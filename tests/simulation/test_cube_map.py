"""Maps on a cube: nodes, continuity over the edges, interpolation against the function."""

import array_api_strict
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.simulation.cube_map import CubeMap, cube_nodes, node_spacing_km, refined


def wave(directions):
    """A smooth function of directions."""
    x, y, z = np.moveaxis(directions, -1, 0)
    return np.sin(2 * x + y) + np.cos(3 * z) * y


def directions(count, seed=0):
    normal = np.random.default_rng(seed).normal(size=(count, 3))
    return normal / np.linalg.norm(normal, axis=1, keepdims=True)


def test_spacing_is_that_at_the_middle_of_a_face():
    nodes = cube_nodes(64)
    angle = np.arccos(np.sum(nodes[0, 32, 32].astype(float) * nodes[0, 32, 33]))
    assert angle * 1821.49 == pytest.approx(node_spacing_km(64), rel=1e-3)


def test_nodes_get_their_own_values():
    values = np.random.default_rng(0).normal(size=(6, 9, 9)).astype(np.float32)
    inner = cube_nodes(8)[:, 1:-1, 1:-1]
    found = CubeMap(values).sample(1800 * inner.reshape(-1, 3))
    np.testing.assert_allclose(found, values[:, 1:-1, 1:-1].ravel(), atol=2e-5)


def test_smooth_function_is_interpolated():
    points = directions(2000)
    errors = [
        np.abs(CubeMap(wave(cube_nodes(n)).astype(np.float32)).sample(points) - wave(points)).max()
        for n in (16, 64)
    ]
    assert errors[0] < 0.02
    # Bilinear interpolation gains the square of the refinement.
    assert errors[1] < errors[0] / 12


@given(st.integers(0, 2), st.floats(-1, 1), st.sampled_from([-1, 1]), st.sampled_from([-1, 1]))
def test_edges_are_seamless(along, position, sign, other_sign):
    """Values jump across no edge, whatever the map holds at its shared nodes."""
    shared = CubeMap(wave(cube_nodes(4)).astype(np.float32))
    one, other = (axis for axis in range(3) if axis != along)
    edge = np.zeros((2, 3))
    edge[:, along] = position
    edge[:, one] = sign * np.array([1, 1 + 1e-6])
    edge[:, other] = other_sign * np.array([1 + 1e-6, 1])
    values = shared.sample(edge)
    assert values[0] == pytest.approx(values[1], abs=1e-5)


def test_refined_map_is_the_same_function():
    values = np.random.default_rng(3).normal(size=(6, 5, 5)).astype(np.float32)
    fine = refined(values)
    assert fine.shape == (6, 9, 9)
    points = directions(500)
    np.testing.assert_allclose(
        CubeMap(fine).sample(points), CubeMap(values).sample(points), atol=1e-5
    )
    assert CubeMap(fine).intervals == 8


def test_second_device_of_the_strict_namespace():
    place = array_api_strict.Device("device1")
    points = directions(50).astype(np.float32)
    held = CubeMap(wave(cube_nodes(16)).astype(np.float32))
    strict = held.sample(array_api_strict.asarray(points, device=place))
    assert strict.dtype == array_api_strict.float32
    back = np.from_dlpack(strict.to_device(array_api_strict.Device("CPU_DEVICE")))
    np.testing.assert_allclose(back, held.sample(points), atol=1e-6)
