"""The search for points: pairs, neighbours of bright sources, flat tops, photutils."""

import numpy as np
import pytest

from hotspots.detection.matched_filter_settings import MatchedFilterSettings
from hotspots.detection.peak_search import search_peaks
from tests.detection.scenes import FLUX_SIGMA, NOISE, SPREAD, WIDTH, drawn, noise_of, scene_with

SHAPE = (100, 110)
PIXEL = 1 / 0.6
"""Cells of a native pixel."""


def search(image, threshold=5.0, settings=None, **planes):
    scene = scene_with(image, **planes)
    bar = np.full(image.shape, threshold)
    return search_peaks(
        scene, scene.usable, bar, np.zeros_like(bar), settings or MatchedFilterSettings()
    )


def nearest(found, place):
    return np.linalg.norm(found.fit.place - np.asarray(place), axis=-1).min()


def test_nothing_is_found_in_noise():
    found = search(noise_of(SHAPE, 1), threshold=6.0)
    assert len(found.fit.flux) == 0
    assert found.snr.shape == found.background.shape == SHAPE


@pytest.mark.parametrize("ratio", [1.0, 0.4])
@pytest.mark.parametrize("angle_deg", [0.0, 35.0, 90.0])
def test_a_pair_two_pixels_apart_is_split(ratio, angle_deg):
    first = np.array([50.3, 50.6])
    turn = np.radians(angle_deg)
    second = first + 2 * PIXEL * np.array([np.cos(turn), np.sin(turn)])
    fluxes = 150 * FLUX_SIGMA * np.array([1.0, ratio])
    fit = search(drawn(SHAPE, [first, second], fluxes) + noise_of(SHAPE, 2)).fit
    # equal sources look like one at first; what is left of that one is below the threshold
    clear = fit.snr > 5.0
    assert np.count_nonzero(clear) == 2
    along = (fit.place[clear] - first) @ (second - first)
    order = np.argsort(along)
    np.testing.assert_allclose(fit.place[clear][order], [first, second], atol=0.25)
    np.testing.assert_allclose(fit.flux[clear][order], fluxes, rtol=0.07)


def test_a_faint_source_beside_a_bright_one_is_seen_but_not_its_own_wings():
    bright, faint = (50.5, 50.5), (58.5, 50.5)
    fluxes = [3000 * FLUX_SIGMA, 60 * FLUX_SIGMA]
    clean = drawn(SHAPE, [bright, faint], fluxes)
    # the true spread has wings that the model lacks: 3 % of the light, twice as wide
    wings = drawn(SHAPE, [bright], [0.03 * fluxes[0]], 4 * SPREAD)
    found = search(clean + wings + noise_of(SHAPE, 3))
    assert nearest(found, bright) < 0.1
    assert nearest(found, faint) < 0.5
    assert len(found.fit.flux) == 2


def test_a_flat_top_is_not_taken_for_several_sources():
    image = drawn(SHAPE, [(50.5, 50.5)], [2000 * FLUX_SIGMA])
    plateau = 0.3 * image.max()
    saturated = (image > plateau).astype(float)
    clipped = np.minimum(image, plateau) + noise_of(SHAPE, 4)
    assert len(search(clipped, saturated=saturated).fit.flux) == 1


def test_peaks_keep_the_least_distance_in_one_round():
    settings = MatchedFilterSettings(rounds=1, least_separation=4.0)
    image = drawn(SHAPE, [(50.5, 50.5), (54.5, 50.5)], 200 * FLUX_SIGMA * np.ones(2))
    assert len(search(image + noise_of(SHAPE, 5), settings=settings).fit.flux) == 1


def test_cells_that_are_not_free_hold_no_peak():
    image = drawn(SHAPE, [(30.5, 50.5), (80.5, 50.5)], 100 * FLUX_SIGMA * np.ones(2))
    scene = scene_with(image + noise_of(SHAPE, 6))
    free = scene.usable.copy()
    free[:, :55] = False
    found = search_peaks(scene, free, np.full(SHAPE, 5.0), np.zeros(SHAPE), MatchedFilterSettings())
    assert found.fit.place[:, 0].min() > 55


def test_sources_do_not_hide_in_background_or_noise():
    image = drawn(SHAPE, [(50.5, 50.5)], [5000 * FLUX_SIGMA]) + noise_of(SHAPE, 7) + 30 * NOISE
    found = search(image)
    assert np.abs(found.background - 30 * NOISE).max() < 1.0 * NOISE
    assert found.fit.flux_sigma[0] == pytest.approx(FLUX_SIGMA, rel=0.3)


@pytest.mark.parametrize("finder", ["DAOStarFinder", "IRAFStarFinder"])
def test_agrees_with_photutils_on_scattered_sources(finder):
    from photutils import detection

    rng = np.random.default_rng(10)
    grid = np.stack(np.meshgrid(np.arange(15, 100, 17), np.arange(15, 90, 17)), -1).reshape(-1, 2)
    places = grid + rng.uniform(-3, 3, grid.shape)
    fluxes = FLUX_SIGMA * rng.uniform(60, 300, len(places))
    image = drawn(SHAPE, places, fluxes) + noise_of(SHAPE, 11)
    ours = search(image)
    theirs = getattr(detection, finder)(threshold=10 * NOISE, fwhm=2.3548 * WIDTH)(image)
    names = ("x_centroid", "y_centroid")
    if names[0] not in theirs.colnames:
        names = ("xcentroid", "ycentroid")
    stars = np.stack([theirs[names[0]] + 0.5, theirs[names[1]] + 0.5], axis=-1)
    assert len(stars) == len(ours.fit.flux) == len(places)
    apart = np.linalg.norm(ours.fit.place[:, None] - stars[None], axis=-1).min(axis=1)
    assert apart.max() < 0.2
    assert max(nearest(ours, place) for place in places) < 0.1
