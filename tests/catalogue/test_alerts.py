"""Alerts: worked by hand, one for a planted outburst, and few by chance."""

import dataclasses
import math

import numpy as np
import pytest

from hotspots.catalogue.alerts import AlertKind, raise_alerts
from hotspots.catalogue.light_curves import ObservedVisit, View
from hotspots.catalogue.ordinary import expected_range, unlisted_as_bright
from hotspots.catalogue.published import published_hotspots
from hotspots.catalogue.volcanoes import find_volcanoes
from hotspots.config import AcrossVisitsSettings
from tests.catalogue.made_sources import made_source

SETTINGS = AcrossVisitsSettings()
NOWHERE = {"lat_deg": -40.0, "lon_east_deg": 38.0}
LOKI = {"lat_deg": 12.8, "lon_east_deg": 51.6}


def seen(visit, power, number=1, *, error=0.05, **changes):
    powers = {
        "m_power_gw_um": power,
        "m_power_lo_gw_um": power * math.exp(-error),
        "m_power_hi_gw_um": power * math.exp(error),
    }
    return made_source(visit, number, **powers | changes)


def alerts_of(sources, *, view=View(None), visits=(), settings=SETTINGS):  # noqa: B008 - frozen
    numbers = {int(one.visit[2:]) for one in sources} | set(visits)
    observed = [
        ObservedVisit(f"PJ{n}", made_source(n).time_utc, lambda _lat, _lon: view) for n in numbers
    ]
    return raise_alerts(find_volcanoes(sources, observed, settings), settings)


def test_an_outburst_where_nothing_is_published_is_one_alert():
    (alert,) = alerts_of([seen(1, 0.5, 1, **LOKI), seen(1, 300.0, 2, **NOWHERE)])
    assert (alert.kind, alert.volcano_id) == (AlertKind.NEW, "HS_400S0380E")
    assert (alert.ordinary_m_power_gw_um, alert.factor) == (None, None)
    assert alert.expected_false_alarms == pytest.approx(unlisted_as_bright(math.log(300.0), 0.05))
    assert "300 GW/um in M, where no hot spot is published" in alert.reason


def test_an_ordinary_new_source_is_none():
    assert alerts_of([seen(1, 2.0, **NOWHERE)]) == ()


def test_limits_of_earlier_visits_count():
    sources = [seen(5, 15.0, **NOWHERE)]
    assert alerts_of(sources) == ()
    (alert,) = alerts_of(sources, view=View(True, 0.02, 0.04), visits=range(1, 5))
    assert alert.ordinary_m_power_gw_um == pytest.approx(0.02)
    assert alert.factor == pytest.approx(750.0)
    assert "PJ1 saw nothing above 0.04" in alert.reason


def test_a_saturated_outburst_counts_with_its_lower_end():
    source = seen(1, 900.0, **NOWHERE, saturated=True)
    (alert,) = alerts_of([dataclasses.replace(source, m_power_hi_gw_um=None)])
    assert alert.saturated
    assert alert.m_power_gw_um == pytest.approx(900.0 * math.exp(-0.05))
    assert alert.reason.startswith("at least 856 GW/um")


def test_a_brightening_against_its_own_history():
    steady = [seen(n, power, **NOWHERE) for n, power in enumerate([2.0, 2.2, 1.9, 2.1], 1)]
    assert alerts_of([*steady, seen(5, 5.0, **NOWHERE)]) == ()  # less than a factor of three
    (alert,) = alerts_of([*steady, seen(5, 60.0, **NOWHERE)])
    assert (alert.kind, alert.visit) == (AlertKind.BRIGHTENING, "PJ5")
    assert alert.factor == pytest.approx(30.0, rel=0.1)
    assert "times the ordinary 2" in alert.reason
    assert "PJ1 to PJ4" in alert.reason


def test_the_published_range_is_the_history_of_a_first_visit():
    # Loki: 24.6 to 68.3 GW/um in 15 measurements
    assert alerts_of([seen(1, 60.0, **LOKI)]) == ()
    (alert,) = alerts_of([seen(1, 2000.0, **LOKI)])
    assert alert.name == "Loki Patera"
    assert "at most 1.5e+02 in 15 published measurements" in alert.reason


def test_an_eruption_that_goes_on_is_alerted_once():
    before = [seen(n, 0.2, **NOWHERE) for n in (1, 2, 3)]
    after = [seen(n, 90.0, **NOWHERE) for n in (4, 5)]
    assert [one.visit for one in alerts_of([*before, *after])] == ["PJ4"]


