import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hotspots.geometry.beams.attitude import angles_from_axes, axes_from_angles, turned_about_y


def test_at_the_equator_with_roll_zero_x_is_the_pole():
    axes = axes_from_angles(np.array([0.0, 0.0, 0.0]))
    np.testing.assert_allclose(axes, [[0, 0, 1], [0, -1, 0], [1, 0, 0]], atol=1e-15)


def test_roll_turns_x_from_the_pole_through_east():
    axes = axes_from_angles(np.array([0.0, 0.0, 90.0]))
    np.testing.assert_allclose(axes[0], [0, 1, 0], atol=1e-15)


def test_nan_stays_nan():
    assert np.isnan(axes_from_angles(np.full((2, 3), np.nan))).all()


@given(st.floats(0.0, 359.99), st.floats(-89.9, 89.9), st.floats(0.0, 359.99))
def test_angles_and_axes_are_each_others_inverse(longitude, latitude, roll):
    axes = axes_from_angles(np.array([longitude, latitude, roll]))
    np.testing.assert_allclose(axes @ axes.T, np.eye(3), atol=1e-12)
    assert np.linalg.det(axes) > 0
    again = axes_from_angles(angles_from_axes(axes))
    np.testing.assert_allclose(again, axes, atol=1e-9)


def test_turn_about_y_keeps_y_and_moves_the_boresight_right_handed():
    axes = np.eye(3)
    turned = turned_about_y(axes, np.radians(90.0))
    np.testing.assert_allclose(turned[1], axes[1], atol=1e-15)
    # right-handed about +Y: Z goes to X
    np.testing.assert_allclose(turned[2], axes[0], atol=1e-15)
