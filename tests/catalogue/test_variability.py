"""Figures of variability: by hand, and unbiased by what was not seen."""

import math

import numpy as np
import pytest

from hotspots.catalogue.light_curves import LightCurvePoint, ObservedVisit, PointStatus, View
from hotspots.catalogue.records import SourceClass
from hotspots.catalogue.variability import power_statistics, volcano_record
from hotspots.catalogue.volcanoes import find_volcanoes
from hotspots.config import AcrossVisitsSettings
from tests.catalogue.made_sources import made_source


def point(power=None, *, error=0.05, status=PointStatus.DETECTED, **values):
    if power is not None:
        values |= {
            "m_power_gw_um": power,
            "m_power_lo_gw_um": power * math.exp(-error),
            "m_power_hi_gw_um": power * math.exp(error),
        }
    return LightCurvePoint(
        volcano_id="x", visit="PJ1", time_utc="2020-01-01T00:00:00Z", status=status, **values
    )


def saturated(least):
    return point(status=PointStatus.SATURATED, m_power_gw_um=least, m_power_lo_gw_um=least)


def unseen(limit):
    return point(status=PointStatus.NOT_SEEN, m_limit50_gw_um=limit, m_limit90_gw_um=1.3 * limit)


def test_two_measurements_by_hand():
    found = power_statistics([point(1.0), point(4.0)])
    assert found.median == pytest.approx(2.0, rel=0.02)
    assert found.greatest == pytest.approx(4.0)
    assert found.coefficient_of_variation == pytest.approx(math.sqrt(4.5) / 2.5)
    assert found.ratio == pytest.approx(4.0)
    assert found.ratio_sigma == pytest.approx(math.log(4.0) / (0.05 * math.sqrt(2.0)))
    assert found.scatter_lo < math.log(4.0) / math.sqrt(2.0) < found.scatter_hi


def test_one_measurement_tells_no_scatter():
    found = power_statistics([point(3.0)])
    assert found.median == pytest.approx(3.0, rel=0.02)
    assert (found.scatter, found.ratio, found.coefficient_of_variation) == (None, None, None)


def test_lower_limits_alone_tell_how_bright_it_was_at_least():
    found = power_statistics([saturated(5.0), saturated(7.0)])
    assert found.greatest == pytest.approx(7.0)
    assert found.median is None


def test_nothing_seen_nothing_known():
    assert power_statistics([unseen(0.1)]).greatest is None
    assert power_statistics([]).median is None


def test_a_steady_volcano_scatters_less_than_its_errors_would():
    rng = np.random.default_rng(4)
    noisy = [point(math.exp(rng.normal(0, 0.3)), error=0.3) for _ in range(40)]
    known_well = [point(one.m_power_gw_um, error=0.02) for one in noisy]
    found = power_statistics(known_well).scatter
    assert found == pytest.approx(np.std(np.log([one.m_power_gw_um for one in noisy])), rel=0.1)
    assert power_statistics(noisy).scatter < 0.8 * found


def test_a_volcano_seen_only_when_bright_is_not_bright():
    seen = [point(1.0), point(1.3)]
    often_missed = [*seen, *[unseen(0.8)] * 6]
    assert power_statistics(often_missed).median < 0.75 * power_statistics(seen).median


def test_the_intervals_hold_the_truth_as_often_as_they_say():
    rng = np.random.default_rng(8)
    inside = 0
    trials = 150
    for _ in range(trials):
        scatter = 0.66 * math.exp(rng.normal(0, 0.45))
        powers = np.exp(rng.normal(0.0, scatter, 7))
        points = [point(power) if power > 0.5 else unseen(0.5) for power in powers]
        found = power_statistics(points)
        if found.median is None:
            trials -= 1
        else:
            inside += found.median_lo <= 1.0 <= found.median_hi
    assert 0.58 < inside / trials < 0.78


def test_the_row_of_a_volcano():
    sources = [
        made_source(1, lat_deg=12.8, lon_east_deg=51.6, m_power_gw_um=40.0, temperature_k=400.0),
        made_source(
            2,
            *(1,),
            lat_deg=12.8,
            lon_east_deg=51.6,
            m_power_gw_um=60.0,
            temperature_k=500.0,
            km_per_px=1.0,
            source_class=SourceClass.LAVA_LAKE,
        ),
    ]
    visits = [
        ObservedVisit(f"PJ{n}", made_source(n).time_utc, lambda _lat, _lon: View(True, 0.1, 0.2))
        for n in (1, 2, 3)
    ]
    (volcano,) = find_volcanoes(sources, visits, AcrossVisitsSettings())
    row = volcano_record(volcano)
    assert (row.volcano_id, row.name) == ("loki_patera", "Loki Patera")
    assert row.source_class is SourceClass.LAVA_LAKE  # that of the nearest visit
    assert (row.n_visits, row.n_not_seen) == (2, 1)
    assert (row.first_seen_utc, row.last_seen_utc) == (sources[0].time_utc, sources[1].time_utc)
    assert row.temperature_k == 450.0
    assert row.m_max_gw_um == pytest.approx(60.0)
    assert row.l_median_gw_um is None
