"""Lattices over lakes, and how far lakes reach."""

import numpy as np
import pytest

from hotspots.retrieval.frames.extended import PITCH_PX, lattice_about, offsets_from
from hotspots.retrieval.frames.ground import moved
from hotspots.retrieval.frames.optics import BandOptics
from hotspots.retrieval.frames.surroundings import belonging_nodes, look_around
from tests.retrieval.frames.made_scene import cameras, exposed, scene_of, surface

CENTRE = surface(2.0, 4.0)
JACOBIAN = np.array([[0.1, 0.0], [0.0, -0.1]])
OPTICS = BandOptics(0.7, 1.05, 0.02, 3.0)


def test_offsets_and_moves_undo_each_other():
    offsets = np.array([[10.0, -4.0], [0.0, 0.0], [-3.0, 7.0]])
    points = moved(np.tile(CENTRE, (3, 1)), offsets)
    assert offsets_from(CENTRE, points) == pytest.approx(offsets, abs=0.05)


def test_a_lattice_covers_what_it_is_to_cover():
    wanted = np.array([[0.0, 0.0], [40.0, 0.0], [0.0, 30.0]])
    lattice = offsets_from(CENTRE, lattice_about(CENTRE, wanted, JACOBIAN, 1.0)) @ JACOBIAN.T
    apart = np.linalg.norm(lattice[:, None] - (wanted @ JACOBIAN.T)[None], axis=-1)
    assert apart.min(axis=1).max() <= 1.01
    assert apart.min(axis=0).max() <= PITCH_PX
    steps = np.linalg.norm(lattice[:, None] - lattice[None], axis=-1)
    np.fill_diagonal(steps, 9.0)
    assert steps.min() == pytest.approx(PITCH_PX, rel=0.01)


def test_lattice_points_keep_away_from_other_sources():
    disc = 30.0 * np.random.default_rng(0).uniform(-1, 1, (60, 2))
    taken = np.array([[2.0, 1.0]])
    lattice = lattice_about(CENTRE, disc, JACOBIAN, 0.6, taken_px=taken)
    places = offsets_from(CENTRE, lattice) @ JACOBIAN.T
    assert np.linalg.norm(places - taken, axis=-1).min() > 1.29


def test_no_lattice_is_empty():
    nowhere = lattice_about(CENTRE, np.zeros((1, 2)), JACOBIAN, 0.6, taken_px=np.zeros((1, 2)))
    assert nowhere.shape == (1, 3)


def lake_and_star():
    """Frames of a wide faint lake about a point, and of a point alone, sources not removed."""
    rng = np.random.default_rng(9)
    turn = np.linspace(0, 2 * np.pi, 30, endpoint=False)
    ring = np.stack([np.cos(turn), np.sin(turn)], axis=-1)
    lake = np.concatenate([r * ring for r in (5.0, 12.0, 20.0, 28.0)])
    lake = moved(np.tile(CENTRE, (len(lake), 1)), lake)
    swath = exposed("M", cameras(), lake, np.full(len(lake), 2.0 / len(lake)), rng)
    star = surface(-4.0, 340.0)
    return scene_of(swath).bands["M"], np.array([CENTRE, star])


def test_light_that_hangs_together_with_a_source_belongs_to_it():
    frames, places = lake_and_star()
    view = frames.stamps(places, 1)
    jacobian = np.stack([view.jacobian[view.point == i][0] for i in range(2)])
    around = look_around(frames, places, jacobian, OPTICS)
    nowhere = np.zeros((0, 2))
    lake = belonging_nodes(around, 0, nowhere, 1.0)
    distance = np.linalg.norm(around.node_px, axis=-1)
    assert lake[distance < 2.0].all()
    assert not lake[distance > 6.0].any()
    assert not belonging_nodes(around, 1, nowhere, 1.0).any()


def test_light_nearer_to_another_source_is_that_ones():
    frames, places = lake_and_star()
    view = frames.stamps(places, 1)
    jacobian = np.stack([view.jacobian[view.point == i][0] for i in range(2)])
    around = look_around(frames, places, jacobian, OPTICS)
    other = np.array([[2.0, 0.0]])
    lake = belonging_nodes(around, 0, other, 1.0)
    assert lake.any()
    assert (around.node_px[lake, 0] < 1.0).all()
