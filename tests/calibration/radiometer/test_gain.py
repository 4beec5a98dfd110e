import numpy as np
import pytest

from hotspots.calibration.radiometer.gain import DIODE_SCALE_SIGMA, receiver_gain
from tests.calibration.radiometer.made_rows import made_rows

N = 3000
DRIFT = np.linspace(0, 0.015, N)
TRUE_GAIN = 20.0 * (1 + 0.004 * np.sin(np.linspace(0, 3, N)))


def noisy(level, seed):
    return level * np.random.default_rng(seed).standard_normal(N)


def shape(gain):
    return np.log(gain) - np.mean(np.log(gain))


def test_diodes_that_agree_give_the_gain():
    found = receiver_gain(made_rows(np.full(N, 50.0), gain=TRUE_GAIN), 3, 15.0)
    np.testing.assert_allclose(found.counts_per_k, TRUE_GAIN, rtol=1e-6)
    assert found.receiver == "R2_2"
    assert found.scale_sigma == pytest.approx(DIODE_SCALE_SIGMA / np.sqrt(3), rel=0.01)


@pytest.mark.parametrize("drifting", [0, 1, 2])
def test_a_drifting_diode_does_not_bend_the_gain(drifting):
    errors = [noisy(5e-4, 1), noisy(8e-4, 2), noisy(5e-3, 3)]
    errors[drifting] = errors[drifting] + DRIFT
    rows = made_rows(np.full(N, 50.0), gain=TRUE_GAIN, diode_error=errors)
    found = receiver_gain(rows, 4, 15.0)
    assert np.std(shape(found.counts_per_k) - shape(TRUE_GAIN)) < 0.15 * np.std(DRIFT)
    assert np.argmax(found.diode_stray) == drifting


def test_a_drifting_diode_counts_less_for_the_level():
    steady = made_rows(np.full(N, 50.0), diode_error=(0.02, 0.0, 0.0))
    drifting = made_rows(
        np.full(N, 50.0), diode_error=(0.02 + 8 * (DRIFT - DRIFT.mean()), 0.0, 0.0)
    )
    one, other = (receiver_gain(rows, 5, 15.0) for rows in (steady, drifting))
    assert np.mean(one.counts_per_k) == pytest.approx(20.0 * (1 + 0.02 / 3), rel=1e-3)
    assert np.mean(other.counts_per_k) < 20.02
    assert other.scale_sigma > one.scale_sigma


def test_missing_readings_and_missing_diodes_are_done_without():
    rows = made_rows(np.full(N, 50.0), gain=TRUE_GAIN)
    rows.diode_count[::7, :, 1] = np.nan
    rows.diode_count[:, :, 0] = np.nan
    found = receiver_gain(rows, 0, 15.0)
    np.testing.assert_allclose(found.counts_per_k, TRUE_GAIN, rtol=1e-6)
    assert np.isnan(found.diode_level).tolist() == [True, False, False]


def test_no_diode_no_gain():
    rows = made_rows(np.full(N, 50.0))
    rows.diode_k[:] = 0.0
    found = receiver_gain(rows, 0, 15.0)
    assert np.isnan(found.counts_per_k).all()
    assert np.isnan(found.scale_sigma)
