"""Rectangles of rays: they hold the body, know its edge, and blur like SciPy."""

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter, uniform_filter1d

from hotspots.geometry.intersect import intersect
from hotspots.simulation.optics import Optics
from hotspots.simulation.point_images import point_image
from hotspots.simulation.ray_images import Box, body_box, limb_coverage, spread, window
from tests.simulation.made_cameras import disc_cameras

FINE = 8


def fine_hits(cameras, box):
    """Part of every pixel of a rectangle that rays, 8 x 8 a pixel, find on the body."""
    q = FINE
    x = box.first_sample - 0.5 + (np.arange(box.samples * q) + 0.5) / q
    y = box.first_line - 0.5 + (np.arange(box.lines * q) + 0.5) / q
    hit, *_ = intersect(
        cameras, x[None, None, :].astype(np.float32), y[None, :, None].astype(np.float32)
    )
    return hit[0].reshape(box.lines, q, box.samples, q).mean(axis=(1, 3))


@pytest.mark.parametrize("distance_km", [60_000.0, 250_000.0, 900_000.0])
@pytest.mark.parametrize("pixel", [(215.5, 63.5), (5.2, 120.4), (431.0, -10.0)])
def test_rectangle_and_coverage_are_those_of_the_body(distance_km, pixel):
    cameras = disc_cameras(distance_km, [pixel])
    box = body_box(cameras, (10.0, 10.0))
    everything = window((-np.inf, -np.inf), (np.inf, np.inf), (10.0, 10.0))
    expected = fine_hits(cameras, everything)
    coverage = np.zeros(expected.shape)
    rows = slice(box.first_line + 10, box.first_line + 10 + box.lines)
    columns = slice(box.first_sample + 10, box.first_sample + 10 + box.samples)
    coverage[rows, columns], *_ = limb_coverage(cameras, box)
    # a straight edge through the middle of a pixel; a disc of five pixels is no such thing
    np.testing.assert_allclose(coverage, expected, atol=0.13 if distance_km < 5e5 else 0.2)
    assert coverage.sum() == pytest.approx(expected.sum(), rel=5e-3)
    assert box.samples * box.lines < 1.6 * np.count_nonzero(expected) + 400


def test_rays_of_partly_covered_pixels_look_inside_the_limb():
    cameras = disc_cameras(250_000.0, [(215.5, 63.5)])
    box = body_box(cameras, (10.0, 10.0))
    coverage, sample, line = limb_coverage(cameras, box)
    covered = coverage > 0
    assert ((coverage > 0) & (coverage < 1)).sum() > 50
    rays = (v[covered][None].astype(np.float32) for v in (sample, line))
    hit, *_ = intersect(cameras, *rays)
    assert hit.all()
    column, row = np.meshgrid(*box.axes())
    moved = np.hypot(sample - column, line - row)
    assert moved[covered].max() < 0.6
    assert not moved[coverage == 1].any()


def test_a_body_that_fills_the_field_takes_all_of_it():
    box = body_box(disc_cameras(2_400.0, [(215.5, 63.5)]), (8.0, 9.5))
    assert box == Box(-8, -10, 448, 148)


def test_a_body_out_of_view_has_no_rectangle():
    assert body_box(disc_cameras(100_000.0, [(900.0, 63.5)]), (10.0, 10.0)) is None
    cameras = disc_cameras(100_000.0, [(215.5, 63.5)])
    away = cameras.replace(position_km=-cameras.position_km)
    assert body_box(away, (10.0, 10.0)) is None


def test_windows_are_cut_at_the_margin():
    assert window((10.2, 20.6), (12.4, 30.0), (5.0, 5.0)) == Box(10, 21, 3, 10)
    assert window((-100.0, 20.6), (12.4, 300.0), (5.0, 7.0)) == Box(-5, 21, 18, 114)
    assert window((440.0, 0.0), (450.0, 5.0), (5.0, 5.0)) is None


def test_rays_stand_in_the_middle_of_their_share_of_a_pixel():
    sample, line = Box(3, -1, 2, 1, fineness=2).axes()
    np.testing.assert_allclose(sample, [2.75, 3.25, 3.75, 4.25])
    np.testing.assert_allclose(line, [-1.25, -0.75])


@pytest.mark.parametrize("fineness", [1, 2, 3])
@pytest.mark.parametrize("smear", [0.0, 1.7])
def test_even_light_stays_even(fineness, smear):
    optics = Optics(0.5, 1.1, (0.03,), (3.0,))
    box = Box(-20, -20, 472, 168, fineness)
    even = np.ones((168 * fineness, 472 * fineness), np.float32)
    np.testing.assert_allclose(spread(even, box, optics, smear), 1.0, atol=2e-5)


@pytest.mark.parametrize("sigma", [0.4, 0.6, 1.0])
@pytest.mark.parametrize("smear", [0.0, 3.0])
def test_edges_are_blurred_like_those_of_scipy(sigma, smear):
    # a disc that is cut out eleven times finer than the pixels, blurred there, and binned
    fine = 11
    x, y = ((np.arange(n * fine) + 0.5) / fine - 0.5 for n in (432, 128))
    disc = np.clip((40.0 - np.hypot(x - 210.3, y[:, None] - 61.8)) * fine + 0.5, 0, 1)
    truth = gaussian_filter(disc, sigma * fine)
    if smear:
        truth = uniform_filter1d(truth, int(smear * fine), axis=0)
    truth = truth.reshape(128, fine, 432, fine).mean(axis=(1, 3))
    for fineness, tolerance in ((2, 0.025), (4, 0.016)):
        box = Box(160, 15, 100, 95, fineness)
        column, row = np.meshgrid(*box.axes())
        inside = (40.0 - np.hypot(column - 210.3, row - 61.8)) * fineness
        image = spread(np.clip(inside + 0.5, 0, 1).astype(np.float32), box, Optics(sigma), smear)
        difference = image - truth
        assert np.abs(difference).max() < tolerance
        assert np.sqrt(np.mean(difference[truth > 0.01] ** 2)) < tolerance / 8
        assert image.sum() == pytest.approx(truth.sum(), rel=1e-4)


def test_wings_of_binned_rays_are_those_of_all_rays():
    box = Box(200, 60, 4, 4, 3)
    rays = np.random.default_rng(1).random((12, 12)).astype(np.float32)
    column, row = (v.ravel() for v in np.meshgrid(*box.axes()))
    for sigma in (1.5, 2.5):
        points = point_image(column, row, rays.ravel() / 9.0, np.zeros(144), Optics(sigma), 0.0)
        np.testing.assert_allclose(spread(rays, box, Optics(sigma), 0.0), points, atol=1e-2)
    points = point_image(column, row, rays.ravel() / 9.0, np.zeros(144), Optics(0.6), 1.2)
    np.testing.assert_allclose(spread(rays, box, Optics(0.6), 1.2), points, atol=1e-6)
