"""Labels from QGIS: formats, coordinate systems, and what is refused."""

import json

import geopandas
import pytest
from shapely import LineString, MultiPoint, Point, Polygon, box

from hotspots.errors import SampleError
from hotspots.training.label_layers import DrawnClass, label_files, read_labels

IO = "IAU_2015:50100"
RIM = Polygon([(10, 20), (12, 20), (12, 22), (10, 22)])


def draw(path, classes, shapes, crs=IO, layer=None, **columns):
    frame = geopandas.GeoDataFrame({"class": classes, **columns}, geometry=shapes, crs=crs)
    frame.to_file(path, layer=layer, engine="pyogrio")
    return path


@pytest.mark.parametrize("name", ["PJ57.gpkg", "PJ57.geojson"])
def test_points_and_outlines_are_read(tmp_path, name):
    path = draw(tmp_path / name, ["hotspot", "Lava_Lake"], [Point(308.5, 13.0), RIM])
    spot, lake = read_labels(path, "PJ57")
    assert (spot.drawn_class, lake.drawn_class) == (DrawnClass.hotspot, DrawnClass.lava_lake)
    assert spot.is_point
    assert not lake.is_point
    assert (spot.shape.x, spot.shape.y) == (308.5, 13.0)
    assert lake.shape.equals(RIM)


def test_groups_are_taken_apart_and_nothing_is_nothing(tmp_path):
    path = draw(tmp_path / "a.gpkg", ["hotspot", "hotspot"], [MultiPoint([(1, 2), (3, 4)]), None])
    assert [label.shape.x for label in read_labels(path, "a")] == [1.0, 3.0]


def test_all_layers_of_a_geopackage_are_read(tmp_path):
    path = draw(tmp_path / "a.gpkg", ["hotspot"], [Point(1, 2)], layer="points")
    draw(path, ["surveyed"], [box(0, 0, 90, 45)], layer="areas")
    assert {label.drawn_class for label in read_labels(path, "a")} == {
        DrawnClass.hotspot,
        DrawnClass.surveyed,
    }


def test_metres_on_a_map_of_io_become_degrees(tmp_path):
    frame = geopandas.GeoDataFrame({"class": ["hotspot"]}, geometry=[Point(30.0, -10.0)], crs=IO)
    for code in ("IAU_2015:50110", "IAU_2015:50115"):
        path = tmp_path / f"{code[-5:]}.gpkg"
        frame.to_crs(code).to_file(path, engine="pyogrio")
        (label,) = read_labels(path, "a")
        assert (label.shape.x % 360, label.shape.y) == pytest.approx((30.0, -10.0), abs=1e-6)


def test_a_geojson_that_names_no_system_is_on_io(tmp_path):
    point = {"type": "Point", "coordinates": [308.5, 13.0]}
    feature = {"type": "Feature", "properties": {"class": "hotspot"}, "geometry": point}
    path = tmp_path / "PJ57.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    (label,) = read_labels(path, "PJ57")
    assert (label.shape.x, label.shape.y) == (308.5, 13.0)


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "IAU_2015:30100"])
def test_other_bodies_are_refused(tmp_path, crs):
    path = draw(tmp_path / "a.gpkg", ["hotspot"], [Point(1, 2)], crs=crs)
    with pytest.raises(SampleError, match=r"a\.gpkg.*wanted one of Io"):
        read_labels(path, "a")


@pytest.mark.parametrize(
    ("said", "shape", "complaint"),
    [
        ("geyser", Point(1, 2), "class is 'geyser'.*lava_lake"),
        ("", Point(1, 2), "class is ''"),
        ("hotspot", LineString([(1, 2), (3, 4)]), "drawn as Line"),
        ("surveyed", Point(1, 2), "surveyed is drawn as Point"),
        ("hotspot", Point(4e5, 2e5), "wanted degrees on Io"),
    ],
)
def test_what_is_no_label_is_refused(tmp_path, said, shape, complaint):
    path = draw(tmp_path / "a.gpkg", [said], [shape])
    with pytest.raises(SampleError, match=complaint):
        read_labels(path, "a")


def test_files_that_hold_no_labels_are_refused(tmp_path):
    frame = geopandas.GeoDataFrame({"kind": ["hotspot"]}, geometry=[Point(1, 2)], crs=IO)
    frame.to_file(tmp_path / "a.gpkg", engine="pyogrio")
    with pytest.raises(SampleError, match="wanted a column class"):
        read_labels(tmp_path / "a.gpkg", "a")
    (tmp_path / "b.gpkg").write_text("no database")
    with pytest.raises(SampleError, match=r"b\.gpkg: cannot be read"):
        read_labels(tmp_path / "b.gpkg", "b")


def test_a_folder_has_a_file_for_each_visit(tmp_path):
    for name in ("PJ55.gpkg", "PJ57.geojson", "notes.txt"):
        (tmp_path / name).write_text("")
    found = label_files(tmp_path, ["PJ53", "PJ55", "PJ57"])
    assert {visit: path.name for visit, path in found.items()} == {
        "PJ55": "PJ55.gpkg",
        "PJ57": "PJ57.geojson",
    }
    (tmp_path / "PJ55.geojson").write_text("")
    with pytest.raises(SampleError, match="same visit"):
        label_files(tmp_path, ["PJ55"])


def test_one_file_may_hold_several_visits(tmp_path):
    shapes = [Point(1, 2), Point(3, 4), Point(5, 6)]
    visits = ["PJ55", "PJ57", "PJ55"]
    path = draw(tmp_path / "all.gpkg", ["hotspot"] * 3, shapes, visit=visits)
    assert label_files(path, ["PJ53", "PJ55"]) == {"PJ55": path}
    assert [label.shape.x for label in read_labels(path, "PJ55")] == [1.0, 5.0]


def test_one_file_without_that_column_is_for_the_visit_of_its_name(tmp_path):
    path = draw(tmp_path / "PJ55.gpkg", ["hotspot"], [Point(1, 2)])
    assert label_files(path, ["PJ55", "PJ57"]) == {"PJ55": path}
    with pytest.raises(SampleError, match="labels of PJ55, maps of PJ57"):
        label_files(path, ["PJ57"])
