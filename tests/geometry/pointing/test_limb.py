"""Limb fits of drawn discs: no bias without noise, honest errors with it."""

import numpy as np
import pytest

from hotspots.geometry.pointing.disc import SUNLIT, limb_template
from hotspots.geometry.pointing.limb import fit_limb
from tests.geometry.drawn import SHAPE, Scene, disc, frame_of
from tests.geometry.made_states import IFOV_RAD, camera_axes, direction

NO_SPOTS = (np.zeros((0, 3)), np.zeros(0))


def crescent(phase_deg, *, range_km=58_000.0, sigma=1e-3, spots=NO_SPOTS, pixel=(215.5, 63.5)):
    position = range_km * direction(8, 100)
    axes = camera_axes(position, centre_pixel=pixel)
    return Scene(position, axes, direction(1, 100 + phase_deg), *spots, sigma=sigma)


@pytest.mark.parametrize("phase_deg", [20, 60, 120, 150])
def test_no_bias_without_noise(phase_deg):
    rng = np.random.default_rng(0)
    frame = frame_of("A", crescent(phase_deg, sigma=1e-5), (3.0, -530.0), rng)
    fit = fit_limb(frame.limb_bands(), np.array([1.5, -528.5]), IFOV_RAD)
    assert fit is not None
    np.testing.assert_allclose(fit.offset, [3.0, -530.0], atol=0.05)
    assert fit.amplitude == pytest.approx(SUNLIT["M"][0], rel=0.05)


def test_errors_are_those_of_the_fit():
    rng = np.random.default_rng(1)
    misses = []
    for _ in range(8):
        frame = frame_of("A", crescent(70, sigma=4e-3), (3.0, -530.0), rng)
        fit = fit_limb(frame.limb_bands(), np.array([2.0, -529.0]), IFOV_RAD)
        assert fit is not None
        statistical = fit.covariance - 0.15**2 * np.eye(2)
        miss = fit.offset - [3.0, -530.0]
        misses.append(miss @ np.linalg.solve(statistical, miss))
    # mean of 16 squared normal deviates is 1 +- 0.35 a degree of freedom
    assert 0.25 < np.mean(misses) / 2 < 2.5


def test_both_bands_share_the_offset():
    rng = np.random.default_rng(2)
    one = frame_of("A", crescent(50), (2.0, -4.0), rng)
    both = frame_of("A", crescent(50), (2.0, -4.0), rng, bands=("L", "M"))
    fits = [fit_limb(f.limb_bands(), np.array([2.0, -4.0]), IFOV_RAD) for f in (one, both)]
    assert fits[0] is not None
    assert fits[1] is not None
    assert fits[1].n_pixels > 1.9 * fits[0].n_pixels
    assert np.trace(fits[1].covariance) < np.trace(fits[0].covariance)


def test_hot_spots_on_the_limb_do_not_pull():
    rng = np.random.default_rng(3)
    edge = np.array([direction(lat, 100 + 85) * 1820 for lat in (-10, 5, 20)])
    frame = frame_of("A", crescent(60, spots=(edge, np.full(3, 0.5))), (2.0, -4.0), rng)
    fit = fit_limb(frame.limb_bands(), np.array([2.0, -4.0]), IFOV_RAD)
    assert fit is not None
    assert np.abs(fit.offset - [2.0, -4.0]).max() < 0.3


def test_nothing_to_fit():
    rng = np.random.default_rng(4)
    full = frame_of("A", crescent(60, range_km=4_000.0), (0.0, 0.0), rng)
    assert fit_limb(full.limb_bands(), np.zeros(2), IFOV_RAD) is None
    away = frame_of("A", crescent(60, pixel=(215.5, 900.0)), (0.0, 0.0), rng)
    assert fit_limb(away.limb_bands(), np.zeros(2), IFOV_RAD) is None
    assert fit_limb([], np.zeros(2), IFOV_RAD) is None


def test_start_too_far_away_is_no_fit():
    rng = np.random.default_rng(5)
    frame = frame_of("A", crescent(60), (0.0, 0.0), rng)
    fit = fit_limb(frame.limb_bands(), np.array([0.0, 14.0]), IFOV_RAD)
    assert fit is None or np.abs(fit.offset).max() > 2.0


def test_eclipse_has_no_limb():
    scene = Scene(**{**crescent(60).__dict__, "eclipsed": True})
    frame = frame_of("A", scene, (0.0, 0.0), np.random.default_rng(6))
    assert frame.limb_bands() == []


def test_template_is_the_disc_where_it_is_chosen():
    scene = crescent(40)
    frame = frame_of("A", scene, (0.0, 0.0), np.random.default_rng(7))
    step = 0.25
    states = frame.bands["M"].states
    model, chosen = limb_template(states, np.zeros(2), IFOV_RAD, scene.blur_px, SHAPE, step)
    expected = disc(scene, (1.0, step))
    # two sub-samples a side against three: the edge of a pixel at the limb
    assert np.abs(model - expected)[chosen].max() < 0.15
    assert np.abs(model - expected)[chosen].mean() < 0.01
    assert 300 < chosen.sum() < 4000
