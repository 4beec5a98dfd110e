"""`Grid` and `GridMap`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.errors import GriddingError
from hotspots.grid import Grid, GridMap, Plane, Projection


def grid(**changes):
    fields = {
        "projection": Projection.VIEW,
        "shape": (4, 6),
        "cell_km": 5.0,
        "x_min_km": -15.0,
        "y_max_km": 10.0,
    }
    return Grid(**{**fields, **changes})


@given(latitude=st.floats(-90, 90), longitude=st.floats(-360, 720))
def test_basis_is_a_right_handed_frame(latitude, longitude):
    axes = np.array(grid(centre_latitude_deg=latitude, centre_longitude_deg=longitude).basis())
    np.testing.assert_allclose(axes @ axes.T, np.eye(3), atol=1e-12)
    np.testing.assert_allclose(np.cross(axes[0], axes[1]), axes[2], atol=1e-12)
    assert axes[0, 2] == 0.0
    assert axes[1, 2] >= -1e-12


def test_basis_by_hand():
    right, up, towards = grid(centre_longitude_deg=90.0).basis()
    np.testing.assert_allclose(towards, (0, 1, 0), atol=1e-15)
    np.testing.assert_allclose(right, (-1, 0, 0), atol=1e-15)
    np.testing.assert_allclose(up, (0, 0, 1), atol=1e-15)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"cell_km": 0.0}, "both must be positive"),
        ({"cell_km": float("nan")}, "both must be positive"),
        ({"shape": (0, 5)}, "both must be positive"),
        ({"centre_latitude_deg": 90.5}, "outside -90..90"),
        ({"centre_latitude_deg": float("nan")}, "outside -90..90"),
    ],
)
def test_grids_that_cannot_be(changes, message):
    with pytest.raises(GriddingError, match=message):
        grid(**changes)


def plane(value=0.0):
    return Plane(np.full((4, 6), value), "km", "A plane.")


def test_planes_by_name():
    original = GridMap(grid(), {"a": plane(1.0)}, {"visit": "PJ53"})
    both = original.with_planes({"b": plane(2.0), "a": plane(3.0)})
    assert "b" in both
    assert "b" not in original
    assert both["a"][0, 0] == 3.0
    assert original["a"][0, 0] == 1.0
    assert both.attributes == {"visit": "PJ53"}


def test_planes_cannot_be_exchanged_behind_its_back():
    planes = {"a": plane(1.0)}
    one = GridMap(grid(), planes)
    planes["b"] = plane()
    assert "b" not in one
    with pytest.raises(TypeError):
        one.planes["c"] = plane()


def test_plane_of_another_shape():
    with pytest.raises(GriddingError, match=r"plane a has shape \(4, 5\), the grid \(4, 6\)"):
        GridMap(grid(), {"a": Plane(np.zeros((4, 5)), "", "")})


def test_plane_that_is_not_there():
    with pytest.raises(GriddingError, match="no plane 'z' on this map; there are: a, b"):
        GridMap(grid(), {"a": plane(), "b": plane()})["z"]
