"""All frames of a visit put together for the photometry."""

import numpy as np
import pytest

from hotspots.config import InstrumentSettings
from hotspots.gridding.illumination import Sunlight
from hotspots.pipeline.grouping import Group
from hotspots.pipeline.measuring import frame_scene
from tests.pipeline.frames import cameras_above, pointed_of, swath_of

LINEAR_DN = 10000.0


def group_of(name, *swaths, eclipsed=False):
    return Group(
        name=name,
        swaths={s.band: s for s in swaths},
        blur_px={
            s.band: np.tile([np.hypot(0.6, 1.7 / np.sqrt(12)), 0.6], (len(s), 1)) for s in swaths
        },
        eclipsed={s.band: np.full(len(s), eclipsed) for s in swaths},
    )


def scene_of(groups):
    swaths = [swath for group in groups for swath in group.swaths.values()]
    pointed = pointed_of(*swaths)
    sunlight = {band: Sunlight(0.02, 0.002, 1.0) for band in ("L", "M")}
    return frame_scene(groups, pointed, sunlight, InstrumentSettings(), LINEAR_DN)


def test_groups_and_bands_become_one_scene_with_m_first():
    first = swath_of(cameras_above(2), "M", names=["A", "B"])
    second = swath_of(cameras_above(1), "M", names=["C"], start=90.0)
    other = swath_of(cameras_above(2), "L", names=["A", "B"])
    scene = scene_of([group_of("group_1", first, other), group_of("group_2", second)])
    assert list(scene.bands) == ["M", "L"]
    assert scene.bands["M"].swath.product_ids == ("A", "B", "C")
    assert scene.products == ("A", "B", "C")
    assert scene.covariance_px2["C"] == pytest.approx(0.01 * np.eye(2))


def test_smear_and_linear_range_are_those_of_the_frames():
    scene = scene_of([group_of("group_1", swath_of(cameras_above(2)))])
    frames = scene.bands["M"]
    assert frames.smear_px == pytest.approx([1.7, 1.7])
    assert frames.linear_radiance == pytest.approx([2.5, 2.5])  # 10,000 DN in 2 ms


def test_eclipsed_frames_have_no_sunlight():
    lit = group_of("group_1", swath_of(cameras_above(1, longitude=20.0), names=["A"]))
    dark = group_of(
        "group_2", swath_of(cameras_above(1, longitude=20.0), names=["B"]), eclipsed=True
    )
    sunlight = scene_of([lit, dark]).bands["M"].sunlight
    assert sunlight[0].max() > 0.01
    assert sunlight[1].max() == 0.0
