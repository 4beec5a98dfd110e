import numpy as np
import pytest
from numpy.polynomial.legendre import legvander
from scipy.stats import norm

from hotspots.archive.spectrometer.layout import channel_wavelengths_um
from hotspots.planck import L_BAND, M_BAND, exitance_gw_um_km2, spectral_radiance
from hotspots.retrieval.spectra.extraction import extract_spectrum, without_spikes
from hotspots.retrieval.spectra.power import band_power, gigawatts_per_light
from hotspots.retrieval.spectra.temperature import fitted_channels, spectral_temperature

WAVELENGTH = channel_wavelengths_um()
EVERYWHERE = np.ones(60, dtype=bool)
SCALE = gigawatts_per_light(1e5, 0.8, 2.4e-4)


def planck(kelvin):
    return np.array([spectral_radiance(float(um), np.array([kelvin]))[0] for um in WAVELENGTH])


def profile(place, share=0.5):
    rows = np.arange(60)
    return share * (norm.cdf(rows + 0.5, place, 0.6) - norm.cdf(rows - 0.5, place, 0.6))


def light_of(kelvin, area_km2):
    """Light of a grey body: radiance times area over the area of a pixel across the sight."""
    return planck(kelvin) * area_km2 * 0.8 / (1e5 * 2.4e-4) ** 2


def slit(*bodies, noise=2e-4, sunlight=0.0, seed=1):
    rng = np.random.default_rng(seed)
    values = noise * rng.standard_normal((60, len(WAVELENGTH)))
    for place, kelvin, area in bodies:
        values += np.outer(profile(place), light_of(kelvin, area))
    ground = 0.03 + 0.0004 * np.arange(60) + sunlight * rng.standard_normal(60)
    return values + np.outer(ground, planck(5772.0) / planck(5772.0)[160])


def test_grey_body_of_one_pixel_comes_back():
    values = slit((30.2, 600.0, 40.0))
    found = extract_spectrum(values, profile(30.2)[:, None], 0, EVERYWHERE)
    for band in (M_BAND, L_BAND):
        power = band_power(found, WAVELENGTH, band, SCALE, 0.0)
        truth = 40.0 * float(exitance_gw_um_km2(band, np.array([600.0]))[0])
        # 0.3 %: the spectrometer ends inside the M band
        assert abs(power.value - truth) < 4 * power.sigma + 0.005 * truth
        assert power.sigma < 0.02 * truth
    temperature = spectral_temperature(found, WAVELENGTH, SCALE)
    assert temperature.lo - 10 < 600.0 < temperature.hi + 10
    assert temperature.lo < temperature.value < temperature.hi
    assert temperature.chi2 < 2


def test_error_of_the_share_is_part_of_the_power():
    found = extract_spectrum(slit((30.2, 600.0, 40.0)), profile(30.2)[:, None], 0, EVERYWHERE)
    power = band_power(found, WAVELENGTH, M_BAND, SCALE, 0.3)
    assert power.sigma == pytest.approx(0.3 * power.value, rel=0.01)


def test_neighbour_takes_nothing_away():
    profiles = np.stack([profile(30.0), profile(33.0)], axis=-1)
    found = extract_spectrum(
        slit((30.0, 500.0, 40.0), (33.0, 900.0, 10.0)), profiles, 0, EVERYWHERE
    )
    power = band_power(found, WAVELENGTH, M_BAND, SCALE, 0.0)
    truth = 40.0 * float(exitance_gw_um_km2(M_BAND, np.array([500.0]))[0])
    assert power.value == pytest.approx(truth, rel=0.03)


def test_source_at_the_edge_of_what_is_usable_is_left_out():
    usable = np.abs(np.arange(60) - 30) < 4
    assert extract_spectrum(slit(), profile(30.0)[:, None], 0, usable) is None


@pytest.mark.parametrize("kelvin", [350.0, 500.0, 800.0, 1200.0])
def test_temperature_intervals_cover(kelvin):
    inside, trials = 0, 40
    area = 1.0 / float(exitance_gw_um_km2(M_BAND, np.array([kelvin]))[0])
    for seed in range(trials):
        errors = 0.02 * np.random.default_rng(seed + 1000).standard_normal(4)
        calibration = 1 + legvander(WAVELENGTH - 4.0, 4)[:, 1:] @ errors
        values = slit((30.0, kelvin, area), noise=3e-3, seed=seed) * calibration
        found = extract_spectrum(values, profile(30.0)[:, None], 0, EVERYWHERE)
        body = spectral_temperature(found, WAVELENGTH, SCALE)
        inside += (body.lo or 0.0) <= kelvin <= (body.hi or np.inf)
    # 0.683 of 40 with a standard deviation of 0.074
    assert 0.45 < inside / trials < 0.92


def test_rough_sunlit_ground_widens_the_interval():
    widths = []
    for sunlight in (0.0, 0.02):
        values = slit((30.0, 500.0, 0.4), sunlight=sunlight)
        found = extract_spectrum(values, profile(30.0)[:, None], 0, EVERYWHERE)
        body = spectral_temperature(found, WAVELENGTH, SCALE)
        widths.append(body.hi - body.lo)
    assert widths[1] > 1.2 * widths[0]


def test_nothing_but_noise_has_no_closed_interval():
    found = extract_spectrum(slit(noise=5e-3), profile(30.0)[:, None], 0, EVERYWHERE)
    assert spectral_temperature(found, WAVELENGTH, SCALE).value is None


def test_sulphur_dioxide_is_not_fitted():
    chosen = fitted_channels(WAVELENGTH)
    assert not chosen[np.abs(WAVELENGTH - 4.07) < 0.05].any()
    assert not chosen[WAVELENGTH < 3.0].any()
    assert chosen[np.abs(WAVELENGTH - 4.8) < 0.05].all()


def test_spikes_go_and_spectra_stay():
    values = slit((30.0, 600.0, 40.0))
    struck = values.copy()
    struck[30, 200] += 5.0
    struck[10] = np.nan
    clean = without_spikes(struck)
    assert np.isnan(clean[10]).all()
    assert clean[30, 200] == pytest.approx(values[30, 200], rel=0.05)
    untouched = np.isfinite(struck) & (struck == clean)
    assert untouched[11:].sum() > 0.999 * struck[11:].size
