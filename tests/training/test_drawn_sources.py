"""Labels of people on a made map: where they end up, and as what."""

import numpy as np
import pytest
from shapely import Point, Polygon, affinity

from hotspots.detection.candidates import find_candidates
from hotspots.detection.network_settings import NetworkSettings
from hotspots.training.drawn_sources import UNASKED_SNR, drawn_sources
from hotspots.training.label_layers import DrawnClass, DrawnLabel
from hotspots.training.labels import ASKED_SNR, SEEN_SNR, label_map
from hotspots.training.peak_places import cells_of, place_of
from hotspots.training.samples import BACKGROUND, HOTSPOT, IGNORED, LAVA_LAKE
from tests.detection.scenes import FLUX_SIGMA, NOISE, drawn, map_of, noise_of

SHAPE = (90, 100)
SPOTS = [(30.2, 40.7), (60.5, 20.5)]
"""Column and row; cells of 4 km, 1.67 to a native pixel."""

NETWORK = NetworkSettings()


@pytest.fixture(scope="module")
def searched():
    image = drawn(SHAPE, SPOTS, [60 * FLUX_SIGMA, 30 * FLUX_SIGMA]) + noise_of(SHAPE, 4)
    grid_map = map_of({"M": image})
    return grid_map, find_candidates(grid_map, NETWORK.search(), NETWORK.least_snr)


def point(grid, column, row, drawn_class=DrawnClass.hotspot, turn=0.0):
    latitude, longitude = place_of(grid, column, row)
    return DrawnLabel(drawn_class, Point(longitude + turn, latitude))


def area(grid, corners, drawn_class=DrawnClass.lava_lake):
    places = [place_of(grid, *corner) for corner in corners]
    return DrawnLabel(
        drawn_class, Polygon([(longitude, latitude) for latitude, longitude in places])
    )


def square(column, row, half):
    return [
        (column + dx * half, row + dy * half) for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]


def cell(grid, known):
    (column,), (row,) = cells_of(grid, [(known.latitude_deg, known.longitude_east_deg)])
    return float(column), float(row)


def test_a_point_goes_to_the_peak_beside_it(searched):
    grid_map, candidates = searched
    label = point(grid_map.grid, 31.6, 39.5, turn=-360.0)
    (known,), judged = drawn_sources(grid_map, candidates, [label])
    assert cell(grid_map.grid, known) == pytest.approx(SPOTS[0], abs=0.2)
    assert known.snr == pytest.approx(60, rel=0.2)
    assert known.kind == HOTSPOT
    assert judged.all()


def test_a_point_with_no_peak_stays_and_need_not_be_found(searched):
    grid_map, candidates = searched
    rows, columns = np.nonzero(np.abs(candidates.found.snr[60:80, 60:90]) < 0.5)
    place = (60.5 + columns[0], 60.5 + rows[0])
    (known,), _ = drawn_sources(grid_map, candidates, [point(grid_map.grid, *place)])
    assert cell(grid_map.grid, known) == pytest.approx(place, abs=1e-3)
    assert known.snr == SEEN_SNR
    labels, objects = label_map(grid_map.grid, 1.25, candidates.scene.usable, [known])
    assert labels[int(place[1]), int(place[0])] == IGNORED
    assert not objects["asked"].any()


def test_two_points_do_not_share_a_peak(searched):
    grid_map, candidates = searched
    places = [(30.4, 40.6), (31.8, 41.8)]
    known, _ = drawn_sources(grid_map, candidates, [point(grid_map.grid, *p) for p in places])
    assert cell(grid_map.grid, known[0]) == pytest.approx(SPOTS[0], abs=0.2)
    assert cell(grid_map.grid, known[1]) == pytest.approx(places[1], abs=1e-3)


