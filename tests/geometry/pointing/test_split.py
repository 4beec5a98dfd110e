"""Shared and own part of a joint covariance, worked by hand and for random ones."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hotspots.geometry.pointing.split import split_covariance


def test_a_shared_error_and_one_of_each_frame():
    shared = np.array([[4.0, 1.0], [1.0, 9.0]])
    alone = [np.diag([0.1, 0.4]), np.diag([0.3, 0.2]), np.array([[0.2, 0.1], [0.1, 0.2]])]
    joint = np.tile(shared[None, :, None, :], (3, 1, 3, 1))
    for i, covariance in enumerate(alone):
        joint[i, :, i, :] += covariance
    common, own = split_covariance(joint)
    np.testing.assert_allclose(common, shared)
    np.testing.assert_allclose(own, alone, atol=1e-12)


def test_a_single_frame_shares_nothing():
    covariance = np.array([[2.0, 0.5], [0.5, 1.0]])
    common, own = split_covariance(covariance.reshape(1, 2, 1, 2))
    assert not common.any()
    np.testing.assert_allclose(own, [covariance])


def test_no_frames():
    common, own = split_covariance(np.zeros((0, 2, 0, 2)))
    assert common.shape == (2, 2)
    assert own.shape == (0, 2, 2)


@given(seed=st.integers(0, 10_000), n=st.integers(2, 5))
def test_variances_are_never_negative_and_never_understated(seed, n):
    root = np.random.default_rng(seed).normal(size=(2 * n, 2 * n))
    joint = (root @ root.T).reshape(n, 2, n, 2)
    common, own = split_covariance(joint)
    for matrix in (common, *own):
        assert np.linalg.eigvalsh(matrix).min() > -1e-9
    for i in range(n):
        assert np.linalg.eigvalsh(common + own[i] - joint[i, :, i, :]).min() > -1e-9
