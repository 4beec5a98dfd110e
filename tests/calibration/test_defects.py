"""Flags in counts, noise from neighbours, and elements that are always wrong."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotspots.calibration.defects import flag_counts, hot_pixels, measured_noise
from hotspots.config import InstrumentSettings
from hotspots.swath import Flag

JIRAM = InstrumentSettings()
SHAPE = (128, 432)


def test_flags_by_hand():
    dn = np.array([[0, 11_999, 12_000, 13_869, 13_870, 16_206, 0]], np.float32)
    missing = np.array([[0, 0, 0, 0, 0, 0, 1]], bool)
    flags = flag_counts(dn, missing, JIRAM)
    assert flags.dtype == np.uint8
    # the plateau of 14,600 DN is recognised from 5 % below
    ok, nonlinear, saturated, lost = 0, Flag.NONLINEAR, Flag.SATURATED, Flag.MISSING
    assert flags[0].tolist() == [ok, ok, nonlinear, nonlinear, saturated, saturated, lost]


@given(dn=st.floats(-500, 17_000), missing=st.booleans())
def test_flags_exclude_each_other(dn, missing):
    flag = int(flag_counts(np.full((1, 1), dn, np.float32), np.full((1, 1), missing), JIRAM)[0, 0])
    assert flag in {0, Flag.NONLINEAR, Flag.SATURATED, Flag.MISSING}
    assert (flag == Flag.MISSING) == missing


def test_noise_of_neighbours_knows_no_columns_and_no_sources():
    rng = np.random.default_rng(0)
    image = rng.normal(0, 20, SHAPE)
    image += 300.0 * (np.arange(432) % 2)
    image += 40 * np.sin(np.arange(128) / 15)[:, None]
    image[40:60, 100:130] += 5000 * rng.random((20, 30))
    found = measured_noise(image.astype(np.float32), np.ones(SHAPE, bool))
    assert found == pytest.approx(20, rel=0.05)


def test_noise_of_nothing():
    assert np.isnan(measured_noise(np.zeros(SHAPE, np.float32), np.zeros(SHAPE, bool)))
    assert measured_noise(np.ones(SHAPE, np.float32), np.ones(SHAPE, bool)) == 0.0


def stack(n, seed=1):
    values = np.random.default_rng(seed).normal(0, 1, (n, *SHAPE)).astype(np.float32)
    return values, np.ones_like(values), np.zeros(values.shape, np.uint8)


@given(line=st.integers(3, 124), sample=st.integers(3, 428), sign=st.sampled_from([-1, 1]))
@settings(max_examples=5)
def test_element_that_stands_out_in_every_frame(line, sample, sign):
    values, sigma, flags = stack(3)
    values[:, line, sample] += sign * 40
    assert np.argwhere(hot_pixels(values, sigma, flags, 8.0)).tolist() == [[line, sample]]


def test_source_that_moves_is_no_defect():
    values, sigma, flags = stack(5)
    for i in range(5):
        values[i, 60, 100 + 2 * i] += 100
    assert not hot_pixels(values, sigma, flags, 8.0).any()


def test_frames_that_lost_the_element_do_not_count():
    values, sigma, flags = stack(5)
    values[:3, 60, 100] += 100
    assert not hot_pixels(values, sigma, flags, 8.0).any()
    flags[3:, 60, 100] = Flag.MISSING
    assert np.argwhere(hot_pixels(values, sigma, flags, 8.0)).tolist() == [[60, 100]]


def test_two_frames_cannot_tell():
    values, sigma, flags = stack(2)
    values[:, 60, 100] += 100
    assert not hot_pixels(values, sigma, flags, 8.0).any()
