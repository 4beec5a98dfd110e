"""Whole maps drawn from the model itself: with lava, without, with patches of emissivity."""

import numpy as np
import pytest

from hotspots.body import latitude_longitude
from hotspots.config.microwave import MicrowaveSettings, Prior
from hotspots.errors import ConfigurationError, RetrievalError
from hotspots.gridding.radiometer.cells import cell_centres
from hotspots.retrieval.microwave.interpret import interpret
from hotspots.retrieval.microwave.lava_map import LavaMap
from hotspots.retrieval.microwave.passive_model import PARAMETERS, PassiveModel

SETTINGS = MicrowaveSettings()
CELLS = cell_centres(8)
LATITUDE, LONGITUDE = latitude_longitude(CELLS)
NOISE_K = np.array([3.0, 1.5, 1.0, 1.0, 1.0, 1.0])
WIDTH_KM = np.array([900.0, 900.0, 600.0, 600.0, 600.0, 500.0])
NOON_DEG = 40.0
SPOT = (np.linalg.norm(CELLS - CELLS[100], axis=1) < 0.5) | (
    np.linalg.norm(CELLS - CELLS[600], axis=1) < 0.5
)


def passive_maps(rng: np.random.Generator) -> tuple[np.ndarray, PassiveModel, np.ndarray]:
    hour = np.radians(LONGITUDE - NOON_DEG)
    model = PassiveModel(np.radians(LATITUDE), hour, SETTINGS)
    truth = 0.7 * rng.normal(size=len(PARAMETERS))
    return model.brightness_k(truth), model, truth


def judged(tb_k: np.ndarray, rng: np.random.Generator) -> LavaMap:
    # Errors are alike within the resolution, as those of an inverse are.
    noise = np.zeros(tb_k.shape)
    for channel in range(6):
        chord = np.linalg.norm(CELLS[:, None] - CELLS[None], axis=2) * 1821.5
        weights = np.exp(-4 * np.log(2) * (chord / WIDTH_KM[channel]) ** 2)
        weights /= np.sqrt(np.sum(weights**2, axis=1, keepdims=True))
        noise[:, channel] = NOISE_K[channel] * (weights @ rng.normal(size=len(CELLS)))
    sigma = np.broadcast_to(NOISE_K, tb_k.shape)
    width = np.broadcast_to(WIDTH_KM, tb_k.shape)
    return interpret(LATITUDE, LONGITUDE, tb_k + noise, sigma, width, NOON_DEG, SETTINGS)


def test_patches_of_lava_are_found_where_they_are() -> None:
    rng = np.random.default_rng(8)
    tb, model, truth = passive_maps(rng)
    contrast, spectrum = model.lava_k(truth)
    lava = 0.3 * SPOT[:, None] * contrast[:, None] * spectrum[2]
    found = judged(tb + lava, rng)
    assert found.known.all()
    inner = (np.linalg.norm(CELLS - CELLS[100], axis=1) < 0.2) | (
        np.linalg.norm(CELLS - CELLS[600], axis=1) < 0.2
    )
    outside = (np.linalg.norm(CELLS - CELLS[100], axis=1) > 1.0) & (
        np.linalg.norm(CELLS - CELLS[600], axis=1) > 1.0
    )
    assert found.warm[inner].all()
    assert found.warm[outside].mean() < 0.03
    assert np.all(found.log10_evidence[inner] > 2)
    error = found.lava_fraction - 0.3 * SPOT
    assert np.mean(abs(error[inner]) < 2 * found.lava_fraction_sigma[inner]) > 0.9


def test_globe_without_lava_is_not_called_warm() -> None:
    for seed in (1, 2):
        rng = np.random.default_rng(seed)
        tb, _, _ = passive_maps(rng)
        found = judged(tb, rng)
        assert found.warm.mean() <= 0.02
        assert np.nanmean(found.lava_fraction) < 0.02


def test_patches_of_emissivity_are_not_called_warm() -> None:
    rng = np.random.default_rng(5)
    tb, _, _ = passive_maps(rng)
    found = judged(tb * (1.0 + 0.06 * SPOT[:, None]), rng)
    assert found.warm.mean() <= 0.02


def test_fit_learns_the_temperature() -> None:
    rng = np.random.default_rng(11)
    tb, model, truth = passive_maps(rng)
    found = judged(tb, rng)
    assert found.sigmas["equator_k"] < 0.5
    sigma = found.sigmas["equator_k"] * SETTINGS.ground.equator_k.sigma
    assert abs(found.values["equator_k"] - model.values(truth)["equator_k"]) < 3 * sigma
    difference = found.passive_k - found.spectrum_k
    assert np.all(abs(difference.mean(axis=0)) < 2.0)


def test_cells_without_data_stay_empty() -> None:
    rng = np.random.default_rng(4)
    tb, _, _ = passive_maps(rng)
    tb[300:] = np.nan
    sigma = np.where(np.isfinite(tb), NOISE_K, np.nan)
    width = np.where(np.isfinite(tb), WIDTH_KM, np.nan)
    found = interpret(LATITUDE, LONGITUDE, tb, sigma, width, NOON_DEG, SETTINGS)
    assert np.isnan(found.lava_fraction[300:]).all()
    assert np.isfinite(found.lava_fraction[:300]).all()
    assert not found.warm[300:].any()


def test_no_data_at_all_give_no_map() -> None:
    nothing = np.full((len(CELLS), 6), np.nan)
    found = interpret(LATITUDE, LONGITUDE, nothing, nothing, nothing, NOON_DEG, SETTINGS)
    assert not found.known.any()
    assert found.sigmas["equator_k"] == 1.0


def test_shapes_must_fit() -> None:
    wrong = np.zeros((len(CELLS), 5))
    with pytest.raises(RetrievalError, match="wanted 768 x 6"):
        interpret(LATITUDE, LONGITUDE, wrong, wrong, wrong, NOON_DEG, SETTINGS)


def test_settings_out_of_range_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="standard deviation"):
        Prior(1.0, 0.0)
    with pytest.raises(ConfigurationError, match="confidence"):
        MicrowaveSettings(confidence=0.2)
