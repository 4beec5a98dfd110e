"""Windows about predicted places: light, derivatives, flags."""

import numpy as np
import pytest

from hotspots.geometry.projection import project_points
from hotspots.planck import BANDS, hemispheric_power_gw_um
from hotspots.retrieval.frames.coverage import coverage_of
from hotspots.retrieval.frames.ground import moved
from hotspots.swath import Flag
from tests.retrieval.frames.made_scene import LINEAR, cameras, exposed, scene_of, surface

PLACES = np.array([surface(3.0, 5.0), surface(-4.0, 350.0), surface(0.0, 180.0)])


@pytest.fixture
def swath():
    rng = np.random.default_rng(1)
    return exposed("M", cameras(3), PLACES, np.array([1.0, 2.0, 3.0]), rng)


def frames_of(swath):
    return scene_of(swath).bands["M"]


def test_only_points_that_a_frame_shows_have_stamps(swath):
    stamps = frames_of(swath).stamps(PLACES, 4)
    assert set(stamps.point.tolist()) == {0, 1}
    assert len(stamps) == 6
    assert stamps.values.shape == (6, 2 * (4 + 1) + 1, 9)  # half the smear on either side


def test_the_predicted_place_is_in_the_middle_of_the_window(swath):
    stamps = frames_of(swath).stamps(PLACES, 4)
    assert np.abs(stamps.offset_sample[:, 4]).max() <= 0.5
    assert np.abs(stamps.offset_line[:, 5]).max() <= 0.5


def test_derivatives_tell_where_a_shifted_point_appears(swath):
    shift = np.array([[3.0, -2.0]] * 3)
    stamps = frames_of(swath).stamps(PLACES, 4)
    there = project_points(cameras(3), moved(PLACES, shift))
    expected = np.einsum("sij,sj->si", stamps.jacobian, shift[stamps.point])
    seen = np.stack(
        [
            there.sample[stamps.frame, stamps.point] - stamps.sample,
            there.line[stamps.frame, stamps.point] - stamps.line,
        ],
        axis=-1,
    )
    assert expected == pytest.approx(seen, abs=2e-3)


def test_light_is_the_definition_of_spectral_power_turned_round(swath):
    stamps = frames_of(swath).stamps(PLACES, 4)
    area_km2 = (stamps.range_km * 237.767e-6) ** 2 / stamps.cos_emission
    power = hemispheric_power_gw_um(BANDS["M"], stamps.light_per_gw_um * area_km2)
    assert power == pytest.approx(np.ones(6), rel=2e-3)  # pixels off the axis are smaller


def test_flags_say_what_is_a_number_and_what_a_limit(swath):
    flags = swath.flags.copy()
    values = swath.values.copy()
    stamps = frames_of(swath).stamps(PLACES, 4)
    line, sample = round(float(stamps.line[0])), round(float(stamps.sample[0]))
    flags[0, line, sample] = Flag.RADIATION
    values[0, line + 1, sample] = 1.01 * LINEAR
    flags[0, line - 1, sample] = Flag.SATURATED
    again = frames_of(swath.replace(flags=flags, values=values)).stamps(PLACES, 4)
    first = int(np.flatnonzero((again.frame == 0) & (again.point == stamps.point[0]))[0])
    assert not again.usable[first, 5, 4]
    assert again.limit[first, 6, 4]
    assert again.limit[first, 4, 4]
    assert again.limit[first].sum() == 2


def test_sources_are_seen_by_frames_that_have_their_core(swath):
    found = coverage_of(frames_of(swath).stamps(PLACES, 4), np.arange(3))
    assert found.seen.tolist() == [True, True, False]
    assert found.frames.tolist() == [3, 3, 0]
    assert not found.saturated.any()


def test_saturated_is_what_is_so_in_half_of_the_frames(swath):
    stamps = frames_of(swath).stamps(PLACES, 4)
    flags = swath.flags.copy()
    for i in np.flatnonzero(stamps.point == 0)[:2]:
        line, sample = round(float(stamps.line[i])), round(float(stamps.sample[i]))
        flags[stamps.frame[i], line, sample] = Flag.SATURATED
    found = coverage_of(frames_of(swath.replace(flags=flags)).stamps(PLACES, 4), np.arange(3))
    assert found.saturated.tolist() == [True, False, False]
