"""Images of points against photutils, and in the right place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.simulation.optics import Optics
from hotspots.simulation.point_images import disc_variance, point_image, point_profiles

SAMPLE, LINE = np.meshgrid(np.arange(432), np.arange(128))
PLAIN = Optics(0.7)
WINGED = Optics(0.6, 1.1, (0.03, 0.01), (2.0, 5.0))


def image_of(sample, line, light, optics=PLAIN, smear=0.0, variance=0.0):
    arrays = (np.atleast_1d(np.asarray(v, float)) for v in (sample, line, light))
    sample, line, light = arrays
    return point_image(sample, line, light, np.full(len(sample), variance), optics, smear)


def test_a_point_is_what_photutils_integrates_over_pixels():
    psf = pytest.importorskip("photutils.psf")
    for weight, sigma in ((1.0, 0.7), (2.5, 1.3)):
        model = psf.CircularGaussianSigmaPRF(flux=weight, x_0=200.3, y_0=60.8, sigma=sigma)
        image = image_of(200.3, 60.8, weight, Optics(sigma))
        np.testing.assert_allclose(image, model(SAMPLE, LINE), atol=2e-6)


@given(st.floats(40, 390), st.floats(40, 88), st.floats(0, 5))
def test_centroid_and_light_of_a_point(sample, line, smear):
    optics = Optics(0.8, 1.1, (0.03, 0.01), (2.0, 5.0))
    image = image_of(sample, line, 3.0, optics, smear).astype(float)
    assert image.sum() == pytest.approx(3.0, rel=1e-5)
    assert np.sum(image * SAMPLE) / image.sum() == pytest.approx(sample, abs=5e-3)
    assert np.sum(image * LINE) / image.sum() == pytest.approx(line, abs=5e-3)


def test_points_add_up_and_light_beyond_the_rim_is_lost():
    places = [(100.2, 20.1, 2.0), (103.9, 22.0, 0.5), (-0.5, 60.0, 4.0), (200.0, -40.0, 9.0)]
    together = image_of(*zip(*places, strict=True), WINGED, 1.7)
    alone = sum(image_of(*place, WINGED, 1.7) for place in places)
    np.testing.assert_allclose(together, alone, atol=1e-6)
    assert image_of(-0.5, 60.0, 4.0, WINGED).sum() == pytest.approx(2.0, rel=1e-5)
    assert image_of(200.0, -40.0, 9.0, WINGED).max() < 1e-9


def test_smear_draws_points_out_along_lines_only():
    image = image_of(200.0, 60.0, 1.0, PLAIN, 5.0).astype(float)
    across, along = image.sum(axis=0), image.sum(axis=1)
    spread_across = across @ (np.arange(432) - 200.0) ** 2
    spread_along = along @ (np.arange(128) - 60.0) ** 2
    assert spread_across == pytest.approx(0.49 + 1 / 12, abs=2e-3)
    assert spread_along == pytest.approx(0.49 + 26 / 12, abs=4e-3)


def test_extent_of_a_small_disc_widens_its_image():
    turn = 2 * np.pi * (np.arange(500) * 0.6180339887)
    radius = 0.7 * np.sqrt((np.arange(500) + 0.5) / 500)
    disc = image_of(
        200 + radius * np.cos(turn), 60 + radius * np.sin(turn), np.full(500, 0.002), PLAIN
    )
    image = image_of(200.0, 60.0, 1.0, PLAIN, variance=disc_variance(1.4, 1.0))
    np.testing.assert_allclose(image, disc, atol=3e-3)
    plain = image_of(200.0, 60.0, 1.0, PLAIN)
    assert np.abs(plain - disc).max() > 0.03


def test_edge_on_a_disc_has_half_its_variance():
    assert disc_variance(2.0, 1.0) == pytest.approx(0.25)
    assert disc_variance(2.0, 0.0) == pytest.approx(0.125)


def test_no_points_make_a_dark_image():
    image = image_of([], [], [])
    assert image.shape == (128, 432)
    assert not image.any()


def test_profiles_are_single_precision_pairs():
    profiles = point_profiles(np.array([5.0]), np.array([6.0]), np.zeros(1), WINGED, 0.0)
    assert [round(weight, 6) for weight, _, _ in profiles] == [0.96, 0.03, 0.01]
    for _, across, along in profiles:
        assert across.shape == (1, 432)
        assert along.shape == (1, 128)
        assert across.dtype == along.dtype == np.float32
