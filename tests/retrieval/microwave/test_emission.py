"""Temperatures below the ground and what is seen of them: closed forms against sums over depth."""

import array_api_strict
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotspots.errors import RetrievalError
from hotspots.retrieval.microwave.cooling_lava import lava_seen_k, lava_temperature_k
from hotspots.retrieval.microwave.depths import penetration_depth_m, skin_depth_m
from hotspots.retrieval.microwave.emission import brightness_k, sky_k
from hotspots.retrieval.microwave.ground_temperature import GroundTemperature

GROUND = GroundTemperature(
    equator_k=115.0,
    pole_k=85.0,
    latitude_exponent=0.8,
    diurnal_amplitude_k=20.0,
    diurnal_lag_rad=0.6,
    skin_depth_m=0.06,
    geotherm_k_m=1.5,
)


def mean_over_depth(temperature: np.ndarray, depth: np.ndarray, scale_m: float) -> float:
    weight = np.exp(-depth / scale_m) / scale_m
    return float(np.trapezoid(temperature * weight, depth))


@given(st.floats(0.03, 5.0), st.floats(-1.5, 1.5), st.floats(-3.1, 3.1))
@settings(max_examples=25)
def test_seen_temperature_is_the_sum_over_depth(
    scale_m: float, latitude: float, hour_angle: float
) -> None:
    # Steps that resolve the wave near the surface and still reach below all weight.
    depth = np.concatenate([np.linspace(0, 1, 40001), np.linspace(1, 1 + 40 * scale_m, 40001)[1:]])
    place = np.full(depth.shape, latitude)
    inside = GROUND.at_depth_k(depth, place, np.full(depth.shape, hour_angle))
    seen = GROUND.seen_k(scale_m, np.array([latitude]), np.array([hour_angle]))
    assert seen[0] == pytest.approx(mean_over_depth(inside, depth, scale_m), rel=2e-5)


@pytest.mark.parametrize("age_yr", [1.0, 10.0, 100.0])
@pytest.mark.parametrize("scale_m", [0.1, 0.8, 3.3])
def test_seen_lava_is_the_sum_over_depth(age_yr: float, scale_m: float) -> None:
    depth = np.linspace(0, 40 * scale_m, 200001)
    inside = lava_temperature_k(depth, age_yr, 130.0)
    seen = lava_seen_k(scale_m, age_yr, 130.0)
    assert seen == pytest.approx(mean_over_depth(inside, depth, scale_m), rel=1e-5)


@pytest.mark.parametrize(
    ("age_yr", "depth_m", "kelvin"), [(1, 3, 680), (10, 3, 310), (100, 3, 190), (1, 0.09, 147)]
)
def test_lava_that_others_have_worked_out(age_yr: float, depth_m: float, kelvin: float) -> None:
    assert lava_temperature_k(depth_m, age_yr, 130.0) == pytest.approx(kelvin, rel=0.05)


def test_long_waves_see_the_heat_of_lava_and_short_ones_hardly() -> None:
    # A tenth of the ground covered with lava of 1 and of 10 years.
    deep, shallow = penetration_depth_m(0.6, 6.0, 0.01), penetration_depth_m(21.9, 6.0, 0.01)
    excess = lambda depth, age: 0.1 * float(lava_seen_k(depth, age, 130.0) - 130.0)  # noqa: E731
    assert 15 < excess(deep, 10.0) < 25
    assert 45 < excess(deep, 1.0) < 65
    assert 0.4 < excess(shallow, 10.0) < 0.7
    assert 1.4 < excess(shallow, 1.0) < 2.0


def test_depths_of_the_six_channels() -> None:
    # 6.5 wavelengths for permittivity 6 and loss tangent 0.01.
    depth = penetration_depth_m(np.array([0.6, 21.9]), 6.0, 0.01)
    np.testing.assert_allclose(depth, [3.246, 0.0889], rtol=2e-3)


def test_skin_depth_of_galileos_thermal_inertia() -> None:
    assert skin_depth_m(70.0) == pytest.approx(0.01287, rel=1e-3)
    with pytest.raises(RetrievalError, match="above zero"):
        skin_depth_m(0.0)


@given(st.floats(1, 8), st.floats(0.05, 1), st.floats(0, 1), st.floats(40, 400))
def test_isothermal_ground_under_a_black_sky_gives_emissivity_times_temperature(
    permittivity: float, cosine: float, share: float, kelvin: float
) -> None:
    seen, view = np.array([kelvin]), np.array([cosine])
    ratio = brightness_k(seen, permittivity, view, share, 0.0) / kelvin
    assert 0 <= ratio[0] <= 1
    # In a cavity of its own temperature all ground is black.
    np.testing.assert_allclose(brightness_k(seen, permittivity, view, share, kelvin), kelvin)


def test_ground_without_day_and_geotherm_is_the_same_at_all_depths() -> None:
    still = GroundTemperature(100.0, 100.0, 1.0, 0.0, 0.0, 0.05, 0.0)
    latitude = np.linspace(-np.pi / 2, np.pi / 2, 7)
    np.testing.assert_allclose(still.seen_k(2.0, latitude, latitude), 100.0)


def test_day_is_warmest_after_noon_and_hardly_seen_from_below() -> None:
    hours = np.linspace(-np.pi, np.pi, 721)
    equator = np.zeros(hours.shape)
    surface = GROUND.seen_k(1e-4, equator, hours)
    deep = GROUND.seen_k(3.0, equator, hours)
    assert hours[np.argmax(surface)] == pytest.approx(0.6, abs=0.01)
    assert np.ptp(surface) == pytest.approx(40.0, rel=0.01)
    assert np.ptp(deep) < 0.6


def test_sky_of_arcade() -> None:
    assert sky_k(0.310) == pytest.approx(26.825)
    assert sky_k(21.9) == pytest.approx(2.725, abs=1e-3)


def test_ground_must_have_positive_temperatures() -> None:
    with pytest.raises(RetrievalError, match="above zero"):
        GroundTemperature(100.0, -1.0, 1.0, 0.0, 0.0, 0.05, 0.0)


def test_runs_on_any_namespace_and_device() -> None:
    device = array_api_strict.Device("device1")
    host = np.array([-0.4, 0.1, 1.2])
    angle = array_api_strict.asarray([-0.4, 0.1, 1.2], device=device)
    seen = GROUND.seen_k(0.4, angle, angle)
    result = brightness_k(seen, 2.5, angle**2 / 2.0, 0.5, 3.0)
    assert result.device == device
    back = array_api_strict.asarray(result, device=array_api_strict.Device("CPU_DEVICE"))
    expected = brightness_k(GROUND.seen_k(0.4, host, host), 2.5, host**2 / 2.0, 0.5, 3.0)
    np.testing.assert_allclose(np.asarray(back), expected)
