"""Planck's law against astropy, the published zero points of the bands, and itself backwards."""

import dataclasses
import math

import array_api_strict
import astropy.units as u
import numpy as np
import pytest
from astropy.modeling.physical_models import BlackBody
from hypothesis import given
from hypothesis import strategies as st

from hotspots.errors import CalibrationError
from hotspots.planck import (
    BANDS,
    L_BAND,
    M_BAND,
    Band,
    band_brightness_temperature,
    band_radiance,
    brightness_temperature,
    exitance_gw_km2,
    exitance_gw_um_km2,
    hemispheric_power_gw_um,
    spectral_radiance,
)

SPECTRAL = u.W / u.m**2 / u.sr / u.um
TEMPERATURES = np.array([60.0, 150.0, 230.0, 600.0, 1400.0, 2500.0])


def astropy_radiance(wavelength_um: np.ndarray, temperature_k: float) -> np.ndarray:
    body = BlackBody(temperature=temperature_k * u.K, scale=1.0 * SPECTRAL)
    return body(wavelength_um * u.um).to_value(SPECTRAL)


@pytest.mark.parametrize("wavelength_um", [1.0, 3.455, 4.78, 100.0])
def test_spectral_radiance_is_that_of_astropy(wavelength_um: float) -> None:
    expected = [astropy_radiance(np.array([wavelength_um]), t)[0] for t in TEMPERATURES]
    np.testing.assert_allclose(spectral_radiance(wavelength_um, TEMPERATURES), expected, rtol=1e-12)


@pytest.mark.parametrize("band", BANDS.values(), ids=lambda band: band.name)
def test_band_radiance_is_the_integral_of_astropy(band: Band) -> None:
    wavelength = np.linspace(band.short_um, band.long_um, 20001)
    expected = [np.trapezoid(astropy_radiance(wavelength, t), wavelength) for t in TEMPERATURES]
    np.testing.assert_allclose(band_radiance(band, TEMPERATURES), expected, rtol=1e-6)


def test_a_square_kilometre_at_600_k() -> None:
    # One source of the simulated set has 0.2067 km2 at 600 K: 0.2058 and 0.1467 GW/um.
    area, kelvin = 0.20671, np.array([599.7])
    assert exitance_gw_um_km2(M_BAND, kelvin)[0] * area == pytest.approx(0.205845, rel=1e-3)
    assert exitance_gw_um_km2(L_BAND, kelvin)[0] * area == pytest.approx(0.146681, rel=1e-3)


def test_power_follows_its_definition() -> None:
    # 1 W m-2 sr-1 over 1 km2 (1e6 m2) in M: pi * 1e6 / 0.4975 W/um.
    assert hemispheric_power_gw_um(M_BAND, 1.0) == pytest.approx(math.pi * 1e6 / 0.4975 / 1e9)


@given(kelvin=st.floats(20.0, 20000.0), wavelength_um=st.floats(0.5, 1000.0))
def test_spectral_round_trip(kelvin: float, wavelength_um: float) -> None:
    radiance = spectral_radiance(wavelength_um, np.array([kelvin]))
    if radiance[0] > 1e-290:
        back = brightness_temperature(wavelength_um, radiance)
        np.testing.assert_allclose(back, kelvin, rtol=1e-10)


@given(kelvin=st.floats(20.0, 20000.0), name=st.sampled_from(["L", "M"]))
def test_band_round_trip(kelvin: float, name: str) -> None:
    radiance = band_radiance(BANDS[name], np.array([kelvin]))
    np.testing.assert_allclose(
        band_brightness_temperature(BANDS[name], radiance), kelvin, rtol=1e-10
    )


@given(kelvin=st.floats(20.0, 5000.0), step=st.floats(1.0, 100.0))
def test_radiance_and_colour_rise_with_temperature(kelvin: float, step: float) -> None:
    kelvins = np.array([kelvin, kelvin + step])
    m, l_ = band_radiance(M_BAND, kelvins), band_radiance(L_BAND, kelvins)
    assert m[1] > m[0]
    assert l_[1] / m[1] > l_[0] / m[0]


def test_what_has_no_answer_is_nan() -> None:
    nothing = np.array([0.0, -1.0, np.nan])
    assert np.isnan(spectral_radiance(4.8, nothing)).all()
    assert np.isnan(band_radiance(M_BAND, nothing)).all()
    assert np.isnan(brightness_temperature(4.8, nothing)).all()
    assert np.isnan(band_brightness_temperature(M_BAND, nothing)).all()


def test_second_device_of_the_strict_namespace() -> None:
    device = array_api_strict.Device("device1")
    kelvin = array_api_strict.asarray(TEMPERATURES, device=device)
    radiance = band_radiance(M_BAND, kelvin)
    assert radiance.device == device
    np.testing.assert_array_equal(np.from_dlpack(radiance), band_radiance(M_BAND, TEMPERATURES))
    back = np.from_dlpack(band_brightness_temperature(M_BAND, radiance))
    np.testing.assert_allclose(back, TEMPERATURES, rtol=1e-12)
    spectral = brightness_temperature(4.8, spectral_radiance(4.8, kelvin))
    np.testing.assert_allclose(np.from_dlpack(spectral), TEMPERATURES, rtol=1e-12)


def test_float32_is_computed_in_float64() -> None:
    assert band_radiance(M_BAND, np.array([300.0], dtype=np.float32)).dtype == np.float64


def test_bands_are_told_apart_and_checked() -> None:
    assert (M_BAND.centre_um, M_BAND.width_um) == pytest.approx((4.78625, 0.4975))
    assert L_BAND.spice_frame.endswith("LBAND")
    with pytest.raises(CalibrationError, match="ascending"):
        dataclasses.replace(M_BAND, short_um=6.0)


def test_power_at_all_wavelengths_is_that_of_astropy() -> None:
    radiance = [BlackBody(t * u.K).bolometric_flux.to_value(u.W / u.m**2) for t in TEMPERATURES]
    # per steradian in astropy, and W m-2 are 1e-3 GW km-2
    np.testing.assert_allclose(
        exitance_gw_km2(TEMPERATURES), 1e-3 * math.pi * np.array(radiance), rtol=1e-9
    )
    assert np.isnan(exitance_gw_km2(np.array([-1.0]))).all()
