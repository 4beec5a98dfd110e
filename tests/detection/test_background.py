"""The mesh of medians: follows ground and noise, looks past sources."""

import array_api_strict
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.backend import to_host
from hotspots.detection.background import LEAST_CELLS, mesh_statistics
from tests.detection.scenes import ELSEWHERE, drawn, noise_of

SHAPE = (96, 120)
EVERYWHERE = np.ones(SHAPE, bool)


@pytest.fixture(params=["numpy", "strict"])
def place(request):
    if request.param == "numpy":
        return np.asarray
    return lambda array: array_api_strict.asarray(np.asarray(array), device=ELSEWHERE)


def test_even_ground_with_noise(place):
    values = place(5.0 + noise_of(SHAPE, 1, sigma=0.2))
    background, noise = mesh_statistics(values, place(EVERYWHERE), 24)
    assert type(background) is type(values)
    background, noise = to_host(background), to_host(noise)
    assert background.shape == noise.shape == SHAPE
    assert np.abs(background - 5.0).max() < 0.1
    # a median of 144 values has 1.25 / 12 of their sigma, a deviation about the same
    assert noise.mean() == pytest.approx(0.2, rel=0.06)


def test_slope_is_followed_between_the_outermost_tile_centres():
    slope = np.arange(SHAPE[1]) * 0.01 + np.zeros(SHAPE)
    background, _ = mesh_statistics(slope, EVERYWHERE, 24)
    inside = slice(30, -30)  # the median over 3 x 3 tiles bends the ends
    np.testing.assert_allclose(background[:, inside], slope[:, inside], atol=0.011)


def test_sources_neither_raise_the_ground_nor_the_noise():
    ground = noise_of(SHAPE, 2, sigma=0.1)
    rng = np.random.default_rng(3)
    places = rng.uniform(5, 90, (25, 2))
    image = ground + drawn(SHAPE, places, np.full(25, 200.0))
    background, noise = mesh_statistics(image, EVERYWHERE, 24)
    assert np.abs(background).max() < 0.08
    assert noise.max() < 0.16


def test_cells_that_are_not_usable_do_not_count():
    values = noise_of(SHAPE, 4)
    holes = np.random.default_rng(5).random(SHAPE) < 0.2
    spoilt = np.where(holes, np.nan, values)
    wild = np.where(holes, 1e9, values)
    for one, other in zip(
        mesh_statistics(spoilt, ~holes, 24), mesh_statistics(wild, ~holes, 24), strict=True
    ):
        np.testing.assert_array_equal(one, other)
        assert np.isfinite(one).all()


def test_tile_with_few_usable_cells_takes_the_median_of_the_others():
    values = np.full((72, 72), 3.0)
    usable = np.ones((72, 72), bool)
    usable[:24, :24] = False
    usable[0, : LEAST_CELLS - 1] = True
    values[:24, :24] = 50.0
    background, noise = mesh_statistics(values, usable, 24)
    np.testing.assert_array_equal(background, 3.0)
    np.testing.assert_array_equal(noise, 0.0)


def test_nothing_usable_is_zero_everywhere(place):
    values, usable = place(np.full(SHAPE, np.nan)), place(np.zeros(SHAPE, bool))
    for plane in mesh_statistics(values, usable, 24):
        np.testing.assert_array_equal(to_host(plane), 0.0)


@given(
    factor=st.floats(0.01, 100.0),
    offset=st.floats(-10.0, 10.0),
    tile=st.integers(10, 40),
    seed=st.integers(0, 99),
)
def test_units_and_zero_points_do_not_matter(factor, offset, tile, seed):
    values = np.random.default_rng(seed).normal(size=(45, 61))
    usable = np.ones(values.shape, bool)
    background, noise = mesh_statistics(values, usable, tile)
    moved, scaled = mesh_statistics(factor * values + offset, usable, tile)
    np.testing.assert_allclose(moved, factor * background + offset, atol=1e-9 * (factor + 10))
    np.testing.assert_allclose(scaled, factor * noise, atol=1e-9 * factor)
