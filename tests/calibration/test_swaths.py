"""From raw frames of both levels to swaths."""

import numpy as np
import pytest

from hotspots.calibration.swaths import calibrate, dark_frames
from hotspots.config import CalibrationSettings, InstrumentSettings
from hotspots.swath import Flag
from tests.calibration.made_frames import LINES, SAMPLES, bias, counts, disc, raw_frame

JIRAM, SETTINGS = InstrumentSettings(), CalibrationSettings()
ONE_MS_DN = 5e-4
"""Band radiance of one count at 1 ms, W m-2 sr-1."""


@pytest.fixture
def visit():
    """Three lit and three dark raw frames of 1 ms."""
    rng = np.random.default_rng(0)
    lit = [
        raw_frame(f"LIT_{k}", counts(rng, light=disc(150 + 40 * k, 60, 50, 40))) for k in range(3)
    ]
    dark = [raw_frame(f"DARK_{k}", counts(rng)) for k in range(3)]
    return [lit[0], dark[0], lit[1], dark[1], dark[2], lit[2]]


def test_dark_frames_are_named_with_a_reason(visit):
    found = dark_frames(visit, JIRAM)
    assert set(found) == {"DARK_0", "DARK_1", "DARK_2"}
    assert all("dark sky" in reason for reason in found.values())


def test_archived_radiance_has_no_dark_frames(visit):
    radiance = [raw_frame("A", np.zeros((LINES, SAMPLES), np.float32), level="RDR")] * 3
    assert dark_frames(radiance, JIRAM) == {}
    assert dark_frames(visit[:1], JIRAM) == {}


def test_counts_become_radiance(visit):
    swath = calibrate(visit, JIRAM, SETTINGS)["M"]
    assert swath.product_ids == ("LIT_0", "DARK_0", "LIT_1", "DARK_1", "DARK_2", "LIT_2")
    assert swath.values.dtype == swath.sigma.dtype == np.float32
    assert swath.flags.dtype == np.uint8
    lit = swath.values[0][disc(150, 60, 45, 1) > 0]
    assert lit.mean() == pytest.approx(40 * ONE_MS_DN, rel=0.03)
    assert swath.values[0][:, 300:].mean() == pytest.approx(0.0, abs=ONE_MS_DN)
    odd_even = swath.values[:, :, 1::2].mean() - swath.values[:, :, ::2].mean()
    assert abs(odd_even) < ONE_MS_DN
    assert not swath.flags.any()


def test_sigma_is_the_scatter_that_the_frame_has(visit):
    swath = calibrate(visit, JIRAM, SETTINGS)["M"]
    pull = swath.values[0, :, 300:] / swath.sigma[0, :, 300:]
    # read noise and that of a dark of three frames: 17.5 sqrt(4 / 3) DN
    assert np.median(swath.sigma[0]) == pytest.approx(17.5 * np.sqrt(4 / 3) * ONE_MS_DN, rel=0.05)
    assert pull.std() == pytest.approx(1.0, rel=0.05)


def test_without_dark_frames_the_lower_quartile_stands_in():
    rng = np.random.default_rng(1)
    frames = [
        raw_frame(f"LIT_{k}", counts(rng, light=disc(40 + 50 * k, 60, 20, 500))) for k in range(8)
    ]
    assert dark_frames(frames, JIRAM) == {}
    swath = calibrate(frames, JIRAM, SETTINGS)["M"]
    peak = swath.values[3][disc(190, 60, 15, 1) > 0].mean()
    assert peak == pytest.approx(500 * ONE_MS_DN, rel=0.06)
    assert abs(np.median(swath.values[3])) < 20 * ONE_MS_DN


def test_exposures_have_their_own_dark():
    rng = np.random.default_rng(2)
    other = bias(seed=9, odd_even=295.0) + 250
    frames = [raw_frame(f"A{k}", counts(rng)) for k in range(2)]
    frames += [raw_frame(f"B{k}", counts(rng, dark=other), exposure_s=3e-3) for k in range(2)]
    swath = calibrate(frames, JIRAM, SETTINGS)["M"]
    assert set(dark_frames(frames, JIRAM)) == {"A0", "A1", "B0", "B1"}
    assert np.abs(swath.values.mean(axis=(1, 2))).max() < ONE_MS_DN


