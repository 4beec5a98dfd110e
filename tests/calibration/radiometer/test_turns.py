import numpy as np
import pytest

from hotspots.calibration.radiometer.turns import (
    number_of_turn,
    phase_of_steps,
    turns_completed,
)
from tests.calibration.radiometer.made_beams import made_beams

ROWS_A_TURN = 250


def test_turns_are_counted_against_the_stars():
    np.testing.assert_allclose(
        turns_completed(made_beams(2500)), np.arange(2500) / ROWS_A_TURN, atol=1e-9
    )


def test_rows_without_geometry_are_counted_by_time():
    beams = made_beams(2500)
    axes = beams.axes.copy()
    axes[:40] = axes[300:420] = axes[-30:] = np.nan
    np.testing.assert_allclose(
        turns_completed(beams.replace(axes=axes)), turns_completed(beams), atol=1e-6
    )


def test_without_any_geometry_a_turn_is_half_a_minute():
    beams = made_beams(1000)
    completed = turns_completed(beams.replace(axes=np.full_like(beams.axes, np.nan)))
    np.testing.assert_allclose(completed, np.arange(1000) / ROWS_A_TURN)


def test_numbers_count_up_from_the_phase():
    turn = number_of_turn(np.array([0.0, 0.5, 0.9, 1.5, 2.4]), 0.3)
    assert turn.tolist() == [0, 0, 1, 1, 2]
    assert turn.dtype == np.int32
    assert len(number_of_turn(np.zeros(0), 0.0)) == 0


@pytest.mark.parametrize("step_at", [0.07, 0.5, 0.83])
def test_sky_says_where_the_zero_steps(step_at):
    beams = made_beams(3000)
    completed = turns_completed(beams)
    rng = np.random.default_rng(8)
    offset = rng.normal(0, 1.0, 20)[np.floor(completed + step_at).astype(int)]
    antenna = offset[:, None] + rng.normal(0, 0.3, (3000, 2))
    sigma, sky = np.full((3000, 2), 0.3), np.ones((3000, 2), bool)
    assert phase_of_steps(completed, antenna, sigma, sky, beams) == pytest.approx(
        step_at, abs=0.015
    )


def test_a_zero_that_does_not_step_is_cut_away_from_io():
    beams = made_beams(3000)
    completed = turns_completed(beams)
    antenna = np.random.default_rng(9).normal(3.0, 0.3, (3000, 2))
    sigma, sky = np.full((3000, 2), 0.3), np.ones((3000, 2), bool)
    turn = number_of_turn(completed, phase_of_steps(completed, antenna, sigma, sky, beams))
    cuts = np.flatnonzero(np.diff(turn))
    assert len(cuts) == 12
    assert np.all(beams.io_angle_deg[cuts] > 115.0)


def test_unknown_geometry_cuts_somewhere():
    beams = made_beams(500)
    lost = beams.replace(axes=np.full_like(beams.axes, np.nan))
    nothing = np.full((500, 2), np.nan)
    sky = np.zeros((500, 2), bool)
    assert phase_of_steps(turns_completed(lost), nothing, nothing, sky, lost) == 0.0
