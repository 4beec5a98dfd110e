"""Primitives on NumPy and on array-api-strict's second device, where NumPy cannot reach."""

import importlib.util

import array_api_strict
import numpy as np
import pytest

from hotspots import backend
from hotspots.backend import Backend
from hotspots.errors import ConfigurationError

ELSEWHERE = array_api_strict.Device("device1")


@pytest.fixture(params=["numpy", "strict"])
def place(request):
    """Return a function that puts a NumPy array where the test wants it."""
    if request.param == "numpy":
        return np.asarray
    return lambda array: array_api_strict.asarray(np.asarray(array), device=ELSEWHERE)


def same_place(result, original):
    assert type(result) is type(original)
    if not isinstance(result, np.ndarray):
        assert result.device == original.device
    return backend.to_host(result)


def test_to_host_reaches_every_device(place):
    host = backend.to_host(place(np.arange(3.0)))
    assert isinstance(host, np.ndarray)
    np.testing.assert_array_equal(host, [0, 1, 2])


def test_host_arrays_are_not_copied():
    array = np.arange(3)
    assert backend.to_host(array) is array
    assert backend.to_device(array, Backend.CPU) is array
    assert backend.to_host([1, 2]).tolist() == [1, 2]
    assert not backend.is_gpu_array(array)


def test_label_counts_regions_with_and_without_corners(place):
    mask = place(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 0], [1, 1, 0]], dtype=bool))
    labels, count = backend.label(mask)
    assert count == 2
    np.testing.assert_array_equal(
        same_place(labels, mask), [[1, 0, 0], [0, 1, 0], [0, 0, 0], [2, 2, 0]]
    )
    assert backend.label(mask, corners=False)[1] == 3


def test_gaussian_filter_keeps_the_sum_and_the_middle(place):
    image = np.zeros((21, 21))
    image[10, 10] = 1.0
    smooth = same_place(backend.gaussian_filter(place(image), 1.5), place(image))
    assert smooth.sum() == pytest.approx(1.0, abs=1e-6)
    assert smooth[10, 10] == pytest.approx(1 / (2 * np.pi * 1.5**2), rel=0.01)


def test_error_function_is_the_one_of_the_textbook(place):
    points = place(np.array([-3.0, 0.0, 0.5, 1.0]))
    values = same_place(backend.erf(points), points)
    np.testing.assert_allclose(values, [-0.999977909503, 0.0, 0.520499877813, 0.842700792950])


def test_median_filter_removes_a_spike(place):
    image = np.ones((5, 5))
    image[2, 2] = 100.0
    np.testing.assert_array_equal(
        same_place(backend.median_filter(place(image), 3), place(image)), np.ones((5, 5))
    )


def test_scatter_add_sums_repeats_and_leaves_the_target_alone(place):
    target = place(np.zeros(3))
    result = backend.scatter_add(target, place(np.array([0, 2, 0])), place(np.array([1.0, 2, 4])))
    np.testing.assert_array_equal(same_place(result, target), [5, 0, 2])
    np.testing.assert_array_equal(backend.to_host(target), [0, 0, 0])


def test_binned_sum_has_a_number_for_empty_bins(place):
    values = place(np.array([1.0, 2.0, 4.0]))
    sums = backend.binned_sum(place(np.array([0, 2, 0])), values, 4)
    np.testing.assert_array_equal(same_place(sums, values), [5, 0, 2, 0])


@pytest.mark.parametrize("axis", [0, 1])
def test_nanmedian_is_that_of_numpy(place, axis):
    random = np.random.default_rng(0)
    array = random.normal(size=(6, 7))
    array[random.random((6, 7)) < 0.3] = np.nan
    array[:, 3] = array[2, :] = np.nan
    expected = [
        np.median(line[np.isfinite(line)]) if np.isfinite(line).any() else np.nan
        for line in np.moveaxis(array, axis, -1)
    ]
    result = backend.nanmedian(place(array), axis=axis)
    np.testing.assert_allclose(same_place(result, place(array)), expected)


def test_tensors_share_memory_with_host_arrays():
    array = np.zeros(3, np.float32)
    tensor = backend.as_tensor(array)
    tensor[1] = 7.0
    assert array[1] == 7.0


def test_tensors_of_read_only_arrays_are_copies():
    array = np.zeros(3, np.float32)
    array.flags.writeable = False
    backend.as_tensor(array)[0] = 1.0
    assert array[0] == 0.0


def test_backends_are_chosen_by_name(monkeypatch):
    assert backend.select_backend("cpu") is Backend.CPU
    monkeypatch.setattr(backend, "gpu_available", lambda: False)
    assert backend.select_backend("auto") is Backend.CPU
    monkeypatch.setattr(backend, "gpu_available", lambda: True)
    assert backend.select_backend("auto") is Backend.GPU
    assert backend.select_backend("gpu") is Backend.GPU


def test_a_missing_gpu_is_named_with_what_to_do(monkeypatch):
    monkeypatch.setattr(backend, "gpu_available", lambda: False)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ConfigurationError, match="hotspots\\[cuda13\\]"):
        backend.select_backend("gpu")
    with pytest.raises(ConfigurationError, match="backend=cpu"):
        backend.to_device(np.zeros(1), Backend.GPU)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: object())
    with pytest.raises(ConfigurationError, match="no CUDA device"):
        backend.gpu_module()


def test_an_unknown_backend_is_refused():
    with pytest.raises(ConfigurationError, match="auto, cpu or gpu"):
        backend.select_backend("tpu")
