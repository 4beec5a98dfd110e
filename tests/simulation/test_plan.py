from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest

from hotspots.simulation.observing_settings import ObservingSettings
from hotspots.simulation.plan import day_of_orbit, draw_plan
from hotspots.simulation.ranges import Range


def plans(settings, orbit, count=60):
    return [draw_plan(settings, orbit, np.random.default_rng(seed)) for seed in range(count)]


def test_days_are_those_of_published_visits():
    assert day_of_orbit(25) == datetime(2020, 2, 17, tzinfo=UTC)
    assert day_of_orbit(57) == datetime(2023, 12, 30, tzinfo=UTC)
    assert day_of_orbit(62) == datetime(2024, 6, 13, tzinfo=UTC)


def test_orbits_are_weeks_apart():
    days = [day_of_orbit(orbit) for orbit in range(3, 1000)]
    assert min(b - a for a, b in pairwise(days)).days >= 20


def test_mirror_decides_over_exposures_and_level():
    settings = ObservingSettings(raw_fraction=1.0)
    old, new = draw_plan(settings, 43, np.random.default_rng(0)), plans(settings, 44)[0]
    assert (old.despun, old.level, old.name) == (True, "RDR", "PJ43")
    assert (new.despun, new.level, new.name) == (False, "EDR", "PJ44")
    for plan in plans(settings, 44):
        assert all(0.001 <= frame.exposure_s <= 0.005 for frame in plan.frames)
    for plan in plans(settings, 30):
        assert all(0.005 <= frame.exposure_s <= 1.0 for frame in plan.frames)


def test_exposures_are_whole_steps_and_change_once_at_most():
    settings = ObservingSettings(second_exposure_fraction=1.0, minimum_frames=6)
    changed = 0
    for plan in plans(settings, 60):
        exposures = [frame.exposure_s for frame in plan.frames]
        steps = np.array(exposures) / 0.2e-3
        assert steps == pytest.approx(np.rint(steps))
        jumps = np.count_nonzero(np.diff(exposures))
        assert jumps <= 1
        changed += jumps
    assert changed > 40


def test_number_of_frames_and_turns_are_in_their_ranges():
    settings = ObservingSettings(
        minimum_frames=7,
        maximum_frames=9,
        spin_period_s=Range(30.4, 30.5),
        second_turn_fraction=0.5,
    )
    drawn = plans(settings, 60)
    assert {len(plan.frames) for plan in drawn} == {7, 8, 9}
    assert {plan.turns for plan in drawn} == {1, 2}
    assert all(30.4 <= plan.interval_s / plan.turns <= 30.5 for plan in drawn)


def test_modes_have_their_shares():
    settings = ObservingSettings(both_bands=0.5, m_band_only=0.4)
    bands = [frame.bands for plan in plans(settings, 60, 200) for frame in plan.frames]
    share = {mode: bands.count(mode) / len(bands) for mode in set(bands)}
    assert share["L", "M"] == pytest.approx(0.53, abs=0.08)
    assert share["M",] == pytest.approx(0.42, abs=0.08)
    assert share["L",] == pytest.approx(0.05, abs=0.03)


@pytest.mark.parametrize(
    ("both", "m_only", "wanted"),
    [(1.0, 0.0, {("L", "M")}), (0.0, 1.0, {("M",)}), (0.0, 0.0, {("L",)})],
)
def test_one_mode_alone_can_be_asked_for(both, m_only, wanted):
    settings = ObservingSettings(both_bands=both, m_band_only=m_only)
    assert {frame.bands for plan in plans(settings, 60, 20) for frame in plan.frames} == wanted


def test_frames_are_aimed_at_a_band_they_have():
    for plan in plans(ObservingSettings(), 60):
        assert all(frame.aimed_band in frame.bands for frame in plan.frames)
