"""`Swath` and its flags."""

import numpy as np
import pytest

from hotspots.errors import CalibrationError
from hotspots.swath import Flag, Swath
from tests.test_camera import cameras

SHAPE = (3, 4, 5)


def swath(**changes):
    fields = {
        "band": "M",
        "product_ids": ("A", "B", "C"),
        "values": np.arange(60.0, dtype=np.float32).reshape(SHAPE),
        "sigma": np.ones(SHAPE, np.float32),
        "flags": np.zeros(SHAPE, np.uint8),
        "et": np.array([1.0, 2.0, 3.0]),
        "exposure_s": np.array([0.1, 0.2, 0.3]),
    }
    return Swath(**{**fields, **changes})


def test_selection_takes_everything_along():
    chosen = swath(cameras=cameras(3)).select([2, 0])
    assert chosen.product_ids == ("C", "A")
    assert chosen.et.tolist() == [3.0, 1.0]
    assert chosen.exposure_s.tolist() == [0.3, 0.1]
    assert chosen.values[0, 0, 0] == 40.0
    assert chosen.cameras is not None
    np.testing.assert_array_equal(chosen.cameras.constants, cameras(3).constants[[2, 0]])
    assert swath().select([1]).cameras is None


def test_replacing_leaves_the_original_alone():
    original = swath()
    brighter = original.replace(values=original.values + 1)
    assert brighter.values[0, 0, 0] == 1.0
    assert original.values[0, 0, 0] == 0.0
    assert len(brighter) == len(original) == 3


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("values", np.zeros((2, 4, 5)), r"values have shape \(2, 4, 5\), wanted \(3, lines"),
        ("values", np.zeros((3, 20)), "values have shape"),
        ("sigma", np.zeros((3, 4, 6)), r"sigma has shape \(3, 4, 6\), wanted \(3, 4, 5\)"),
        ("flags", np.zeros((3, 5, 4), np.uint8), "flags has shape"),
        ("et", np.zeros(2), r"et has shape \(2,\), wanted \(3,\)"),
        ("exposure_s", np.zeros((3, 1)), "exposure_s has shape"),
        ("cameras", cameras(2), "2 cameras for 3 frames"),
    ],
)
def test_shapes_that_contradict(name, value, message):
    with pytest.raises(CalibrationError, match=message):
        swath(**{name: value})


def test_flags_are_bits_of_a_byte():
    values = [int(flag) for flag in Flag]
    assert all(v & (v - 1) == 0 for v in values)
    assert len(set(values)) == len(values)
    assert sum(values) < 256
    unusable = Flag.unusable()
    assert Flag.MISSING in unusable
    assert Flag.HOT_PIXEL in unusable
    assert Flag.RADIATION in unusable
    # a saturated sample is a lower limit, a sample off the body is sky: both tell something
    assert Flag.SATURATED not in unusable
    assert Flag.OFF_BODY not in unusable
