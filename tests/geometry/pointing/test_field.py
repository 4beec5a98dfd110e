"""What must be in a frame, and whether it is."""

import numpy as np
import pytest

from hotspots.config import InstrumentSettings, PointingSettings
from hotspots.geometry.pointing.coarse import coarse_fixes
from hotspots.geometry.pointing.field import body_fraction, disc_contrast, least_body_fraction
from tests.geometry.drawn import SHAPE, Scene, frame_of
from tests.geometry.made_states import IFOV_RAD, camera_axes, direction

OFFSET = np.array([3.0, -535.0])


def frame(*, range_km=60_000.0, pixel=(215.5, 63.5), image=None, sigma=1e-3, eclipsed=False):
    position = range_km * direction(8, 100)
    axes = camera_axes(position, centre_pixel=pixel)
    scene = Scene(
        position,
        axes,
        direction(0, 175),
        np.zeros((0, 3)),
        np.zeros(0),
        sigma=sigma,
        eclipsed=eclipsed,
    )
    return frame_of("A", scene, OFFSET, np.random.default_rng(0), image=image)


def test_fraction_of_the_field():
    assert body_fraction(frame(range_km=5_000.0), OFFSET, IFOV_RAD) == 1.0
    assert body_fraction(frame(pixel=(215.5, 500.0)), OFFSET, IFOV_RAD) == 0.0
    # a disc 14,6 px wide: pi r^2 over the array
    radius = np.tan(np.arcsin(1820 / 260_000)) / IFOV_RAD
    expected = np.pi * radius**2 / (SHAPE[0] * SHAPE[1])
    found = body_fraction(frame(range_km=260_000.0), OFFSET, IFOV_RAD)
    assert found == pytest.approx(expected, rel=0.1)


def test_a_whole_small_disc_is_enough():
    far, near = frame(range_km=630_000.0), frame(range_km=60_000.0)
    assert least_body_fraction(near, IFOV_RAD) == 0.01
    assert body_fraction(far, OFFSET, IFOV_RAD) < 0.01
    assert body_fraction(far, OFFSET, IFOV_RAD) > 3 * least_body_fraction(far, IFOV_RAD)


def test_unsure_pointing_widens_the_field_along_the_lines():
    below = frame(pixel=(215.5, 127 + 140.0))
    assert body_fraction(below, OFFSET, IFOV_RAD) == 0.0
    assert body_fraction(below, OFFSET, IFOV_RAD, margin_px=40.0) > 0.01


def test_contrast_of_the_disc_and_of_nothing():
    assert disc_contrast(frame(), OFFSET, IFOV_RAD) == pytest.approx(1.0, abs=0.15)
    blank = np.random.default_rng(1).normal(0, 1e-3, SHAPE).astype(np.float32)
    assert disc_contrast(frame(image=blank), OFFSET, IFOV_RAD) == pytest.approx(0.0, abs=0.1)


def test_no_contrast_to_speak_of():
    assert disc_contrast(frame(eclipsed=True), OFFSET, IFOV_RAD) is None
    assert disc_contrast(frame(pixel=(215.5, 500.0)), OFFSET, IFOV_RAD) is None
    assert disc_contrast(frame(sigma=0.5), OFFSET, IFOV_RAD) is None


def test_coarse_fix_finds_the_disc_within_its_grid():
    frames = [
        frame(),
        frame(pixel=(150.0, 90.0)),
        frame(pixel=(215.5, 900.0)),
        frame(eclipsed=True),
    ]
    fixes = coarse_fixes(frames, InstrumentSettings(), PointingSettings())
    for fix in fixes[:2]:
        assert fix is not None
        assert np.abs(fix.offset - OFFSET).max() <= 4.0
        assert 0.5 < fix.correlation <= 1.0
    assert fixes[2:] == [None, None]


def test_coarse_fix_below_the_least_correlation_is_none():
    noisy = frame(sigma=0.01)
    fix = coarse_fixes([noisy], InstrumentSettings(), PointingSettings(minimum_correlation=0.1))[0]
    assert fix is not None
    assert fix.correlation < 0.9
    strict = PointingSettings(minimum_correlation=0.9)
    assert coarse_fixes([noisy], InstrumentSettings(), strict) == [None]


def test_scale():
    assert frame().bands["M"].km_per_pixel(IFOV_RAD) == pytest.approx(60_000 * IFOV_RAD)
