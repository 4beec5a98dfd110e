"""Light that one frame alone delivered."""

import numpy as np
import pytest

from hotspots.detection.consistency import one_frame_light

SHAPE = (20, 20)


def judge(chi2, frames, snr=20.0, place=(10.5, 10.5)):
    planes = np.full(SHAPE, float(chi2)), np.full(SHAPE, float(frames))
    return one_frame_light(*place, snr, *planes)


@pytest.mark.parametrize("frames", [2, 3])
def test_frames_that_contradict_each_other_make_a_hit(frames):
    assert judge(chi2=1 + 0.1 * 20.0**2, frames=frames)


@pytest.mark.parametrize("frames", [2, 3])
def test_frames_that_agree_make_a_source(frames):
    assert not judge(chi2=1.2, frames=frames)
    assert not judge(chi2=1 + 0.03 * 20.0**2, frames=frames)


@pytest.mark.parametrize("frames", [0, 1, 4, 9])
def test_nothing_is_said_of_one_frame_or_of_many(frames):
    assert not judge(chi2=1e6, frames=frames)


def test_nothing_is_said_without_chi_square_or_off_the_map():
    assert not judge(chi2=np.nan, frames=2)
    assert not judge(chi2=1e6, frames=2, place=(60.0, 60.0))
    assert judge(chi2=1e6, frames=2, place=(0.2, 19.9))


def test_two_frames_with_a_hit_in_one_reach_the_bar():
    """Chi square of two frames that disagree by the whole light, worked out.

    A peak of amplitude 2f in one frame and 0 in the other has the mean f and, with noise
    sigma in each, chi2 = 2 f^2 / sigma^2; a filter over a spread of 1.25 cells sees it
    with snr = sqrt(2) f sqrt(pi) 1.25 / sigma if cells are independent.
    """
    sigma, f = 1.0, 10.0
    snr = np.sqrt(2) * f * np.sqrt(np.pi) * 1.25 / sigma
    assert judge(chi2=1 + 2 * f**2 / sigma**2, frames=2, snr=snr)
