"""Frames that share a grid."""

import numpy as np

from hotspots.config import GridSettings
from hotspots.pipeline.grouping import groups_of
from tests.helpers.cameras import camera_above, direction, looking_at, make_camera
from tests.pipeline.frames import cameras_above, pointed_of, swath_of

SETTINGS = GridSettings()


def groups(*swaths, eclipsed=()):
    pointed = pointed_of(*swaths, eclipsed=eclipsed)
    return groups_of(pointed.swaths, pointed, SETTINGS)


def test_bands_of_one_product_go_together():
    names = ["a", "b"]
    swaths = [swath_of(cameras_above(2), band, names=names) for band in ("L", "M")]
    (group,) = groups(*swaths)
    assert group.name == "group_1"
    assert list(group.swaths) == ["L", "M"]
    assert group.product_ids == {"a", "b"}
    assert group.blur_px["L"].shape == (2, 2)


def test_two_sides_of_the_body_are_two_groups_in_order_of_time():
    cameras = [*cameras_above(1, longitude=200.0), *cameras_above(1, longitude=20.0)]
    later = swath_of(cameras, names=["far", "near"], start=50.0)
    earlier = swath_of(cameras_above(1, longitude=20.0), "L", names=["first"])
    one, two = groups(earlier, later)
    assert one.product_ids == {"first", "near"}
    assert {band: s.product_ids for band, s in one.swaths.items()} == {
        "L": ("first",),
        "M": ("near",),
    }
    assert (two.name, two.product_ids) == ("group_2", {"far"})


def test_close_frames_without_common_ground_are_parted():
    cameras = [camera_above(0.0, lon, 3000.0) for lon in (0.0, 14.0)]
    assert [g.product_ids for g in groups(swath_of(cameras))] == [{"M0"}, {"M1"}]


def test_frames_that_miss_the_body_are_in_no_group():
    position = 60000.0 * direction(10, 200)
    away = make_camera(position, looking_at(position, 2 * position))
    (group,) = groups(swath_of([away, *cameras_above(1)]))
    assert group.product_ids == {"M1"}
    assert groups(swath_of([away])) == ()
    assert groups_of({}, pointed_of(), SETTINGS) == ()


def test_the_share_of_frames_outside_the_shadow():
    (group,) = groups(swath_of(cameras_above(4)), eclipsed={"M1", "M2", "M3"})
    assert group.sunlit_share("M") == 0.25
    np.testing.assert_array_equal(group.eclipsed["M"], [False, True, True, True])
