"""Lakes by chance: what was asked for is what comes."""

from dataclasses import replace

import numpy as np
import pytest

from hotspots.simulation.lakes import draw_lakes
from hotspots.simulation.ranges import Range
from hotspots.simulation.scene_ranges import LakeRanges

FIXED = replace(
    LakeRanges(),
    lakes=Range.fixed(40),
    whole_ring_share=Range.fixed(0.0),
    no_ring_share=Range.fixed(0.0),
    intact_share=Range.fixed(0.5),
)


def lakes(ranges, seed=0):
    return draw_lakes(ranges, np.random.default_rng(seed))


def test_number_size_and_temperatures():
    found = lakes(replace(FIXED, diameter_km=Range(10, 20), crust_temperature_k=Range(210, 220)))
    assert len(found) == 40
    assert all(10 <= lake.diameter_km * 1.0000001 <= 20.0001 for lake in found)
    assert all(210 <= lake.crust_temperature_k <= 220 for lake in found)
    assert len({lake.vertices_km for lake in found}) == 40


def test_rings_are_broken_whole_or_missing_as_asked():
    for lake in lakes(FIXED):
        assert np.mean(lake.ring_intact) == 0.5
        # In arcs: far fewer ends than edges.
        assert np.sum(np.array(lake.ring_intact) != np.roll(lake.ring_intact, 1)) <= 16
    whole = lakes(replace(FIXED, whole_ring_share=Range.fixed(1.0)))
    assert all(all(lake.ring_intact) for lake in whole)
    for lake in lakes(replace(FIXED, no_ring_share=Range.fixed(1.0))):
        assert not any(lake.ring_intact)
        assert lake.ring_width_km == 0
    mixed = lakes(replace(FIXED, whole_ring_share=Range.fixed(0.4)))
    assert 5 < sum(all(lake.ring_intact) for lake in mixed) < 28


def test_round_and_regular_lakes_are_discs():
    regular = replace(FIXED, elongation=Range.fixed(1), irregularity=Range.fixed(0))
    for lake in lakes(regular):
        assert lake.reach_km == pytest.approx(lake.diameter_km / 2, rel=0.01)
    long = replace(regular, elongation=Range.fixed(2))
    for lake in lakes(long):
        assert lake.reach_km == pytest.approx(lake.diameter_km / 2 * 2**0.5, rel=0.01)


def test_patches_are_hot_or_cold_and_inside():
    found = lakes(replace(FIXED, hot_patches=Range.fixed(2), islands=Range.fixed(1)))
    patches = [patch for lake in found for patch in lake.patches]
    # A narrow lake may have no room for one of them.
    assert 100 <= len(patches) <= 120
    hot = [patch.temperature_k > 230 for patch in patches]
    assert np.mean(hot) == pytest.approx(2 / 3, abs=0.05)
    assert not any(
        lake.patches
        for lake in lakes(replace(FIXED, hot_patches=Range.fixed(0), islands=Range.fixed(0)))
    )


def test_same_generator_same_lakes():
    assert lakes(LakeRanges(), 3) == lakes(LakeRanges(), 3)
    assert lakes(LakeRanges(), 3) != lakes(LakeRanges(), 4)
