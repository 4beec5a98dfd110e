"""Measurements of several groups: which are of one source, and what is made of them."""

import math

import pytest

from hotspots.pipeline.merging import SAME_PX, merge_groups
from hotspots.retrieval.measurement import ErrorEllipse, Measurement, Power
from hotspots.retrieval.shape import Shape

KM_PER_DEGREE = 31.79


def seen(lat=0.0, lon=100.0, snr=20.0, m=(1.0, 0.1), **changes):
    """One measurement; ``m`` is value and sigma of the M power, a third entry saturation."""
    powers = changes.pop("powers", None) or {"M": Power.gaussian(m[0], m[1], saturated=len(m) > 2)}
    facts = {
        "et": 0.0,
        "lat_deg": lat,
        "lon_east_deg": lon,
        "ellipse": ErrorEllipse.circle(2.0),
        "snr": snr,
        "p_hotspot": 0.9,
        "p_lava_lake": 0.1,
        "powers": powers,
        "n_frames": 3,
        "range_km": 5e4,
        "km_per_px": 10.0,
        "emission_deg": 20.0,
        "incidence_deg": 120.0,
        "diameter_km": None,
    }
    return Measurement(**facts | changes)


def degrees(pixels, km_per_px=10.0):
    return pixels * km_per_px / KM_PER_DEGREE


def test_nothing_measured_is_nothing_merged():
    assert merge_groups([]) == ()
    assert merge_groups([(), ()]) == ()


def test_one_group_is_left_alone_strongest_first():
    weak, strong = seen(snr=5.0), seen(lat=degrees(0.5), snr=50.0)
    assert merge_groups([(weak, strong)]) == (strong, weak)


def test_the_same_source_of_two_groups_is_one():
    best = seen(lat=10.0, snr=40.0, m=(2.0, 0.1), emission_deg=10.0)
    other = seen(lat=10.0 + degrees(1.0), snr=30.0, m=(2.4, 0.2), emission_deg=60.0)
    (merged,) = merge_groups([(other,), (best,)])
    assert merged.lat_deg == 10.0
    assert merged.emission_deg == 10.0
    assert merged.n_frames == 6
    assert merged.snr == pytest.approx(50.0)
    # weights 100 and 25
    assert merged.powers["M"].value == pytest.approx((100 * 2.0 + 25 * 2.4) / 125)
    assert merged.powers["M"].sigma == pytest.approx(1 / math.sqrt(125))


@pytest.mark.parametrize(("pixels", "sources"), [(0.95 * SAME_PX, 1), (1.05 * SAME_PX, 2)])
def test_how_far_apart_one_source_may_be_seen(pixels, sources):
    pair = [(seen(),), (seen(lat=degrees(pixels)),)]
    assert len(merge_groups(pair)) == sources


def test_the_coarser_pixel_and_the_larger_lake_set_the_distance():
    far = degrees(3.0)
    assert len(merge_groups([(seen(),), (seen(lat=far),)])) == 2
    assert len(merge_groups([(seen(),), (seen(lat=far, km_per_px=20.0),)])) == 1
    assert len(merge_groups([(seen(diameter_km=70.0),), (seen(lat=far),)])) == 1


def test_distance_is_measured_on_the_sphere():
    across = degrees(1.0) / math.cos(math.radians(80.0))
    assert len(merge_groups([(seen(lat=80.0),), (seen(lat=80.0, lon=100.0 + across),)])) == 1
    meridian = [(seen(lon=359.95),), (seen(lon=0.05),)]
    assert len(merge_groups(meridian)) == 1


def test_two_sources_of_one_map_stay_two():
    pair = (seen(snr=30.0), seen(lat=degrees(1.0), snr=20.0))
    assert len(merge_groups([pair, (seen(lat=degrees(0.4), snr=10.0),)])) == 2


def test_saturated_powers_count_only_where_there_is_no_other():
    (mixed,) = merge_groups([(seen(m=(5.0, 0.1, True)),), (seen(m=(7.0, 0.3), snr=10.0),)])
    assert mixed.powers["M"] == Power.gaussian(7.0, 0.3, saturated=False)
    (lower,) = merge_groups([(seen(m=(5.0, 0.1, True)),), (seen(m=(5.0, 0.1, True), snr=9.0),)])
    assert lower.powers["M"].saturated


def test_a_band_that_one_group_saw_is_kept():
    both = {
        "M": Power.gaussian(1.0, 0.1, saturated=False),
        "L": Power.gaussian(0.5, 0.1, saturated=False),
    }
    (merged,) = merge_groups([(seen(snr=30.0),), (seen(snr=9.0, powers=both),)])
    assert merged.powers["L"] == both["L"]


def test_an_exact_power_is_taken_as_it_is():
    (merged,) = merge_groups([(seen(m=(1.0, 0.0)),), (seen(m=(2.0, 0.1), snr=9.0),)])
    assert merged.powers["M"].value == 1.0


def test_the_shape_is_that_of_the_best_view_that_tells_one():
    shape = Shape("disc", 0.0, 0.9, 0.1, 30.0, 25.0, 35.0)
    coarse = Shape("point", 0.6, 0.2, 0.2, None, None, 80.0)
    bright, second, third = seen(snr=50.0), seen(snr=20.0, shape=shape), seen(snr=9.0, shape=coarse)
    (merged,) = merge_groups([(third,), (bright,), (second,)])
    assert merged.shape is shape
