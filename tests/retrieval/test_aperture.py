"""Cells around sources, and the light in the wings."""

import numpy as np
import pytest

from hotspots.detection.point_fit import fit_points
from hotspots.detection.point_kernel import point_model
from hotspots.retrieval.aperture import FAR_WINGS, USUAL, cells_near, grown_cells, wing_correction
from tests.detection.scenes import FLUX_SIGMA, SPREAD, drawn, noise_of, scene_with

SHAPE = (120, 130)


def marked(cells, shape=(9, 9)):
    mask = np.zeros(shape, int)
    mask[cells] += 1
    return mask


def test_cells_near_a_place_by_hand():
    mask = marked(cells_near(np.array([[4.5, 4.5]]), 1.0, (9, 9)))
    assert np.argwhere(mask).tolist() == [[3, 4], [4, 3], [4, 4], [4, 5], [5, 4]]


def test_cells_near_two_places_are_counted_once_and_end_at_the_rim():
    places = np.array([[0.5, 0.5], [1.5, 0.5], [8.5, 8.5]])
    mask = marked(cells_near(places, 1.0, (9, 9)))
    assert mask.max() == 1
    assert mask.sum() == 5 + 3


def test_grown_cells_take_in_the_neighbours():
    mask = marked(grown_cells((np.array([4]), np.array([4])), 1.4, (9, 9)))
    assert mask.sum() == 5
    assert marked(grown_cells((np.array([0]), np.array([0])), 2.0, (9, 9))).sum() == 6


def correction_of(image, places, saturated=None):
    scene = scene_with(image, saturated=saturated)
    fit = fit_points(image, scene.weight(scene.usable), places, SPREAD, steps=0)
    remaining = image - point_model(fit.place, fit.flux, SPREAD, SHAPE)
    return wing_correction(scene, fit, remaining, scene.saturated > 0.05, np.arange(len(places)))


def field(wings, n=9):
    """Bright lone sources with a part of their light in wings twice as wide."""
    side = np.linspace(20, 100, 3)
    places = np.stack(np.meshgrid(side, side), -1).reshape(-1, 2)[:n]
    light = np.full(n, 2000 * FLUX_SIGMA)
    image = drawn(SHAPE, places, light) + drawn(SHAPE, places, wings * light, 4 * SPREAD)
    return image + noise_of(SHAPE, 1), places


@pytest.mark.parametrize("wings", [0.0, 0.03, 0.08])
def test_all_light_of_a_field_of_nine_is_found_to_a_percent(wings):
    image, places = field(wings)
    scene = scene_with(image)
    fit = fit_points(image, scene.weight(scene.usable), places, SPREAD, steps=0)
    within = correction_of(image, places) * fit.flux.mean() / FAR_WINGS
    # nine sources against three of the usual value: a quarter of the difference stays
    expected = (1 + wings) * 2000 * FLUX_SIGMA
    usual = USUAL * fit.flux.mean()
    assert within == pytest.approx(0.75 * expected + 0.25 * usual, rel=0.003)


def test_a_map_without_a_bright_lone_source_takes_the_usual_value():
    faint = drawn(SHAPE, [(50, 50)], [20 * FLUX_SIGMA]) + noise_of(SHAPE, 2)
    assert correction_of(faint, np.array([(50.0, 50.0)])) == FAR_WINGS * USUAL
    pair = np.array([(50.0, 50.0), (58.0, 50.0)])
    crowded = drawn(SHAPE, pair, 2000 * FLUX_SIGMA * np.ones(2))
    assert correction_of(crowded, pair) == FAR_WINGS * USUAL
    image, places = field(0.0, n=1)
    assert correction_of(image, places, np.ones(SHAPE)) == FAR_WINGS * USUAL
    assert correction_of(image, np.zeros((0, 2))) == FAR_WINGS * USUAL
