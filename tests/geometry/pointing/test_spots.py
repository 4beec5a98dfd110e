"""Bright spots: places, errors, and what is no spot."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from hotspots.geometry.pointing.spots import find_spots

SIGMA = np.ones((128, 432), np.float32)
USABLE = np.ones((128, 432), bool)
BLUR = (0.8, 0.6)


def light(x, y, power, blur=BLUR):
    along_y = np.diff(ndtr((np.arange(129) - 0.5 - y) / blur[0]))
    along_x = np.diff(ndtr((np.arange(433) - 0.5 - x) / blur[1]))
    return (power * along_y[:, None] * along_x[None, :]).astype(np.float32)


@given(x=st.floats(20, 410), y=st.floats(20, 108), power=st.floats(60, 3000))
@settings(max_examples=25)
def test_one_source(x, y, power):
    # a breath of noise: half-way between two samples both would be the highest
    noise = np.random.default_rng(0).normal(0, 1e-3, SIGMA.shape).astype(np.float32)
    spots = find_spots(light(x, y, power) + noise, SIGMA, USABLE, BLUR)
    assert len(spots) == 1
    assert abs(spots.sample[0] - x) < 0.25
    assert abs(spots.line[0] - y) < 0.25
    # a matched filter on a Gaussian has power / (sigma sqrt(4 pi sx sy)), pixels aside
    assert spots.snr[0] == pytest.approx(power / np.sqrt(4 * np.pi * 0.8 * 0.6), rel=0.35)


def test_errors_of_centroids_in_noise_are_those_stated():
    rng = np.random.default_rng(3)
    places = [(x, y) for x in range(20, 420, 20) for y in range(15, 120, 20)]
    moved = np.array(places) + rng.uniform(-0.5, 0.5, (len(places), 2))
    image = rng.normal(0, 1, SIGMA.shape).astype(np.float32)
    for x, y in moved:
        image += light(x, y, 60.0)
    spots = find_spots(image, SIGMA, USABLE, BLUR, maximum=500)
    found = np.stack([spots.sample, spots.line], axis=-1)
    distance = np.linalg.norm(found[:, None] - moved[None], axis=-1)
    nearest = distance.argmin(axis=1)
    good = distance.min(axis=1) < 1.5
    assert good.sum() > 0.9 * len(places)
    pull = (found[good] - moved[nearest[good]]) / spots.sigma_px[good, None]
    assert 0.4 < np.sqrt(np.mean(pull**2)) < 1.3


def test_brightest_come_first_and_no_more_than_asked_for():
    image = light(50, 30, 200) + light(150, 60, 800) + light(300, 90, 400)
    spots = find_spots(image, SIGMA, USABLE, BLUR, maximum=2)
    assert spots.sample.round().tolist() == [150, 300]
    assert (np.diff(spots.snr) <= 0).all()


def test_flat_top_keeps_its_centre():
    clipped = np.minimum(light(200.3, 60.2, 5000), 800)
    spots = find_spots(clipped, SIGMA, USABLE, BLUR)
    assert len(spots) == 1
    assert np.hypot(spots.sample[0] - 200.3, spots.line[0] - 60.2) < 0.6


def test_what_is_no_spot():
    rng = np.random.default_rng(5)
    noise = rng.normal(0, 1, SIGMA.shape).astype(np.float32)
    assert len(find_spots(noise, SIGMA, USABLE, BLUR)) == 0
    ramp = np.linspace(0, 500, 432, dtype=np.float32) + np.zeros((128, 1), np.float32)
    assert len(find_spots(ramp, SIGMA, USABLE, BLUR)) == 0
    masked = USABLE.copy()
    masked[55:66, 95:106] = False
    assert len(find_spots(light(100, 60, 500), SIGMA, masked, BLUR)) == 0
    assert len(find_spots(light(0, 60, 500), SIGMA, USABLE, BLUR)) == 0
