"""Darks: found among lit frames, averaged, or stood in for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotspots.calibration.dark import agreeing_frames, master_dark, percentile_dark
from tests.calibration.made_frames import LINES, SAMPLES, bias, counts, disc

NOISE = 17.5


@given(order=st.permutations(range(6)))
@settings(max_examples=6)
def test_dark_frames_among_lit_ones(order):
    rng = np.random.default_rng(0)
    lit = [counts(rng, light=disc(150 + 40 * k, 60, 50, 40)) for k in range(3)]
    dark = [counts(rng) for _ in range(3)]
    stack = np.stack([(*lit, *dark)[i] for i in order]).astype(np.float32)
    assert agreeing_frames(stack, NOISE) == tuple(sorted(order.index(i) for i in (3, 4, 5)))


def test_a_change_of_level_is_no_light():
    rng = np.random.default_rng(1)
    stack = np.stack([counts(rng), counts(rng, light=12.0)]).astype(np.float32)
    assert agreeing_frames(stack, NOISE) == (0, 1)


def test_faint_light_over_a_quarter_of_the_frame_is_seen():
    rng = np.random.default_rng(2)
    lit = counts(rng, light=np.where(np.arange(SAMPLES) < 108, 12.0, 0.0))
    stack = np.stack([counts(rng), lit, counts(rng)]).astype(np.float32)
    assert agreeing_frames(stack, NOISE) == (0, 2)


def test_no_two_agree():
    rng = np.random.default_rng(3)
    stack = np.stack([counts(rng, light=disc(100 + 90 * k, 60, 50, 40)) for k in range(3)])
    assert agreeing_frames(stack.astype(np.float32), NOISE) == ()
    assert agreeing_frames(stack[:1].astype(np.float32), NOISE) == ()


@pytest.mark.parametrize("n", [1, 2, 3, 6])
def test_mean_of_darks(n):
    rng = np.random.default_rng(4)
    stack = np.stack([counts(rng) for _ in range(n)]).astype(np.float32)
    dark = master_dark(stack)
    assert dark.n_frames == n
    assert dark.counts.dtype == np.float32
    error = dark.counts - bias()
    assert error.std() == pytest.approx(NOISE / np.sqrt(n), rel=0.1)
    assert abs(error.mean()) < 0.5


@pytest.mark.parametrize("n", [2, 3, 5])
def test_particle_hits_are_left_out(n):
    rng = np.random.default_rng(5)
    stack = np.stack([counts(rng) for _ in range(n)]).astype(np.float32)
    struck = [(k % n, 10 + 3 * k, 20 + 7 * k) for k in range(30)]
    for frame, line, sample in struck:
        stack[frame, line, sample] += 3000
    error = master_dark(stack).counts - bias()
    at_hits = np.array([error[line, sample] for _, line, sample in struck])
    assert np.abs(at_hits).max() < 80


def test_odd_even_columns_are_in_the_dark():
    rng = np.random.default_rng(6)
    dark = master_dark(np.stack([counts(rng) for _ in range(3)]).astype(np.float32)).counts
    assert dark[:, 1::2].mean() - dark[:, ::2].mean() == pytest.approx(342, abs=2)


def test_lower_quartile_where_nothing_is_dark():
    # A source that is somewhere else in each of eight frames drops out.
    rng = np.random.default_rng(7)
    stack = np.stack([counts(rng, light=disc(30 + 50 * k, 60, 20, 500)) for k in range(8)])
    dark = percentile_dark(stack.astype(np.float32))
    assert dark.n_frames == 0
    error = dark.counts - bias()
    # the quartile of eight lies 0.6 noise low, less where one of them is lit
    assert -0.8 * NOISE < np.median(error) < -0.4 * NOISE
    assert error.max() < 80
    assert dark.counts.shape == (LINES, SAMPLES)
