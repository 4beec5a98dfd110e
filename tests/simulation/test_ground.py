"""Ground: the laws by hand, warmth against Planck's law, shadow, and what is off the body."""

from dataclasses import replace

import array_api_strict
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.errors import ConfigurationError
from hotspots.planck import L_BAND, M_BAND, band_radiance
from hotspots.simulation.albedo import Texture, draw_albedo
from hotspots.simulation.ground import Ground, PassiveEmission, SunlightLaw

COSINE = st.floats(0.01, 1)
GROUND = Ground(
    l_sunlight=SunlightLaw(0.025),
    m_sunlight=SunlightLaw(0.01, constant=0.002, minnaert_exponent=0.7),
    emission=PassiveEmission(noon_temperature_k=150.0, night_temperature_k=90.0),
)


def one(*values):
    return np.array(values, dtype=np.float64)


@given(COSINE, COSINE)
def test_lambert_minnaert_and_lommel_seeliger_by_hand(sun, view):
    lambert = SunlightLaw(2.0).radiance(one(sun), one(view))
    np.testing.assert_allclose(lambert, 2 * sun)
    view = max(view, 0.03)
    minnaert = SunlightLaw(2.0, minnaert_exponent=0.6).radiance(one(sun), one(view))
    np.testing.assert_allclose(minnaert, 2 * sun**0.6 / view**0.4)
    seeliger = SunlightLaw(2.0, lommel_seeliger_share=1.0).radiance(one(sun), one(view))
    np.testing.assert_allclose(seeliger, 4 * sun / (sun + view))


def test_every_law_is_its_overhead_radiance_overhead():
    law = SunlightLaw(0.02, 0.001, minnaert_exponent=0.5, lommel_seeliger_share=0.3)
    assert law.radiance(one(1.0), one(1.0))[0] == pytest.approx(0.021, rel=1e-6)


def test_constant_vanishes_at_the_terminator():
    law = SunlightLaw(0.0, 0.002, terminator=0.01)
    found = law.radiance(one(-0.5, 0.0, 0.01, 0.5), np.ones(4))
    np.testing.assert_allclose(found, [0, 0, 0.002 * (1 - np.exp(-1)), 0.002])


@pytest.mark.parametrize("band", [L_BAND, M_BAND])
def test_ground_is_as_warm_as_it_says(band):
    sunlight = np.linspace(-0.2, 1, 50)
    kelvin = (90.0**4 + np.clip(sunlight, 0, 1) * (150.0**4 - 90.0**4)) ** 0.25
    found = GROUND.emission.radiance(sunlight, band)
    expected = band_radiance(band, kelvin)
    np.testing.assert_allclose(found, expected, rtol=0.02, atol=1e-3 * expected.max())
    np.testing.assert_allclose(found[[0, -1]], expected[[0, -1]])


def test_light_and_warmth_add_and_shadow_has_neither():
    points = np.array([[1829.0, 0, 0]] * 3)
    sun, view = one(0.5, 0.5, -0.5), np.ones(3)
    lit = np.array([True, False, True])
    found = GROUND.radiance(points, sun, view, lit, M_BAND)
    night = float(band_radiance(M_BAND, np.array(90.0)))
    reflected = 0.01 * 0.5**0.7 + 0.002
    assert found[0] == pytest.approx(reflected, rel=1e-2)
    assert found[0] > reflected
    np.testing.assert_allclose(found[1:], night)


def test_off_the_body_is_dark_and_shapes_are_broadcast():
    points = np.full((2, 3, 4, 3), np.nan, dtype=np.float32)
    points[0, 1, 2] = (0, 0, 1815)
    lit = np.array([True, False])[:, None, None]
    found = GROUND.radiance(points, np.ones((2, 3, 4)), np.ones((1, 3, 4)), lit, L_BAND)
    assert found.shape == (2, 3, 4)
    assert found.dtype == np.float32
    assert found[0, 1, 2] == pytest.approx(0.025, rel=1e-3)
    assert np.count_nonzero(found) == 1


def test_albedo_multiplies_sunlight_alone():
    albedo = draw_albedo(Texture(0.3, 0.3, 0.5, 0.2, 16), (), np.random.default_rng(0))
    textured = replace(GROUND, albedo=albedo)
    points = np.array([[1829.0, 0, 0], [0, 1819.0, 0]])
    found, plain = (
        ground.radiance(points, one(0.9, -0.9), np.ones(2), np.ones(2), L_BAND)
        for ground in (replace(textured, emission=None), replace(GROUND, emission=None))
    )
    np.testing.assert_allclose(found, plain * albedo.factor(points, L_BAND))
    night = textured.radiance(points, one(-0.9, -0.9), np.ones(2), np.ones(2), M_BAND)
    np.testing.assert_allclose(night, band_radiance(M_BAND, np.array(90.0)))


@pytest.mark.parametrize(
    "wrong",
    [{"overhead": -1.0}, {"minnaert_exponent": 1.2}, {"terminator": 0.0}, {"constant": -0.1}],
)
def test_impossible_laws_are_refused(wrong):
    with pytest.raises(ConfigurationError, match=next(iter(wrong))):
        replace(SunlightLaw(0.02), **wrong)
    with pytest.raises(ConfigurationError, match="night_temperature_k"):
        PassiveEmission(130.0, 0.0)


def test_second_device_of_the_strict_namespace():
    place = array_api_strict.Device("device1")
    rng = np.random.default_rng(0)
    points = rng.normal(size=(30, 3)).astype(np.float32) * 1800
    points[4] = np.nan
    sun, view = rng.uniform(-1, 1, (2, 30)).astype(np.float32)
    albedo = draw_albedo(Texture(0.3, 0.3, 0.5, 0.2, 16), (), rng)
    ground = replace(GROUND, albedo=albedo)
    arrays = (points, sun, view, sun > -0.5)
    strict = ground.radiance(
        *(array_api_strict.asarray(a, device=place) for a in arrays), M_BAND, resolution_km=1.0
    )
    back = np.from_dlpack(strict.to_device(array_api_strict.Device("CPU_DEVICE")))
    expected = ground.radiance(*arrays, M_BAND, resolution_km=1.0)
    np.testing.assert_allclose(back, expected, rtol=1e-4, atol=1e-9)
