"""Visits that lie where no volcano is known."""

import dataclasses

import numpy as np
import pytest

from hotspots.catalogue.alerts import raise_alerts
from hotspots.catalogue.light_curves import ObservedVisit, View
from hotspots.catalogue.misplaced import misplaced_visits
from hotspots.catalogue.published import published_hotspots
from hotspots.catalogue.volcanoes import find_volcanoes
from hotspots.config import AcrossVisitsSettings
from tests.catalogue.made_sources import made_source

SETTINGS = AcrossVisitsSettings()


def volcanoes_of(sources):
    visits = {one.visit: one.time_utc for one in sources}
    observed = [ObservedVisit(v, t, lambda _lat, _lon: View(None)) for v, t in visits.items()]
    return find_volcanoes(sources, observed, SETTINGS)


def pass_over_known(visit, *, north_deg=0.0, count=40):
    """Sources at published hot spots, all off to the north by so many degrees."""
    chosen = [one for one in published_hotspots() if abs(one.lat_deg) < 50][::4][:count]
    return [
        made_source(
            visit,
            number,
            lat_deg=one.lat_deg + north_deg,
            lon_east_deg=one.lon_east_deg,
            m_power_gw_um=one.mean_gw_um or 0.1,
        )
        for number, one in enumerate(chosen)
    ]


@pytest.mark.parametrize(("north_deg", "doubtful"), [(0.0, ()), (0.3, ()), (3.0, ("PJ1",))])
def test_a_visit_that_is_off_is_in_doubt(north_deg, doubtful):
    sources = pass_over_known(1, north_deg=north_deg)
    assert misplaced_visits(volcanoes_of(sources)) == doubtful


def test_few_sources_say_nothing():
    assert misplaced_visits(volcanoes_of(pass_over_known(1, north_deg=3.0, count=9))) == ()


def test_places_of_earlier_visits_are_known_ones():
    rng = np.random.default_rng(2)
    places = [(rng.uniform(-60, 60), rng.uniform(0, 360)) for _ in range(30)]
    new = [
        made_source(visit, number, lat_deg=lat, lon_east_deg=lon)
        for visit in (1, 2)
        for number, (lat, lon) in enumerate(places)
    ]
    assert misplaced_visits(volcanoes_of(new)) == ("PJ1",)


def test_a_visit_in_doubt_raises_no_alerts():
    bright = {"m_power_gw_um": 900.0, "m_power_lo_gw_um": 880.0, "m_power_hi_gw_um": 920.0}
    right, wrong = pass_over_known(1), pass_over_known(1, north_deg=3.0)
    for sources, alerts in ((right, 1), (wrong, 0)):
        outburst = made_source(1, 99, lat_deg=-40.0, lon_east_deg=38.0, **bright)
        assert len(raise_alerts(volcanoes_of([*sources, outburst]), SETTINGS)) == alerts
        doubted = dataclasses.replace(outburst, p_hotspot=0.5)
        assert raise_alerts(volcanoes_of([*sources, doubted]), SETTINGS) == ()
