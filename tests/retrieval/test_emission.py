"""Total powers: calibrated under their priors, open where powers are, silent where none fits."""

import array_api_strict
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotspots.errors import RetrievalError
from hotspots.retrieval.emission import SourcePowers, retrieve_emission
from hotspots.retrieval.emission_lakes import LakeSizes
from hotspots.retrieval.emission_likelihood import BandPowers
from hotspots.retrieval.emission_models import EmissionModel
from hotspots.retrieval.emission_priors import EmissionPriors
from tests.retrieval.emission_cases import band, grey, lower_limit, missing, no_lakes, sources

PRIORS = EmissionPriors()


def test_intervals_cover_the_totals_of_sources_drawn_from_the_priors():
    count, part = 200, 0.08
    rng = np.random.default_rng(20240812)

    def draw(prior):
        return np.exp(rng.normal(prior.middle, prior.width, count))

    kind = rng.random(count)
    lake, two = kind < 0.3, kind > 0.65
    diameter = draw(PRIORS.lake_diameter_km)
    crust_area = np.pi / 4 * diameter**2
    ring_area = np.pi * diameter * draw(PRIORS.ring_width_km)
    warm, hot = draw(PRIORS.warm_k), draw(PRIORS.hot_k)
    hot = np.maximum(hot, 1.01 * warm)
    warm_area = np.exp(rng.uniform(-3.0, 5.0, count))
    hot_area = np.where(two, warm_area * draw(PRIORS.hot_share_of_area), 0.0)
    warm = np.where(two, warm, draw(PRIORS.temperature_k))
    cool = grey(np.where(lake, draw(PRIORS.crust_k), warm), np.where(lake, crust_area, warm_area))
    rest = grey(np.where(lake, draw(PRIORS.ring_k), hot), np.where(lake, ring_area, hot_area))
    l_power, m_power, total = (a + b for a, b in zip(cool, rest, strict=True))

    def noisy(power):
        return band(power * rng.normal(1.0, part, count), sigma=part * power)

    around = np.exp(0.1 * np.linspace(-1.3, 1.3, 5))
    lakes = LakeSizes(
        np.where(lake[:, None], diameter[:, None] * around, np.nan), np.where(lake, 0.99, 0.0)
    )
    found = retrieve_emission(sources(noisy(l_power), noisy(m_power), lakes)).total_gw
    covered = np.mean((found.lo <= total) & (total <= found.hi))
    # the binomial spread is 0.03
    assert covered == pytest.approx(0.683, abs=0.1)
    assert np.median(found.value / total) == pytest.approx(1.0, abs=0.12)


@settings(max_examples=6, deadline=None)
@given(factor=st.floats(1e-3, 1e3), kelvin=st.floats(250.0, 1400.0))
def test_powers_times_a_factor_are_a_total_times_that_factor(factor, kelvin):
    l_power, m_power, _ = grey(np.array([kelvin]))
    one = retrieve_emission(sources(band(l_power), band(m_power)))
    many = retrieve_emission(sources(band(factor * l_power), band(factor * m_power)))
    for part in ("lo", "value", "hi"):
        a, b = getattr(one.total_gw, part)[0], getattr(many.total_gw, part)[0]
        # what is known of powers in general pulls by the square of the error
        assert b == pytest.approx(factor * a, rel=0.03)
    assert one.log10_evidence[0] == pytest.approx(many.log10_evidence[0], abs=0.05)


def test_redder_sources_radiate_more_for_their_m_power():
    l_power, m_power, _ = grey(np.array([280.0, 340.0, 420.0, 520.0, 640.0]))
    found = retrieve_emission(sources(band(l_power / m_power), band(np.ones(5)))).total_gw
    assert np.all(np.diff(found.hi) < 0)
    assert np.all(np.diff(found.value) < 0)


def test_one_temperature_where_the_colour_allows_no_other():
    # colder than any hot part: all power is in one
    l_power, m_power, total = grey(np.array([260.0]), 100.0)
    found = retrieve_emission(sources(band(l_power), band(m_power)))
    assert found.model == [EmissionModel.ONE_TEMPERATURE]
    assert found.log10_evidence[0] < -1.0
    assert found.total_gw.lo[0] < total[0] < found.total_gw.hi[0]


