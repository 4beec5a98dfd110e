"""The whole detector on maps as gridding makes them."""

from dataclasses import asdict

import numpy as np
import pytest
import yaml

from hotspots.backend import to_host
from hotspots.cli.conf import conf_dir
from hotspots.detection.detector import make_detector
from hotspots.detection.matched_filter import MatchedFilter
from hotspots.detection.matched_filter_settings import MatchedFilterSettings
from hotspots.errors import ConfigurationError
from tests.detection.scenes import (
    ELSEWHERE,
    FLUX_SIGMA,
    NOISE,
    WIDTH,
    drawn,
    map_of,
    noise_of,
    on_strict_device,
)

SHAPE = (130, 150)
PLANES = {"m_snr", "m_background", "p_hotspot", "p_lava_lake"}


def detect(grid_map, **parameters):
    return make_detector("matched_filter", parameters).detect(grid_map)


def ring_of(middle, radius, n=40):
    angle = np.arange(n) * 2 * np.pi / n
    return np.stack([middle[0] + radius * np.cos(angle), middle[1] + radius * np.sin(angle)], -1)


def test_nothing_found_is_a_result():
    found = detect(map_of({"M": noise_of(SHAPE, 1)}))
    assert found.regions == ()
    assert set(found.planes) == PLANES


def test_sources_are_found_strongest_first():
    places = np.array([(40.3, 30.8), (100.1, 90.2), (60.7, 100.4)])
    fluxes = FLUX_SIGMA * np.array([40.0, 200.0, 15.0])
    found = detect(map_of({"M": drawn(SHAPE, places, fluxes) + noise_of(SHAPE, 2)}))
    assert len(found.regions) == 3
    for region, k in zip(found.regions, (1, 0, 2), strict=True):
        assert (region.column, region.row) == pytest.approx(tuple(places[k]), abs=0.3)
        assert region.snr == pytest.approx(fluxes[k] / FLUX_SIGMA, rel=0.35)
        cell = int(region.row), int(region.column)
        assert found.planes["p_hotspot"].values[cell] > 0.9


def test_a_map_elsewhere_gives_the_same_answer_and_planes_beside_its_own():
    places, fluxes = [(40.3, 30.8), (100.1, 90.2)], 100 * FLUX_SIGMA * np.ones(2)
    grid_map = map_of({"M": drawn(SHAPE, places, fluxes) + noise_of(SHAPE, 3)})
    elsewhere = on_strict_device(grid_map)
    here, there = detect(grid_map), detect(elsewhere)
    assert here.regions == there.regions
    for name, plane in there.planes.items():
        assert plane.values.device == ELSEWHERE
        np.testing.assert_array_equal(to_host(plane.values), here.planes[name].values)
    assert set(elsewhere.with_planes(dict(there.planes)).planes) >= PLANES


def test_a_map_of_the_l_band_alone_is_searched_for_nothing():
    found = detect(map_of({"L": noise_of(SHAPE, 4)}))
    assert (found.regions, dict(found.planes)) == ((), {})


def test_a_map_without_usable_cells_is_empty_too():
    found = detect(map_of({"M": np.full(SHAPE, np.nan)}, frames=0))
    assert found.regions == ()
    assert np.isnan(found.planes["p_hotspot"].values).all()


def test_a_ring_a_few_pixels_wide_is_one_lava_lake():
    ring = ring_of((70.5, 60.5), 4.5 * WIDTH)
    image = drawn(SHAPE, ring, np.full(len(ring), 12 * FLUX_SIGMA)) + noise_of(SHAPE, 5)
    (lake,) = detect(map_of({"M": image})).regions
    assert lake.probability_lava_lake > 0.5
    assert len(lake.components) > 3
    assert (lake.column, lake.row) == pytest.approx((70.5, 60.5), abs=1.0)


def test_a_ring_seen_from_nearby_is_outlined_as_one_lava_lake():
    image = noise_of(SHAPE, 6)
    ring = ring_of((75.5, 65.5), 25.0, n=200)
    image += drawn(SHAPE, ring, np.full(len(ring), 100 * FLUX_SIGMA))
    found = detect(map_of({"M": image}, cell_km=0.5))
    assert len(found.regions) == 1
    lake = found.regions[0]
    assert lake.cells is not None
    assert lake.probability_lava_lake > 0.9
    cell = lake.cells[0][0], lake.cells[1][0]
    assert found.planes["p_lava_lake"].values[cell] > 0.9


def test_two_volcanoes_are_not_joined():
    places = [(60.5, 60.5), (68.0, 60.5)]  # 30 km apart, dark ground between
    image = drawn(SHAPE, places, 30 * FLUX_SIGMA * np.ones(2)) + noise_of(SHAPE, 7)
    assert len(detect(map_of({"M": image})).regions) == 2
    assert len(detect(map_of({"M": image}), link_km=35.0).regions) == 1


def test_a_hit_in_one_frame_of_two_is_rejected():
    image = drawn(SHAPE, [(60.5, 60.5)], [60 * FLUX_SIGMA]) + noise_of(SHAPE, 8)
    chi2 = np.ones(SHAPE)
    # two frames of sqrt(2) times the noise that see twice the light and none
    chi2 += drawn(SHAPE, [(60.5, 60.5)], [60 * FLUX_SIGMA]) ** 2 / NOISE**2
    assert len(detect(map_of({"M": image}, frames=2)).regions) == 1
    assert detect(map_of({"M": image}, frames=2, m_chi2=chi2)).regions == ()


def test_the_threshold_is_higher_where_one_frame_looked():
    image = drawn(SHAPE, [(60.5, 60.5)], [8 * FLUX_SIGMA]) + noise_of(SHAPE, 9)
    assert len(detect(map_of({"M": image}, frames=4)).regions) == 1
    assert detect(map_of({"M": image}, frames=1)).regions == ()


def test_more_false_alarms_allowed_means_fainter_sources_found():
    image = drawn(SHAPE, [(60.5, 60.5)], [4.5 * FLUX_SIGMA]) + noise_of(SHAPE, 10)
    strict = detect(map_of({"M": image}), false_alarms_per_disc=1e-6).regions
    loose = detect(map_of({"M": image}), false_alarms_per_disc=100.0).regions
    assert strict == ()
    assert any(np.hypot(r.row - 60.5, r.column - 60.5) < 1.5 for r in loose)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rounds": 0},
        {"rounds": 2.5},
        {"link_km": -1.0},
        {"mesh_cells": 4},
        {"trusted_fraction": "much"},
        {"sunlit_factor": float("nan")},
        {"mesh_cells": True},
    ],
    ids=str,
)
def test_settings_out_of_range_are_named(wrong):
    (name,) = wrong
    with pytest.raises(ConfigurationError, match=name):
        MatchedFilterSettings(**wrong)


def test_the_yaml_file_shows_every_setting_with_its_default() -> None:
    text = (conf_dir() / "detector" / "matched_filter.yaml").read_text("utf-8")
    shown = yaml.safe_load(text)
    assert shown["name"] == MatchedFilter.name
    assert shown["parameters"] == asdict(MatchedFilterSettings())
