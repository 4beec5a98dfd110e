"""From rows to maps: a made-up flyby whose surface is known."""

import numpy as np
import pytest

from hotspots.backend import Backend
from hotspots.config.radiometer_maps import RadiometerMapSettings
from hotspots.errors import ConfigurationError, GriddingError
from hotspots.geometry.beams.known_patterns import shipped_patterns
from hotspots.gridding.radiometer.cells import cell_centres
from hotspots.gridding.radiometer.map_brightness import map_brightness
from hotspots.gridding.radiometer.maps import RadiometerMaps
from hotspots.gridding.radiometer.rows import averaging, row_weights
from hotspots.gridding.radiometer.surface import facets
from hotspots.gridding.radiometer.views import background_design
from hotspots.radiometer import RadiometerSwath, RowFlag
from tests.gridding.radiometer.made_flyby import made_beams, turns_of

SETTINGS = RadiometerMapSettings(cells_per_side=8, permittivities=(2.0, 2.8))
SIGMA_K = 0.3
CHANNEL = 3


def surface(contrast):
    """A warm spot on ground that is colder towards the pole, on the cells."""
    centre = cell_centres(8)
    spot = np.exp(-0.5 * (np.arccos(np.clip(centre @ [0.3, 0.1, 0.95], -1, 1)) / 0.2) ** 2)
    return 100.0 - 15.0 * centre[:, 2] ** 2 + contrast * spot


def made_swath(beams, contrast=40.0, seed=0):
    """Only one channel has numbers; its rows are those of the operator itself."""
    rng = np.random.default_rng(seed)
    n = len(beams)
    pattern = shipped_patterns()[CHANNEL]
    spin = turns_of(beams)
    weights = row_weights(beams, CHANNEL, pattern, facets(8, 4), (2.8,))
    truth = surface(contrast)
    mirrored = 2.725 * (weights.fill - weights.weights[0].sum(axis=1))
    design = background_design(beams, spin.astype(np.int64), CHANNEL, pattern)
    antenna = np.full((n, 6), np.nan)
    antenna[:, CHANNEL] = weights.weights[0] @ truth + mirrored + design.known_k
    antenna[:, CHANNEL] += rng.normal(0, 0.5, spin[-1] + 1)[spin] + rng.normal(0, SIGMA_K, n)
    flags = np.where(np.isnan(antenna), int(RowFlag.BLANK), 0).astype(np.uint16)
    nothing = np.full((n, 6), np.nan)
    return RadiometerSwath(
        "PJ57",
        beams.et,
        antenna,
        np.full((n, 6), SIGMA_K),
        flags,
        spin,
        np.full((n, 6, 3), np.nan),
        np.full((n, 3), np.nan),
        nothing,
        np.full((n, 6, 2), np.nan),
    )


@pytest.mark.gpu
def test_beam_sums_on_the_gpu_are_those_on_the_cpu():
    beams = made_beams(turns=2).select(slice(0, 240, 4))
    pattern, ground = shipped_patterns()[CHANNEL], facets(8, 2)
    here = row_weights(beams, CHANNEL, pattern, ground, (2.0, 2.8))
    there = row_weights(beams, CHANNEL, pattern, ground, (2.0, 2.8), Backend.GPU)
    np.testing.assert_allclose(there.weights, here.weights, rtol=2e-5, atol=1e-9)
    np.testing.assert_allclose(there.fill, here.fill, rtol=1e-9)


@pytest.fixture(scope="module")
def flown():
    beams = made_beams()
    swath = made_swath(beams)
    return swath, beams, map_brightness(swath, beams, SETTINGS)


def smoothed(truth, width_km, cells):
    centre = cell_centres(8)
    angle = np.arccos(np.clip(centre[cells] @ centre.T, -1, 1)) * 1821.5
    kernel = np.exp(-4 * np.log(2) * (angle / width_km[:, None]) ** 2)
    return (kernel @ truth) / kernel.sum(axis=1)


def test_map_is_the_smoothed_truth_within_its_sigma(flown):
    maps = flown[2]
    seen = np.flatnonzero(np.isfinite(maps.tb_k[:, CHANNEL]))
    assert len(seen) > 60
    expected = smoothed(surface(40.0), maps.resolution_km[seen, CHANNEL], seen)
    error = maps.tb_k[seen, CHANNEL] - expected
    sharp = maps.resolution_km[seen, CHANNEL] < 1500.0
    assert abs(error[sharp].mean()) < 2.0
    assert np.sqrt(np.mean(error[sharp] ** 2)) < 4.0
    assert np.mean(np.abs(error) < 2 * maps.tb_sigma_k[seen, CHANNEL]) > 0.85


