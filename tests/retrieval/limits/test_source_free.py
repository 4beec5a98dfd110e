"""Data without sources: sky where the body is, signs turned, frames laid elsewhere."""

from dataclasses import replace

import array_api_strict
import numpy as np

from hotspots.backend import to_host
from hotspots.geometry.projection import project_points
from hotspots.gridding.illumination import Sunlight, sample_illumination
from hotspots.retrieval.limits.known import surface_of, unit_vectors
from hotspots.retrieval.limits.source_free import (
    MARGIN_PX,
    covered,
    draw_shifts,
    flipped,
    misplaced,
    sky_swath,
    without_places,
)
from hotspots.swath import Flag, Swath
from tests.helpers.cameras import SHAPE, camera_above, stack_cameras
from tests.retrieval.limits.made_map import made_map

FAR = stack_cameras([camera_above(10, 40, 180_000.0), camera_above(11, 41, 180_000.0)])


def swath_of(cameras=FAR):
    shape = (len(cameras), *SHAPE)
    swath = Swath(
        band="M",
        product_ids=tuple(f"frame {i}" for i in range(len(cameras))),
        values=np.random.default_rng(1).normal(size=shape).astype(np.float32),
        sigma=np.ones(shape, dtype=np.float32),
        flags=np.zeros(shape, dtype=np.uint8),
        et=np.zeros(len(cameras)),
        exposure_s=np.full(len(cameras), 1e-3),
        cameras=cameras,
    )
    off = np.isnan(sample_illumination(swath, np.zeros(len(cameras), bool)).mu)
    return swath.replace(flags=np.where(off, np.uint8(Flag.OFF_BODY), np.uint8(0)))


def on_body(swath):
    return ~np.isnan(sample_illumination(swath, np.zeros(len(swath), bool)).mu)


def test_sky_takes_the_place_of_the_body_and_the_body_is_missing():
    swath = swath_of()
    sky = sky_swath(swath)
    was, now = on_body(swath), on_body(sky)
    assert now.any()
    assert not (was & now).any()
    missing = (sky.flags & Flag.MISSING) != 0
    assert missing[was].all()
    assert not missing[now].any()
    np.testing.assert_array_equal(sky.values, swath.values)
    # both frames are moved alike: they still agree with each other
    moved = sky.cameras.origin - swath.cameras.origin
    np.testing.assert_array_equal(moved[0], moved[1])


def test_a_body_that_fills_the_frame_leaves_no_sky():
    assert sky_swath(swath_of(stack_cameras([camera_above(10, 40, 3000.0)]))) is None


def test_known_sources_are_missing_with_all_their_light():
    swath = swath_of()
    place = surface_of(unit_vectors(np.array([20.0]), np.array([35.0])))
    holed = without_places(swath, place)
    missing = (holed.flags & Flag.MISSING) != 0
    seen = project_points(FAR, place)
    for i in range(2):
        line, sample = round(float(seen.line[i, 0])), round(float(seen.sample[i, 0]))
        near = missing[i, line - MARGIN_PX : line + MARGIN_PX + 1]
        assert near[:, sample - MARGIN_PX : sample + MARGIN_PX + 1].all()
        assert missing[i].sum() == (2 * MARGIN_PX + 1) ** 2
    assert without_places(swath, np.zeros((0, 3))) is swath


def test_misplaced_frames_keep_their_disc_where_the_ground_is():
    """Sunlight alone, taken off and put back elsewhere, is sunlight at the new place."""
    law, lit = Sunlight(0.02, 0.005, 0.8), np.zeros(2, dtype=bool)
    swath = swath_of()
    sunny = swath.replace(values=law.radiance(sample_illumination(swath, lit).mu0))
    moved = misplaced(sunny, law, lit, np.array([[7.0, -6.0], [-9.0, 5.0]]))
    wanted = law.radiance(sample_illumination(moved, lit).mu0)
    np.testing.assert_allclose(moved.values, wanted, atol=1e-7)
    shift = moved.cameras.origin - swath.cameras.origin
    np.testing.assert_array_equal(shift, [[7.0, -6.0], [-9.0, 5.0]])


def test_shifts_are_wider_than_a_source_and_the_same_for_both_bands():
    shifts = draw_shifts(("a", "b"), np.random.default_rng(3))
    assert set(shifts) == {"a", "b"}
    assert all(5.0 <= abs(v) <= 14.0 for shift in shifts.values() for v in shift)


def test_a_turned_map_is_its_negative_where_it_is_looked_at():
    grid_map = made_map((30, 40))
    where = np.zeros((30, 40), dtype=bool)
    where[5:20, 5:20] = True
    turned = flipped(covered(grid_map, where))
    np.testing.assert_array_equal(turned["m_residual"], -grid_map["m_residual"])
    np.testing.assert_array_equal(turned["m_frames"] > 0, where)
    assert turned["m_sigma"] is grid_map["m_sigma"]


def test_maps_on_another_device_stay_there():
    """NumPy would refuse the arrays of array-api-strict's second device."""
    here = made_map((30, 40))
    place = array_api_strict.Device("device1")
    planes = {
        name: replace(plane, values=array_api_strict.asarray(plane.values, device=place))
        for name, plane in here.planes.items()
    }
    where = np.zeros((30, 40), dtype=bool)
    where[5:20, 5:20] = True
    turned = flipped(covered(replace(here, planes=planes), where))
    assert turned["m_residual"].device == turned["m_frames"].device == place
    np.testing.assert_array_equal(to_host(turned["m_frames"]) > 0, where)
    np.testing.assert_array_equal(to_host(turned["m_residual"]), -here["m_residual"])
