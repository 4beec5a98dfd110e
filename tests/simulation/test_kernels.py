import numpy as np
import pytest
import spiceypy

from hotspots.archive.kernels import KernelPool
from hotspots.archive.metakernel import kernels_of_metakernel
from hotspots.errors import KernelError
from hotspots.simulation.attitude import Spin
from hotspots.simulation.flyby import assemble
from hotspots.simulation.kernels import (
    attitude_kernel,
    trajectory_kernel,
    write_attitude,
    write_metakernel,
    write_trajectory,
)

ET = 7.4e8


def straight_track():
    et = ET + 60.0 * np.arange(-60, 61)
    velocity = np.array([10.0, -20.0, 5.0])
    position = np.array([3e4, 1e4, -2e4]) + (et - ET)[:, None] * velocity
    return assemble(et, np.hstack([position, np.tile(velocity, (len(et), 1))]))


def made_spin():
    return Spin(np.array([0.0, 0.6, 0.8]), np.array([1.0, 0.0, 0.0]), ET, 30.7)


@pytest.fixture
def folder(text_kernels, tmp_path):
    folder = tmp_path / "kernels"
    write_trajectory(folder / trajectory_kernel("PJ57"), straight_track())
    write_attitude(folder / attitude_kernel("PJ57"), made_spin(), ET - 100, ET + 100)
    write_metakernel(folder, ["PJ57"])
    return folder


def test_attitude_between_records_is_the_spin(folder):
    with KernelPool(folder / "juno_io.tm"):
        for et in ET + np.linspace(-99, 99, 37):
            found = spiceypy.pxform("JUNO_SPACECRAFT", "J2000", et)
            assert found == pytest.approx(made_spin().to_inertial(et), abs=1e-7)


def test_trajectory_is_that_of_the_track(folder):
    track = straight_track()
    with KernelPool(folder / "juno_io.tm"):
        state, _ = spiceypy.spkezr("JUNO", ET + 17, "J2000", "NONE", "IO")
        assert state[:3] == pytest.approx(track.position(ET + 17), abs=1e-6)
        assert state[3:] == pytest.approx([10, -20, 5], abs=1e-9)
        io, _ = spiceypy.spkpos("IO", ET, "IAU_IO", "NONE", "JUPITER")
        assert io == pytest.approx([-421_800, 0, 0], abs=1e-3)
        sun, _ = spiceypy.spkpos("SUN", ET, "J2000", "LT+S", "IO")  # needs a time before ET
        assert np.linalg.norm(sun) == pytest.approx(7.5e8, rel=0.05)


def test_nothing_is_known_beyond_the_attitude(folder):
    with (
        KernelPool(folder / "juno_io.tm"),
        pytest.raises(spiceypy.utils.exceptions.SpiceyError, match="NOFRAMECONNECT"),
    ):
        spiceypy.pxform("JUNO_SPACECRAFT", "J2000", ET + 200)


def test_kernels_are_written_over(folder):
    write_attitude(folder / attitude_kernel("PJ57"), made_spin(), ET - 10, ET + 10)
    write_trajectory(folder / trajectory_kernel("PJ57"), straight_track())
    names = [path.name for path in kernels_of_metakernel(folder / "juno_io.tm")]
    assert names[-2:] == ["juno_io_pj57.bsp", "juno_sc_pj57.bc"]


def test_folder_that_is_not_there_is_named(text_kernels, tmp_path):
    with pytest.raises(KernelError, match="nowhere"):
        write_trajectory(tmp_path / "nowhere" / "a.bsp", straight_track())
    with pytest.raises(KernelError, match="nowhere"):
        write_attitude(tmp_path / "nowhere" / "a.bc", made_spin(), ET, ET + 10)