def test_what_lies_beside_a_brighter_source_is_a_part_of_it():
    beside = {"lat_deg": -40.0, "lon_east_deg": 39.0}  # 24 km: 2.4 px of 10 km
    sources = [seen(1, 900.0, 1, **NOWHERE), seen(1, 400.0, 2, **beside)]
    assert [one.source_id for one in alerts_of(sources)] == ["PJ1_001"]
    apart = {"lat_deg": -40.0, "lon_east_deg": 44.0}
    sources = [seen(1, 900.0, 1, **NOWHERE), seen(1, 400.0, 2, **apart)]
    assert len(alerts_of(sources)) == 2


def test_a_detection_that_may_be_false_raises_none():
    doubtful = {"p_hotspot": 0.9, "p_lava_lake": 0.0}
    assert alerts_of([seen(1, 300.0, **NOWHERE, **doubtful)]) == ()
    bold = dataclasses.replace(SETTINGS, false_alarms_per_visit=0.3)
    (alert,) = alerts_of([seen(1, 300.0, **NOWHERE, **doubtful)], settings=bold)
    assert alert.expected_false_alarms == pytest.approx(0.1, abs=0.01)


def test_strong_light_in_two_frames_is_no_noise_whatever_the_detector_says():
    doubtful = {"p_hotspot": 0.8, "p_lava_lake": 0.0, "snr": 900.0}
    (alert,) = alerts_of([seen(1, 300.0, **NOWHERE, **doubtful)])
    varied = unlisted_as_bright(math.log(300.0), 0.05)
    assert alert.expected_false_alarms == pytest.approx(0.01 + varied)
    assert alerts_of([seen(1, 300.0, **NOWHERE, **doubtful, n_frames=1)]) == ()


def test_a_source_without_m_power_raises_none():
    assert alerts_of([made_source(1, **NOWHERE)]) == ()


def test_the_order_is_that_of_time_and_then_of_strength():
    apart = {"lat_deg": -40.0, "lon_east_deg": 60.0}
    sources = [seen(2, 900.0, 1, **LOKI), seen(1, 300.0, 1, **NOWHERE), seen(1, 3000.0, 2, **apart)]
    found = [(one.visit, one.source_id) for one in alerts_of(sources)]
    assert found == [("PJ1", "PJ1_002"), ("PJ1", "PJ1_001"), ("PJ2", "PJ2_001")]


def ordinary_life(one, rng):
    """Median power and scatter of a hot spot, drawn from what the publications leave open."""
    weights, logs = [1 / 0.45**2], [math.log(0.66)]
    if one.measured >= 3:
        ratio = math.log(one.greatest_gw_um / one.least_gw_um)
        weights.append(1 / (0.5 / (one.measured - 1) + 0.3**2))
        logs.append(math.log(ratio / expected_range(one.measured)))
    log_scatter = np.average(logs, weights=weights) + rng.normal(0, sum(weights) ** -0.5)
    scatter = math.exp(log_scatter)
    spread = math.hypot(0.46, scatter / math.sqrt(one.measured))
    return one.mean_gw_um * math.exp(rng.normal(0, spread)), scatter


@pytest.mark.parametrize("planted", [False, True])
def test_ordinary_visits_raise_few_alerts_and_a_planted_outburst_one(planted):
    """Volcanoes that vary as published ones do, over eight visits, most of them seen in each."""
    rng = np.random.default_rng(17)
    hot = [one for one in published_hotspots() if one.mean_gw_um][::2]
    lives = [ordinary_life(one, rng) for one in hot]
    sources = []
    for visit in range(1, 9):
        for number, (one, (median, scatter)) in enumerate(zip(hot, lives, strict=True)):
            power = median * math.exp(rng.normal(0, scatter))
            if power < 0.05 or rng.random() < 0.3:
                continue
            place = {
                "lat_deg": one.lat_deg + rng.normal(0, 0.1),
                "lon_east_deg": (one.lon_east_deg + rng.normal(0, 0.1)) % 360,
            }
            sources.append(seen(visit, power, number, **place))
    if planted:
        sources.append(seen(6, 500.0, 999, **NOWHERE))
    found = alerts_of(sources)
    # eight visits at 0.025 of this kind each: 0.2 expected, two or more have a chance of 2 %
    ordinary = [one for one in found if one.volcano_id != "HS_400S0380E"]
    assert len(ordinary) <= 1
    assert len(found) - len(ordinary) == int(planted)
