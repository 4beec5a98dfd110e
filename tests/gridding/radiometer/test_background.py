"""Discs, sky, belts, and the background that rows off Io find."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.geometry.beams.known_patterns import shipped_patterns
from hotspots.geometry.beams.pattern import Pattern
from hotspots.gridding.radiometer.background import BackgroundDesign, fit_background
from hotspots.gridding.radiometer.belts import belt_shapes
from hotspots.gridding.radiometer.disc import disc_weights
from hotspots.gridding.radiometer.gaussian import normal_equations
from hotspots.gridding.radiometer.sky import sky_cells_within, sky_weights, turn_with_jupiter
from hotspots.gridding.radiometer.views import background_design, io_disc
from tests.gridding.radiometer.made_flyby import host, made_beams, strict, turns_of

EVEN = Pattern(np.ones((1, 65)))
AHEAD = np.array([[0.0, 0.0, 1.0]])


def test_even_antenna_sees_a_disc_by_its_solid_angle():
    radius = np.array([0.3])
    share = disc_weights(np.eye(3)[None], AHEAD, radius, EVEN)
    np.testing.assert_allclose(share, 0.5 * (1 - np.cos(radius)), rtol=1e-12)
    darkened = disc_weights(np.eye(3)[None], AHEAD, radius, EVEN, darkening=1.0)
    # mean of mu over a disc is 2/3
    np.testing.assert_allclose(darkened / share, 2 / 3, rtol=0.01)


def test_hidden_part_of_a_disc_is_not_seen():
    radius = np.array([0.2])
    axes = np.eye(3)[None]
    whole = disc_weights(axes, AHEAD, radius, EVEN)
    all_hidden = disc_weights(axes, AHEAD, radius, EVEN, hidden_by=(AHEAD, np.array([0.3])))
    np.testing.assert_array_equal(all_hidden, 0.0)
    beside = np.array([[np.sin(0.5), 0.0, np.cos(0.5)]])
    half = disc_weights(axes, AHEAD, radius, EVEN, hidden_by=(beside, np.array([0.5])))
    assert half[0] / whole[0] == pytest.approx(0.5, abs=0.06)


def test_disc_of_strict_arrays_is_that_of_numpy():
    pattern = shipped_patterns()[0]
    centre = np.array([[0.6, 0.0, 0.8], [0.0, 0.1, np.sqrt(0.99)]])
    axes, radius = np.repeat(np.eye(3)[None], 2, axis=0), np.array([0.2, 0.1])
    expected = disc_weights(axes, centre, radius, pattern)
    found = disc_weights(strict(axes), strict(centre), strict(radius), pattern)
    np.testing.assert_allclose(host(found), expected, rtol=1e-12)


def test_whole_sky_less_io_adds_up_to_one():
    numbers = np.arange(12 * 16**2)
    near = (AHEAD, np.array([0.5]))
    weights = sky_weights(np.eye(3)[None], EVEN, 16, numbers, near)
    assert weights.sum() == pytest.approx(1 - 0.5 * (1 - np.cos(0.5)), rel=2e-3)
    other = sky_weights(
        strict(np.eye(3)[None]), EVEN, 16, numbers, (strict(AHEAD), strict(np.array([0.5])))
    )
    np.testing.assert_allclose(host(other), weights, rtol=1e-9)


def test_sky_within_reach_is_a_cap():
    numbers = sky_cells_within(AHEAD, 8, 20.0)
    assert len(numbers) / 768 == pytest.approx(0.5 * (1 - np.cos(np.radians(20))), rel=0.1)


def test_jupiter_stands_still_in_the_turned_sky():
    beams = made_beams()
    turn = turn_with_jupiter(beams)
    np.testing.assert_allclose(
        turn @ np.swapaxes(turn, 1, 2), np.tile(np.eye(3), (960, 1, 1)), atol=1e-12
    )
    direction = beams.jupiter_km / np.linalg.norm(beams.jupiter_km, axis=1, keepdims=True)
    turned = np.einsum("nij,nj->ni", turn, direction)
    np.testing.assert_allclose(turned, np.tile(direction[480], (960, 1)), atol=1e-12)


def test_belts_lie_beside_jupiter_about_its_equator():
    place = np.array([-422000.0, 0.0, 0.0])
    angle = np.radians(np.array([0.0, 15.0, 40.0]))
    along = np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)
    up = np.stack([np.cos(angle), 0 * angle, np.sin(angle)], axis=1)
    shapes = belt_shapes(np.concatenate([along, up]), place)
    assert shapes.shape == (6, 15)
    assert shapes.max(axis=0) == pytest.approx(np.ones(15))
    assert (shapes[2] == 0).all()
    assert (shapes[5] == 0).all()
    flat = shapes[:, ::3]
    assert (flat[1] > flat[4]).all()


def test_normal_equations_against_the_dense_normal_distribution():
    rng = np.random.default_rng(4)
    matrix, sigma = rng.normal(size=(12, 3)), rng.uniform(0.5, 2.0, 12)
    root = rng.normal(size=(3, 3))
    prior = root @ root.T + np.eye(3)
    value = rng.normal(size=12)
    found = normal_equations(matrix, value, sigma)
    total = matrix @ prior @ matrix.T + np.diag(sigma**2)
    precision = np.linalg.inv(prior)
    expected = multivariate_normal(np.zeros(12), total).logpdf(value)
    assert found.log_evidence(precision) == pytest.approx(expected)
    mean, covariance = found.posterior(precision)
    gain = prior @ matrix.T @ np.linalg.inv(total)
    np.testing.assert_allclose(mean, gain @ value)
    np.testing.assert_allclose(covariance, prior - gain @ matrix @ prior, atol=1e-12)


def test_background_of_rows_on_io_is_found_from_those_off_it():
    beams = made_beams()
    pattern = shipped_patterns()[1]
    spin = turns_of(beams).astype(np.int64)
    design = background_design(beams, spin, 1, pattern)
    assert isinstance(design, BackgroundDesign)
    disc = io_disc(beams, 1, pattern)
    off, on = np.flatnonzero(disc <= 2e-3), np.flatnonzero(disc > 2e-3)
    rng = np.random.default_rng(7)
    offsets = rng.normal(0.0, 2.0, design.turns)
    truth = design.known_k + offsets[spin] + design.belts @ np.full(15, 15.0) + 0.1 * design.jupiter
    sigma = np.full(len(beams), 0.3)
    found = fit_background(design, truth + rng.normal(0, 0.3, len(beams)), sigma, off)
    error = found.mean_k(on) - truth[on]
    spread = np.sqrt(np.diag(found.covariance(on)))
    assert np.sqrt(np.mean(error**2)) < 0.5
    assert np.mean(np.abs(error) < 3 * spread + 0.05) > 0.95


def test_flat_disc_of_io_is_that_of_its_facets():
    beams = made_beams(turns=2)
    disc = io_disc(beams, 0, EVEN)
    expected = 0.5 * (1 - np.sqrt(1 - (IO_MEAN_RADIUS_KM / beams.range_km) ** 2))
    np.testing.assert_allclose(disc, expected, rtol=1e-12)
