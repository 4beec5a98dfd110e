"""Figures of measurement from pairs whose answer is known."""

import pytest

from hotspots.evaluation.measurements import measurements
from hotspots.evaluation.outputs import MeasuredPower, MeasuredQuantity, PlaceError
from hotspots.evaluation.statistics import Tally

DEGREE_KM = 31.7910


def judge(make, changes, min_snr=10.0):
    """Figures of pairs given as (source changes, detection changes), 10 degrees apart."""
    sources = [
        make.source(**{"source_id": f"S{k}", "lat_deg": 10.0 * k, **source})
        for k, (source, _) in enumerate(changes)
    ]
    detections = [
        make.detection(**{"source_id": f"D{k}", "lat_deg": 10.0 * k, **detection})
        for k, (_, detection) in enumerate(changes)
    ]
    return measurements([make.visit(sources, detections)], min_snr)


def test_powers_by_hand(make):
    # true 2; ratios 0.5, 1, 1.2, 2
    powers = [
        MeasuredPower(1.0, 0.5, 1.5, 0.2, 2.0),  # 68 % misses, 95 % holds at its edge
        MeasuredPower(2.0, 1.9, 2.1, 1.8, 2.2),
        MeasuredPower(2.4, 1.8, 3.0, 1.4, 3.4),
        MeasuredPower(4.0, 3.5, None, 3.0, None),  # open: no interval to judge
    ]
    found = judge(make, [({}, {"m_power": power}) for power in powers]).m_power
    assert found.n == 4
    assert found.median_ratio == pytest.approx(1.1)
    # 16 % lies 0.48 of the way from 0.5 to 1, 84 % 0.52 of the way from 1.2 to 2
    assert found.half_spread == pytest.approx((1.2 + 0.52 * 0.8 - 0.5 - 0.48 * 0.5) / 2)
    assert found.covers_68 == Tally(2, 3, pytest.approx(2 / 3))
    assert found.covers_95 == Tally(3, 3, 1.0)
    assert found.within == Tally(2, 4, 0.5)


def test_faint_and_saturated_sources_are_left_out_of_the_ratios(make):
    found = judge(make, [({}, {}), ({"stacked_snr": 5.0}, {}), ({"saturated": True}, {})])
    assert found.m_power.n == 1
    assert found.place.n == 2


def test_saturated_sources_by_hand(make):
    true = {"saturated": True, "m_power_gw_um": 50.0}
    powers = [
        MeasuredPower(30.0, 20.0, None, 15.0, None),  # open, holds
        MeasuredPower(45.0, 40.0, 49.0, 30.0, 60.0),  # 95 % holds
        MeasuredPower(80.0, 70.0, None, 60.0, None),  # above the truth
        MeasuredPower(None, None, None),
    ]
    found = judge(make, [(true, {"m_power": power}) for power in powers]).saturated
    assert found.n == 4
    assert found.holds_68 == Tally(1, 4, 0.25)
    assert found.holds_95 == Tally(2, 4, 0.5)
    assert found.open_above == Tally(3, 4, 0.75)
    assert found.median_factor == pytest.approx(2.0)
    # 30 / 20 and 80 / 70
    assert found.open_factor == pytest.approx((1.5 + 80 / 70) / 2)


def test_temperatures_values_and_limits(make):
    true = {"colour_temperature_k": 500.0}
    temperatures = [
        MeasuredQuantity(510.0, 490.0, 530.0),
        MeasuredQuantity(560.0, 540.0, 580.0),
        MeasuredQuantity(None, 450.0, None),  # a limit that holds
        MeasuredQuantity(None, None, 480.0),  # one that does not
        MeasuredQuantity(),
    ]
    found = judge(make, [(true, {"temperature_k": t}) for t in temperatures]).temperature
    assert found.n == 4
    assert found.median_error == pytest.approx(0.07)
    assert found.covers_68 == Tally(1, 2, 0.5)
    assert found.limits == Tally(1, 2, 0.5)


def test_totals_with_and_without_a_value_are_kept_apart(make):
    true = {"total_power_gw": 10.0}
    totals = [MeasuredQuantity(8.0, 6.0, 12.0), MeasuredQuantity(None, 11.0, 22.0)]
    found = judge(make, [(true, {"total_power_gw": t}) for t in totals])
    assert found.total_power.n == 1
    assert found.total_power.median_ratio == pytest.approx(0.8)
    assert found.total_power.covers_68 == Tally(1, 1, 1.0)
    assert found.total_power_range.covers_68 == Tally(0, 1, 0.0)
    assert found.total_power_range.median_factor == pytest.approx(2.0)
    unknown = judge(make, [({}, {"total_power_gw": totals[0]})])
    assert unknown.total_power.n == 0


def test_places_within_their_errors(make):
    # 0.2 degree north of the source: 6.36 km, 0.64 px
    off = {"lat_deg": 0.2}
    cases = [
        PlaceError(4.0, 8.0, 2.0, 90.0),  # 1.6 sigma; three sigma across an ellipse along east
        PlaceError(4.3, 8.0, 2.0, 0.0),  # 1.48 sigma; 0.8 sigma along one towards north
        PlaceError(4.2),  # 1.51 sigma; no ellipse
        None,
    ]
    found = [judge(make, [({}, {**off, "place_error": error})]).place for error in cases]
    assert found[0].median_px == pytest.approx(0.2 * DEGREE_KM / 10.0, rel=1e-4)
    assert [place.within_sigma.found for place in found] == [0, 1, 1, 0]
    assert [place.within_ellipse.found for place in found] == [0, 1, 0, 0]
    assert [place.within_ellipse.asked for place in found] == [1, 1, 0, 0]
    assert found[3].within_sigma.asked == 0
    assert found[0].within == Tally(1, 1, 1.0)


def test_an_ellipse_leans_to_the_east_of_north(make):
    # as far north as east: the offset lies along an azimuth of 45 degrees
    off = {"lat_deg": 0.1, "lon_east_deg": 0.1}
    along, across = (
        judge(make, [({}, {**off, "place_error": PlaceError(3.0, 9.0, 1.0, azimuth)})]).place
        for azimuth in (45.0, 135.0)
    )
    assert along.within_ellipse.found == 1
    assert across.within_ellipse.found == 0


def test_nothing_found_is_no_figure(make):
    found = measurements([make.visit()], 10.0)
    assert found.m_power.median_ratio is None
    assert found.saturated.holds_95.fraction is None
    assert found.place.median_px is None
