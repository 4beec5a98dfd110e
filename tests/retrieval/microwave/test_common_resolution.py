"""Maps of six resolutions brought to one."""

import numpy as np
import pytest

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.gridding.radiometer.cells import cell_centres
from hotspots.retrieval.microwave.common_resolution import at_common_resolution, gaussian_weights

CELLS = cell_centres(16)


def test_weights_add_up_and_are_half_at_half_the_width() -> None:
    weights = gaussian_weights(CELLS[:5], CELLS, np.full(5, 1200.0))
    np.testing.assert_allclose(weights.sum(axis=1), 1.0)
    chord = np.linalg.norm(CELLS - CELLS[0], axis=1) * IO_MEAN_RADIUS_KM
    near = np.argsort(abs(chord - 600.0))[:3]
    np.testing.assert_allclose(weights[0, near] / weights[0].max(), 0.5, atol=0.08)


def test_no_width_is_the_place_itself() -> None:
    weights = gaussian_weights(CELLS[7:8], CELLS, np.zeros(1))
    assert weights[0, 7] == 1.0
    assert weights.sum() == 1.0


def test_gaussians_of_two_widths_add_in_squares() -> None:
    # A map that already is a Gaussian of 800 km becomes one of 1500 km.
    at = 1000
    chord = np.linalg.norm(CELLS - CELLS[at], axis=1) * IO_MEAN_RADIUS_KM
    spike = np.exp(-4 * np.log(2) * (chord / 800.0) ** 2)
    tb = np.stack([np.full(len(CELLS), 100.0), *[100.0 + 50 * spike] * 5], axis=1)
    width = np.full(tb.shape, 800.0)
    width[:, 0] = 1500.0
    maps = at_common_resolution(CELLS, tb, np.ones(tb.shape), width)
    np.testing.assert_allclose(maps.resolution_km, 1500.0)
    expected = 100.0 + 50 * (800 / 1500) ** 2 * np.exp(-4 * np.log(2) * (chord / 1500.0) ** 2)
    inner = chord < 1500
    np.testing.assert_allclose(maps.tb_k[inner, 3], expected[inner], atol=0.6)
    np.testing.assert_allclose(maps.sigma_k[:, 3], 800 / 1500, rtol=1e-6)
    np.testing.assert_allclose(maps.sigma_k[:, 0], 1.0)


def test_unknown_channels_stay_unknown_and_do_not_leak() -> None:
    tb = np.full((len(CELLS), 6), 100.0)
    tb[: len(CELLS) // 2, 1] = np.nan
    tb[:10] = np.nan
    width = np.where(np.isfinite(tb), 700.0, np.nan)
    width[:, 5] = np.where(np.isfinite(tb[:, 5]), 400.0, np.nan)
    maps = at_common_resolution(CELLS, tb, np.ones(tb.shape), width)
    assert np.all(np.isnan(maps.resolution_km[:10]))
    np.testing.assert_array_equal(np.isnan(maps.tb_k), np.isnan(tb))
    assert maps.tb_k[np.isfinite(tb)] == pytest.approx(100.0)
