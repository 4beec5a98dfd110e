"""Ground by chance: floors lie under volcanoes, numbers are those asked for."""

from dataclasses import replace

import numpy as np
import pytest

from hotspots.planck import L_BAND, M_BAND
from hotspots.simulation.ranges import Range
from hotspots.simulation.scene_ranges import GroundRanges
from hotspots.simulation.source import Source
from hotspots.simulation.terrain import draw_deposits, draw_ground
from tests.simulation.outlined import square_lake

SMALL = replace(GroundRanges(), finest_intervals=16)
BARE = replace(SMALL, floors=Range.fixed(0), bright_deposits=Range.fixed(0), plumes=Range.fixed(0))
SOURCES = (
    Source("a", 10.0, 20.0, "hotspot", ((500.0, 4.0),)),
    Source.lava_lake("b", -60.0, 300.0, square_lake()),
)


def deposits(ranges, sources=SOURCES, seed=0):
    return draw_deposits(ranges, sources, np.random.default_rng(seed))


def test_every_volcano_has_a_floor_that_holds_it():
    floors = deposits(replace(BARE, floors_at_sources=Range.fixed(1.0)))
    assert [(floor.lat_deg, floor.lon_east_deg) for floor in floors] == [(10, 20), (-60, 300)]
    assert floors[0].radius_km >= 4
    assert floors[1].radius_km == pytest.approx(1.15 * 50**0.5)
    assert all(floor.m_factor < 1 for floor in floors)
    assert deposits(replace(BARE, floors_at_sources=Range.fixed(0.0))) == ()


def test_numbers_and_kinds():
    ranges = replace(
        BARE,
        floors_at_sources=Range.fixed(0.0),
        floors=Range.fixed(7),
        bright_deposits=Range.fixed(5),
        plumes=Range.fixed(3),
        colour_scatter=Range.fixed(0.0),
    )
    found = deposits(ranges)
    assert len(found) == 15
    assert sum(deposit.hollow > 0 for deposit in found) == 3
    assert sum(deposit.m_factor > 1 and deposit.hollow == 0 for deposit in found) == 5
    assert all(deposit.l_factor == deposit.m_factor for deposit in found)
    # Plumes rise from volcanoes, if there are any.
    assert {deposit.lat_deg for deposit in found if deposit.hollow > 0} <= {10.0, -60.0}
    assert len(deposits(ranges, sources=())) == 15


def test_fixed_laws_are_those_of_the_ground():
    fixed = replace(
        BARE,
        l_overhead=Range.fixed(0.0251),
        l_constant=Range.fixed(0.0018),
        minnaert_exponent=Range.fixed(1.0),
        lommel_seeliger_share=Range.fixed(0.0),
        l_contrast=Range.fixed(0.0),
        floors_at_sources=Range.fixed(0.0),
        noon_temperature_k=Range.fixed(90),
        night_temperature_k=Range.fixed(90),
    )
    ground = draw_ground(fixed, SOURCES, np.random.default_rng(0))
    points, cosine = np.array([[1829.0, 0, 0]]), np.array([0.8])
    found = ground.radiance(points, cosine, cosine, np.array([True]), L_BAND)
    assert found[0] == pytest.approx(0.0251 * 0.8 + 0.0018, rel=1e-4)


def test_same_generator_same_ground():
    points = np.random.default_rng(1).normal(0, 1000, (50, 3))
    ones = np.ones(50)
    one, same, other = (
        draw_ground(SMALL, SOURCES, np.random.default_rng(seed)).radiance(
            points, ones, ones, ones, M_BAND
        )
        for seed in (3, 3, 4)
    )
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)
