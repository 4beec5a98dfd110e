"""Point images by pixel: the simulator's closed form, finite differences, total light."""

import array_api_strict
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.retrieval.frames.response import axis_response
from hotspots.simulation.optics import axis_response as simulated_response

PIXELS = np.arange(-15, 16, dtype=np.float64)


@given(
    place=st.floats(-1.5, 1.5),
    sigma=st.floats(0.3, 2.0),
    smear=st.floats(0.0, 5.0),
)
def test_it_is_what_the_simulator_does(place, sigma, smear):
    found = axis_response((PIXELS - place)[None], np.array([sigma**2]), np.array([smear])).value[0]
    wanted = simulated_response(np.array([place + 15.0]), 31, sigma, np.array([smear]))[0]
    assert found == pytest.approx(wanted, abs=1e-9)
    assert found.sum() == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("smear", [0.0, 1.7, 4.3])
def test_derivatives_are_those_of_finite_differences(smear):
    place, variance, step = 0.3, 0.4, 1e-5

    def value(at, wide):
        offsets = (PIXELS - at)[None]
        return axis_response(offsets, np.array([wide]), np.array([smear])).value[0]

    here = axis_response((PIXELS - place)[None], np.array([variance]), np.array([smear]))
    by_place = (value(place + step, variance) - value(place - step, variance)) / (2 * step)
    by_variance = (value(place, variance + step) - value(place, variance - step)) / (2 * step)
    assert here.by_place[0] == pytest.approx(by_place, abs=1e-6)
    assert here.by_variance[0] == pytest.approx(by_variance, abs=1e-6)


def test_it_runs_on_any_array_library():
    strict = axis_response(
        array_api_strict.asarray((PIXELS - 0.2)[None]),
        array_api_strict.asarray([0.36]),
        array_api_strict.asarray([1.0]),
    )
    plain = axis_response((PIXELS - 0.2)[None], np.array([0.36]), np.array([1.0]))
    assert np.asarray(strict.value) == pytest.approx(plain.value, abs=1e-12)
