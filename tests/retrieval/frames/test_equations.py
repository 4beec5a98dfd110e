"""Samples to equations: each once, backgrounds eliminated as a big least squares would."""

import numpy as np
import pytest

from hotspots.retrieval.frames.equations import BandEquations
from hotspots.retrieval.frames.model import LOCAL_PARAMETERS, stamp_model
from hotspots.retrieval.frames.optics import BandOptics
from hotspots.retrieval.frames.roughness import local_roughness
from tests.retrieval.frames.made_scene import NOISE, cameras, exposed, scene_of, surface

PLACES = np.array([surface(3.0, 5.0), surface(3.0, 6.5), surface(-6.0, 345.0)])
POWERS = np.array([1.0, 0.5, 0.8])
OPTICS = BandOptics(0.7, 1.05, 0.02, 3.0)


@pytest.fixture
def made():
    rng = np.random.default_rng(2)
    swath = exposed("M", cameras(2), PLACES, POWERS, rng)
    stamps = scene_of(swath).bands["M"].stamps(PLACES, 5)
    equations = BandEquations.of(stamps, np.arange(3), swath.values.shape[1:])
    still = np.zeros((len(stamps), 2))
    return swath, stamps, equations, stamp_model(stamps, still, still, OPTICS)


def test_every_sample_is_one_equation(made):
    swath, stamps, equations, _ = made
    assert len(np.unique(equations.pixel)) == len(equations.pixel)
    assert np.array_equal(swath.values.ravel()[equations.pixel], equations.values)
    assert len(equations.stamp) == stamps.usable.sum() > len(equations.values)


def test_a_sample_belongs_to_the_nearest_source_of_its_frame(made):
    _, _, equations, _ = made
    assert equations.n_groups == 6
    near = equations.distance_px < 1
    assert set(equations.source[near].tolist()) == {0, 1, 2}
    assert equations.distance_px.max() < 10


def test_light_of_neighbours_adds_up(made):
    _, stamps, equations, model = made
    light = stamps.light_per_gw_um * POWERS[stamps.point]
    residual = equations.values - equations.light(model, light)
    assert np.std(residual) == pytest.approx(NOISE, rel=0.1)
    assert local_roughness(equations, residual, equations.sigma).max() < 0.6 * NOISE


def test_elimination_is_the_same_as_solving_for_everything(made):
    _, stamps, equations, model = made
    light = stamps.light_per_gw_um * POWERS[stamps.point]
    weight = equations.sigma**-2.0
    sums = equations.normal(model, light, equations.values, weight)
    matrix = sums.matrix.toarray()
    chosen = np.arange(len(stamps)) * LOCAL_PARAMETERS
    found = np.linalg.solve(matrix[np.ix_(chosen, chosen)], sums.right[chosen])
    # one column a stamp, three a background
    design = np.zeros((len(equations.values), len(stamps) + 3 * equations.n_groups))
    image = model.image[equations.stamp, equations.row, equations.column]
    np.add.at(design, (equations.equation, equations.stamp), image)
    for k in range(3):
        at = len(stamps) + 3 * equations.group + k
        design[np.arange(len(design)), at] = equations.basis[:, k]
    whole, *_ = np.linalg.lstsq(design, equations.values, rcond=None)
    assert found == pytest.approx(whole[: len(stamps)], rel=1e-3)
    assert found == pytest.approx(light, rel=0.05)


def test_points_of_a_lattice_have_powers_alone(made):
    swath, stamps, _, model = made
    together = BandEquations.of(stamps, np.array([0, 0, 1]), swath.values.shape[1:])
    assert together.points_alone.tolist() == (stamps.point < 2).tolist()
    light = stamps.light_per_gw_um * POWERS[stamps.point]
    sums = together.normal(model, light, together.values, together.sigma**-2.0)
    diagonal = sums.matrix.toarray().diagonal().reshape(-1, LOCAL_PARAMETERS)
    assert (diagonal[stamps.point < 2, 1:] == 0).all()
    assert (diagonal[stamps.point == 2, 1:] > 0).all()
