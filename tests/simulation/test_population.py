"""Populations: the power law against its formula, powers kept by the components, limits."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.planck import M_BAND, exitance_gw_um_km2
from hotspots.simulation.population import PowerLaw, draw_components, draw_sources
from hotspots.simulation.ranges import Range
from hotspots.simulation.scene_ranges import LakeRanges, PopulationRanges

POWERS = np.geomspace(0.003, 100, 400)


def components(ranges, seed=0):
    return draw_components(ranges, POWERS, np.random.default_rng(seed))


@given(st.floats(0.1, 1), st.floats(0.3, 1.5), st.floats(0.001, 200))
def test_powers_follow_the_law(faint, bright, bend):
    law = PowerLaw(0.01, 50.0, bend, faint, bright)
    drawn = law.draw(np.random.default_rng(0), 4000)
    assert drawn.min() >= 0.01
    assert drawn.max() <= 50
    most, middle, fewest = law.exceeded(np.array([0.01, 1.0, 50.0]))
    share = (middle - fewest) / (most - fewest)
    assert np.mean(drawn > 1) == pytest.approx(share, abs=4 * 0.5 / 4000**0.5)


def test_slope_by_hand():
    # Without ends and bend in the way, ten times the power is 10**-0.6 as frequent.
    law = PowerLaw(1e-3, 1e6, 1e-3, 0.2, 0.6)
    drawn = law.draw(np.random.default_rng(1), 200_000)
    assert np.sum(drawn > 1) / np.sum(drawn > 0.1) == pytest.approx(10**-0.6, rel=0.05)


def test_components_have_the_power_together():
    for power, parts in zip(POWERS, components(PopulationRanges()), strict=True):
        temperature, area = np.array(parts).T
        total = np.sum(exitance_gw_um_km2(M_BAND, temperature) * area)
        assert total == pytest.approx(power, rel=1e-9)


def test_no_component_is_larger_than_allowed():
    small = replace(PopulationRanges(), greatest_area_km2=Range.fixed(20.0))
    areas = [area for parts in components(small) for _, area in parts]
    assert max(areas) == pytest.approx(20.0, rel=1e-6)
    # Faint spots are as they were drawn.
    temperatures = [parts[0][0] for parts in components(small)[:100]]
    assert min(temperatures) >= 300
    assert max(temperatures) <= 1100


def test_one_two_and_three_components():
    one = replace(PopulationRanges(), hot_share=Range.fixed(0), cool_share=Range.fixed(0))
    assert {len(parts) for parts in components(one)} == {1}
    three = replace(PopulationRanges(), hot_share=Range.fixed(1), cool_share=Range.fixed(1))
    assert {len(parts) for parts in components(three)} == {3}
    assert {len(parts) for parts in components(PopulationRanges())} == {1, 2, 3}


def test_sources_are_as_many_as_asked_with_lakes_and_outbursts_among_them():
    population = replace(PopulationRanges(), sources=Range.fixed(120), outbursts=Range.fixed(20.0))
    lakes = replace(LakeRanges(), lakes=Range.fixed(15))
    sources = draw_sources(population, lakes, np.random.default_rng(2))
    assert len(sources) == 120
    assert sum(source.source_class == "lava_lake" for source in sources) == 15
    assert len({source.name for source in sources}) == 120
    powers = [s.power_gw_um(M_BAND) for s in sources if s.source_class == "hotspot"]
    # Outbursts start where the power law has ended.
    assert 8 <= np.sum(np.array(powers) > 199.9) <= 35


def test_more_lakes_than_sources_are_all_there():
    population = replace(PopulationRanges(), sources=Range.fixed(3), outbursts=Range.fixed(0))
    lakes = replace(LakeRanges(), lakes=Range.fixed(5))
    assert len(draw_sources(population, lakes, np.random.default_rng(0))) == 5
