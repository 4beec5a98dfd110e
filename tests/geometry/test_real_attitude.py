"""A real attitude slice of Juno (2016-08-27) and what another camera model says of it.

The answers are those of a JunoCam frame worked out by other software from the same slice;
the spacecraft's attitude in them is as good for the infrared camera.
"""

import json

import numpy as np
import pytest
import spiceypy

from hotspots.archive.kernels import KernelPool
from hotspots.body import SPEED_OF_LIGHT_KM_S
from hotspots.errors import KernelError
from hotspots.geometry.state import frame_states
from tests.geometry.test_frames import GOLDEN

IO_KM = np.array([421_700.0, 0.0, 0.0])


@pytest.fixture
def answers(real_kernels):
    return json.loads((real_kernels / "juno_isd.json").read_text(encoding="utf-8"))


@pytest.fixture
def slice_kernels(real_kernels, answers, tmp_path):
    """The slice, with Io standing still beside Jupiter: no real ephemeris of Io is at hand."""
    folder = real_kernels / "JNCR_2016240_01M06152_V01"
    middle = answers["center_ephemeris_time"]
    io = tmp_path / "io.bsp"
    handle = spiceypy.spkopn(str(io), "Io at rest", 0)
    begin, end, step = middle - 20, middle + 20, 20.0
    states = np.tile(np.concatenate([IO_KM, np.zeros(3)]), (3, 1))
    spiceypy.spkw08(handle, 501, 599, "J2000", begin, end, "Io", 1, 3, states, begin, step)
    spiceypy.spkcls(handle)
    kernels = [folder / name for name in ("naif0012.tls", "jno_sclkscet_00090.tsc")]
    kernels += [folder / "pck00010.tpc", folder / "juno_v12.tf", *sorted(folder.glob("*.b[cs]*"))]
    with KernelPool([*kernels, io]):
        yield


def test_attitude_is_what_the_other_camera_model_has(slice_kernels, answers):
    et = answers["center_ephemeris_time"]
    pointing = answers["instrument_pointing"]
    expected = spiceypy.q2m(pointing["quaternions"][0])
    matrix = spiceypy.pxform("J2000", "JUNO_SPACECRAFT", et)
    np.testing.assert_allclose(matrix, expected, atol=1e-12)


def test_states_carry_the_real_attitude_to_the_camera(slice_kernels, answers):
    et = answers["center_ephemeris_time"]
    states = frame_states(np.array([et]), "JUNO_JIRAM_I_MBAND")
    attitude = spiceypy.q2m(answers["instrument_pointing"]["quaternions"][0])
    from_jupiter = np.array(answers["instrument_position"]["positions"][0])
    velocity = np.array(answers["instrument_position"]["velocities"][0])
    from_io = from_jupiter - IO_KM
    seen = et - np.linalg.norm(from_io) / SPEED_OF_LIGHT_KM_S
    to_body = spiceypy.pxform("J2000", "IAU_IO", seen)
    camera = to_body @ attitude.T @ np.array(GOLDEN["JUNO_JIRAM_I_MBAND"])
    np.testing.assert_allclose(states.rotation[0], camera, atol=3e-9)
    np.testing.assert_allclose(states.position_km[0], to_body @ from_io, atol=1e-4)
    np.testing.assert_allclose(states.beta[0], to_body @ velocity / SPEED_OF_LIGHT_KM_S, atol=1e-12)


def test_sun_is_where_the_other_camera_model_has_it(slice_kernels, answers):
    et = answers["center_ephemeris_time"]
    states = frame_states(np.array([et]), "JUNO_JIRAM_I_MBAND")
    sun = np.array(answers["sun_position"]["positions"][0]) - IO_KM
    to_body = spiceypy.pxform("J2000", "IAU_IO", et)
    # light of 45 minutes and aberration of Io at rest: under 0.01 degree
    assert states.sun[0] @ (to_body @ sun / np.linalg.norm(sun)) > np.cos(np.radians(0.01))


def test_camera_spins_along_its_lines(slice_kernels, answers):
    et = answers["center_ephemeris_time"]
    late = et + 0.01
    turn = spiceypy.pxform("JUNO_SPACECRAFT", "J2000", et).T @ spiceypy.pxform(
        "JUNO_SPACECRAFT", "J2000", late
    )
    camera = np.array(GOLDEN["JUNO_JIRAM_I_MBAND"])
    boresight = camera.T @ turn @ camera[:, 2]
    pixels = boresight[:2] / boresight[2] / 237.767e-6
    # 2 rpm early in the mission: 0.86 px a millisecond, along the lines (X), hardly across
    rate = np.linalg.norm(answers["instrument_pointing"]["angular_velocities"][0])
    assert abs(pixels[0]) == pytest.approx(rate * 0.01 / 237.767e-6, rel=1e-3)
    assert abs(pixels[1]) < 0.1


def test_uncovered_time_names_the_frame_and_the_kernels_to_add(slice_kernels):
    with pytest.raises(KernelError, match=r"JUNO_JIRAM_I_MBAND.*SPK and CK"):
        frame_states(np.array([0.0]), "JUNO_JIRAM_I_MBAND")
