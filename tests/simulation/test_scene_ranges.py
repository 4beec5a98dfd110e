"""Every field of the scene's ranges can be fixed, and nonsense is refused by name."""

from dataclasses import fields, replace

import pytest

from hotspots.errors import ConfigurationError
from hotspots.simulation.ranges import Range
from hotspots.simulation.scene_ranges import (
    GroundRanges,
    LakeRanges,
    PopulationRanges,
    SceneRanges,
)


@pytest.mark.parametrize("group", [PopulationRanges(), LakeRanges(), GroundRanges()])
def test_ends_of_every_range_are_allowed_values(group):
    for setting in fields(group):
        value = getattr(group, setting.name)
        if isinstance(value, Range):
            for end in (value.low, value.high):
                assert getattr(replace(group, **{setting.name: Range.fixed(end)}), setting.name)


@pytest.mark.parametrize(
    ("group", "name", "value"),
    [
        (PopulationRanges(), "hot_share", 1.1),
        (PopulationRanges(), "faint_slope", 0),
        (PopulationRanges(), "sources", -1),
        (LakeRanges(), "crust_temperature_k", 0),
        (LakeRanges(), "elongation", 0.5),
        (GroundRanges(), "band_correlation", -0.2),
        (GroundRanges(), "floor_factor", 0),
    ],
)
def test_nonsense_is_refused_by_name(group, name, value):
    with pytest.raises(ConfigurationError, match=name):
        replace(group, **{name: Range.fixed(value)})


def test_map_sizes_are_powers_of_two():
    with pytest.raises(ConfigurationError, match="finest_intervals=500"):
        GroundRanges(finest_intervals=500)


def test_defaults_hold_the_published_numbers():
    ranges = SceneRanges()
    # Two public fits of sunlit M frames, W m-2 sr-1.
    assert ranges.ground.m_overhead.low <= 0.0097
    assert ranges.ground.m_overhead.high >= 0.032
    assert ranges.ground.l_overhead.low <= 0.0251 <= ranges.ground.l_overhead.high
    # The weakest published source; lakes 10..100 km with crusts near 230 K.
    assert ranges.population.least_power_gw_um.low <= 0.009
    assert ranges.lakes.diameter_km.low <= 10
    assert ranges.lakes.diameter_km.high >= 100
    assert ranges.lakes.crust_temperature_k.low <= 230 <= ranges.lakes.crust_temperature_k.high
