import matplotlib.image
import numpy as np
import pytest

from hotspots.errors import TruthError
from hotspots.evaluation.comparison import ComparedFolders
from hotspots.evaluation.outputs import VisitOutput
from hotspots.evaluation.side_by_side import (
    draw_side_by_side,
    pictured_visits,
    side_by_side_figure,
)
from hotspots.evaluation.truth import VisitTruth
from hotspots.grid import Grid, GridMap, Plane, Projection
from hotspots.products.netcdf import write_grid_maps


def made_map(longitude_deg):
    """A map of 3000 km around a place on the equator."""
    grid = Grid(
        Projection.VIEW, (30, 40), 75.0, -1500.0, 1125.0, centre_longitude_deg=longitude_deg
    )
    values = np.linspace(0.0, 1e-3, 1200, dtype=np.float32).reshape(grid.shape)
    values[:3] = np.nan
    return GridMap(grid, {"m_mean": Plane(values, "W m-2 sr-1", "M radiance")})


@pytest.fixture
def folders(make, tmp_path):
    """Three visits of two detectors; PJ03 has no map, PJ01 two, the second with the sources."""
    sources = (make.source(), make.source(source_id="S2", lon_east_deg=15.0))
    for visit in ("PJ01", "PJ02", "PJ03"):
        make.write_truth(tmp_path / "truth", VisitTruth(visit, sources, (make.frame(),)))
        for name in ("first", "second"):
            output = VisitOutput(
                visit, exists=True, detections=(make.detection(p_source=0.5),), frames=()
            )
            make.write_output(tmp_path / name, output)
    maps = {"group_1": made_map(180.0), "group_2": made_map(0.0)}
    write_grid_maps(tmp_path / "second" / "PJ01" / "grid.nc", maps, title="a test")
    maps = {"group_1": made_map(0.0)}
    write_grid_maps(tmp_path / "first" / "PJ02" / "grid.nc", maps, title="a test")
    return ComparedFolders(
        tmp_path / "truth", {name: tmp_path / name for name in ("first", "second")}
    )


def test_visits_with_a_map_are_taken_and_the_map_that_shows_the_sources(folders):
    visits = pictured_visits([folders])
    assert [one.matched["first"].truth.visit for one in visits] == ["PJ01", "PJ02"]
    assert visits[0].grid_map.grid.centre_longitude_deg == 0.0
    assert list(visits[0].matched) == ["first", "second"]


def test_no_more_than_six_unless_they_are_named(folders):
    assert len(pictured_visits([folders] * 4)) == 6
    named = pictured_visits([folders] * 4, ["PJ01", "PJ02"])
    assert len(named) == 8


def test_visits_without_truth_or_map_are_complained_of(folders):
    with pytest.raises(TruthError, match="no truth for PJ77"):
        pictured_visits([folders], ["PJ01", "PJ77"])
    with pytest.raises(TruthError, match="no map of any of these visits"):
        pictured_visits([folders], ["PJ03"])


def test_a_row_for_each_visit_and_a_panel_for_each_detector(folders):
    figure = side_by_side_figure(pictured_visits([folders]))
    titles = [(axes.get_title("left"), axes.get_title("right")) for axes in figure.axes[:6]]
    found = "1 found, 1 missed, 0 false"
    assert titles == [
        ("PJ01: truth", "2 asked, 0 neutral"),
        ("first", found),
        ("second", found),
        ("PJ02: truth", "2 asked, 0 neutral"),
        ("first", found),
        ("second", found),
    ]


def test_the_picture_is_a_png_with_the_colours_of_the_marks(folders, tmp_path):
    path = tmp_path / "side_by_side.png"
    draw_side_by_side(path, [folders], ["PJ02"])
    pixels = matplotlib.image.imread(path)[..., :3]
    missed = np.abs(pixels - np.array([255, 179, 122]) / 255).max(axis=-1) < 0.02
    assert missed.sum() > 20
