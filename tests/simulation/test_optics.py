"""Closed forms of blur, pixel and smear against brute force and SciPy."""

import array_api_strict
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.ndimage import gaussian_filter1d
from scipy.special import ndtr

from hotspots.errors import ConfigurationError
from hotspots.simulation.optics import Optics, axis_response

PLACES = st.floats(60.0, 140.0)
SIGMAS = st.floats(0.2, 3.0)
SMEARS = st.floats(0.0, 6.0)


@given(PLACES, SIGMAS, SMEARS)
def test_light_is_conserved_and_falls_around_the_place(place, sigma, smear):
    response = axis_response(np.array([place]), 200, sigma, np.array([smear]))[0]
    assert response.sum() == pytest.approx(1.0, abs=1e-9)
    assert response.min() >= 0
    if sigma > 0.8:
        # below that the pixels sample the blur too coarsely for exact moments
        pixel = np.arange(200)
        centroid = response @ pixel
        assert centroid == pytest.approx(place, abs=2e-3)
        variance = response @ (pixel - centroid) ** 2
        assert variance == pytest.approx(sigma**2 + (1 + smear**2) / 12, abs=0.02)


@given(PLACES, SIGMAS)
def test_without_smear_it_is_the_integral_of_the_gaussian(place, sigma):
    edges = np.arange(201) - 0.5
    expected = np.diff(ndtr((edges - place) / sigma))
    for smear in (None, np.array([0.0])):
        response = axis_response(np.array([place]), 200, sigma, smear)[0]
        np.testing.assert_allclose(response, expected, atol=1e-6)


@given(PLACES, SIGMAS, st.floats(0.1, 6.0))
def test_smear_is_the_mean_over_places_about_the_start(place, sigma, smear):
    along = place + smear * ((np.arange(4000) + 0.5) / 4000 - 0.5)
    expected = axis_response(along, 200, sigma).mean(axis=0)
    response = axis_response(np.array([place]), 200, sigma, np.array([smear]))[0]
    np.testing.assert_allclose(response, expected, atol=1e-6)


def test_blur_is_that_of_scipy():
    fine = 41
    line = np.zeros(21 * fine)
    line[10 * fine + 27] = 1.0
    blurred = gaussian_filter1d(line, 0.7 * fine, truncate=8.0)
    expected = blurred.reshape(21, fine).sum(axis=1)
    place = 10 + (27 - fine // 2) / fine
    np.testing.assert_allclose(axis_response(np.array([place]), 21, 0.7)[0], expected, atol=2e-4)


def test_every_point_may_have_its_own_width_and_smear():
    place, sigma, smear = np.array([3.0, 8.2]), np.array([0.5, 1.5]), np.array([0.0, 2.0])
    together = axis_response(place, 12, sigma, smear)
    for i in range(2):
        alone = axis_response(place[i : i + 1], 12, float(sigma[i]), smear[i : i + 1])
        np.testing.assert_allclose(together[i], alone[0], atol=1e-15)


def test_other_array_library_on_its_own_device():
    place = array_api_strict.Device("device1")
    points, smears = np.array([3.0, 8.2]), np.array([0.0, 2.0])
    response = axis_response(
        array_api_strict.asarray(points, device=place),
        12,
        0.5,
        array_api_strict.asarray(smears, device=place),
    )
    assert response.device == place
    back = np.from_dlpack(response.to_device(array_api_strict.Device("CPU_DEVICE")))
    np.testing.assert_allclose(back, axis_response(points, 12, 0.5, smears), atol=1e-15)


def test_components_share_the_light():
    optics = Optics(0.6, 1.44, (0.03, 0.01), (2.0, 6.0))
    weights, across, along = np.array(optics.components).T
    assert weights.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(across, [0.72, 2.0, 6.0])
    np.testing.assert_allclose(along, [0.5, 2.0, 6.0])
    assert optics.reach_px == 18.0


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"core_sigma_px": 0.0}, "above zero"),
        ({"core_sigma_px": 0.6, "elongation": -1.0}, "above zero"),
        ({"core_sigma_px": 0.6, "wing_fractions": (0.1,)}, "1 wing fractions, 0 widths"),
        (
            {"core_sigma_px": 0.6, "wing_fractions": (1.0,), "wing_sigmas_px": (2.0,)},
            "sum below 1",
        ),
        (
            {"core_sigma_px": 0.6, "wing_fractions": (-0.1,), "wing_sigmas_px": (2.0,)},
            "none below 0",
        ),
    ],
)
def test_impossible_optics_are_refused(wrong, message):
    with pytest.raises(ConfigurationError, match=message):
        Optics(**wrong)
