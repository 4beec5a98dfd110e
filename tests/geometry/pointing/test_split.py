"""Shared and own part of a joint covariance, worked by hand and for random ones."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hotspots.geometry.pointing.split import split_covariance


def made(shared, alone):
    joint = np.tile(shared[None, :, None, :], (len(alone), 1, len(alone), 1))
    for i, covariance in enumerate(alone):
        joint[i, :, i, :] += covariance
    return joint


def test_a_shared_error_and_one_of_each_frame():
    shared, alone = np.array([[4.0, 1.0], [1.0, 9.0]]), np.array([[0.3, 0.1], [0.1, 0.2]])
    common, own = split_covariance(made(shared, [alone] * 3))
    np.testing.assert_allclose(common, shared)
    np.testing.assert_allclose(own, [alone] * 3)


def test_a_frame_that_nothing_ties_says_little_of_the_others():
    shared, alone = 0.01 * np.eye(2), [0.001 * np.eye(2)] * 4 + [4.0 * np.eye(2)]
    common, own = split_covariance(made(shared, alone))
    np.testing.assert_allclose(common, shared, rtol=0.1)
    np.testing.assert_allclose(own[:4], alone[:4], rtol=0.1)
    np.testing.assert_allclose(own[4], alone[4], rtol=0.1)


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
def test_no_variance_is_ever_negative(seed, n):
    root = np.random.default_rng(seed).normal(size=(2 * n, 2 * n))
    joint = (root @ root.T).reshape(n, 2, n, 2)
    common, own = split_covariance(joint)
    for matrix in (common, *own):
        assert np.linalg.eigvalsh(matrix).min() > -1e-9
