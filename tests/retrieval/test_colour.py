"""Colour temperature and area: forwards and back, coverage, and honest open ends."""

from pathlib import Path

import array_api_strict
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.errors import RetrievalError
from hotspots.planck import L_BAND, M_BAND, exitance_gw_um_km2
from hotspots.retrieval.colour import Estimate, retrieve_grey_body

TRUTH = Path(__file__).parents[3] / "shared" / "sample" / "truth"


def powers(kelvin, area):
    kelvin = np.atleast_1d(np.asarray(kelvin, dtype=float))
    return area * exitance_gw_um_km2(L_BAND, kelvin), area * exitance_gw_um_km2(M_BAND, kelvin)


def symmetric(value, sigma):
    return Estimate(value, value - sigma, value + sigma)


@given(kelvin=st.floats(160.0, 2000.0), area=st.floats(1e-4, 1e5))
def test_a_grey_body_is_found_again(kelvin, area):
    l_power, m_power = powers(kelvin, area)
    found = retrieve_grey_body(
        symmetric(l_power, 0.01 * l_power), symmetric(m_power, 0.01 * m_power)
    )
    assert found.temperature_k.value[0] == pytest.approx(kelvin, rel=1e-6)
    assert found.area_km2.value[0] == pytest.approx(area, rel=1e-5)
    assert found.temperature_k.lo[0] < kelvin < found.temperature_k.hi[0]
    assert found.area_km2.lo[0] < area < found.area_km2.hi[0]


def test_interval_of_temperature_is_that_of_the_ratio():
    # Fieller: (S_L - r S_M)^2 = sigma_L^2 + r^2 sigma_M^2, solved by hand for the ratio r.
    l_power, m_power, sigma_l, sigma_m = 4.0, 5.0, 1.0, 0.5
    a, b, c = m_power**2 - sigma_m**2, -l_power * m_power, l_power**2 - sigma_l**2
    roots = (-b + np.array([-1.0, 1.0]) * np.sqrt(b**2 - a * c)) / a
    found = retrieve_grey_body(
        symmetric(np.array([l_power]), sigma_l), symmetric(np.array([m_power]), sigma_m)
    ).temperature_k
    ends = np.array([found.lo[0], found.hi[0]])
    ratio = exitance_gw_um_km2(L_BAND, ends) / exitance_gw_um_km2(M_BAND, ends)
    np.testing.assert_allclose(ratio, roots, rtol=1e-4)


@pytest.mark.parametrize("snr", [2.0, 10.0])
def test_intervals_cover_the_truth_68_times_in_100(snr):
    draws = 6000
    rng = np.random.default_rng(20240203)
    l_power, m_power = (np.repeat(p, draws) for p in powers(520.0, 3.0))
    sigma_l, sigma_m = l_power / snr, m_power / (3.0 * snr)
    found = retrieve_grey_body(
        symmetric(rng.normal(l_power, sigma_l), sigma_l),
        symmetric(rng.normal(m_power, sigma_m), sigma_m),
    )

    def coverage(estimate, truth):
        above = np.isnan(estimate.lo) | (estimate.lo <= truth)
        below = np.isnan(estimate.hi) | (truth <= estimate.hi)
        return np.mean(above & below)

    # The binomial spread is 0.006.
    assert coverage(found.temperature_k, 520.0) == pytest.approx(0.683, abs=0.02)
    assert coverage(found.area_km2, 3.0) == pytest.approx(0.683, abs=0.02)


def test_no_l_signal_leaves_an_upper_limit_of_temperature():
    found = retrieve_grey_body(
        symmetric(np.array([-0.01, 0.005]), 0.02), symmetric(np.array([1.0, 1.0]), 0.05)
    )
    assert np.isnan(found.temperature_k.value).all()
    assert np.isnan(found.temperature_k.lo).all()
    np.testing.assert_allclose(found.temperature_k.hi, [185.3, 217.6], atol=0.1)
    assert np.isnan(found.area_km2.value).all()
    assert np.isnan(found.area_km2.hi).all()
    assert (found.area_km2.lo > 0).all()


def test_a_ratio_beyond_any_lava_leaves_a_lower_limit_of_temperature():
    found = retrieve_grey_body(symmetric(np.array([10.0]), 4.0), symmetric(np.array([1.0]), 0.1))
    assert np.isnan(found.temperature_k.value[0])
    assert np.isnan(found.temperature_k.hi[0])
    assert np.isnan(found.area_km2.lo[0])


def test_a_power_that_may_be_nothing_opens_the_upper_end():
    found = retrieve_grey_body(symmetric(np.array([1.0]), 0.1), symmetric(np.array([1.0]), 1.1))
    assert np.isnan(found.temperature_k.value[0])
    assert np.isfinite(found.temperature_k.lo[0])
    assert np.isnan(found.temperature_k.hi[0])


def test_unmeasured_powers_give_nothing_and_harm_no_neighbour():
    l_power, m_power = powers([600.0, 600.0], 1.0)
    l_power[0] = np.nan
    found = retrieve_grey_body(symmetric(l_power, 0.001), symmetric(m_power, 0.001))
    for estimate in (found.temperature_k, found.area_km2):
        for part in (estimate.value, estimate.lo, estimate.hi):
            assert np.isnan(part[0])
            assert np.isfinite(part[1])


