import numpy as np
import pytest

from hotspots.calibration.radiometer.turns import number_of_turn
from tests.calibration.radiometer.made_beams import made_beams

ROWS_A_TURN = 250


def test_turns_have_their_length_and_count_up():
    turn = number_of_turn(made_beams(2400, phase_deg=181.0))
    assert np.bincount(turn)[:9].tolist() == pytest.approx([ROWS_A_TURN] * 9, abs=1)
    assert np.all(np.diff(turn) >= 0)


def test_no_antenna_sees_io_at_a_cut():
    beams = made_beams(2500)
    turn = number_of_turn(beams)
    cuts = np.flatnonzero(np.diff(turn))
    assert len(cuts) == 10
    assert np.all(beams.io_angle_deg[cuts] > 115.0)


def test_rows_without_geometry_are_counted_by_time():
    beams = made_beams(2500)
    whole = number_of_turn(beams)
    axes = beams.axes.copy()
    axes[300:420] = np.nan
    np.testing.assert_array_equal(number_of_turn(beams.replace(axes=axes)), whole)


def test_without_any_geometry_a_turn_is_half_a_minute():
    beams = made_beams(1000)
    turn = number_of_turn(beams.replace(axes=np.full_like(beams.axes, np.nan)))
    assert turn.max() == 4
    assert turn.dtype == np.int32


def test_no_rows():
    assert len(number_of_turn(made_beams(10).select(slice(0, 0)))) == 0
