"""Fluxes of points, of linked points and of patches."""

import numpy as np
import pytest

from hotspots.detection.detector import Region
from hotspots.retrieval.aperture import FAR_WINGS, USUAL
from hotspots.retrieval.band_flux import UNKNOWN_PLACE, measure_fluxes
from tests.detection.scenes import (
    FLUX_SIGMA,
    NOISE,
    SPREAD,
    WIDTH,
    drawn,
    noise_of,
    scene_with,
)

SHAPE = (120, 130)
WINGS = FAR_WINGS * USUAL


def region_at(*places, snr=10.0, cells=None):
    middle = np.mean(places, axis=0)
    components = tuple((y, x) for x, y in places)
    return Region(middle[1], middle[0], snr, components, 0.5, 0.5, cells)


def test_no_region_is_no_flux():
    assert measure_fluxes(scene_with(noise_of(SHAPE, 1)), ()) == ()


def test_a_faint_point_is_fitted_with_the_usual_wings():
    image = drawn(SHAPE, [(60.3, 50.8)], [12 * FLUX_SIGMA]) + 5 * NOISE
    (found,) = measure_fluxes(scene_with(image), (region_at((60.3, 50.8)),))
    assert found.flux == pytest.approx(WINGS * 12 * FLUX_SIGMA, rel=0.02)
    assert found.sigma == pytest.approx(FLUX_SIGMA, rel=0.02)
    assert found.covered
    assert not found.saturated
    assert found.extent == 0.0
    assert found.place_sigma == pytest.approx(np.sqrt(2) * WIDTH / 12, rel=0.05)


def test_a_bright_point_may_be_wider_than_the_spread():
    image = drawn(SHAPE, [(60.3, 50.8)], [50 * FLUX_SIGMA], 1.35**2 * SPREAD)
    image = image + noise_of(SHAPE, 2)
    bright, faint = (
        measure_fluxes(scene_with(image), (region_at((60.3, 50.8), snr=snr),))[0].flux
        for snr in (50.0, 10.0)
    )
    # its own error is 2.7 %, and the ladder of widths has steps
    assert bright == pytest.approx(WINGS * 50 * FLUX_SIGMA, rel=0.08)
    assert faint < 0.8 * bright


def test_linked_points_get_the_light_around_them():
    angle = np.arange(60) * np.pi / 30
    ring = np.stack([60 + 5 * np.cos(angle), 50 + 5 * np.sin(angle)], axis=-1)
    image = drawn(SHAPE, ring, np.full(60, 10 * FLUX_SIGMA)) + noise_of(SHAPE, 3)
    members = [tuple(place) for place in ring[::6]]
    (found,) = measure_fluxes(scene_with(image), (region_at(*members),))
    assert found.flux == pytest.approx(WINGS * 600 * FLUX_SIGMA, rel=0.02)
    assert found.extent == pytest.approx(5.0, rel=0.02)


def test_neighbours_do_not_share_their_light():
    places = np.array([(60.0, 50.0), (64.0, 50.0)])
    fluxes = FLUX_SIGMA * np.array([400.0, 14.0])
    found = measure_fluxes(
        scene_with(drawn(SHAPE, places, fluxes)),
        tuple(region_at(tuple(place), snr=14.0) for place in places),
    )
    np.testing.assert_allclose([f.flux for f in found], WINGS * fluxes, rtol=0.02)


def test_a_patch_is_the_sum_over_its_cells_without_its_neighbours():
    row, column = np.indices(SHAPE) + 0.5
    lake = np.hypot(row - 50, column - 60) < 15
    image = 40 * NOISE * lake + drawn(SHAPE, [(90.5, 50.5)], [200 * FLUX_SIGMA])
    regions = (
        region_at((60.0, 50.0), cells=np.nonzero(lake)),
        region_at((90.5, 50.5), snr=200.0),
    )
    patch, point = measure_fluxes(scene_with(image + noise_of(SHAPE, 4)), regions)
    assert patch.flux == pytest.approx(40 * NOISE * lake.sum(), rel=0.01)
    assert patch.sigma > NOISE * np.sqrt(lake.sum())
    assert patch.extent == pytest.approx(15 / np.sqrt(2), rel=0.02)
    assert patch.place_sigma == UNKNOWN_PLACE
    assert point.flux == pytest.approx(200 * FLUX_SIGMA, rel=0.06)


def test_a_band_that_does_not_see_a_source_says_so():
    usable = np.ones(SHAPE, bool)
    usable[:, :70] = False
    scene = scene_with(np.zeros(SHAPE), usable=usable)
    row, column = np.indices(SHAPE)
    cells = np.nonzero((row < 20) & (column < 20))
    regions = (region_at((30.0, 50.0)), region_at((90.0, 50.0)), region_at((10, 10), cells=cells))
    assert [f.covered for f in measure_fluxes(scene, regions)] == [False, True, False]


def test_a_saturated_core_is_reported_for_its_source_only():
    places = np.array([(40.0, 50.0), (90.0, 50.0)])
    saturated = np.zeros(SHAPE)
    saturated[50, 40] = 0.3
    scene = scene_with(drawn(SHAPE, places, [1.0, 1.0]), saturated=saturated)
    found = measure_fluxes(scene, tuple(region_at(tuple(p)) for p in places))
    assert [f.saturated for f in found] == [True, False]


def test_source_that_the_fit_gives_no_light_has_no_place():
    image = -drawn(SHAPE, [(60.0, 50.0)], [20 * FLUX_SIGMA])
    (found,) = measure_fluxes(scene_with(image), (region_at((60.0, 50.0)),))
    assert found.flux < 0
    assert found.place_sigma == np.inf
