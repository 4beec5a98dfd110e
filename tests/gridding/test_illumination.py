"""Angles of samples, the sunlight model, and the background under it."""

import numpy as np
import pytest

from hotspots.config import CalibrationSettings
from hotspots.errors import GriddingError
from hotspots.gridding.illumination import (
    Sunlight,
    fit_sunlight,
    remove_background,
    sample_illumination,
)
from hotspots.swath import Flag, Swath
from tests.helpers.cameras import camera_above, stack_cameras

SIGMA = 2e-3
LIT = np.zeros(2, bool)


def swath_of(values, cameras, sigma=SIGMA):
    values = np.asarray(values, np.float32)
    n = len(values)
    return Swath(
        band="M",
        product_ids=tuple(f"F{i}" for i in range(n)),
        values=values,
        sigma=np.full(values.shape, sigma, np.float32),
        flags=np.zeros(values.shape, np.uint8),
        et=np.arange(n, dtype=float),
        exposure_s=np.full(n, 2e-3),
        cameras=cameras,
    )


@pytest.fixture
def cameras():
    """Two cameras over (0, 30) at 60,000 km, the Sun over (0, 0)."""
    return stack_cameras([camera_above(0, 30, 60_000.0)] * 2)


@pytest.fixture
def angles(cameras):
    return sample_illumination(swath_of(np.zeros((2, 128, 432)), cameras), LIT)


def test_angles_in_the_middle(angles):
    # looking straight down at longitude 30 with the Sun over 0: emission 0, incidence 30
    assert angles.mu[0, 63:65, 215:217].mean() == pytest.approx(1.0, abs=1e-4)
    assert angles.mu0[0, 63:65, 215:217].mean() == pytest.approx(np.cos(np.radians(30)), abs=0.004)
    assert angles.mu.dtype == angles.mu0.dtype == np.float32


def test_sky_has_no_angles(angles):
    assert np.isnan(angles.mu0[0, 0, 0])
    assert np.isnan(angles.mu[0, 0, 0])
    np.testing.assert_array_equal(np.isnan(angles.mu), np.isnan(angles.mu0))
    on_body = np.isfinite(angles.mu)
    assert (angles.mu[on_body] >= -1e-3).all()
    assert (np.abs(angles.mu0[on_body]) <= 1 + 1e-6).all()


def test_eclipse_is_night(cameras):
    found = sample_illumination(swath_of(np.zeros((2, 128, 432)), cameras), np.array([True, False]))
    on_body = np.isfinite(found.mu[0])
    assert (found.mu0[0][on_body] == -1).all()
    assert (found.mu0[1][on_body] > 0).any()
    assert np.isnan(found.mu0[0][~on_body]).all()


def test_cameras_come_first():
    with pytest.raises(GriddingError, match="no cameras"):
        sample_illumination(swath_of(np.zeros((1, 128, 432)), None), LIT[:1])


def test_model_is_zero_where_no_sun_shines():
    model = Sunlight(0.01, 0.002, 1.0)
    found = model.radiance(np.array([np.nan, -0.5, 0.0, 0.5, 1.0], np.float32))
    np.testing.assert_allclose(found, [0, 0, 0, 0.007, 0.012], rtol=1e-6)


@pytest.mark.parametrize(
    ("a", "b", "k"), [(0.02, 0.002, 1.0), (0.01, 0.0, 0.7), (0.012, 0.003, 1.3)]
)
def test_law_is_recovered_under_noise_and_hot_spots(cameras, angles, a, b, k):
    rng = np.random.default_rng(0)
    truth = Sunlight(a, b, k)
    values = truth.radiance(angles.mu0) + rng.normal(0, SIGMA, angles.mu0.shape)
    values[:, 50:60, 200:210] += 3.0
    found = fit_sunlight(swath_of(values, cameras), angles)
    cosine = np.linspace(0.15, 0.95, 9, dtype=np.float32)
    np.testing.assert_allclose(found.radiance(cosine), truth.radiance(cosine), atol=4e-4)


def test_night_has_no_law(cameras):
    values = np.random.default_rng(1).normal(0, SIGMA, (2, 128, 432))
    swath = swath_of(values, cameras)
    night = sample_illumination(swath, ~LIT)
    found = fit_sunlight(swath, night)
    assert (found.a, found.b) == (0.0, 0.0)


def test_background_of_columns_goes_and_sunlight_stays(cameras, angles):
    rng = np.random.default_rng(2)
    truth = Sunlight(0.02, 0.002, 1.0)
    light = truth.radiance(angles.mu0)
    stripes = 0.006 * (np.arange(432) % 2)
    swath = swath_of(light + stripes + rng.normal(0, SIGMA, light.shape), cameras)
    cleaned = remove_background(swath, angles, truth, CalibrationSettings())
    left = cleaned.values - light
    night = np.isnan(angles.mu0)
    assert abs(left[night].mean()) < 2e-4
    # between odd and even columns nothing is left, on the sky nor on the disc
    for part in (night, ~night):
        odd = left[..., 1::2][part[..., 1::2]].mean()
        even = left[..., ::2][part[..., ::2]].mean()
        assert abs(odd - even) < 4e-4
    np.testing.assert_array_equal((cleaned.flags & Flag.OFF_BODY) != 0, night)
    assert not swath.flags.any()


def test_background_can_be_left_in(cameras, angles):
    swath = swath_of(np.full((2, 128, 432), 0.01), cameras)
    settings = CalibrationSettings(column_background=False)
    same = remove_background(swath, angles, Sunlight(0, 0, 1), settings)
    np.testing.assert_array_equal(same.values, swath.values)
    assert (same.flags & Flag.OFF_BODY).any()


def test_source_keeps_its_light(cameras, angles):
    rng = np.random.default_rng(3)
    values = rng.normal(0, SIGMA, (2, 128, 432))
    values[:, 60:66, 200:206] += 0.5
    cleaned = remove_background(
        swath_of(values, cameras), angles, Sunlight(0, 0, 1), CalibrationSettings()
    )
    found = cleaned.values[:, 60:66, 200:206].sum() / 2
    assert found == pytest.approx(36 * 0.5, rel=0.005)
