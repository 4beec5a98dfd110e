"""Rows of hotspots.csv: numbers where there are numbers, empty cells where there are none."""

import numpy as np
import pytest

from hotspots.catalogue.records import SourceClass
from hotspots.config import PhotometrySettings
from hotspots.pipeline.sources import source_records
from hotspots.planck import L_BAND, M_BAND, exitance_gw_um_km2
from hotspots.retrieval.measurement import ErrorEllipse, Power
from hotspots.retrieval.shape import Shape
from tests.pipeline.test_merging import seen


def records(*measurements, **settings):
    return source_records(
        "PJ53", measurements, PhotometrySettings(**settings), lambda et: f"et {et:g}"
    )


def both(kelvin, area_km2=10.0, part=0.05, **saturated):
    """Powers of a grey body with errors of a part of them."""
    powers = {}
    for band, key in ((L_BAND, "L"), (M_BAND, "M")):
        value = area_km2 * float(exitance_gw_um_km2(band, np.array([kelvin]))[0])
        powers[key] = Power.gaussian(value, part * value, saturated=saturated.get(key, False))
    return powers


def test_no_source_is_no_row():
    assert records() == ()


def test_rows_are_numbered_by_power():
    rows = records(seen(m=(1.0, 0.1)), seen(lat=5.0, m=(3.0, 0.1)), seen(lat=9.0, m=(2.0, 0.1)))
    assert [row.source_id for row in rows] == ["PJ53_001", "PJ53_002", "PJ53_003"]
    assert [row.m_power_gw_um for row in rows] == [3.0, 2.0, 1.0]
    assert {row.visit for row in rows} == {"PJ53"}
    assert {row.time_utc for row in rows} == {"et 0"}


def test_one_band_gives_power_and_nothing_else():
    (row,) = records(seen(m=(1.0, 0.1)))
    assert (row.m_power_lo_gw_um, row.m_power_hi_gw_um) == pytest.approx((0.9, 1.1))
    empty = (
        row.l_power_gw_um,
        row.l_power_lo_gw_um,
        row.l_power_hi_gw_um,
        row.temperature_k,
        row.temperature_lo_k,
        row.temperature_hi_k,
        row.area_km2,
        row.area_lo_km2,
        row.area_hi_km2,
        row.diameter_km,
    )
    assert empty == (None,) * len(empty)
    assert row.saturated is False


def test_two_bands_give_temperature_and_area():
    (row,) = records(seen(powers=both(500.0)))
    assert row.temperature_k == pytest.approx(500.0, rel=1e-3)
    assert row.area_km2 == pytest.approx(10.0, rel=1e-2)
    assert row.temperature_lo_k < 500.0 < row.temperature_hi_k
    assert row.area_lo_km2 < 10.0 < row.area_hi_km2


def test_a_saturated_source_has_no_upper_end_and_no_temperature():
    (row,) = records(seen(powers=both(500.0, M=True)))
    assert row.saturated
    assert row.m_power_lo_gw_um < row.m_power_gw_um
    assert row.m_power_hi_gw_um is None
    assert row.l_power_hi_gw_um > row.l_power_gw_um
    assert row.temperature_k is None
    assert row.temperature_lo_k is None
    assert row.temperature_hi_k > 500.0
    assert row.area_km2 is None
    assert row.total_power_gw is None
    assert row.total_power_lo_gw < row.total_power_hi_gw


def test_two_bands_give_a_total_and_the_model_it_rests_on():
    (row,) = records(seen(powers=both(450.0), km_per_px=1.0))
    # 5.67e-8 W m-2 K-4 times 450 K to the fourth times 10 km2
    assert row.total_power_lo_gw < 23.25 < row.total_power_hi_gw
    assert row.total_power_lo_gw < row.total_power_gw < row.total_power_hi_gw
    assert row.emission_model in {"one_temperature", "two_temperatures"}
    assert -10 < row.log10_evidence < 10


def test_one_band_gives_a_range_of_totals():
    (row,) = records(seen(m=(1.0, 0.1)))
    assert row.emission_model == "m_band_only"
    assert row.total_power_gw is None
    assert 6.0 < row.total_power_lo_gw < row.total_power_hi_gw
    assert row.log10_evidence is None


def test_a_resolved_lake_may_radiate_through_its_crust():
    lake = seen(powers=both(450.0), diameter_km=60.0, p_hotspot=0.1, p_lava_lake=0.9)
    (row,) = records(lake)
    assert row.emission_model == "crust_and_ring"
    assert row.total_power_lo_gw > 50.0


def test_intervals_and_ellipse_are_those_of_the_measurement():
    ellipse = ErrorEllipse(3.0, 1.0, 40.0)
    (row,) = records(seen(m=(1.0, 0.1), ellipse=ellipse))
    assert (row.m_power_lo95_gw_um, row.m_power_hi95_gw_um) == pytest.approx((0.804, 1.196), 1e-4)
    assert row.l_power_lo95_gw_um is None
    assert (row.sigma_major_km, row.sigma_minor_km, row.sigma_azimuth_deg) == (3.0, 1.0, 40.0)
    assert row.sigma_km == pytest.approx(3.0**0.5)


def test_temperatures_are_believed_within_the_range_of_the_settings():
    hot = seen(powers=both(1200.0))
    assert records(hot)[0].temperature_k == pytest.approx(1200.0, rel=1e-3)
    (row,) = records(hot, maximum_temperature_k=1000.0)
    assert row.temperature_k is None
    assert row.temperature_hi_k is None


def test_class_follows_the_probability():
    hotspot, lake = records(seen(m=(2.0, 0.1)), seen(p_hotspot=0.3, p_lava_lake=0.7))
    assert (hotspot.source_class, lake.source_class) == (
        SourceClass.HOTSPOT,
        SourceClass.LAVA_LAKE,
    )


def test_places_have_names_where_there_is_one():
    loki = seen(lat=13.0, lon=51.2, m=(2.0, 0.1))  # Loki Patera, 309 W
    nowhere = seen(lat=-88.0, lon=200.0)
    named, nameless = records(loki, nowhere)
    assert "Loki" in named.name
    assert named.name_distance_km < 60
    assert (nameless.name is None) == (nameless.name_distance_km is None)


def test_longitudes_are_brought_into_range():
    assert records(seen(lon=360.0))[0].lon_east_deg == 0.0
    assert records(seen(lon=-10.0))[0].lon_east_deg == 350.0


def test_a_shape_gives_the_diameter_and_its_ends():
    disc = Shape("disc", 0.0, 0.9, 0.1, 30.0, 25.0, 35.0)
    (row,) = records(seen(diameter_km=44.0, shape=disc))
    assert (row.shape, row.diameter_km) == ("disc", 30.0)
    assert (row.diameter_lo_km, row.diameter_hi_km) == (25.0, 35.0)


def test_a_point_has_an_upper_limit_of_its_diameter_alone():
    point = Shape("point", 0.6, 0.2, 0.2, None, None, 12.0)
    (row,) = records(seen(diameter_km=44.0, shape=point))
    assert (row.shape, row.diameter_km) == ("point", None)
    assert (row.diameter_lo_km, row.diameter_hi_km) == (None, 12.0)


def test_without_a_shape_the_outline_gives_the_diameter():
    (row,) = records(seen(diameter_km=44.0))
    assert (row.shape, row.diameter_km, row.diameter_hi_km) == (None, 44.0, None)
