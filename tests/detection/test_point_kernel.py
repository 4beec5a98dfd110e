"""The model of a point source: its sum, its moments, its slopes, its end."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.detection.point_kernel import (
    kernel_cells,
    kernel_image,
    kernel_values,
    point_model,
)
from tests.detection.scenes import SPREAD

SHAPE = (60, 70)
spreads = st.builds(
    lambda a, b, r: np.array([[a * a, r * a * b], [r * a * b, b * b]]),
    st.floats(0.8, 2.5),
    st.floats(0.8, 2.5),
    st.floats(-0.7, 0.7),
)


def moments(image):
    row, column = np.indices(image.shape) + 0.5
    light = image / image.sum()
    x, y = np.sum(light * column), np.sum(light * row)
    dx, dy = column - x, row - y
    off = np.sum(light * dx * dy)
    return (x, y), np.array([[np.sum(light * dx**2), off], [off, np.sum(light * dy**2)]])


@given(spreads, st.floats(25.0, 45.0), st.floats(25.0, 35.0))
def test_sum_middle_and_covariance_are_those_asked_for(spread, x, y):
    image = point_model(np.array([[x, y]]), np.array([2.0]), spread, SHAPE)
    assert image.sum() == pytest.approx(2.0, rel=2e-3)
    middle, covariance = moments(image)
    np.testing.assert_allclose(middle, (x, y), atol=5e-3)
    np.testing.assert_allclose(covariance, spread, atol=0.01 * np.trace(spread))


def test_models_add_up_and_end_at_the_rim():
    places, fluxes = np.array([(0.2, 10.0), (30.0, 59.9), (200.0, 10.0)]), np.array([1.0, 2.0, 4.0])
    together = point_model(places, fluxes, SPREAD, SHAPE)
    apart = sum(
        point_model(p[None], f[None], SPREAD, SHAPE) for p, f in zip(places, fluxes, strict=True)
    )
    np.testing.assert_allclose(together, apart, atol=1e-15)
    assert 1.4 < together.sum() < 1.8  # half of two lies off the map, the third altogether


def test_no_source_is_an_empty_map():
    assert not point_model(np.zeros((0, 2)), np.zeros(0), SPREAD, SHAPE).any()


def test_slopes_are_those_of_finite_differences():
    spread, place, step = np.array([[2.0, 0.6], [0.6, 1.2]]), np.array([[30.3, 20.7]]), 1e-5
    cells = kernel_cells(place, spread, SHAPE)
    flat = [np.zeros(SHAPE[0] * SHAPE[1]) for _ in range(2)]
    flat[0][cells.cell], flat[1][cells.cell] = cells.by_column, cells.by_row
    inside = np.zeros(SHAPE, bool)
    inside[14:27, 22:39] = True  # well within the reach, where the model does not end
    for axis, slope in enumerate(flat):
        shift = np.zeros(2)
        shift[axis] = step
        one = np.ones(1)
        numeric = point_model(place + shift, one, spread, SHAPE)
        numeric = (numeric - point_model(place - shift, one, spread, SHAPE)) / (2 * step)
        reached = inside & (point_model(place, one, spread, SHAPE) > 1e-4)
        np.testing.assert_allclose(slope.reshape(SHAPE)[reached], numeric[reached], atol=1e-7)


def test_kernel_image_is_odd_centred_and_sums_to_one():
    kernel = kernel_image(np.array([[1.0, 0.2], [0.2, 4.0]]))
    assert kernel.shape == (17, 9)
    assert kernel.sum() == pytest.approx(1.0)
    assert np.unravel_index(np.argmax(kernel), kernel.shape) == (8, 4)
    np.testing.assert_allclose(kernel, kernel[::-1, ::-1])


def test_values_without_an_end_agree_with_the_model_where_it_reaches():
    place = np.array([30.3, 20.7])
    whole = kernel_values(place, SPREAD, SHAPE)
    model = point_model(place[None], np.ones(1), SPREAD, SHAPE)
    np.testing.assert_allclose(whole[model > 0], model[model > 0])
    assert whole[model == 0].max() < whole.max() * np.exp(-7.9)
