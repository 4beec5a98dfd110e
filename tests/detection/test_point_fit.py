"""Simultaneous fit of points, against what was drawn, against theory and photutils."""

import numpy as np
import pytest

from hotspots.detection.point_fit import PointFit, fit_points
from tests.detection.scenes import FLUX_SIGMA, NOISE, SPREAD, WIDTH, drawn, noise_of

SHAPE = (60, 60)
WEIGHT = np.full(SHAPE, NOISE**-2)


def test_crowded_sources_without_noise_are_recovered():
    places = np.array([(20.3, 20.8), (23.1, 21.5), (21.9, 24.6), (45.0, 40.2)])
    fluxes = np.array([1.0, 0.4, 0.7, 0.1])
    guess = places + np.array([(0.4, -0.3), (-0.3, 0.4), (0.2, 0.4), (0.0, 0.0)])
    fit = fit_points(drawn(SHAPE, places, fluxes), WEIGHT, guess, SPREAD, steps=12)
    np.testing.assert_allclose(fit.place, places, atol=2e-3)
    np.testing.assert_allclose(fit.flux, fluxes, rtol=5e-3)


def test_places_are_held_with_no_steps():
    places = np.array([(20.3, 20.8), (40.0, 40.0)])
    fit = fit_points(drawn(SHAPE, places, [1.0, 2.0]), WEIGHT, places, SPREAD, steps=0)
    np.testing.assert_array_equal(fit.place, places)
    np.testing.assert_allclose(fit.flux, [1.0, 2.0])


def test_no_place_moves_further_than_it_may():
    image = drawn(SHAPE, [(30.5, 30.5)], [1.0])
    fit = fit_points(image, WEIGHT, np.array([(33.5, 30.5)]), SPREAD, steps=9, farthest=1.5)
    assert fit.place[0, 0] >= 32.0


def test_errors_are_those_of_theory_and_of_trials():
    truth, flux = np.array([(30.4, 29.7)]), np.array([100 * FLUX_SIGMA])
    clean = drawn(SHAPE, truth, flux)
    trials = [
        fit_points(clean + noise_of(SHAPE, seed), WEIGHT, truth, SPREAD) for seed in range(150)
    ]
    fit = trials[0]
    assert fit.flux_sigma[0] == pytest.approx(FLUX_SIGMA, rel=0.01)
    assert fit.place_sigma[0] == pytest.approx(np.sqrt(2) * WIDTH / 100, rel=0.05)
    fluxes = np.array([f.flux[0] for f in trials])
    places = np.array([f.place[0] for f in trials])
    # a deviation of 150 (300) trials is known to 6 % (4 %)
    assert fluxes.std() == pytest.approx(FLUX_SIGMA, rel=0.2)
    assert fluxes.mean() == pytest.approx(flux[0], abs=4 * FLUX_SIGMA / np.sqrt(150))
    assert (places - truth).std() == pytest.approx(fit.place_sigma[0], rel=0.15)


def test_neighbours_make_errors_larger():
    alone = fit_points(drawn(SHAPE, [(30, 30)], [1.0]), WEIGHT, np.array([(30.0, 30.0)]), SPREAD)
    pair = np.array([(30.0, 30.0), (32.0, 30.0)])
    crowded = fit_points(drawn(SHAPE, pair, [1.0, 1.0]), WEIGHT, pair, SPREAD)
    assert (crowded.flux_sigma > 1.1 * alone.flux_sigma[0]).all()


def test_two_sources_on_one_spot_share_their_light():
    twice = np.array([(30.0, 30.0), (30.0, 30.0)])
    fit = fit_points(drawn(SHAPE, twice[:1], [1.0]), WEIGHT, twice, SPREAD, steps=0)
    assert np.isfinite(fit.flux).all()
    assert fit.flux.sum() == pytest.approx(1.0, rel=1e-3)


def test_cells_of_no_weight_may_hold_anything():
    places = np.array([(30.5, 30.5)])
    image, weight = drawn(SHAPE, places, [1.0]), WEIGHT.copy()
    image[30, 28], weight[30, 28] = np.nan, 0.0
    assert fit_points(image, weight, places, SPREAD).flux[0] == pytest.approx(1.0)


def test_source_without_a_usable_cell_has_no_flux_and_no_place():
    fit = fit_points(np.zeros(SHAPE), np.zeros(SHAPE), np.array([(30.0, 30.0)]), SPREAD)
    assert fit.flux[0] == 0.0
    assert fit.place_sigma[0] == np.inf
    assert fit.snr[0] == 0.0


def test_no_source_is_a_fit_too():
    fit = fit_points(np.zeros(SHAPE), WEIGHT, np.zeros((0, 2)), SPREAD)
    assert len(fit.flux) == 0
    assert fit.place.shape == PointFit.empty().place.shape == (0, 2)


def test_agrees_with_photutils_on_a_crowded_field():
    from astropy.table import Table
    from photutils.psf import GaussianPRF, PSFPhotometry, SourceGrouper

    rng = np.random.default_rng(8)
    places = np.array([(15.3, 15.9), (18.8, 16.2), (40.1, 20.4), (30.7, 44.2), (33.4, 46.9)])
    fluxes = np.array([0.03, 0.02, 0.05, 0.04, 0.02])
    image = drawn(SHAPE, places, fluxes) + noise_of(SHAPE, 9)
    guess = places + rng.normal(0, 0.2, places.shape)
    ours = fit_points(image, WEIGHT, guess, SPREAD, steps=8)
    # photutils integrates its model over the cell; cells are counted from their middles
    narrower = np.sqrt(WIDTH**2 - 1 / 12)
    model = GaussianPRF(x_fwhm=2.3548 * narrower, y_fwhm=2.3548 * narrower)
    photometry = PSFPhotometry(model, (11, 11), grouper=SourceGrouper(8.0))
    initial = Table({"x": guess[:, 0] - 0.5, "y": guess[:, 1] - 0.5, "flux": fluxes})
    theirs = photometry(image, error=np.full(SHAPE, NOISE), init_params=initial)
    their_places = np.stack([theirs["x_fit"] + 0.5, theirs["y_fit"] + 0.5], axis=-1)
    np.testing.assert_allclose(ours.place, their_places, atol=0.02)
    np.testing.assert_allclose(ours.flux, theirs["flux_fit"], rtol=0.02)
