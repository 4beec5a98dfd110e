"""States from SPICE: coverage, order, and Jupiter's shadow."""

import numpy as np
import pytest

from hotspots.errors import KernelError
from hotspots.geometry.state import JUPITER_RADIUS_KM, _in_shadow, frame_states
from tests.geometry.test_against_spice import EXAMPLE_STARTS

SUN = np.array([1.0, 0.0, 0.0])


def test_states_of_the_example(example_kernels):
    states = frame_states(np.array(EXAMPLE_STARTS), "JUNO_JIRAM_I_MBAND")
    assert len(states) == 3
    # It comes nearer from frame to frame, from 39,294 km at the first.
    distance = np.linalg.norm(states.position_km, axis=-1)
    assert distance[0] == pytest.approx(39294.3, abs=0.5)
    assert (np.diff(distance) < 0).all()
    identity = states.rotation @ np.swapaxes(states.rotation, 1, 2)
    np.testing.assert_allclose(identity, np.tile(np.eye(3), (3, 1, 1)), atol=1e-12)
    np.testing.assert_allclose(np.linalg.norm(states.sun, axis=-1), 1.0)
    np.testing.assert_allclose(states.sun_distance_km / 149597870.7, 5.0, atol=0.1)
    assert (np.linalg.norm(states.beta, axis=-1) < 50 / 299792.458).all()
    assert not states.eclipsed.any()


def test_selection_keeps_the_order_asked_for(example_kernels):
    states = frame_states(np.array(EXAMPLE_STARTS), "JUNO_JIRAM_I_LBAND")
    chosen = states.select([2, 0])
    np.testing.assert_array_equal(chosen.et, states.et[[2, 0]])
    np.testing.assert_array_equal(chosen.rotation, states.rotation[[2, 0]])


def test_time_that_no_kernel_covers(example_kernels):
    with pytest.raises(KernelError, match=r"JUNO_JIRAM_I_MBAND at ET 0\.000.*add the SPK and CK"):
        frame_states(np.array([EXAMPLE_STARTS[0], 0.0]), "JUNO_JIRAM_I_MBAND")


def test_frame_that_no_kernel_defines(example_kernels):
    with pytest.raises(KernelError, match="JUNO_JIRAM_X"):
        frame_states(np.array(EXAMPLE_STARTS[:1]), "JUNO_JIRAM_X")


@pytest.mark.parametrize(
    ("jupiter_km", "shadow"),
    [
        ((421_700.0, 0.0, 0.0), True),
        ((421_700.0, 0.99 * JUPITER_RADIUS_KM, 0.0), True),
        ((421_700.0, 0.0, 1.01 * JUPITER_RADIUS_KM), False),
        ((-421_700.0, 0.0, 0.0), False),
    ],
)
def test_shadow_needs_jupiter_before_the_sun(jupiter_km, shadow):
    assert _in_shadow(np.array(jupiter_km), SUN) is shadow


def test_eclipse_of_the_sample(sample):
    import csv

    from hotspots.archive.kernels import KernelPool

    with (sample / "truth" / "PJ25_frames.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["is_io"] == "1"][::4]
    with KernelPool(sample / "archive" / "kernels" / "juno_io.tm"):
        states = frame_states(np.array([float(r["start_et"]) for r in rows]), "JUNO_JIRAM_I_MBAND")
    assert states.eclipsed.tolist() == [r["eclipse"] == "1" for r in rows]
    assert states.eclipsed.all()
