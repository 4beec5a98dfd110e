import numpy as np
import pytest

from hotspots.calibration.radiometer.zero import even_sky_k, looks_at_sky, zero_of_turns
from hotspots.radiometer import CHANNELS
from tests.calibration.radiometer.made_beams import made_beams


def test_sky_of_arcade():
    # worked by hand: 24.1 K (0.6/0.31)^-2.599 = 4.327 K, and nearly nothing at 22 GHz
    assert even_sky_k()[0] == pytest.approx(2.725 + 4.327, abs=0.01)
    assert even_sky_k()[5] == pytest.approx(2.725, abs=0.001)


def test_sky_is_away_from_io_and_jupiter_by_each_beams_width():
    beams = made_beams(2500)
    sky = looks_at_sky(beams)
    width = np.array([channel.beamwidth_deg for channel in CHANNELS])
    limb = beams.io_angle_deg - beams.io_radius_deg[:, None]
    assert np.all(limb[sky] > np.broadcast_to(1.5 * width, sky.shape)[sky])
    assert np.all(beams.jupiter_angle_deg[sky] > 40.0)
    # Io at 20 000 km and Jupiter's belts leave about half of the circle
    assert 0.35 < sky[:, 5].mean() < 0.75
    assert sky[:, 1].sum() < sky[:, 5].sum()


def test_unknown_geometry_is_no_sky():
    beams = made_beams(100)
    axes = beams.axes.copy()
    axes[:50] = np.nan
    assert not looks_at_sky(beams.replace(axes=axes))[:50].any()


def test_zero_brings_the_sky_to_its_temperature_turn_by_turn():
    turn = np.repeat(np.arange(4, dtype=np.int32), 50)
    offset = np.array([1.0, -2.0, 0.5, 3.0])[turn]
    antenna = np.tile((4.0 + offset)[:, None], (1, 6))
    sky = np.ones((200, 6), bool)
    sky[::2] = False
    antenna[::2] += 100.0
    zero = zero_of_turns(antenna, sky, turn, np.full(6, 4.0))
    np.testing.assert_allclose(zero, np.tile(offset[:, None], (1, 6)))


def test_a_turn_without_sky_lies_between_its_neighbours():
    turn = np.repeat(np.arange(3, dtype=np.int32), 50)
    antenna = np.tile(np.array([5.0, 99.0, 7.0])[turn][:, None], (1, 6))
    sky = np.ones((150, 6), bool)
    sky[turn == 1] = False
    zero = zero_of_turns(antenna, sky, turn, np.zeros(6))
    np.testing.assert_allclose(zero[turn == 1], 6.0)


def test_a_channel_that_never_sees_sky_keeps_its_zero():
    turn = np.zeros(50, np.int32)
    sky = np.ones((50, 6), bool)
    sky[:, 0] = False
    zero = zero_of_turns(np.full((50, 6), 9.0), sky, turn, np.full(6, 4.0))
    assert zero[0].tolist() == [0.0, 5.0, 5.0, 5.0, 5.0, 5.0]
