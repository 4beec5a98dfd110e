"""Frames as they come down: noise, plateau, formats, and the way back through calibration."""

from pathlib import Path

import numpy as np
import pytest

from hotspots.archive.products import Product
from hotspots.calibration.swaths import RawFrame, calibrate
from hotspots.config import CalibrationSettings, InstrumentSettings
from hotspots.errors import CalibrationError
from hotspots.planck import M_BAND
from hotspots.simulation.camera_ranges import CameraRanges
from hotspots.simulation.camera_state import draw_camera
from hotspots.simulation.exposure import compress, expose
from hotspots.swath import Flag
from tests.simulation.made_cameras import silent_ranges

SHAPE = (128, 432)
EXPOSURE_S = 0.002
DN = 1 / (2.0e6 * EXPOSURE_S)
"""Radiance of one count at 2 ms."""


def exposed(level_dn, ranges, level="RDR", frames=1, seed=1):
    """Frames of an even light of so many counts, in counts."""
    rng = np.random.default_rng(seed)
    camera = draw_camera(ranges, rng, level)
    light = np.broadcast_to(np.asarray(level_dn, np.float32) * np.float32(DN), (frames, *SHAPE))
    taken = expose(light, np.full(frames, EXPOSURE_S), camera, M_BAND, rng)
    scale = DN if level == "RDR" else 1.0
    return taken.image / scale, taken, camera


def test_a_silent_camera_returns_the_light_in_whole_counts():
    counts, taken, _ = exposed(np.linspace(0, 9000, 432), silent_ranges())
    assert taken.image.dtype == np.float32
    np.testing.assert_allclose(counts[0, 5], np.rint(np.linspace(0, 9000, 432)), atol=0.02)
    for mask in (taken.lost, taken.struck, taken.saturated):
        assert mask.dtype == bool
        assert not mask.any()


def test_raw_counts_stand_on_their_bias():
    counts, taken, camera = exposed(200.0, silent_ranges(), "EDR")
    assert taken.image.dtype == np.int16
    expected = np.rint(camera.halves["M"].bias.counts(EXPOSURE_S) + 200.0)
    np.testing.assert_array_equal(counts[0], expected)
    assert expected[0, 1] - expected[0, 0] == pytest.approx(342, abs=1)


@pytest.mark.parametrize(
    ("subtracted", "shared", "factor"), [(0.0, 0.0, 1.0), (1.0, 0.0, 2**0.5), (1.0, 1.0, 1.0)]
)
def test_read_noise_counts_the_background_frame(subtracted, shared, factor):
    ranges = silent_ranges(
        detector={
            "read_noise_dn": 17.5,
            "background_subtracted": subtracted,
            "background_shared": shared,
        }
    )
    counts, *_ = exposed(0.0, ranges, frames=12)
    temporal = counts.std(axis=0, ddof=1)
    assert np.sqrt(np.mean(temporal**2)) == pytest.approx(17.5 * factor, rel=0.01)
    pattern = counts.mean(axis=0).std()
    expected = np.sqrt(factor**2 / 12 + (1.0 if shared else 0.0)) * 17.5
    assert pattern == pytest.approx(expected, rel=0.02)


def test_shot_noise_goes_with_the_root_of_the_light():
    counts, *_ = exposed(8000.0, silent_ranges(detector={"electrons_per_dn": 137.0}))
    assert counts.mean() == pytest.approx(8000.0, abs=0.5)
    assert counts.std() == pytest.approx(np.sqrt(8000.0 / 137.0), rel=0.02)


def test_light_saturates():
    for level, plateau in (("RDR", 14_600.0), ("EDR", 16_206.0)):
        ranges = silent_ranges(detector={"read_noise_dn": 17.5})
        counts, taken, _ = exposed(100_000.0, ranges, level)
        assert taken.saturated.all()
        assert counts.max() == pytest.approx(plateau, abs=0.6)
        assert np.median(counts) > plateau - 60


def test_the_curve_bends_without_a_step_and_keeps_the_order():
    light = np.linspace(0, 60_000, 20_001)
    for bend in (1.0, 2.0, 4.0):
        counts = compress(light, 12_000.0, 14_600.0, bend)
        np.testing.assert_array_equal(counts[light <= 12_000], light[light <= 12_000])
        slope = np.diff(counts) / np.diff(light)
        assert slope.min() > 0
        assert slope.max() <= 1 + 1e-9
        assert slope[4000] == pytest.approx(1.0, abs=0.01)
        assert counts[-1] < 14_600
    assert compress(14_600.0, 12_000.0, 14_600.0, 1.0) == pytest.approx(13_300.0)