def test_both_bands_are_halves_of_a_file():
    rng = np.random.default_rng(3)
    image = np.vstack([np.full((LINES, SAMPLES), 0.01), np.full((LINES, SAMPLES), 0.03)])
    image += rng.normal(0, 17.5 * ONE_MS_DN, image.shape)
    frames = [
        raw_frame("BOTH", image.astype(np.float32), level="RDR", bands=("L", "M")),
        raw_frame("ONLY_M", image[LINES:].astype(np.float32), level="RDR"),
    ]
    swaths = calibrate(frames, JIRAM, SETTINGS)
    assert swaths["L"].product_ids == ("BOTH",)
    assert swaths["M"].product_ids == ("BOTH", "ONLY_M")
    assert swaths["L"].values.mean() == pytest.approx(0.01, abs=1e-3)
    np.testing.assert_array_equal(swaths["M"].values[0], swaths["M"].values[1])


def test_band_that_no_frame_holds_is_left_out():
    frame = raw_frame("M_ONLY", np.ones((LINES, SAMPLES), np.float32), level="RDR")
    assert set(calibrate([frame], JIRAM, SETTINGS)) == {"M"}
    assert calibrate([], JIRAM, SETTINGS) == {}


def test_saturation_of_archived_radiance_is_judged_in_counts():
    image = np.zeros((LINES, SAMPLES), np.float32)
    # at 2 ms: plateau 14,600 DN = 3.65, linear to 12,000 DN = 3 W m-2 sr-1
    image[10, 10], image[10, 11], image[10, 12] = 3.65, 3.1, 2.9
    frame = raw_frame("A", image, level="RDR", exposure_s=2e-3)
    flags = calibrate([frame], JIRAM, SETTINGS)["M"].flags[0]
    assert flags[10, 10] == Flag.SATURATED
    assert flags[10, 11] == Flag.NONLINEAR
    assert flags[10, 12] == 0


def test_lost_packets_and_numbers_that_are_none():
    rng = np.random.default_rng(4)
    image = rng.normal(0, 4e-3, (LINES, SAMPLES)).astype(np.float32)
    missing = np.zeros(image.shape, bool)
    missing[:, 144:288] = True
    image[:, 144:288] = 0
    image[5, 5] = np.nan
    frame = raw_frame("A", image, level="RDR", exposure_s=2e-3, missing=missing)
    swath = calibrate([frame], JIRAM, SETTINGS)["M"]
    lost = swath.flags[0] == Flag.MISSING
    assert lost[:, 144:288].all()
    assert lost[5, 5]
    assert lost.sum() == 128 * 144 + 1
    assert np.isfinite(swath.values).all()
    assert (swath.values[0][lost] == 0).all()


def test_subtracted_background_adds_its_noise():
    image = np.zeros((LINES, SAMPLES), np.float32)
    frames = [
        raw_frame("A", image, level="RDR", background_subtracted=subtracted)
        for subtracted in (True, False)
    ]
    sigma = [calibrate([f], JIRAM, SETTINGS)["M"].sigma.mean() for f in frames]
    # a frame without noise is not believed: half the expected one is the least
    assert sigma[0] / sigma[1] == pytest.approx(np.sqrt(2), rel=1e-3)
    assert sigma[1] == pytest.approx(0.5 * 17.5 * ONE_MS_DN, rel=1e-3)


def test_hot_elements_of_the_dark_and_of_the_visit():
    rng = np.random.default_rng(5)
    dark = bias()
    dark[20, 30] = 16_206
    frames = [raw_frame(f"DARK_{k}", counts(rng, dark=dark, noise=15)) for k in range(3)]
    flags = calibrate(frames, JIRAM, SETTINGS)["M"].flags
    assert (flags[:, 20, 30] & Flag.HOT_PIXEL).all()
    radiance = rng.normal(0, 4e-3, (4, LINES, SAMPLES)).astype(np.float32)
    radiance[:, 70, 200] += 0.3
    archived = [
        raw_frame(f"A{k}", image, level="RDR", exposure_s=2e-3) for k, image in enumerate(radiance)
    ]
    flags = calibrate(archived, JIRAM, SETTINGS)["M"].flags
    assert (flags[:, 70, 200] == Flag.HOT_PIXEL).all()
    assert (flags != 0).sum() == 4