def test_an_outline_is_a_lake_with_its_cells(searched):
    grid_map, candidates = searched
    label = area(grid_map.grid, square(30, 40, 8))
    (known,), _ = drawn_sources(grid_map, candidates, [label])
    assert known.kind == LAVA_LAKE
    assert known.snr > ASKED_SNR
    labels, _ = label_map(grid_map.grid, 1.25, candidates.scene.usable, [known])
    wanted = np.zeros(SHAPE, bool)
    wanted[32:48, 22:38] = True
    assert np.count_nonzero((labels == LAVA_LAKE) != wanted) <= 16


def test_a_lake_that_the_search_outlines_as_well_is_as_strong_as_its_light():
    y, x = np.ogrid[:200, :240]
    image = noise_of((200, 240), 3) + 50 * NOISE * (np.hypot(y - 90, x - 120) < 24)
    grid_map = map_of({"M": image}, cell_km=1.0)
    candidates = find_candidates(grid_map, NETWORK.search(), NETWORK.least_snr)
    assert len(candidates.patches) == 1
    label = area(grid_map.grid, square(120, 90, 15))
    (known,), _ = drawn_sources(grid_map, candidates, [label])
    assert known.kind == LAVA_LAKE
    assert known.snr == pytest.approx(50 * 30, rel=0.1)  # of 30 x 30 cells together


def test_an_outline_on_another_turn_of_longitude_is_the_same(searched):
    grid_map, candidates = searched
    label = area(grid_map.grid, square(30, 40, 8))
    turned = DrawnLabel(label.drawn_class, affinity.translate(label.shape, -360.0))
    (here,), _ = drawn_sources(grid_map, candidates, [label])
    (there,), _ = drawn_sources(grid_map, candidates, [turned])
    assert here.snr == there.snr


def test_a_lake_too_small_for_the_map_is_a_hot_spot_on_it(searched):
    grid_map, candidates = searched
    label = area(grid_map.grid, square(60.5, 20.5, 2))  # 16 km: 2.4 native pixels
    (known,), _ = drawn_sources(grid_map, candidates, [label])
    assert known.kind == HOTSPOT
    assert not known.outline_deg
    assert cell(grid_map.grid, known) == pytest.approx(SPOTS[1], abs=0.2)


def test_what_is_to_be_ignored_is_not_judged(searched):
    grid_map, candidates = searched
    ignored = area(grid_map.grid, square(70, 60, 5), DrawnClass.ignore)
    spot = point(grid_map.grid, *SPOTS[0], DrawnClass.ignore)
    known, judged = drawn_sources(grid_map, candidates, [ignored, spot])
    assert [one.snr for one in known] == [UNASKED_SNR]
    assert not judged[55:65, 65:75].any()
    assert np.count_nonzero(~judged) == 100


def test_outside_surveyed_areas_nothing_is_judged(searched):
    grid_map, candidates = searched
    left = area(grid_map.grid, square(30, 40, 20), DrawnClass.surveyed)
    right = area(grid_map.grid, square(80, 40, 10), DrawnClass.surveyed)
    hole = area(grid_map.grid, square(30, 40, 3), DrawnClass.ignore)
    known, judged = drawn_sources(grid_map, candidates, [left, right, hole])
    assert known == []
    assert np.count_nonzero(judged) == pytest.approx(40**2 + 20**2 - 6**2, abs=80)
    assert judged[25, 15]
    assert judged[40, 80]
    assert not judged[40, 30]
    assert not judged[80, 60]


def test_labels_of_the_far_side_are_not_on_the_map(searched):
    grid_map, candidates = searched
    latitude, longitude = place_of(grid_map.grid, *SPOTS[0])
    behind = DrawnLabel(DrawnClass.hotspot, Point(longitude + 180, -latitude))
    known, _ = drawn_sources(grid_map, candidates, [behind])
    labels, objects = label_map(grid_map.grid, 1.25, candidates.scene.usable, known)
    assert (labels[candidates.scene.usable] == BACKGROUND).all()
    assert not len(objects)
