import pytest

from hotspots.catalogue.records import SourceClass
from hotspots.evaluation.accuracy import accuracy
from hotspots.evaluation.outputs import MeasuredPower
from hotspots.evaluation.statistics import Tally

DEGREE_KM = 31.7910


def judge(make, changes, min_snr=3.0):
    """Accuracy of pairs given as (source changes, detection changes), 10 degrees apart."""
    sources = [
        make.source(source_id=f"S{k}", lat_deg=10.0 * k, **source)
        for k, (source, _) in enumerate(changes)
    ]
    detections = [
        make.detection(**{"source_id": f"D{k}", "lat_deg": 10.0 * k, **detection})
        for k, (_, detection) in enumerate(changes)
    ]
    return accuracy([make.visit(sources, detections)], min_snr)


def test_position_errors_by_hand(make):
    scores = judge(make, [({}, {"lat_deg": 0.1}), ({"km_per_px": 20.0}, {"lat_deg": 10.3})])
    position = scores.position
    assert position.n == 2
    assert position.median_km == pytest.approx(0.2 * DEGREE_KM, rel=1e-4)
    assert position.p90_km == pytest.approx((0.1 + 0.9 * 0.2) * DEGREE_KM, rel=1e-4)
    # 0.1 degree at 10 km a pixel is 0.318 px, 0.3 degree at 20 km a pixel 0.477 px.
    assert position.median_px == pytest.approx((0.31791 + 0.47687) / 2, abs=1e-4)
    assert position.p90_px == pytest.approx(0.31791 + 0.9 * 0.15896, abs=1e-4)


def test_power_ratios_and_intervals_by_hand(make):
    powers = [
        MeasuredPower(1.0, 0.5, 1.5),  # true 2: ratio 0.5, missed
        MeasuredPower(2.0, 2.0, 2.5),  # ratio 1, held at its edge
        MeasuredPower(4.0, 1.0, 5.0),  # ratio 2, held
        MeasuredPower(6.0, None, None),  # ratio 3, no interval
        MeasuredPower(None, None, None),
    ]
    scores = judge(make, [({}, {"m_power": power}) for power in powers])
    assert scores.m_power.n == 4
    assert scores.m_power.median_ratio == pytest.approx(1.5)
    assert scores.m_power.p16_ratio == pytest.approx(0.5 + 0.48 * 0.5)
    assert scores.m_power.p84_ratio == pytest.approx(2.0 + 0.52)
    assert scores.m_power.interval == Tally(2, 3, pytest.approx(2 / 3))


def test_saturation_on_either_side_keeps_a_source_out_of_the_ratios(make):
    scores = judge(
        make,
        [({"saturated": True}, {}), ({}, {"saturated": True}), ({}, {})],
    )
    assert scores.m_power.n == 1
    assert scores.position.n == 3


def test_l_power_is_judged_where_the_l_band_saw_the_source(make):
    measured = {"l_power": MeasuredPower(3.0, 0.5, 4.0)}
    scores = judge(make, [({"n_l_frames": 1}, measured), ({}, measured)])
    assert scores.l_power.n == 1
    assert scores.l_power.median_ratio == pytest.approx(3.0)
    assert scores.l_power.interval == Tally(1, 1, 1.0)


def test_intervals_of_saturated_sources_may_be_open_above(make):
    true = {"saturated": True, "m_power_gw_um": 50.0}
    scores = judge(
        make,
        [
            (true, {"m_power": MeasuredPower(30.0, 20.0, None), "saturated": True}),
            (true, {"m_power": MeasuredPower(30.0, 20.0, 40.0), "saturated": True}),
            (true, {"m_power": MeasuredPower(45.0, 40.0, 60.0)}),
            (true, {"m_power": MeasuredPower(None, None, None), "saturated": True}),
        ],
    )
    assert scores.saturated_interval == Tally(2, 4, 0.5)
    assert scores.saturated_flag == Tally(3, 4, 0.75)


def test_classes_of_lakes_wide_enough_and_of_hot_spots(make):
    lake = {"source_class": SourceClass.LAVA_LAKE}
    wide = {**lake, "resolvable": True, "footprint_km": 50.0}
    scores = judge(
        make,
        [
            (wide, lake),
            (wide, {}),
            (lake, lake),  # too narrow to tell
            (lake, {}),
            ({}, {}),
            ({}, lake),
            ({}, {}),
        ],
    )
    assert scores.lakes == Tally(1, 2, 0.5)
    assert scores.hotspots == Tally(2, 3, pytest.approx(2 / 3))


def test_faint_sources_are_left_out_below_the_limit(make):
    scores = judge(make, [({"stacked_snr": 9.9}, {}), ({"stacked_snr": 10.0}, {})], min_snr=10.0)
    assert scores.position.n == 1


def test_nothing_found_gives_no_figures(make):
    scores = accuracy([make.visit([make.source()], [])], 3.0)
    assert scores.position.median_px is None
    assert scores.m_power.median_ratio is None
    assert scores.m_power.interval == Tally(0, 0, None)
