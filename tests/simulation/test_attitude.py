import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.simulation.attitude import Spin, aimed_time, camera_ray, spin_axis

IFOV = 237.767e-6


def made_spin(seed=0, period_s=30.5):
    rng = np.random.default_rng(seed)
    axis = rng.normal(size=3)
    axis /= np.linalg.norm(axis)
    reference = np.cross(axis, rng.normal(size=3))
    return Spin(axis, reference / np.linalg.norm(reference), 1000.0, period_s)


def unit(vector):
    return vector / np.linalg.norm(vector)


def test_spacecraft_turns_right_handed_about_its_z_axis():
    spin = made_spin()
    turn = spin.to_inertial(1000.0 + 30.5 / 4)
    assert turn.T @ turn == pytest.approx(np.eye(3), abs=1e-12)
    assert np.linalg.det(turn) == pytest.approx(1)
    assert turn[:, 2] == pytest.approx(spin.axis)
    # a quarter of a turn later +X is where +Y was
    assert turn[:, 0] == pytest.approx(spin.to_inertial(1000.0)[:, 1])
    assert spin.to_inertial(1030.5) == pytest.approx(spin.to_inertial(1000.0), abs=1e-9)


@given(st.integers(0, 50), st.floats(-500, 500))
def test_ray_passes_its_direction_at_the_time_found(seed, delay):
    rng = np.random.default_rng(seed)
    spin = made_spin(seed)
    ray = unit(np.append(rng.normal(size=2), 0.001))
    towards = rng.normal(size=3)
    about = 1000.0 + delay
    et = aimed_time(spin, ray, towards, about)
    assert abs(et - about) <= spin.period_s / 2 + 1e-6
    across = [unit(v - (v @ spin.axis) * spin.axis) for v in (spin.to_inertial(et) @ ray, towards)]
    assert across[0] @ across[1] == pytest.approx(1, abs=1e-9)


def test_cameras_look_where_the_frame_kernel_says(text_kernels):
    # Azimuths in the plane across the spin: L 165.4551, M 163.5748 degrees.
    for frame, azimuth in (("JUNO_JIRAM_I_LBAND", 165.4551), ("JUNO_JIRAM_I_MBAND", 163.5748)):
        ray = camera_ray(frame, 63.5, np.zeros(2), IFOV)
        assert np.degrees(np.arctan2(ray[1], ray[0])) == pytest.approx(azimuth, abs=2e-4)
        assert np.degrees(np.arcsin(ray[2])) == pytest.approx(-0.063, abs=1e-3)


def test_scene_runs_to_greater_lines(text_kernels):
    # What line 60 sees now, line 70 sees later: its azimuth is smaller and comes by later.
    spin = made_spin()
    early, late = (
        aimed_time(
            spin, camera_ray("JUNO_JIRAM_I_MBAND", line, np.zeros(2), IFOV), spin.reference, 1000.0
        )
        for line in (60.0, 70.0)
    )
    lines_per_s = 10 / (late - early)
    assert lines_per_s == pytest.approx(2 * np.pi / 30.5 / IFOV, rel=1e-3)


def test_parked_mirror_is_as_good_as_an_earlier_time(text_kernels):
    # 7.28 degrees against the spin are 0.617 s at 30.5 s a turn.
    spin = made_spin()
    offset = np.array([0.0, -np.radians(7.28) / IFOV])
    predicted, true = (
        aimed_time(spin, camera_ray("JUNO_JIRAM_I_MBAND", 63.5, at, IFOV), spin.reference, 1000.0)
        for at in (np.zeros(2), offset)
    )
    assert true - predicted == pytest.approx(0.617, abs=1e-3)


def test_axis_is_across_the_line_of_sight():
    first, last = np.array([1.0, 0.0, 0.0]), np.array([1.0, 0.001, 0.0])
    axis = spin_axis(first, last, np.random.default_rng(3))
    assert np.linalg.norm(axis) == pytest.approx(1)
    assert axis @ unit(first + last) == pytest.approx(0, abs=1e-9)
    tilted = spin_axis(first, last, np.random.default_rng(3), tilt_rad=0.02)
    assert tilted @ unit(first + last) == pytest.approx(np.sin(0.02), abs=1e-9)


def test_body_that_moves_much_stays_in_the_plane_of_the_camera():
    first, last = np.array([1.0, 0.0, 0.0]), np.array([0.0, 1.0, 0.0])
    for seed in range(20):
        axis = spin_axis(first, last, np.random.default_rng(seed))
        assert abs(np.degrees(np.arcsin(axis @ first))) < 2.6


def test_axes_of_distant_visits_are_all_around():
    first = np.array([1.0, 0.0, 0.0])
    axes = [spin_axis(first, first, np.random.default_rng(seed)) for seed in range(40)]
    angles = np.array([np.arctan2(axis[2], axis[1]) for axis in axes])
    assert len(set(np.floor((angles + np.pi) / (np.pi / 2)))) == 4
