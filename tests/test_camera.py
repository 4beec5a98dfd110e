"""`Cameras`: what fits together and what does not."""

import numpy as np
import pytest

from hotspots.camera import Cameras
from hotspots.errors import GeometryError


def cameras(n=3, **changes):
    fields = {
        "constants": np.arange(18.0 * n, dtype=np.float32).reshape(n, 18),
        "origin": np.zeros((n, 2), np.float32),
        "position_km": np.full((n, 3), 5e4),
        "sun": np.tile([1.0, 0.0, 0.0], (n, 1)),
        "radii_km": (1829.4, 1819.4, 1815.7),
        "ifov_rad": 237.767e-6,
    }
    return Cameras(**{**fields, **changes})


def test_length_and_selection():
    three = cameras()
    assert len(three) == 3
    two = three.select([2, 0])
    assert len(two) == 2
    np.testing.assert_array_equal(two.constants, three.constants[[2, 0]])
    assert two.ifov_rad == three.ifov_rad
    assert len(three.select([])) == 0


def test_replacing_leaves_the_original_alone():
    three = cameras()
    other = three.replace(ifov_rad=1e-3)
    assert other.ifov_rad == 1e-3
    assert three.ifov_rad == 237.767e-6


@pytest.mark.parametrize(
    ("name", "shape"),
    [("constants", (3, 17)), ("origin", (2, 2)), ("position_km", (3,)), ("sun", (3, 4))],
)
def test_shapes_that_contradict(name, shape):
    with pytest.raises(GeometryError, match=f"{name} has shape"):
        cameras(**{name: np.zeros(shape)})
