"""Labels from a table: peaks at its places teach, quiet ground teaches, the rest does not."""

import numpy as np
import pytest

from hotspots.detection.candidates import find_candidates
from hotspots.detection.network_settings import NetworkSettings
from hotspots.training.known_places import KnownPlace
from hotspots.training.labels import label_map
from hotspots.training.peak_places import place_of
from hotspots.training.samples import BACKGROUND, HOTSPOT, IGNORED, LAVA_LAKE
from hotspots.training.weak_sources import weak_sources
from tests.detection.scenes import FLUX_SIGMA, NOISE, drawn, map_of, noise_of

SHAPE = (90, 100)
LISTED, NEW, FAINT = (30.5, 40.5), (70.5, 20.5), (20.5, 75.5)
"""Column and row of three sources; cells of 4 km."""

QUIET = (75.5, 70.5)
NETWORK = NetworkSettings()
LEAST_SNR = 5.0


def labelled(image, places, sigma_km=4.0, lakes=(), cell_km=4.0):
    grid_map = map_of({"M": image}, cell_km=cell_km)
    candidates = find_candidates(grid_map, NETWORK.search(), NETWORK.least_snr)
    table = [KnownPlace(*place_of(grid_map.grid, *place), sigma_km) for place in places]
    table += [KnownPlace(*place_of(grid_map.grid, *p), sigma_km, is_lake=True) for p in lakes]
    known, judged = weak_sources(grid_map, candidates, table, LEAST_SNR)
    return label_map(grid_map.grid, 1.25, judged & candidates.scene.usable, known), candidates


@pytest.fixture(scope="module")
def spots():
    fluxes = np.array([60, 30, 4.2]) * FLUX_SIGMA
    return drawn(SHAPE, [LISTED, NEW, FAINT], fluxes) + noise_of(SHAPE, 8)


def at(labels, place):
    return labels[int(place[1]), int(place[0])]


def test_only_the_peak_in_the_table_is_a_source(spots):
    shifted = (LISTED[0] + 2.0, LISTED[1] - 1.5)
    (labels, objects), _ = labelled(spots, [shifted, QUIET])
    assert at(labels, LISTED) == HOTSPOT
    assert at(labels, NEW) == IGNORED
    assert at(labels, QUIET) == IGNORED
    assert (labels[45:60, 45:55] != HOTSPOT).all()
    assert np.count_nonzero(labels == BACKGROUND) > 0.6 * labels.size
    (asked,) = objects[objects["asked"]]
    assert (asked["column"], asked["row"]) == pytest.approx(LISTED, abs=0.2)


def test_a_faint_peak_at_a_place_does_not_teach(spots):
    (labels, _), candidates = labelled(spots, [FAINT])
    fit = candidates.found.fit
    nearest = np.argmin(np.hypot(*(fit.place - FAINT).T))
    assert fit.place[nearest] == pytest.approx(FAINT, abs=1.5)
    assert fit.snr[nearest] < LEAST_SNR
    assert at(labels, FAINT) == IGNORED


def test_a_far_peak_does_not_belong_to_a_place(spots):
    (labels, _), _ = labelled(spots, [(LISTED[0] + 8.0, LISTED[1])])
    assert at(labels, LISTED) == IGNORED
    (labels, _), _ = labelled(spots, [(LISTED[0] + 8.0, LISTED[1])], sigma_km=20.0)
    assert at(labels, LISTED) == HOTSPOT


def test_one_place_has_one_peak_and_it_is_the_strongest():
    pair = drawn(SHAPE, [(40.5, 40.5), (46.5, 40.5)], np.array([20, 60]) * FLUX_SIGMA)
    (labels, objects), _ = labelled(pair + noise_of(SHAPE, 2), [(42.0, 40.5)], sigma_km=10.0)
    assert labels[40, 46] == HOTSPOT
    assert labels[40, 40] == IGNORED
    assert objects["asked"].sum() == 1


def test_a_quiet_place_beside_a_source_does_not_hide_it(spots):
    beside = (LISTED[0] + 3.0, LISTED[1])
    (labels, _), _ = labelled(spots, [LISTED, beside])
    assert at(labels, LISTED) == HOTSPOT


@pytest.mark.parametrize(
    ("places", "lakes", "kind"),
    [([], [], IGNORED), ([(120.5, 90.5)], [], IGNORED), ([], [(120.5, 90.5)], LAVA_LAKE)],
)
def test_patches_teach_only_where_the_table_says_lake(places, lakes, kind):
    y, x = np.ogrid[:200, :240]
    image = noise_of((200, 240), 3) + 50 * NOISE * (np.hypot(y - 90, x - 120) < 24)
    (labels, _), candidates = labelled(image, places, lakes=lakes, cell_km=1.0)
    assert len(candidates.patches) == 1
    assert labels[90, 120] == kind
    wanted = np.pi * 24**2 if lakes else 0
    assert np.count_nonzero(labels == LAVA_LAKE) == pytest.approx(wanted, rel=0.15)
