"""What each visit says of a volcano, and what that means for its power."""

import math

import pytest

from hotspots.catalogue.light_curves import (
    LightCurvePoint,
    ObservedVisit,
    PointStatus,
    View,
    light_curve,
    power_observation,
    power_observations,
)
from hotspots.catalogue.lognormal import PowerKind
from tests.catalogue.made_sources import made_source


def point(status=PointStatus.DETECTED, **values):
    return LightCurvePoint(
        volcano_id="x", visit="PJ1", time_utc="2020-01-01T00:00:00Z", status=status, **values
    )


def visits(**views):
    return [
        ObservedVisit(name, made_source(int(name[2:])).time_utc, lambda _lat, _lon, v=view: v)
        for name, view in views.items()
    ]


def test_every_visit_has_a_point_in_the_order_of_time():
    members = [made_source(3, saturated=True, m_power_gw_um=5.0), made_source(2, m_power_gw_um=1.0)]
    unseen = View(None)
    observed = visits(PJ5=View(False), PJ4=View(True, 0.1, 0.2), PJ3=unseen, PJ2=unseen, PJ1=unseen)
    curve = light_curve("loki_patera", (12.8, 51.6), members, observed)
    assert [(one.visit, one.status.value) for one in curve] == [
        ("PJ1", "unknown"),
        ("PJ2", "detected"),
        ("PJ3", "saturated"),
        ("PJ4", "not_seen"),
        ("PJ5", "not_in_view"),
    ]
    assert [one.m_power_gw_um for one in curve] == [None, 1.0, 5.0, None, None]
    assert [one.m_limit90_gw_um for one in curve] == [None, None, None, 0.2, None]
    assert {one.volcano_id for one in curve} == {"loki_patera"}


def test_the_limit_is_that_of_the_volcanos_place():
    asked = []

    def view(lat_deg, lon_east_deg):
        asked.append((lat_deg, lon_east_deg))
        return View(True, 0.1, 0.2)

    light_curve("x", (10.0, 20.0), [], [ObservedVisit("PJ1", "2020-01-01T00:00:00Z", view)])
    assert asked == [(10.0, 20.0)]


def test_a_measurement_by_hand():
    one = power_observation(point(m_power_gw_um=2.0, m_power_lo_gw_um=1.6, m_power_hi_gw_um=2.5))
    assert one.kind is PowerKind.MEASURED
    assert one.log_power == pytest.approx(math.log(2.0))
    assert one.sigma == pytest.approx(math.log(2.5 / 1.6) / 2)


def test_an_interval_that_reaches_zero_is_judged_by_its_upper_half():
    one = power_observation(point(m_power_gw_um=1.0, m_power_lo_gw_um=-0.2, m_power_hi_gw_um=2.0))
    assert one.sigma == pytest.approx(math.log(2.0))


def test_a_saturated_power_is_a_lower_limit_only_where_it_is_open():
    saturated = {"status": PointStatus.SATURATED, "m_power_gw_um": 9.0, "m_power_lo_gw_um": 8.0}
    assert power_observation(point(**saturated)).kind is PowerKind.AT_LEAST
    assert power_observation(point(**saturated)).log_power == pytest.approx(math.log(8.0))
    closed = power_observation(point(**saturated, m_power_hi_gw_um=12.0))
    assert closed.kind is PowerKind.MEASURED


def test_a_limit_is_as_soft_as_completeness_rises():
    one = power_observation(point(PointStatus.NOT_SEEN, m_limit50_gw_um=0.1, m_limit90_gw_um=0.2))
    assert one.kind is PowerKind.AT_MOST
    assert one.log_power == pytest.approx(math.log(0.1))
    assert one.sigma == pytest.approx(math.log(2.0) / 1.2816)
    hard = power_observation(point(PointStatus.NOT_SEEN, m_limit90_gw_um=0.2))
    assert (hard.log_power, hard.sigma) == (pytest.approx(math.log(0.2)), 0.0)


def test_points_that_say_nothing():
    nothing = [
        point(PointStatus.NOT_SEEN),
        point(PointStatus.NOT_IN_VIEW),
        point(PointStatus.UNKNOWN),
        point(),
        point(m_power_gw_um=-0.1, m_power_lo_gw_um=-0.3, m_power_hi_gw_um=0.1),
    ]
    assert power_observations(nothing) == ()


def test_the_l_band_has_no_upper_limits():
    seen = point(l_power_gw_um=3.0, l_power_lo_gw_um=2.0, l_power_hi_gw_um=4.0)
    unseen = point(PointStatus.NOT_SEEN, m_limit50_gw_um=0.1, m_limit90_gw_um=0.2)
    (one,) = power_observations([seen, unseen], "l")
    assert one.log_power == pytest.approx(math.log(3.0))
