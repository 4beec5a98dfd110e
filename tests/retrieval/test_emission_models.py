"""Evidence and totals of the models against scipy's integrals and draws from the priors."""

import math

import numpy as np
import pytest
from scipy.integrate import dblquad
from scipy.stats import norm

from hotspots.retrieval.emission_ladder import colour_ladder
from hotspots.retrieval.emission_likelihood import power_plane
from hotspots.retrieval.emission_models import crust_and_ring, one_temperature, warm_and_hot
from hotspots.retrieval.emission_priors import EmissionPriors
from tests.retrieval.emission_cases import band, grey

PRIORS = EmissionPriors()
LADDER = colour_ladder(np, "cpu")
ENDS = (LADDER.coldest, LADDER.hottest)
DRAWS = 400_000


def plane(l_value, m_value, part):
    return power_plane(np, band([m_value], part), band([l_value], part), np.zeros(1), ENDS)


def likelihood(l_power, m_power, l_value, m_value, part):
    deviations = (l_power / l_value - 1.0) ** 2 + (m_power / m_value - 1.0) ** 2
    return np.exp(-0.5 * deviations / part**2)


def log_normal(prior, rng, count=DRAWS):
    return np.exp(rng.normal(prior.middle, prior.width, count))


def weighted_median(values, weights):
    order = np.argsort(values)
    return np.interp(0.5, np.cumsum(weights[order]) / weights.sum(), values[order])


def even_powers(m_value, rng):
    """M powers evenly over a range, and the density of the prior over that of the draws."""
    reach = 1.2
    log_m = math.log(m_value) + rng.uniform(-reach, reach, DRAWS)
    return np.exp(log_m), 2 * reach * density_of(log_m, PRIORS.m_power_gw_um)


def density_of(logarithm, prior):
    return norm(prior.middle, prior.width).pdf(logarithm)


def test_evidence_of_one_temperature_is_scipys_integral():
    l_value, m_value = 0.6, 1.0

    def integrand(log_kelvin, log_m):
        l_one, m_one, _ = grey(np.array([math.exp(log_kelvin)]))
        m_power = math.exp(log_m)
        l_power = m_power * float(l_one[0] / m_one[0])
        density = density_of(log_kelvin, PRIORS.temperature_k)
        density *= density_of(log_m, PRIORS.m_power_gw_um)
        return density * float(likelihood(l_power, m_power, l_value, m_value, 0.1))

    expected, _ = dblquad(integrand, -0.45, 0.35, math.log(450), math.log(700), epsrel=1e-3)
    found = one_temperature(np, plane(l_value, m_value, 0.1), LADDER, PRIORS)
    assert found.evidence(np)[0] == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize("kelvin", [450.0, 700.0])
def test_warm_and_hot_is_what_draws_from_the_prior_say(kelvin):
    l_value, m_value = (float(power) for power in grey(np.array(kelvin), 2.0)[:2])
    rng = np.random.default_rng(7)
    warm, hot = log_normal(PRIORS.warm_k, rng), log_normal(PRIORS.hot_k, rng)
    area = log_normal(PRIORS.hot_share_of_area, rng)
    l_one, m_one, one = (w + area * h for w, h in zip(grey(warm), grey(hot), strict=True))
    m_power, density = even_powers(m_value, rng)
    weight = density * likelihood(m_power * l_one / m_one, m_power, l_value, m_value, 0.15)
    weight = weight * (hot > warm)
    found = warm_and_hot(np, plane(l_value, m_value, 0.15), LADDER, PRIORS)
    assert found.evidence(np)[0] == pytest.approx(weight.mean(), rel=0.05)
    median = weighted_median(found.log_total[0], found.weight[0])
    assert median == pytest.approx(weighted_median(np.log(m_power * one / m_one), weight), abs=0.03)


def test_crust_and_ring_is_what_draws_from_the_prior_say():
    rng = np.random.default_rng(8)
    sizes = np.exp(np.log(40.0) + 0.2 * np.linspace(-1, 1, 5))
    diameter = rng.choice(sizes, DRAWS)
    floor = np.pi / 4 * diameter**2
    crust, ring = log_normal(PRIORS.crust_k, rng), log_normal(PRIORS.ring_k, rng)
    ring_area = np.pi * diameter * log_normal(PRIORS.ring_width_km, rng)
    l_power, m_power, total = (
        c + r for c, r in zip(grey(crust, floor), grey(ring, ring_area), strict=True)
    )
    weight = likelihood(l_power, m_power, 0.8, 1.2, 0.2)
    found = crust_and_ring(np, plane(0.8, 1.2, 0.2), LADDER, PRIORS, sizes[None, :])
    assert found.evidence(np)[0] == pytest.approx(weight.mean(), rel=0.08)
    median = weighted_median(found.log_total[0], found.weight[0])
    assert median == pytest.approx(weighted_median(np.log(total), weight), abs=0.05)


def test_a_source_without_sizes_is_no_lake():
    found = crust_and_ring(np, plane(0.8, 1.2, 0.1), LADDER, PRIORS, np.full((1, 3), np.nan))
    assert found.evidence(np)[0] == 0.0


def test_a_floor_that_would_outshine_the_source_is_no_lake():
    # 80 km of crust radiate 1.6 GW/um in M at 230 K, and never as little as 0.01
    found = crust_and_ring(np, plane(0.008, 0.01, 0.1), LADDER, PRIORS, np.full((1, 3), 80.0))
    assert found.evidence(np)[0] == 0.0
