"""Matched filter and its peaks, against sums done by hand, on both sorts of array."""

import array_api_strict
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hotspots.backend import to_host
from hotspots.detection.filtering import LEAST_ENERGY, local_maxima, matched_filter
from hotspots.detection.point_kernel import kernel_image
from tests.detection.scenes import ELSEWHERE, FLUX_SIGMA, NOISE, SPREAD, drawn, noise_of


@pytest.fixture(params=["numpy", "strict"])
def place(request):
    if request.param == "numpy":
        return np.asarray
    return lambda array: array_api_strict.asarray(np.asarray(array), device=ELSEWHERE)


def test_lone_source_gives_its_flux_and_the_known_error(place):
    image = drawn((41, 51), [(25.5, 20.5)], [0.02])
    weight = np.full(image.shape, NOISE**-2)
    flux, snr = matched_filter(place(image), place(weight), SPREAD)
    if not isinstance(flux, np.ndarray):
        assert flux.device == ELSEWHERE
    flux, snr = to_host(flux), to_host(snr)
    assert np.unravel_index(np.argmax(snr), snr.shape) == (20, 25)
    assert flux[20, 25] == pytest.approx(0.02, rel=1e-3)
    assert snr[20, 25] == pytest.approx(0.02 / FLUX_SIGMA, rel=2e-3)


def test_equal_to_the_sums_written_out():
    rng = np.random.default_rng(1)
    spread = np.array([[0.8, 0.3], [0.3, 0.5]])
    image, weight = rng.normal(size=(14, 17)), rng.uniform(0.5, 2.0, (14, 17))
    weight[rng.random(weight.shape) < 0.1] = 0.0
    flux, snr = matched_filter(image, weight, spread)
    kernel = kernel_image(spread)
    half = np.array(kernel.shape) // 2
    padded, heavy = (np.pad(a, [(h, h) for h in half]) for a in (image, weight))
    for row, column in [(0, 0), (5, 9), (13, 16), (7, 2)]:
        part = (slice(row, row + kernel.shape[0]), slice(column, column + kernel.shape[1]))
        energy = np.sum(kernel**2 * heavy[part])
        best = np.sum(kernel * heavy[part] * padded[part]) / energy
        seen = np.sum(kernel**2 * (heavy[part] > 0)) > LEAST_ENERGY * np.sum(kernel**2)
        assert flux[row, column] == pytest.approx(best if seen else 0.0, abs=1e-12)
        assert snr[row, column] == pytest.approx(best * np.sqrt(energy) if seen else 0.0, abs=1e-12)


def test_noise_alone_has_unit_scatter():
    image = noise_of((200, 200), 6)
    _, snr = matched_filter(image, np.full(image.shape, NOISE**-2), SPREAD)
    assert snr[8:-8, 8:-8].std() == pytest.approx(1.0, abs=0.03)


def test_unusable_cells_are_not_looked_at(place):
    image = drawn((41, 41), [(20.5, 20.5)], [0.02])
    weight = np.full(image.shape, NOISE**-2)
    image[18:20, 22] = np.nan
    weight[18:20, 22] = 0.0
    weight[:, :8] = 0.0
    flux, snr = (to_host(p) for p in matched_filter(place(image), place(weight), SPREAD))
    assert np.isfinite(flux).all()
    assert np.isfinite(snr).all()
    assert flux[20, 20] == pytest.approx(0.02, rel=1e-3)
    np.testing.assert_array_equal(flux[:, :5], 0.0)


def test_peaks_of_a_small_table(place):
    image = np.array(
        [
            [9, 0, 0, 0, 0, 0],
            [0, 5, 0, 0, 3, 3],
            [0, 0, 0, 0, 0, 3],
            [0, 0, 7, 7, 0, 0],
            [0, 0, 0, 0, 2, 0],
            [0, 0, 0, 0, 0, 0],
        ],
        dtype=float,
    )
    peaks = to_host(local_maxima(place(image), 2.5))
    # the 9 lies on the rim and the 5 beside it is lower; of equal cells the first counts
    np.testing.assert_array_equal(np.argwhere(peaks), [[1, 4], [3, 2]])
    assert not to_host(local_maxima(place(image), 7.0)).any()


@given(arrays(np.int8, st.tuples(st.integers(3, 9), st.integers(3, 9)), elements=st.integers(0, 4)))
def test_peaks_are_inside_above_the_threshold_and_never_side_by_side(table):
    image = table.astype(float)
    peaks = local_maxima(image, 0.5)
    assert not (peaks[0].any())
    assert not (peaks[-1].any())
    assert not (peaks[:, 0].any())
    assert not (peaks[:, -1].any())
    found = np.argwhere(peaks)
    for row, column in found:
        around = image[row - 1 : row + 2, column - 1 : column + 2]
        assert image[row, column] == around.max() > 0.5
    if len(found) > 1:
        apart = np.abs(found[:, None] - found[None]).max(axis=-1)
        assert apart[~np.eye(len(found), dtype=bool)].min() > 1


def test_threshold_may_differ_from_cell_to_cell():
    image = drawn((21, 41), [(10.5, 10.5), (30.5, 10.5)], [1.0, 1.0])
    threshold = np.zeros(image.shape)
    threshold[:, 20:] = 1.0
    np.testing.assert_array_equal(np.argwhere(local_maxima(image, threshold)), [[10, 10]])
