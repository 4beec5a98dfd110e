import numpy as np
import pytest
import spiceypy

from hotspots.archive.clock import clock_et
from hotspots.simulation.kernel_texts import metakernel_text

# Frame kernel 1.2: camera to spacecraft.
M_BAND = [
    [-0.282763077, -0.001019492, -0.959189242],
    [-0.959189778, 0.000411901, 0.282762798],
    [0.000106817, 0.999999395, -0.001094357],
]
L_BAND = [
    [-0.251139367, -0.001019492, -0.967950401],
    [-0.967950927, 0.000411901, 0.251139070],
    [0.000142666, 0.999999395, -0.001090263],
]


@pytest.mark.parametrize(("name", "wanted"), [("M", M_BAND), ("L", L_BAND)])
def test_cameras_are_mounted_as_published(text_kernels, name, wanted):
    to_platform = spiceypy.pxform(f"JUNO_JIRAM_I_{name}BAND", "JUNO_JIRAM_URF", 0.0)
    turn = np.asarray(spiceypy.pxform("JUNO_JIRAM_URF", "JUNO_SPACECRAFT", 0.0)) @ to_platform
    assert turn == pytest.approx(np.array(wanted), abs=2e-9)


@pytest.mark.parametrize(
    ("time", "count"),
    [
        ("2017-02-02T11:40:03.870", "1/539307798:00786"),
        ("2020-12-31T00:20:43.354", "1/662646391:28377"),
    ],
)
def test_clock_is_that_of_published_labels_to_a_second(text_kernels, time, count):
    assert clock_et(count) == pytest.approx(spiceypy.str2et(time), abs=0.5)


def test_field_of_view_is_that_of_the_instrument_kernel(text_kernels):
    shape, frame, boresight, count, corners = spiceypy.getfov(-61412, 4)
    assert (shape, frame, count) == ("RECTANGLE", "JUNO_JIRAM_I_MBAND", 4)
    half = np.degrees(np.arctan(np.abs(corners[0, :2] / corners[0, 2])))
    assert half == pytest.approx([0.872, 2.943], abs=1e-3)
    assert boresight == pytest.approx([0, 0, 1])


def test_metakernel_names_every_kernel_in_order():
    text = metakernel_text(["a.tls", "b.bsp"])
    assert text.index("'$KERNELS/a.tls'") < text.index("'$KERNELS/b.bsp'")
    assert "PATH_VALUES     = ( '.' )" in text
