"""The published way on images whose answer is known."""

import math

import numpy as np
import pytest

from hotspots.evaluation.published_photometry import (
    FramePower,
    average_power,
    box_power,
    published_powers,
)
from hotspots.swath import Flag, Swath
from tests.helpers.cameras import IFOV_RAD, camera_above, direction, stack_cameras

RANGE_KM = 20_000.0


def frame_power(power, saturated=False, emission_deg=20.0):
    return FramePower(power, saturated, emission_deg)


def made_swath(values, flags=None, cameras=None, exposure_s=0.002):
    n = len(values)
    return Swath(
        band="M",
        product_ids=tuple(f"F{i}" for i in range(n)),
        values=np.asarray(values, np.float32),
        sigma=np.ones_like(values, np.float32),
        flags=np.zeros(values.shape, np.uint8) if flags is None else flags,
        et=np.arange(float(n)),
        exposure_s=np.full(n, exposure_s),
        cameras=cameras,
    )


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        ([], None),
        ([frame_power(4.0)], 4.0),
        ([frame_power(4.0), frame_power(6.0)], 5.0),
        # of more than two the highest and the lowest are dropped
        ([frame_power(p) for p in (9.0, 1.0, 4.0, 6.0)], 5.0),
        ([frame_power(4.0), frame_power(90.0, saturated=True)], 4.0),
        ([frame_power(90.0, saturated=True)], None),
        # frames seen at 80 degrees and more count only where there are no others
        ([frame_power(4.0), frame_power(9.0, emission_deg=81.0)], 4.0),
        ([frame_power(9.0, emission_deg=81.0)], 9.0),
        ([frame_power(4.0, saturated=True), frame_power(9.0, emission_deg=81.0)], None),
    ],
)
def test_frames_are_averaged_as_published(frames, expected):
    assert average_power(frames) == expected


def test_a_box_by_hand():
    values = np.zeros((1, 20, 20))
    values[0, 9:12, 9:12] = 0.1
    values[0, 10, 13] = 5.0  # outside of the box
    found = box_power(made_swath(values), 0, (10.3, 9.8), pixel_km=4.0, cos_emission=0.5)
    # pi / 0.4975 um * 0.9 W m-2 sr-1 * 16 / 0.5 km2, 1e-3 GW per W m-2 km2
    assert found.power_gw_um == pytest.approx(math.pi / 0.4975 * 0.9 * 32.0 * 1e-3)
    assert found.emission_deg == pytest.approx(60.0)
    assert not found.saturated


def test_saturated_missing_and_bad_pixels():
    values = np.zeros((1, 20, 20))
    values[0, 10, 10] = 3.5  # 0.0073 / 0.002 is 3.65, 95 % of it 3.4675
    assert box_power(made_swath(values), 0, (10.0, 10.0), 1.0, 1.0).saturated
    values[0, 10, 10] = 3.4
    assert not box_power(made_swath(values), 0, (10.0, 10.0), 1.0, 1.0).saturated
    flags = np.zeros(values.shape, np.uint8)
    flags[0, 10, 10] = Flag.HOT_PIXEL
    without = box_power(made_swath(values, flags), 0, (10.0, 10.0), 1.0, 1.0)
    assert without.power_gw_um == 0.0
    flags[0, 8, 8] = Flag.MISSING
    assert box_power(made_swath(values, flags), 0, (10.0, 10.0), 1.0, 1.0) is None


@pytest.mark.parametrize("place", [(1.0, 10.0), (18.0, 10.0), (10.0, 1.4), (10.0, 18.0)])
def test_a_box_that_leaves_the_frame_is_no_number(place):
    assert box_power(made_swath(np.zeros((1, 20, 20))), 0, place, 1.0, 1.0) is None


def test_sources_are_found_by_their_places():
    place = direction(0.0, 0.0) * 1829.4
    cameras = stack_cameras([camera_above(0.0, 0.0, RANGE_KM), camera_above(0.0, 180.0, RANGE_KM)])
    values = np.zeros((2, 128, 432))
    values[:, 62:65, 214:217] = 1.0
    here, hidden = published_powers(
        made_swath(values, cameras=cameras), np.stack([place, direction(0.0, 90.0) * 1819.4])
    )
    # the other side of the body is not seen, nor is a place on the limb
    (power,) = here
    assert hidden == []
    pixel_km = (RANGE_KM - 1829.4) * IFOV_RAD
    assert power.emission_deg == pytest.approx(0.0, abs=0.1)
    assert power.power_gw_um == pytest.approx(math.pi / 0.4975 * 9 * pixel_km**2 * 1e-3, rel=1e-3)


def test_without_cameras_nothing_is_found():
    assert published_powers(made_swath(np.zeros((1, 20, 20))), np.zeros((2, 3))) == [[], []]