def test_a_lower_limit_in_one_band_leaves_a_limit_of_temperature():
    l_power, m_power = powers([500.0, 500.0, 500.0], 1.0)
    open_l, open_m = np.array([True, False, True]), np.array([False, True, True])

    def measured(power, is_open):
        return Estimate(power, 0.9 * power, np.where(is_open, np.nan, 1.1 * power))

    found = retrieve_grey_body(measured(l_power, open_l), measured(m_power, open_m)).temperature_k
    assert np.isnan(found.value).all()
    np.testing.assert_array_equal(np.isnan(found.lo), [False, True, True])
    np.testing.assert_array_equal(np.isnan(found.hi), [True, False, True])
    closed = retrieve_grey_body(
        symmetric(l_power, 0.1 * l_power), symmetric(m_power, 0.1 * m_power)
    ).temperature_k
    assert found.lo[0] == pytest.approx(closed.lo[0], abs=0.1)
    assert found.hi[1] == pytest.approx(closed.hi[1], abs=0.1)


def test_errors_that_go_together_leave_the_ratio_sharper():
    l_power, m_power = powers([500.0], 1.0)
    bands = symmetric(l_power, 0.1 * l_power), symmetric(m_power, 0.1 * m_power)

    def width(correlation):
        found = retrieve_grey_body(*bands, correlation=np.array([correlation])).temperature_k
        return np.log(found.hi / found.lo)[0]

    # the variance of the logarithm of a ratio: 2 (1 - correlation) sigma^2
    assert width(0.8) == pytest.approx(width(0.0) * np.sqrt(0.2), rel=0.02)
    assert width(-0.5) == pytest.approx(width(0.0) * np.sqrt(1.5), rel=0.02)


def test_lopsided_errors_stay_on_their_side():
    l_power, m_power = powers(500.0, 1.0)
    even = retrieve_grey_body(symmetric(l_power, 0.1 * l_power), symmetric(m_power, 0.0))
    lopsided = retrieve_grey_body(
        Estimate(l_power, 0.9 * l_power, 1.3 * l_power), symmetric(m_power, 0.0)
    )
    assert lopsided.temperature_k.lo[0] == pytest.approx(even.temperature_k.lo[0])
    assert lopsided.temperature_k.hi[0] > even.temperature_k.hi[0] + 5.0


def test_no_sources_is_no_trouble():
    empty = symmetric(np.zeros(0), 0.0)
    assert retrieve_grey_body(empty, empty).temperature_k.value.shape == (0,)


def test_bands_must_list_the_same_sources():
    with pytest.raises(RetrievalError, match="both bands"):
        retrieve_grey_body(symmetric(np.ones(2), 0.1), symmetric(np.ones(3), 0.1))
    with pytest.raises(RetrievalError, match="one shape"):
        Estimate(np.ones(2), np.ones(3), np.ones(2))


def test_the_range_of_temperatures_is_the_callers():
    l_power, m_power = powers([1000.0], 1.0)
    bands = symmetric(l_power, 0.01 * l_power), symmetric(m_power, 0.01 * m_power)
    assert np.isnan(retrieve_grey_body(*bands, hottest_k=900.0).temperature_k.value[0])
    with pytest.raises(RetrievalError, match="coldest"):
        retrieve_grey_body(*bands, coldest_k=900.0, hottest_k=900.0)


def test_second_device_of_the_strict_namespace():
    device = array_api_strict.Device("device1")
    l_power, m_power = powers([300.0, 700.0, 1500.0], 2.0)
    host = retrieve_grey_body(symmetric(l_power, 0.1 * l_power), symmetric(m_power, 0.1 * m_power))

    def strict(estimate):
        parts = (estimate.value, estimate.lo, estimate.hi)
        return Estimate(*(array_api_strict.asarray(part, device=device) for part in parts))

    found = retrieve_grey_body(
        strict(symmetric(l_power, 0.1 * l_power)), strict(symmetric(m_power, 0.1 * m_power))
    )
    for a, b in ((found.temperature_k, host.temperature_k), (found.area_km2, host.area_km2)):
        for part in ("value", "lo", "hi"):
            np.testing.assert_allclose(np.from_dlpack(getattr(a, part)), getattr(b, part))


def test_truth_of_the_simulated_encounters():
    if not TRUTH.is_dir():
        pytest.skip("the simulated encounters are not beside this checkout")
    import pandas as pd

    truth = pd.concat([pd.read_csv(path) for path in sorted(TRUTH.glob("*_sources.csv"))])
    assert len(truth) > 1000
    l_power, m_power = truth["S_L"].to_numpy(), truth["S_M"].to_numpy()
    found = retrieve_grey_body(symmetric(l_power, 0.0), symmetric(m_power, 0.0))
    np.testing.assert_allclose(found.temperature_k.value, truth["T_colour_K"], atol=0.06)
    np.testing.assert_allclose(found.area_km2.value, truth["A_colour_km2"], rtol=2e-3)
