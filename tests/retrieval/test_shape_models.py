import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from hotspots.retrieval.shape_models import Patterns, flattening, pattern_spectra, wave_numbers

SIDE, WIDTH = 40, 1.4
SPREAD = WIDTH**2 * np.eye(2)


def image_of(
    diameter: float, hole: float, floor: float, flat: np.ndarray | None = None
) -> np.ndarray:
    patterns = Patterns(np.array([diameter]), np.array([hole]), np.array([floor]))
    flat = np.eye(2) if flat is None else flat
    spectrum = pattern_spectra(patterns, flat, SPREAD, wave_numbers(SIDE))[0]
    return np.fft.fftshift(np.fft.irfft2(spectrum, s=(SIDE, SIDE)))


def drawn(diameter: float, hole: float, floor: float, squeeze: float = 1.0) -> np.ndarray:
    """The same by painting fine cells and blurring them, its middle on that of a cell."""
    fine = 9
    axis = (np.arange(SIDE * fine) + 0.5) / fine - SIDE / 2 - 0.5
    x, y = np.meshgrid(axis, axis / squeeze)
    away = 2 * np.hypot(x, y) / diameter
    light = np.where(away < hole, floor, 1.0) * (away < 1)
    blurred = gaussian_filter(light, WIDTH * fine, mode="constant")
    # the model is sampled at the middles of cells, not averaged over them
    sampled = blurred[fine // 2 :: fine, fine // 2 :: fine]
    return np.asarray(sampled / sampled.sum())


@pytest.mark.parametrize(("hole", "floor"), [(0.0, 0.0), (0.7, 0.0), (0.8, 0.3)])
def test_patterns_are_the_painted_and_blurred_ones(hole, floor):
    model = image_of(12.0, hole, floor)
    np.testing.assert_allclose(model, drawn(12.0, hole, floor), atol=0.01 * model.max())


def test_a_point_is_a_gaussian_of_unit_flux():
    model = image_of(0.0, 0.0, 0.0)
    away = np.hypot(*(np.indices((SIDE, SIDE)) - SIDE // 2))
    wanted = np.exp(-0.5 * (away / WIDTH) ** 2) / (2 * np.pi * WIDTH**2)
    np.testing.assert_allclose(model, wanted, atol=1e-3 * wanted.max())
    assert model.sum() == pytest.approx(1.0)


def test_a_circle_seen_from_aside_is_flattened_towards_where_it_leans():
    basis = np.eye(3)
    leans_up = np.array([0.0, np.sqrt(0.75), 0.5])
    flat = flattening(leans_up, basis)
    np.testing.assert_allclose(flat, [[1.0, 0.0], [0.0, 0.25]])
    model = image_of(16.0, 0.0, 0.0, flat)
    np.testing.assert_allclose(model, drawn(16.0, 0.0, 0.0, 0.5), atol=0.01 * model.max())


def test_rows_run_downwards():
    normal = np.array([0.5, 0.5, np.sqrt(0.5)])
    assert flattening(normal, np.eye(3))[0, 1] == pytest.approx(0.25)
