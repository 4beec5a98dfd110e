"""Deposits: what they paint where, and that coarse maps keep the sum."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotspots.errors import ConfigurationError
from hotspots.simulation.cube_map import CubeMap, cube_nodes
from hotspots.simulation.deposits import Deposit, paint
from hotspots.simulation.tangent import displaced, surface_point_km


def painted(deposit, intervals):
    log_l, log_m = np.zeros((2, 6, intervals + 1, intervals + 1), dtype=np.float32)
    paint([deposit], log_l, log_m)
    return log_l, log_m


def node_areas(intervals):
    """Share of the sphere that belongs to each node, from the triangles around it."""
    nodes = cube_nodes(intervals).astype(np.float64)
    along, across = nodes[:, 1:, :-1] - nodes[:, :-1, :-1], nodes[:, :-1, 1:] - nodes[:, :-1, :-1]
    cells = np.linalg.norm(np.cross(along, across), axis=-1) / 4
    areas = np.zeros(nodes.shape[:3])
    for row in (slice(None, -1), slice(1, None)):
        for column in (slice(None, -1), slice(1, None)):
            areas[:, row, column] += cells
    return areas


@given(st.floats(-90, 90), st.floats(0, 359))
def test_middle_edge_and_outside(lat, lon):
    deposit = Deposit(lat, lon, 200.0, l_factor=0.5, m_factor=2.0, edge=0.2)
    log_l, log_m = (CubeMap(log) for log in painted(deposit, 64))
    places = [(lat, lon), displaced(lat, lon, 200, 70), displaced(lat, lon, 400, 200)]
    found = log_l.sample(np.array([surface_point_km(*place) for place in places]))
    np.testing.assert_allclose(found / np.log(0.5), [1, 0.5, 0], atol=0.1)
    np.testing.assert_allclose(log_m.values, -log_l.values)


def test_ring_leaves_its_middle():
    ring = Deposit(20, 45, 400.0, l_factor=2.0, m_factor=2.0, hollow=0.5, edge=0.05)
    log_l = CubeMap(painted(ring, 128)[0])
    places = [(20, 45), displaced(20, 45, 300, 10), displaced(20, 45, 500, 10)]
    found = log_l.sample(np.array([surface_point_km(*place) for place in places]))
    np.testing.assert_allclose(found / np.log(2), [0, 1, 0], atol=0.02)


@settings(max_examples=15)
@given(st.floats(-90, 90), st.floats(0, 359))
def test_deposits_smaller_than_the_nodes_keep_their_sum(lat, lon):
    deposit = Deposit(lat, lon, 25.0, l_factor=0.6, m_factor=0.6)
    sums = []
    for intervals in (16, 256):
        log_l = painted(deposit, intervals)[0]
        # Shared nodes of the faces have their share of the area on each.
        sums.append(float(np.sum(log_l * node_areas(intervals))))
    disc = np.log(0.6) * np.pi * (25 / 1821.49) ** 2
    assert sums[1] == pytest.approx(disc, rel=0.05)
    assert 0.5 < sums[0] / disc < 2


def test_every_face_is_painted_alike_at_shared_nodes():
    # The corner (1, 1, 1) belongs to three faces.
    log_l = painted(Deposit(35.26, 45, 150.0, 0.5, 0.5), 32)[0]
    assert log_l[0, -1, -1] == pytest.approx(log_l[2, -1, -1])
    assert log_l[0, -1, -1] == pytest.approx(log_l[4, -1, -1])
    assert log_l[0, -1, -1] < -0.6
    assert not log_l[[1, 3, 5]].any()


@pytest.mark.parametrize("wrong", [{"radius_km": 0.0}, {"hollow": 1.0}, {"m_factor": -1.0}])
def test_impossible_deposits_are_refused(wrong):
    settings = {"radius_km": 10.0, "l_factor": 0.5, "m_factor": 0.5, **wrong}
    with pytest.raises(ConfigurationError, match=next(iter(wrong))):
        Deposit(0, 0, **settings)