def test_a_lake_radiates_through_its_crust():
    crust, ring = grey(230.0, np.pi / 4 * 60.0**2), grey(800.0, np.pi * 60.0 * 0.01)
    l_power, m_power, total = (np.array([c + r]) for c, r in zip(crust, ring, strict=True))
    as_lake = LakeSizes(60.0 * np.exp(0.15 * np.linspace(-1.5, 1.5, 7))[None, :], np.array([0.9]))
    lake = retrieve_emission(sources(band(l_power), band(m_power), as_lake))
    assert lake.model == [EmissionModel.CRUST_AND_RING]
    assert lake.log10_evidence[0] > 0.5
    assert lake.total_gw.lo[0] < total[0] < lake.total_gw.hi[0]
    spot = retrieve_emission(sources(band(l_power), band(m_power)))
    assert spot.total_gw.hi[0] < 0.3 * total[0]


def test_one_band_is_a_range_and_no_value():
    for l_power, m_power, name in (
        (missing(1), band([1.0]), EmissionModel.M_BAND_ONLY),
        (band([1.0]), missing(1), EmissionModel.L_BAND_ONLY),
    ):
        found = retrieve_emission(sources(l_power, m_power))
        assert found.model == [name]
        assert np.isnan(found.total_gw.value[0])
        assert np.isnan(found.log10_evidence[0])
        assert found.total_gw.hi[0] > 1.3 * found.total_gw.lo[0]
    # a black body radiates 6.5 um times its M power at least, 31 um at 350 K
    m_only = retrieve_emission(sources(missing(1), band([1.0], 0.01))).total_gw
    assert 6.5 < m_only.lo[0] < m_only.hi[0] < 31.0


def test_limits_leave_what_they_leave():
    l_power, m_power, total = grey(np.array([500.0]))
    blue = retrieve_emission(sources(lower_limit(0.7 * l_power), band(m_power)))
    assert np.isnan(blue.total_gw.value[0])
    assert blue.total_gw.lo[0] < total[0]
    assert np.isfinite(blue.total_gw.hi[0])
    both = retrieve_emission(sources(lower_limit(l_power), lower_limit(m_power)))
    assert both.model == [None]
    assert np.isnan(both.total_gw.hi[0])
    assert 0.8 * total[0] < both.total_gw.lo[0]
    alone = retrieve_emission(sources(missing(1), lower_limit(m_power)))
    assert np.isnan(alone.total_gw.hi[0])
    assert np.isfinite(alone.total_gw.lo[0])


def test_a_colour_of_no_lava_has_no_total():
    found = retrieve_emission(sources(band([50.0], 0.01), band([1.0], 0.01)))
    assert found.model == [None]
    assert np.isnan(found.total_gw.lo[0])


def test_sources_are_independent_of_their_batch():
    l_power, m_power, _ = grey(np.linspace(300.0, 900.0, 11))
    together = retrieve_emission(sources(band(l_power), band(m_power)))
    last = retrieve_emission(sources(band(l_power[-1:]), band(m_power[-1:])))
    assert together.total_gw.hi[-1] == last.total_gw.hi[0]
    nobody = retrieve_emission(sources(band([]), band([])))
    assert nobody.total_gw.value.shape == (0,)


def test_arrays_must_hold_the_same_sources():
    with pytest.raises(RetrievalError, match="as many"):
        SourcePowers(band([1.0]), band([1.0, 2.0]), np.zeros(2), no_lakes(2))


def test_second_device_of_the_strict_namespace():
    device = array_api_strict.Device("device1")
    l_power, m_power, _ = grey(np.array([400.0, 800.0]))
    lakes = LakeSizes(np.array([[15.0, 20.0], [np.nan, np.nan]]), np.array([0.4, 0.0]))
    host = retrieve_emission(sources(band(l_power), band(m_power), lakes))

    def strict(array):
        return array_api_strict.asarray(np.ascontiguousarray(array), device=device)

    def strict_band(power):
        ends = (power.value, power.lo, power.hi, power.lo95, power.hi95)
        return BandPowers(*map(strict, ends))

    found = retrieve_emission(
        SourcePowers(
            strict_band(band(l_power)),
            strict_band(band(m_power)),
            strict(np.zeros(2)),
            LakeSizes(strict(lakes.diameters_km), strict(lakes.probability)),
        )
    )
    assert found.model == host.model
    for part in ("value", "lo", "hi"):
        there, here = getattr(found.total_gw, part), getattr(host.total_gw, part)
        np.testing.assert_allclose(np.from_dlpack(there), here, rtol=1e-9)
