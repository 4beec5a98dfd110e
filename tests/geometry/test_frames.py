"""Frames of the camera: the shipped kernel and the real one against published matrices."""

import numpy as np
import pytest
import spiceypy

from hotspots.archive.kernels import KernelPool
from tests.helpers.example import EXAMPLE_ARCHIVE

FRAME_KERNEL = "juno_v12_jiram_frames.tf"

# Camera to JUNO_SPACECRAFT, worked out with SPICE from the frame kernel v12.
GOLDEN = {
    "JUNO_JIRAM_I_MBAND": [
        [-0.282763077, -0.001019492, -0.959189242],
        [-0.959189778, 0.000411901, 0.282762798],
        [0.000106817, 0.999999395, -0.001094357],
    ],
    "JUNO_JIRAM_I_LBAND": [
        [-0.251139367, -0.001019492, -0.967950401],
        [-0.967950927, 0.000411901, 0.251139070],
        [0.000142666, 0.999999395, -0.001090263],
    ],
    "JUNO_JIRAM_S": [
        [-0.270995335, -0.001019492, -0.962580121],
        [-0.962580653, 0.000411901, 0.270995048],
        [0.000120211, 0.999999395, -0.001092966],
    ],
}


@pytest.mark.parametrize("frame", GOLDEN)
def test_shipped_frames_are_those_of_version_12(frame):
    with KernelPool([EXAMPLE_ARCHIVE / "kernels" / FRAME_KERNEL]):
        matrix = spiceypy.pxform(frame, "JUNO_SPACECRAFT", 0.0)
    np.testing.assert_allclose(matrix, GOLDEN[frame], atol=1e-9)


@pytest.mark.parametrize("frame", GOLDEN)
def test_real_frame_kernel_agrees(real_kernels, frame):
    with KernelPool([real_kernels / "juno_v12.tf"]):
        matrix = spiceypy.pxform(frame, "JUNO_SPACECRAFT", 0.0)
    np.testing.assert_allclose(matrix, GOLDEN[frame], atol=1e-9)


def test_bands_lie_69_lines_apart_on_either_side_of_the_imager():
    towards_l, towards_m = (np.array(GOLDEN[f"JUNO_JIRAM_I_{b}BAND"])[:, 2] for b in "LM")
    angle = np.degrees(np.arccos(towards_l @ towards_m))
    assert angle == pytest.approx(2 * 0.94012, abs=1e-5)
    assert np.radians(angle) / 237.767e-6 == pytest.approx(138, abs=0.05)