def test_kernels_give_the_map_of_a_known_surface(flown):
    maps = flown[2]
    kernels = maps.kernels[CHANNEL]
    seen = np.isfinite(maps.tb_k[:, CHANNEL])
    through = 100.0 + kernels.smooth(surface(40.0) - 100.0)
    near = seen & (maps.resolution_km[:, CHANNEL] < 900.0)
    difference = (maps.tb_k[:, CHANNEL] - through)[near]
    assert np.sqrt(np.mean(difference**2)) < 2.5
    cell = int(np.flatnonzero(seen)[0])
    unit = np.zeros(768)
    unit[17] = 1.0
    assert kernels.row(cell)[17] == pytest.approx(kernels.smooth(unit)[cell])
    assert kernels.row(int(np.flatnonzero(~seen)[0])) == pytest.approx(np.zeros(768))


def test_what_no_row_saw_is_nan_and_the_rest_is_noted(flown):
    maps = flown[2]
    south = maps.latitude_deg < -60
    assert np.isnan(maps.tb_k[south, CHANNEL]).all()
    assert np.isnan(maps.tb_k[:, 0]).all()
    assert maps.kernels[0] is None
    assert maps.choices[0] is None
    assert sum("no map" in note for note in maps.notes) == 5


def test_model_follows_the_rows(flown):
    swath, _, maps = flown
    residual = (swath.antenna_k - maps.model_k)[:, CHANNEL]
    assert residual.std() < 1.5 * SIGMA_K
    assert np.abs(residual).max() < 8 * SIGMA_K
    off_io = maps.model_k[:, CHANNEL] - maps.background_k[:, CHANNEL] < 0.05
    assert 0.2 < off_io.mean() < 0.95


def test_rsir_tells_the_same_story(flown):
    maps = flown[2]
    near = maps.resolution_km[:, CHANNEL] < 1000.0
    both = near & np.isfinite(maps.rsir_k[:, CHANNEL])
    assert both.sum() > 20
    difference = (maps.rsir_k - maps.tb_k)[both, CHANNEL]
    assert np.sqrt(np.mean(difference**2)) < 8.0


def test_rows_without_beams_are_left_out(flown):
    swath, beams, maps = flown
    juno = beams.juno_km.copy()
    juno[100:110] = np.nan
    found = map_brightness(swath, beams.replace(juno_km=juno), SETTINGS)
    assert np.isnan(found.model_k[100:110]).all()
    both = np.isfinite(found.tb_k) & np.isfinite(maps.tb_k)
    assert np.abs(found.tb_k - maps.tb_k)[both].max() < 5.0


def test_swath_and_beams_must_be_of_the_same_rows(flown):
    swath, beams, _ = flown
    with pytest.raises(GriddingError, match="rows"):
        map_brightness(swath, beams.select(slice(0, 5)), SETTINGS)
    lost = beams.replace(juno_km=np.full_like(beams.juno_km, np.nan))
    with pytest.raises(GriddingError, match="known beam"):
        map_brightness(swath, lost, SETTINGS)


def test_groups_stay_within_a_turn():
    spin = np.array([0, 0, 0, 0, 1, 1])
    matrix = averaging(spin, np.array([0, 1, 2, 3, 4, 5]), 3)
    np.testing.assert_allclose(
        matrix.toarray(),
        [
            [1 / 3, 1 / 3, 1 / 3, 0, 0, 0],
            [0, 0, 0, 1, 0, 0],
            [0, 0, 0, 0, 1 / 2, 1 / 2],
        ],
    )


def test_a_temperature_needs_a_sigma_and_a_width(flown):
    maps = flown[2]
    fields = {name: getattr(maps, name) for name in RadiometerMaps.__dataclass_fields__}
    with pytest.raises(GriddingError, match="tb_sigma_k"):
        RadiometerMaps(**(fields | {"tb_sigma_k": np.full_like(maps.tb_k, np.nan)}))
    with pytest.raises(GriddingError, match="resolution_km has shape"):
        RadiometerMaps(**(fields | {"resolution_km": maps.resolution_km[:5]}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cells_per_side", 12),
        ("footprints", 0.1),
        ("permittivities", (0.5,)),
        ("scale_fraction", 0.0),
        ("maximum_emission_deg", 95.0),
    ],
)
def test_settings_out_of_range_are_named(name, value):
    with pytest.raises(ConfigurationError, match=name):
        RadiometerMapSettings(**{name: value})
