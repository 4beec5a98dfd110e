"""Trials: powers that stand out as wanted, typical colours, and planes in power."""

import math

import numpy as np
import pytest

from hotspots.planck import L_BAND, M_BAND, exitance_gw_um_km2
from hotspots.retrieval.limits.sensitivity import sensitivity_of
from hotspots.retrieval.limits.stamps import Injected
from hotspots.retrieval.limits.terms import middle_plane
from hotspots.retrieval.limits.trials import Trials, completeness_of, draw_trials, fit_trials
from tests.retrieval.limits.made_map import made_map

MAP = made_map((150, 160))
SENSITIVITY = sensitivity_of(MAP, ())


def drawn(seed=1, step=8.0):
    random = np.random.default_rng(seed)
    return draw_trials(MAP.grid, SENSITIVITY, step, (2.0, 30.0), random)


def test_sources_stand_out_as_drawn():
    trials = drawn()
    row, column = trials.cell
    power = trials.sources.power_gw_um["M"]
    np.testing.assert_allclose(power * SENSITIVITY.snr_per_gw_um[row, column], trials.snr)
    assert trials.snr.min() >= 2.0
    assert trials.snr.max() <= 30.0
    # even in the logarithm
    assert np.median(np.log(trials.snr)) == pytest.approx(np.log(60.0) / 2, abs=0.2)
    assert not trials.found.any()
    assert len(trials) == pytest.approx(150 * 160 / 64, rel=0.1)


def test_colours_are_those_of_hot_spots():
    trials = drawn(step=3.0)
    ratio = trials.sources.power_gw_um["L"] / trials.sources.power_gw_um["M"]
    warm = np.array([343.0, 539.0, 993.0])
    wanted = exitance_gw_um_km2(L_BAND, warm) / exitance_gw_um_km2(M_BAND, warm)
    shares = [float(np.mean(ratio < level)) for level in wanted]
    assert shares == pytest.approx([0.08, 0.5, 0.97], abs=0.03)


def test_rounds_are_joined_in_order():
    one, two = drawn(1), drawn(2)
    both = Trials.joined([one, two])
    assert len(both) == len(one) + len(two)
    np.testing.assert_array_equal(both.snr[: len(one)], one.snr)
    np.testing.assert_array_equal(both.sources.surface_km[len(one) :], two.sources.surface_km)


def with_threshold(snr):
    """Trials on the even map of which those above a signal over noise are found."""
    parts = [drawn(seed, step=5.0) for seed in range(3)]
    joined = Trials.joined(parts)
    return Trials(joined.place, joined.snr, joined.sources, joined.snr > snr)


def test_an_even_map_with_a_known_threshold_has_the_limit_of_the_formula():
    """S50 = threshold / (signal over noise of one GW/um), in every cell."""
    fitted = fit_trials(with_threshold(7.0), SENSITIVITY)
    assert fitted.snr_of_half == pytest.approx(7.0, rel=0.03)
    assert fitted.on_blends == 0
    told = completeness_of(MAP.grid, SENSITIVITY, fitted.curve, MAP["km_per_px"])
    limit = np.exp(told.log_middle) * SENSITIVITY.snr_per_gw_um
    assert np.abs(np.log(limit / 7.0)).max() < 0.1
    np.testing.assert_array_equal(told.log_middle, told.log_middle_alone)
    assert fitted.relative_sigma < 0.05


def test_planes_are_in_power_and_infinite_where_nothing_is_searched():
    fitted = fit_trials(with_threshold(7.0), SENSITIVITY)
    blind = np.array(SENSITIVITY.snr_per_gw_um)
    blind[10:20, 30:40] = 0.0
    sensitivity = type(SENSITIVITY)(**(vars(SENSITIVITY) | {"snr_per_gw_um": blind}))
    told = completeness_of(MAP.grid, sensitivity, fitted.curve, MAP["km_per_px"])
    assert np.isposinf(told.log_middle[10:20, 30:40]).all()
    wanted = middle_plane(fitted.curve.coefficients, sensitivity)[60, 60]
    assert told.log_middle[60, 60] == pytest.approx(wanted - math.log(blind[60, 60]))


def test_trials_on_top_of_found_sources_are_counted_and_left_out():
    trials = with_threshold(7.0)
    beside = np.zeros(SENSITIVITY.light.shape)
    beside[:, :40] = 1.0
    crowded = type(SENSITIVITY)(**(vars(SENSITIVITY) | {"beside": beside}))
    row, column = trials.cell
    # nothing is found there, which must not count as faintness
    lost = Trials(trials.place, trials.snr, trials.sources, trials.found & (column >= 40))
    fitted = fit_trials(lost, crowded)
    assert fitted.on_blends == np.count_nonzero(column < 40)
    assert math.exp(fitted.curve.coefficients[0]) == pytest.approx(7.0, rel=0.05)
    assert isinstance(lost.sources, Injected)
    assert len(row) == fitted.trials
