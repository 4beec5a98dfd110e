"""Frames put together in order."""

import array_api_strict
import numpy as np
import pytest

from hotspots.backend import to_host
from hotspots.errors import GriddingError
from hotspots.pipeline.joining import join_cameras, join_swaths
from tests.detection.scenes import ELSEWHERE
from tests.pipeline.frames import cameras_above, swath_of


def test_frames_of_two_swaths_in_order():
    one = swath_of(cameras_above(2), names=["a", "b"], seed=1)
    two = swath_of(cameras_above(1, longitude=90.0), names=["c"], start=100.0, seed=2)
    both = join_swaths([one, two])
    assert both.product_ids == ("a", "b", "c")
    assert both.et.tolist() == [0.0, 10.0, 100.0]
    for name in ("values", "sigma", "flags", "exposure_s"):
        np.testing.assert_array_equal(
            getattr(both, name), np.concatenate([getattr(one, name), getattr(two, name)])
        )
    np.testing.assert_array_equal(both.cameras.position_km[2], two.cameras.position_km[0])
    assert len(join_cameras([one.cameras, two.cameras])) == 3


def test_arrays_stay_where_they_are():
    swath = swath_of(cameras_above(1))
    strict = {
        name: array_api_strict.asarray(getattr(swath, name), device=ELSEWHERE)
        for name in ("values", "sigma", "flags")
    }
    cameras = swath.cameras.replace(
        constants=array_api_strict.asarray(swath.cameras.constants, device=ELSEWHERE),
        origin=array_api_strict.asarray(swath.cameras.origin, device=ELSEWHERE),
    )
    moved = swath.replace(cameras=cameras, **strict)
    twice = join_swaths([moved, moved])
    assert twice.values.device == twice.cameras.constants.device == ELSEWHERE
    np.testing.assert_array_equal(to_host(twice.values)[1], swath.values[0])


def test_a_swath_without_cameras_is_named():
    blind = swath_of(cameras_above(1), band="L").replace(cameras=None)
    with pytest.raises(GriddingError, match="band L: the swath has no cameras"):
        join_swaths([blind])
