"""Matrices of information with units far apart."""

import numpy as np
import pytest

from hotspots.retrieval.frames.information import Information


def matrix():
    rng = np.random.default_rng(2)
    root = rng.normal(size=(6, 6)) + 4 * np.eye(6)
    units = 10.0 ** np.arange(-9, 9, 3)
    return (root @ root.T) * units[:, None] * units[None, :]


def test_solution_variances_and_inverse_agree_with_linear_algebra():
    information, right = matrix(), np.arange(1.0, 7.0)
    found = Information(information)
    inverse = np.linalg.inv(information)
    assert found.solve(right) == pytest.approx(inverse @ right, rel=1e-5)
    assert found.variances(np.array([1, 4])) == pytest.approx(np.diag(inverse)[[1, 4]], rel=1e-5)
    scale = np.sqrt(np.outer(np.diag(inverse), np.diag(inverse)))
    assert found.inverse() / scale == pytest.approx(inverse / scale, abs=1e-5)


def test_two_unknowns_that_nothing_tells_apart_share():
    together = Information(np.ones((2, 2)))
    assert together.solve(np.array([2.0, 2.0])) == pytest.approx([1.0, 1.0], rel=1e-3)
