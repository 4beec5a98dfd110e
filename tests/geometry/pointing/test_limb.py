"""Limb fits of drawn discs: no bias without noise, honest errors with it."""

from dataclasses import replace

import numpy as np
import pytest

from hotspots.geometry.cameras import build_cameras
from hotspots.geometry.pointing.blur import Blur
from hotspots.geometry.pointing.disc import draw_limb, limb_region
from hotspots.geometry.pointing.limb import FLOOR_PX, fit_limb
from hotspots.geometry.pointing.shading import SUNLIT, Shading
from hotspots.geometry.pointing.sunlight import visit_shading
from tests.geometry.drawn import SHAPE, Scene, disc, frame_of
from tests.geometry.made_states import IFOV_RAD, camera_axes, direction

NO_SPOTS = (np.zeros((0, 3)), np.zeros(0))


def crescent(
    phase_deg, *, range_km=58_000.0, sigma=1e-3, spots=NO_SPOTS, pixel=(215.5, 63.5), **more
):
    position = range_km * direction(8, 100)
    axes = camera_axes(position, centre_pixel=pixel)
    return Scene(position, axes, direction(1, 100 + phase_deg), *spots, sigma=sigma, **more)


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
        statistical = fit.covariance - FLOOR_PX**2 * np.eye(2)
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


def test_drawn_limb_is_the_disc_where_it_is_chosen():
    scene = crescent(40, exponent=0.5)
    frame = frame_of("A", scene, (0.0, 0.0), np.random.default_rng(7))
    states = frame.bands["M"].states
    cameras = build_cameras(states, IFOV_RAD, offset=np.zeros((1, 2)))
    blur = Blur(scene.blur_px[0] ** 2, scene.blur_px[1] ** 2)
    region = limb_region(cameras, SHAPE, blur.reach_px)
    shading = Shading(0.0, minnaert=1.0, constant=0.25)
    model = draw_limb(states, np.zeros(2), IFOV_RAD, region, blur, shading, SHAPE)
    expected = disc(scene, (1.0, 0.25))[region.window]
    # two sub-samples a side against three: the edge of a pixel at the limb, where the law
    # has no bound
    miss = np.abs(model - expected)[region.chosen]
    assert miss.max() < 0.25 * expected.max()
    assert miss.mean() < 0.01 * expected.max()
    assert 300 < region.chosen.sum() < 4000


def located(frame, shading, start=(2.5, -529.5)):
    fit = fit_limb(frame.limb_bands(shading), np.array(start), IFOV_RAD)
    assert fit is not None
    return np.abs(fit.offset - [3.0, -530.0]).max()


@pytest.mark.parametrize("range_km", [58_000.0, 200_000.0])
def test_a_disc_that_brightens_towards_its_limb(range_km):
    """Its law is found on the disc, and without it the fit would be off."""
    rng = np.random.default_rng(8)
    scene = crescent(50, range_km=range_km, sigma=1e-4, exponent=0.5)
    frame = frame_of("A", scene, (3.0, -530.0), rng)
    shading = visit_shading([frame], {0: np.array([2.6, -529.7])}, IFOV_RAD)
    assert located(frame, {}) > 0.15
    assert located(frame, shading) < 0.08


def test_blur_is_found_with_the_offset():
    rng = np.random.default_rng(9)
    scene = crescent(70, sigma=1e-4, blur_px=(1.0, 0.8))
    frame = frame_of("A", scene, (3.0, -530.0), rng, blur_px=(0.6, 0.6))
    assert located(frame, {}) < 0.03


@pytest.mark.parametrize("share", [0.4, 0.6])
def test_saturated_disc_is_located_by_what_is_left_of_its_edge(share):
    """It says less, and says so; taken for numbers the plateau would be no better."""
    rng = np.random.default_rng(10)
    scene = crescent(70, sigma=1e-4, plateau=share * SUNLIT["M"][0])
    band = frame_of("A", scene, (3.0, -530.0), rng).limb_bands()[0]
    assert (~band.usable).sum() > 10_000
    start = np.array([2.5, -529.5])
    fit = fit_limb([band], start, IFOV_RAD)
    naive = fit_limb([replace(band, usable=np.ones(SHAPE, bool))], start, IFOV_RAD)
    assert fit is not None
    assert naive is not None
    off, naively_off = fit.offset - [3.0, -530.0], naive.offset - [3.0, -530.0]
    assert off @ np.linalg.solve(fit.covariance, off) < 9.0
    assert 0.15 < np.sqrt(np.trace(fit.covariance) / 2) < 0.5
    assert np.hypot(*naively_off) > 1.5 * np.hypot(*off)
