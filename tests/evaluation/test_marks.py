import numpy as np
import pytest
from matplotlib.figure import Figure

from hotspots.catalogue.records import SourceClass
from hotspots.evaluation.marks import draw_detections, draw_truth, legend_marks
from hotspots.grid import Grid, Projection

GRID = Grid(Projection.EQUIRECTANGULAR, (60, 60), 50.0, -1500.0, 1500.0)


@pytest.fixture
def axes():
    return Figure().add_subplot()


@pytest.fixture
def visit(make):
    """Asked sources on the equator, one of them found, one beyond the map; one neutral."""
    sources = [
        make.source(),
        make.source(source_id="S2", lon_east_deg=20.0),
        make.source(source_id="far", lon_east_deg=180.0),
        make.source(source_id="faint", lon_east_deg=10.0, stacked_snr=2.0),
    ]
    detections = [
        make.detection(p_source=1.0),
        make.detection(lon_east_deg=10.0, p_source=0.5),
        make.detection(lat_deg=30.0, p_source=0.0),
        make.detection(lat_deg=30.0, lon_east_deg=180.0),
    ]
    return make.visit(sources, detections)


ALL_SEEN = np.ones(GRID.shape, dtype=bool)


def test_what_lies_off_the_map_is_neither_drawn_nor_counted(axes, visit):
    assert draw_truth(axes, GRID, ALL_SEEN, visit) == "2 asked, 1 neutral"
    assert draw_detections(axes, GRID, ALL_SEEN, visit) == "1 found, 1 missed, 1 false"


def test_cells_without_data_show_nothing(axes, visit):
    west = ALL_SEEN.copy()
    west[:, 32:] = False  # 0 degrees is at column 30, 10 degrees 6.4 cells to the right
    assert draw_truth(axes, GRID, west, visit) == "1 asked, 0 neutral"
    assert draw_detections(axes, GRID, west, visit) == "1 found, 0 missed, 1 false"


def test_marks_stand_at_the_cells_of_the_places(axes, visit):
    draw_truth(axes, GRID, ALL_SEEN, visit)
    places = sorted(tuple(one.get_offsets()[0]) for one in axes.collections)
    per_degree = 1821.49 * np.pi / 180 / 50.0
    np.testing.assert_allclose(
        places, [(30 + lon * per_degree, 30.0) for lon in (0, 10, 20)], atol=1e-6
    )


def test_found_missed_and_false_differ_in_shape(axes, visit):
    draw_detections(axes, GRID, ALL_SEEN, visit)
    neutral, found, false, missed = axes.collections
    shapes = {one.get_paths()[0].vertices.tobytes() for one in (found, false, missed)}
    assert len(shapes) == 3
    assert neutral.get_sizes()[0] < found.get_sizes()[0] / 2
    assert not len(missed.get_facecolors())


def test_colour_is_the_probability_and_white_where_there_is_none(axes, make):
    detections = [make.detection(lat_deg=lat, p_source=p) for lat, p in ((0, 0.0), (20, 1.0))]
    visit = make.visit([], [*detections, make.detection(lat_deg=-20)])
    draw_detections(axes, GRID, ALL_SEEN, visit)
    none, full, unknown = (one.get_facecolors()[0][:3] for one in axes.collections)
    assert none.sum() < 1.0 < full.sum() < 3.0
    assert unknown.tolist() == [1.0, 1.0, 1.0]


def test_lakes_that_can_be_told_are_marked_otherwise_than_narrow_ones(axes, make):
    lake = SourceClass.LAVA_LAKE
    sources = [
        make.source(),
        make.source(source_id="narrow", lat_deg=20.0, source_class=lake),
        make.source(source_id="wide", lat_deg=-20.0, source_class=lake, resolvable=True),
    ]
    draw_truth(axes, GRID, ALL_SEEN, make.visit(sources, []))
    assert len({one.get_paths()[0].vertices.tobytes() for one in axes.collections}) == 3


def test_the_legend_explains_each_mark_once():
    labels = [mark.get_label() for mark in legend_marks()]
    assert len(set(labels)) == len(labels) == 8
