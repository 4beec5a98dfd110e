"""What is ordinary: its constants against the table they are from, its laws by hand."""

import math

import numpy as np
import pytest
from scipy import integrate, stats

from hotspots.catalogue import ordinary
from hotspots.catalogue.lognormal import PowerKind, PowerObservation
from hotspots.catalogue.ordinary import expected_range, ordinary_power, unlisted_as_bright
from hotspots.catalogue.published import PublishedHotspot, published_hotspots


def hotspot(**facts):
    return PublishedHotspot(
        volcano_id="x", name="", jrm_id="", lat_deg=0.0, lon_east_deg=0.0, **facts
    )


def measured(power, sigma=0.05):
    return PowerObservation(PowerKind.MEASURED, math.log(power), sigma)


def test_constants_are_those_of_the_table():
    table = published_hotspots()
    often = [one for one in table if one.measured >= 3]
    scatter = np.array(
        [
            math.log(one.greatest_gw_um / one.least_gw_um) / expected_range(one.measured)
            for one in often
        ]
    )
    assert np.median(scatter) == pytest.approx(ordinary.SCATTER, abs=0.01)
    errors = np.mean([0.5 / (one.measured - 1) for one in often])
    assert math.sqrt(np.var(np.log(scatter)) - errors) == pytest.approx(
        ordinary.SCATTER_SPREAD, abs=0.03
    )
    means = np.log([one.mean_gw_um for one in table if one.mean_gw_um])
    assert means.mean() == pytest.approx(ordinary.ANY_MIDDLE, abs=0.01)
    assert means.std() == pytest.approx(ordinary.ANY_SPREAD, abs=0.03)
    seen = [one for one in table if one.measured]
    assert sum(one.greatest_gw_um >= 1.0 for one in seen) == ordinary.ABOVE_1_GW_UM
    assert np.median([one.measured for one in seen]) == ordinary.PUBLISHED_PASSES


@pytest.mark.parametrize(("count", "mean"), [(2, 1.128), (3, 1.693), (5, 2.326), (10, 3.078)])
def test_range_of_normal_numbers(count, mean):
    # the factors d2 of control charts
    assert expected_range(count) == pytest.approx(mean, abs=1e-3)


def test_a_published_hot_spot_is_ordinarily_as_bright_as_published():
    known = hotspot(measured=10, mean_gw_um=5.0, least_gw_um=3.0, greatest_gw_um=8.0)
    power = ordinary_power([], known)
    low, middle, high = power.median_quantiles([0.16, 0.5, 0.84])
    assert middle == pytest.approx(5.0, rel=0.02)
    # the teams differ by 0.46 in the logarithm, ten passes tell the mean well
    assert math.log(high / low) / 2 == pytest.approx(0.48, abs=0.03)
    # ln scatter: -1.14 +- 0.24 +- 0.3 from its own range, -0.42 +- 0.45 from all hot spots
    own, own_weight = math.log(math.log(8 / 3) / expected_range(10)), 1 / (1 / 18 + 0.3**2)
    wanted = (own_weight * own + math.log(0.66) / 0.45**2) / (own_weight + 1 / 0.45**2)
    assert float(power.scatter_quantiles(0.5)) == pytest.approx(math.exp(wanted), rel=0.02)


def test_a_history_of_its_own_outweighs_the_publications():
    known = hotspot(measured=10, mean_gw_um=5.0, least_gw_um=4.5, greatest_gw_um=5.5)
    power = ordinary_power([measured(1.0), measured(1.1), measured(0.9)], known)
    assert float(power.median_quantiles(0.5)) < 2.0


def test_a_steady_volcano_alerts_at_a_lower_power_than_a_restless_one():
    steady = [measured(x) for x in (1.0, 1.1, 0.95, 1.05, 1.0)]
    restless = [measured(x) for x in (0.2, 3.0, 1.0, 5.0, 0.4)]
    chance = [
        ordinary_power(one, None).exceedance(math.log(8.0), 0.1) for one in (steady, restless)
    ]
    assert chance[0] < 1e-3 < chance[1]


def test_an_upper_limit_makes_brightness_more_surprising():
    limit = PowerObservation(PowerKind.AT_MOST, math.log(0.05), 0.3)
    without = ordinary_power([], None).exceedance(math.log(30.0), 0.1)
    assert ordinary_power([limit] * 3, None).exceedance(math.log(30.0), 0.1) < without / 3


def test_unlisted_volcanoes_by_integration(monkeypatch):
    monkeypatch.setattr(ordinary, "SCATTER_SPREAD", 1e-3)  # every volcano scatters by 0.66
    log_power, sigma = math.log(4.0), 0.2

    def number(middle):
        faint = 0.5 * 129.0 * 0.66 * math.exp(-0.66 * middle)
        missed = stats.norm.cdf(-middle / math.hypot(0.66, math.log(2.0))) ** 5
        return faint * missed * stats.norm.sf((log_power - middle) / math.hypot(0.66, sigma))

    wanted, _ = integrate.quad(number, -15, 8, limit=200)
    scatters = np.array([0.66])
    monkeypatch.setattr(ordinary, "_scatters", lambda: scatters)
    assert unlisted_as_bright(log_power, sigma) == pytest.approx(wanted, rel=1e-3)


def test_the_brighter_and_the_better_watched_the_fewer():
    limit = PowerObservation(PowerKind.AT_MOST, math.log(0.05), 0.3)
    by_power = [unlisted_as_bright(math.log(power), 0.1) for power in (1.0, 10.0, 100.0)]
    assert by_power == sorted(by_power, reverse=True)
    by_visits = [unlisted_as_bright(math.log(10.0), 0.1, [limit] * n) for n in range(4)]
    assert by_visits == sorted(by_visits, reverse=True)
