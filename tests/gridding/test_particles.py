"""Hits are sharper than the optics; sources, noise and flat tops are not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import ndtr
from scipy.stats import norm

from hotspots.gridding.particles import lone_hits, neighbour_share
from hotspots.swath import Flag

SHAPE = (64, 80)
SIGMA = np.ones(SHAPE, np.float32)
CLEAN = np.zeros(SHAPE, np.uint8)
BLUR = (0.78, 0.6)


def source(x, y, power, blur=BLUR):
    along_y = np.diff(ndtr((np.arange(SHAPE[0] + 1) - 0.5 - y) / blur[0]))
    along_x = np.diff(ndtr((np.arange(SHAPE[1] + 1) - 0.5 - x) / blur[1]))
    return (power * along_y[:, None] * along_x[None, :]).astype(np.float32)


def noise(seed=0):
    return np.random.default_rng(seed).normal(0, 1, SHAPE).astype(np.float32)


@pytest.mark.parametrize("blur", [(0.6, 0.6), (0.78, 0.6), (1.3, 0.4)])
def test_share_of_the_neighbour_is_an_integral(blur):
    for found, sigma in zip(neighbour_share(blur), blur, strict=True):
        own = quad(norm(scale=sigma).pdf, -0.5, 0.5)[0]
        following = quad(norm(scale=sigma).pdf, 0.5, 1.5)[0]
        assert found == pytest.approx(following / own)


@given(line=st.integers(4, 59), sample=st.integers(4, 75), height=st.floats(40, 5000))
@settings(max_examples=25)
def test_single_sample_is_a_hit(line, sample, height):
    image = noise()
    image[line, sample] += height
    assert lone_hits(image, SIGMA, CLEAN, BLUR)[line, sample]


def test_thin_trail_along_the_lines_is_a_hit():
    image = noise()
    image[20:26, 40] += 300
    found = lone_hits(image, SIGMA, CLEAN, BLUR)
    assert found[21:25, 40].all()


@given(x=st.floats(10, 70), y=st.floats(10, 54), power=st.floats(20, 20_000))
@settings(max_examples=60)
def test_source_is_no_hit_wherever_it_falls_on_the_samples(x, y, power):
    assert not lone_hits(source(x, y, power) + noise(), SIGMA, CLEAN, BLUR).any()


def test_noise_holds_no_hits():
    assert not lone_hits(noise(7), SIGMA, CLEAN, BLUR).any()


def test_extended_source_is_no_hit():
    image = noise()
    wide = sum(source(x, 30.0, 400) for x in np.arange(20, 40, 0.5))
    assert not lone_hits(image + wide, SIGMA, CLEAN, BLUR).any()


@pytest.mark.parametrize("flag", [Flag.SATURATED, Flag.NONLINEAR, Flag.HOT_PIXEL, Flag.MISSING])
def test_samples_that_are_flagged_already_are_left_alone(flag):
    image, flags = noise(), CLEAN.copy()
    image[30, 40] += 500
    flags[30, 40] = flag
    assert not lone_hits(image, SIGMA, flags, BLUR).any()


def test_threshold():
    image = noise()
    image[30, 40] = 30.0
    assert lone_hits(image, SIGMA, CLEAN, BLUR, threshold=8.0)[30, 40]
    assert not lone_hits(image, SIGMA, CLEAN, BLUR, threshold=50.0).any()
