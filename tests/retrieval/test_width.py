"""Sources that are a little wider than the point spread function."""

import numpy as np
import pytest

from hotspots.retrieval.width import LADDER, fit_width
from tests.detection.scenes import FLUX_SIGMA, NOISE, SPREAD, drawn, noise_of

SHAPE = (60, 60)
WEIGHT = np.full(SHAPE, NOISE**-2)
PLACE = np.array([30.3, 29.8])


@pytest.mark.parametrize("widening", LADDER)
def test_light_and_width_of_a_bright_source(widening):
    image = drawn(SHAPE, [PLACE], [300 * FLUX_SIGMA], SPREAD * widening**2)
    found = fit_width(image + noise_of(SHAPE, 1), WEIGHT, PLACE, SPREAD)
    assert found.widening == widening
    # the truth ends at four deviations, the kernel does not: 0.03 %
    assert found.flux == pytest.approx(300 * FLUX_SIGMA, rel=0.03)
    assert found.sigma == pytest.approx(FLUX_SIGMA * widening, rel=0.02)


def test_noise_does_not_widen_points():
    clean = drawn(SHAPE, [PLACE], [40 * FLUX_SIGMA])
    widths = [
        fit_width(clean + noise_of(SHAPE, seed), WEIGHT, PLACE, SPREAD).widening
        for seed in range(100)
    ]
    # three standard deviations, one-sided, tried at several widths
    assert np.count_nonzero(np.array(widths) > 1) <= 4


def test_unusable_cells_do_not_count_and_no_cell_is_no_answer():
    image, weight = drawn(SHAPE, [PLACE], [1.0]), WEIGHT.copy()
    image[28, 30], weight[28, 30] = 1e6, 0.0
    assert fit_width(image, weight, PLACE, SPREAD).flux == pytest.approx(1.0, rel=1e-3)
    assert fit_width(image, np.zeros(SHAPE), PLACE, SPREAD) is None


def test_a_source_at_the_rim_is_measured_by_the_part_that_is_there():
    place = np.array([0.4, 0.6])
    found = fit_width(drawn(SHAPE, [place], [1.0]), WEIGHT, place, SPREAD)
    assert found.flux == pytest.approx(1.0, rel=1e-3)
