"""Correlation against a loop over shifts, the canvas against the host, another library."""

import array_api_strict
import numpy as np
import pytest

from hotspots.config import PointingSettings
from hotspots.geometry.host import cos_incidence, pixel_to_surface
from hotspots.geometry.pointing.search import BIN, correlation_scores, disc_canvas, shift_axes
from tests.geometry.made_states import (
    IFOV_RAD,
    camera_axes,
    direction,
    make_states,
    turned_back,
)


def by_loop(image, usable, canvas):
    height, width = image.shape
    rows, columns = canvas.shape[0] - height + 1, canvas.shape[1] - width + 1
    found = np.zeros((rows, columns))
    good = usable > 0
    for i in range(rows):
        for j in range(columns):
            window = canvas[i : i + height, j : j + width][good]
            if window.std() > 1e-6:
                found[i, j] = np.corrcoef(image[good], window)[0, 1]
    return found


def small_case():
    rng = np.random.default_rng(2)
    canvas = rng.normal(size=(2, 14, 11))
    image = np.stack([canvas[0, 3:9, 2:9], canvas[1, 5:11, 4:11]]) * 0.5 + 0.1
    image += rng.normal(0, 0.2, image.shape)
    usable = (rng.random(image.shape) < 0.8).astype(float)
    return image, usable, canvas


def test_correlation_is_that_of_a_loop_over_shifts():
    image, usable, canvas = small_case()
    correlation, score = correlation_scores(image, usable, canvas)
    assert correlation.shape == (2, 9, 5)
    for k, peak in enumerate([(3, 2), (5, 4)]):
        np.testing.assert_allclose(
            correlation[k], by_loop(image[k], usable[k], canvas[k]), atol=1e-9
        )
        assert np.unravel_index(np.argmax(score[k]), score[k].shape) == peak
        expected = usable[k].sum() * correlation[k] * np.abs(correlation[k])
        np.testing.assert_allclose(score[k], expected)


def test_flat_predictions_score_nothing():
    image, usable, canvas = small_case()
    correlation, score = correlation_scores(image, usable, np.zeros_like(canvas))
    assert not correlation.any()
    assert not score.any()
    assert not correlation_scores(np.zeros_like(image), usable, canvas)[1].any()
    assert not correlation_scores(image, np.zeros_like(usable), canvas)[1].any()


def test_other_array_library_on_its_own_device():
    place = array_api_strict.Device("device1")
    host = small_case()
    correlation, score = correlation_scores(
        *(array_api_strict.asarray(a, device=place) for a in host)
    )
    assert correlation.device == score.device == place
    back = np.from_dlpack(correlation.to_device(array_api_strict.Device("CPU_DEVICE")))
    np.testing.assert_allclose(back, correlation_scores(*host)[0], atol=1e-12)


def test_axes_end_where_the_window_ends():
    rx, ry = shift_axes(PointingSettings(search_lines=10, search_samples=4))
    assert rx.tolist() == [4, 2, 0, -2, -4]
    assert ry.tolist() == [10, 8, 6, 4, 2, 0, -2, -4, -6, -8, -10]


def test_canvas_is_the_disc_seen_by_turned_cameras():
    # A canvas line is a turn about the camera's Y axis: compare with a camera so turned.
    settings = PointingSettings(search_lines=600, search_samples=24)
    position = 60_000 * direction(10, 100)
    states = make_states(
        position, turned_back(camera_axes(position), (4.0, -500.0)), sun=direction(0, 150)
    )
    canvas = disc_canvas(states, IFOV_RAD, settings, (1.0, 0.5))
    assert canvas.shape == ((128 + 1200) // BIN, (432 + 48) // BIN)
    rows, columns = np.nonzero(canvas)
    x = columns * BIN + 0.5 - 24
    y = rows * BIN + 0.5 - 600
    # the scene is where the prediction is, 500 lines of angle further down
    centre = y.mean()
    assert 450 < centre - 63.5 < 550
    turn = (63.5 - y[len(y) // 2]) * IFOV_RAD
    about_y = np.array(
        [[np.cos(turn), 0, -np.sin(turn)], [0, 1, 0], [np.sin(turn), 0, np.cos(turn)]]
    )
    rotation = states.rotation[0] @ about_y.T
    near = np.abs(y - y[len(y) // 2]) < 3
    points = pixel_to_surface(
        x[near], 63.5 + y[near] - y[len(y) // 2], position, rotation, np.zeros(3), IFOV_RAD
    )
    expected = cos_incidence(points, states.sun[0]) + 0.5
    inside = np.isfinite(expected) & (expected > 0.6)
    found = canvas[rows[near], columns[near]]
    assert inside.mean() > 0.8
    np.testing.assert_allclose(found[inside], expected[inside], atol=0.02)


@pytest.mark.parametrize("range_km", [3_300.0, 20_000.0, 100_000.0])
@pytest.mark.parametrize("offset", [(0.0, 0.0), (4.0, -535.0), (-20.0, 640.0)])
def test_strips_left_out_hold_nothing(range_km, offset, monkeypatch):
    from hotspots.geometry.pointing import search

    settings = PointingSettings()
    position = range_km * direction(10, 100)
    states = make_states(
        position, turned_back(camera_axes(position), offset), sun=direction(0, 120)
    )
    quick = disc_canvas(states, IFOV_RAD, settings, (1.0, 0.5))
    monkeypatch.setattr(search, "_may_show_body", lambda first, *_: np.ones(len(first), bool))
    np.testing.assert_array_equal(quick, disc_canvas(states, IFOV_RAD, settings, (1.0, 0.5)))
    assert quick.any()


def test_body_behind_the_camera_is_not_drawn():
    position = 60_000 * direction(10, 100)
    states = make_states(position, camera_axes(-position), sun=direction(0, 120))
    assert not disc_canvas(states, IFOV_RAD, PointingSettings(), (1.0, 0.5)).any()
