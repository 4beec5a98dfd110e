"""Censored log-normal powers against brute force: likelihoods by integration, maxima by search."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, optimize, stats

from hotspots.catalogue.lognormal import (
    LogNormalPosterior,
    PowerGrid,
    PowerKind,
    PowerObservation,
    log_likelihood,
    posterior,
)

MEASURED, AT_LEAST, AT_MOST = PowerKind.MEASURED, PowerKind.AT_LEAST, PowerKind.AT_MOST
ONE_POINT = PowerGrid(np.array([0.3]), np.array([0.7]))


def likelihood_by_integration(one: PowerObservation, middle: float, scatter: float) -> float:
    """Over all true powers: how likely each is, times how likely the visit then says this."""

    def said(true: float) -> float:
        if one.kind is MEASURED:
            return stats.norm.pdf(one.log_power, true, one.sigma)
        above = stats.norm.cdf((true - one.log_power) / one.sigma)
        return above if one.kind is AT_LEAST else 1.0 - above

    reach = 10.0 * scatter
    value, _ = integrate.quad(
        lambda true: stats.norm.pdf(true, middle, scatter) * said(true),
        middle - reach,
        middle + reach,
        points=[one.log_power] if abs(one.log_power - middle) < reach else None,
        limit=200,
    )
    return value


@pytest.mark.parametrize("kind", PowerKind)
@pytest.mark.parametrize("log_power", [-1.5, 0.2, 1.1])
def test_likelihood_is_the_integral_over_true_powers(kind, log_power):
    one = PowerObservation(kind, log_power, 0.4)
    wanted = math.log(likelihood_by_integration(one, 0.3, 0.7))
    if kind is MEASURED:  # the constant of the normal distribution is left out
        wanted += 0.5 * math.log(2.0 * math.pi)
    assert float(log_likelihood([one], ONE_POINT)[0, 0]) == pytest.approx(wanted, abs=1e-6)


def test_a_hard_limit_is_a_step():
    one = PowerObservation(AT_MOST, 0.3)
    assert float(log_likelihood([one], ONE_POINT)[0, 0]) == pytest.approx(math.log(0.5))


def test_the_mode_is_the_maximum_of_a_search():
    rng = np.random.default_rng(11)
    true = rng.normal(1.0, 0.8, 60)
    data = [
        PowerObservation(AT_MOST, 0.6)
        if y < 0.6
        else PowerObservation(AT_LEAST, 2.0)
        if y > 2.0
        else PowerObservation(MEASURED, y, 0.0)
        for y in true
    ]

    def minus_log_likelihood(parameters):
        middle, scatter = parameters[0], math.exp(parameters[1])
        total = 0.0
        for one in data:
            z = (one.log_power - middle) / scatter
            if one.kind is MEASURED:
                total -= stats.norm.logpdf(z) - math.log(scatter)
            else:
                total -= stats.norm.logcdf(z) if one.kind is AT_MOST else stats.norm.logsf(z)
        return total

    best = optimize.minimize(minus_log_likelihood, [0.0, 0.0], method="Nelder-Mead").x
    grid = PowerGrid(np.linspace(-1, 3, 401), np.geomspace(0.2, 3.0, 300))
    found = posterior(data, grid, np.zeros((1, 1)))
    row, column = np.unravel_index(np.argmax(found.weight), found.weight.shape)
    assert grid.middle[row] == pytest.approx(best[0], abs=0.02)
    assert grid.scatter[column] == pytest.approx(math.exp(best[1]), rel=0.02)


def test_leaving_out_what_was_not_seen_would_bias_the_median():
    rng = np.random.default_rng(3)
    true = rng.normal(0.0, 1.0, 400)
    seen = [PowerObservation(MEASURED, y, 0.05) for y in true if y > 0.5]
    unseen = [PowerObservation(AT_MOST, 0.5)] * int(np.sum(true <= 0.5))
    grid = PowerGrid.about([0.5])
    assert float(posterior(seen + unseen, grid, np.zeros((1, 1))).median_quantiles(0.5)) == (
        pytest.approx(1.0, abs=0.25)
    )
    assert float(posterior(seen, grid, np.zeros((1, 1))).median_quantiles(0.5)) > 2.0


def test_one_exact_measurement_with_known_scatter_by_hand():
    grid = PowerGrid(np.linspace(-5, 5, 4001), np.array([0.5, 0.5001]))
    found = posterior([PowerObservation(MEASURED, 0.0, 0.0)], grid, np.zeros((1, 1)))
    low, middle, high = found.median_quantiles([0.15865, 0.5, 0.84135])
    assert (math.log(low), math.log(middle), math.log(high)) == pytest.approx(
        (-0.5, 0.0, 0.5), abs=2e-3
    )
    # the next one scatters about a middle that is itself uncertain: variance 0.25 + 0.25
    assert found.exceedance(1.0) == pytest.approx(stats.norm.sf(1.0 / 0.5**0.5), abs=1e-3)
    assert found.exceedance(1.0, sigma=0.5) == pytest.approx(
        stats.norm.sf(1.0 / 0.75**0.5), abs=1e-3
    )


@given(
    st.lists(st.tuples(st.sampled_from(PowerKind), st.floats(-4, 4), st.floats(0, 1.5)), max_size=6)
)
@settings(deadline=None, max_examples=40)
def test_weights_are_probabilities_and_quantiles_rise(data):
    observations = [PowerObservation(*one) for one in data]
    grid = PowerGrid.about([0.0, *(one.log_power for one in observations)])
    found = posterior(observations, grid, np.zeros((1, 1)))
    assert isinstance(found, LogNormalPosterior)
    assert found.weight.sum() == pytest.approx(1.0)
    assert (found.weight >= 0).all()
    assert (np.diff(found.median_quantiles([0.1, 0.5, 0.9])) >= 0).all()
    chances = [found.exceedance(level, 0.1) for level in (-3.0, 0.0, 3.0)]
    assert chances == sorted(chances, reverse=True)


@given(st.floats(-3, 3), st.floats(0.05, 1.0))
@settings(deadline=None, max_examples=30)
def test_a_lower_limit_never_makes_a_volcano_fainter(limit, sigma):
    grid = PowerGrid.about([limit, 0.0])
    measured = [PowerObservation(MEASURED, 0.0, sigma)] * 2
    without = posterior(measured, grid, np.zeros((1, 1))).median_quantiles(0.5)
    observations = [*measured, PowerObservation(AT_LEAST, limit, 0.0)]
    assert posterior(observations, grid, np.zeros((1, 1))).median_quantiles(0.5) >= without - 1e-9
