import numpy as np
import pytest

from hotspots.calibration.radiometer.calibrate import calibrate_rows
from hotspots.errors import CalibrationError
from hotspots.radiometer import RowFlag
from tests.calibration.radiometer.made_rows import beam_scene, made_rows

N = 2000
SETTINGS = {"spacing_s": 15.0, "outlier_sigma": 6.0}


def rows(**options):
    return made_rows(beam_scene(N), **({"noise_k": 0.3} | options))


def test_scene_comes_back_within_its_noise():
    swath, found = calibrate_rows("PJ57", rows(), **SETTINGS)
    off = swath.antenna_k - beam_scene(N)[:, None]
    assert np.std(off[:, 2:]) == pytest.approx(0.3, rel=0.05)
    # two independent receivers of equal noise
    assert np.std(off[:, :2]) == pytest.approx(0.3 / np.sqrt(2), rel=0.1)
    np.testing.assert_allclose(found.receiver_noise_k, 0.3, rtol=0.1)
    assert swath.visit == "PJ57"
    assert swath.usable.all()


def test_a_blank_count_costs_its_cell_and_nothing_else():
    clean, _ = calibrate_rows("PJ57", rows(), **SETTINGS)
    damaged = rows()
    damaged.antenna_count[70, 4] = np.nan
    damaged.flags[70, 4] = RowFlag.BLANK
    damaged.archived_k[90] = np.nan
    damaged.diode_count[110] = np.nan
    damaged.load_count[111] = np.nan
    damaged.load_k[112] = np.nan
    swath, _ = calibrate_rows("PJ57", damaged, **SETTINGS)
    assert np.argwhere(~swath.usable).tolist() == [[70, 2]]
    assert swath.flags[70, 2] == RowFlag.BLANK
    same = swath.usable
    np.testing.assert_allclose(swath.antenna_k[same], clean.antenna_k[same], atol=0.02)


def test_one_gain_without_counts_leaves_the_other():
    damaged = rows()
    damaged.antenna_count[70, 1] = np.nan
    damaged.flags[70, 1] = RowFlag.NOT_A_NUMBER
    swath, _ = calibrate_rows("PJ57", damaged, **SETTINGS)
    assert swath.usable[70, 0]
    assert swath.flags[70, 0] == 0
    assert swath.sigma_k[70, 0] > swath.sigma_k[71, 0]


def test_a_spike_is_flagged_and_empty():
    damaged = rows()
    damaged.antenna_count[500, 6] += 20 * 50.0
    swath, _ = calibrate_rows("PJ57", damaged, **SETTINGS)
    assert np.argwhere(~swath.usable).tolist() == [[500, 4]]
    assert swath.flags[500, 4] == RowFlag.OUTLIER


def test_saturated_high_gain_is_replaced_and_saturated_single_receiver_flagged():
    scene = beam_scene(N)
    damaged = rows()
    limit = 20.0 * (400.0 + 60.0 - 300.0)
    damaged.antenna_count[:, [3, 7]] = np.minimum(damaged.antenna_count[:, [3, 7]], limit)
    swath, _ = calibrate_rows("PJ57", damaged, **SETTINGS)
    bright = scene > 62
    assert swath.usable[bright, 1].all()
    assert np.abs(np.mean(swath.antenna_k[bright, 1] - scene[bright])) < 0.1
    assert not swath.usable[bright, 5].any()
    assert np.all(swath.flags[bright, 5] & RowFlag.SATURATED)


def test_a_channel_without_diodes_is_badly_calibrated_and_the_others_go_on():
    damaged = rows()
    damaged.diode_count[:, 5] = np.nan
    swath, _ = calibrate_rows("PJ57", damaged, **SETTINGS)
    assert np.all(swath.flags[:, 3] == RowFlag.BAD_CALIBRATION)
    assert swath.usable[:, [0, 1, 2, 4, 5]].all()


def test_nothing_to_calibrate_is_an_error():
    damaged = rows()
    damaged.diode_k[:] = np.nan
    with pytest.raises(CalibrationError, match="PJ57: no receiver"):
        calibrate_rows("PJ57", damaged, **SETTINGS)


def test_unordered_rows_keep_their_flag_and_their_temperature():
    damaged = rows()
    damaged.flags[40] = RowFlag.UNORDERED
    swath, _ = calibrate_rows("PJ57", damaged, **SETTINGS)
    assert np.all(swath.flags[40] == RowFlag.UNORDERED)
    assert swath.usable[40].all()