def test_lost_packets_are_zero_and_struck_samples_bright():
    ranges = silent_ranges(defects={"lost_packet": 0.5, "hits_per_half": 40.0})
    counts, taken, _ = exposed(50.0, ranges, frames=8)
    assert 0.2 < taken.lost.mean() < 0.8
    assert not counts[taken.lost].any()
    assert taken.struck.any()
    # without read noise every charge counts
    assert counts[taken.struck & ~taken.lost].min() >= 50.0
    np.testing.assert_allclose(counts[~taken.struck & ~taken.lost], 50.0, atol=0.6)


def test_hot_pixels_lose_range_and_stand_out():
    ranges = silent_ranges(
        defects={"hot_pixels_m": 15.0, "warm_dn": 50.0, "warm_noise": 3.0},
        detector={"read_noise_dn": 17.5},
    )
    counts, _, camera = exposed(3000.0, ranges, frames=3)
    hot = camera.halves["M"].defects.dark_dn > 14_000
    assert hot.any()
    assert counts[:, hot].max() < 2600
    assert np.abs(np.median(counts[:, ~hot]) - 3000.0) < 1.0
    dark, _, camera = exposed(0.0, ranges, "EDR")
    assert (dark[0][camera.halves["M"].defects.dark_dn > 4900] > 6000).all()


def test_frames_are_drawn_anew_and_repeat_from_a_seed():
    counts, *_ = exposed(10.0, CameraRanges(), frames=2)
    again, *_ = exposed(10.0, CameraRanges(), frames=2)
    np.testing.assert_array_equal(counts, again)
    assert (counts[0] != counts[1]).mean() > 0.5


def test_negative_light_is_none():
    counts, *_ = exposed(-5.0, silent_ranges(detector={"electrons_per_dn": 137.0}))
    assert not counts.any()


@pytest.mark.parametrize("exposure", [np.zeros(1), np.ones(2)])
def test_exposures_are_one_positive_time_a_frame(exposure):
    camera = draw_camera(silent_ranges(), np.random.default_rng(0), "RDR")
    with pytest.raises(CalibrationError, match="wanted one each, > 0"):
        expose(np.zeros((1, *SHAPE)), exposure, camera, M_BAND, np.random.default_rng(0))


@pytest.mark.parametrize("level", ["RDR", "EDR"])
def test_calibration_finds_the_light_again(level):
    ranges = silent_ranges(
        detector={"read_noise_dn": 17.5, "electrons_per_dn": 137.0, "background_subtracted": 1.0},
        bias={"pattern_dn": 70.0, "column_dn": 60.0, "row_dn": 40.0},
    )
    rng = np.random.default_rng(5)
    camera = draw_camera(ranges, rng, level)
    light = np.zeros((6, *SHAPE), np.float32)
    light[:2, 30:90, 100:300] = 400.0 * DN
    light[1, 50:55, 200:205] = 20_000.0 * DN
    taken = expose(light, np.full(6, EXPOSURE_S), camera, M_BAND, rng)
    frames = [
        RawFrame(
            Product(
                product_id=f"FRAME_{i}",
                label_path=Path("none.LBL"),
                image_path=Path("none.IMG"),
                level=level,
                bands=("M",),
                lines=128,
                samples=432,
                start_clock="",
                stop_clock="",
                start_time_label="",
                stop_time_label="",
                exposure_s=EXPOSURE_S,
                background_subtracted=camera.background_subtracted,
            ),
            taken.image[i],
            taken.lost[i],
            float(i),
        )
        for i in range(6)
    ]
    swath = calibrate(frames, InstrumentSettings(), CalibrationSettings())["M"]
    error = (swath.values - light) / swath.sigma
    linear = light < 12_000 * DN
    assert error[linear].mean() == pytest.approx(0.0, abs=0.02)
    # the dark of raw frames is the mean of few: its noise is common to them
    assert error[linear].std() == pytest.approx(1.0, abs=0.05)
    beyond = Flag.SATURATED | Flag.NONLINEAR
    np.testing.assert_array_equal((swath.flags & beyond) > 0, ~linear)
