"""Terms of the curve: cells and planes agree, and every term has a prior."""

import numpy as np

from hotspots.retrieval.limits.sensitivity import Sensitivity
from hotspots.retrieval.limits.terms import TERMS, design_at, middle_plane, priors_for


def made(shape=(30, 47)):
    random = np.random.default_rng(2)
    return Sensitivity(
        snr_per_gw_um=np.ones(shape),
        light=random.exponential(30.0, shape),
        beside=random.random(shape),
        cos_emission=random.uniform(0.1, 1.0, shape),
        lit=random.random(shape) < 0.5,
        frames=random.integers(1, 5, shape).astype(float),
    )


def test_a_plane_is_the_design_times_the_coefficients():
    sensitivity = made()
    priors = priors_for((30, 47))
    coefficients = np.random.default_rng(1).normal(size=len(priors.mean))
    row, column = (axis.ravel() for axis in np.indices((30, 47)))
    wanted = design_at(sensitivity, row, column) @ coefficients
    plane = middle_plane(coefficients, sensitivity)
    np.testing.assert_allclose(plane.ravel(), wanted, rtol=1e-10)


def test_the_mesh_adds_up_to_one_everywhere():
    row, column = (axis.ravel() for axis in np.indices((30, 47)))
    mesh = design_at(made(), row, column)[:, len(TERMS) :]
    np.testing.assert_allclose(mesh.sum(axis=1), 1.0)
    assert mesh.min() >= 0


def test_neighbours_only_raise_what_is_needed_before_anything_is_known():
    sensitivity = made()
    priors = priors_for((30, 47))
    crowded = middle_plane(priors.mean, sensitivity)
    assert (crowded >= middle_plane(priors.mean, sensitivity.alone())).all()
