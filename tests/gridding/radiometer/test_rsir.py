import numpy as np

from hotspots.gridding.radiometer.rsir import rsir
from tests.gridding.radiometer.made_flyby import host, strict

CELLS = np.arange(60)


def rows(width=4.0):
    """Gaussian beams at every second cell of a line of 60, the last ten never seen."""
    middle = np.arange(0, 48, 2)[:, None]
    weights = np.exp(-0.5 * ((CELLS - middle) / width) ** 2)
    weights[:, 50:] = 0.0
    return weights / weights.sum(axis=1, keepdims=True)


def test_uniform_ground_stays_uniform():
    found = rsir(np.full(24, 110.0), rows())
    np.testing.assert_allclose(found[:50], 110.0)
    assert np.isnan(found[50:]).all()


def test_a_spot_becomes_sharper_with_iterations_and_rows_agree_better():
    truth = np.full(60, 100.0)
    truth[22:27] = 160.0
    weights = rows()
    value = weights @ truth
    average, sharp = rsir(value, weights, 0), rsir(value, weights, 30)
    assert np.nanmax(average) < np.nanmax(sharp) < 165.0

    def misfit(cells):
        return np.abs(weights[:, :50] @ cells[:50] - value).max()

    assert misfit(sharp) < 0.5 * misfit(average)


def test_rows_that_see_past_the_limb_are_left_out():
    weights = rows()
    weights[5] *= 0.3
    value = weights @ np.full(60, 110.0)
    value[5] = 500.0
    np.testing.assert_allclose(rsir(value, weights)[:50], 110.0)


def test_strict_arrays_get_what_numpy_gets():
    weights = rows()
    value = weights @ np.linspace(80.0, 140.0, 60)
    np.testing.assert_allclose(host(rsir(strict(value), strict(weights))), rsir(value, weights))
