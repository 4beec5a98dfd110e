"""Layers in the coordinate system of Io, with east longitude in the attributes."""

import importlib.util
import json
import sqlite3
from contextlib import closing

import numpy as np
import pytest

from hotspots.catalogue.records import SourceRecord, column_names
from hotspots.errors import ProductError
from hotspots.products.vectors import (
    read_layer,
    source_layer,
    write_geojson,
    write_geopackage,
    write_geoparquet,
)


@pytest.mark.parametrize(
    ("name", "write"),
    [("hotspots.gpkg", write_geopackage), ("hotspots.geojson", write_geojson)],
)
def test_round_trip(tmp_path, sources, name, write):
    write(tmp_path / name, sources)
    layer = read_layer(tmp_path / name)
    assert tuple(layer.columns) == (*column_names(SourceRecord), "geometry")
    assert layer.crs.to_authority() == ("IAU_2015", "50100")
    np.testing.assert_allclose(layer.geometry.x, [308.7864 - 360.0, -10.0])
    np.testing.assert_allclose(layer.geometry.y, [13.0083, -8.25])
    np.testing.assert_allclose(layer["lon_east_deg"], [308.7864, 350.0])
    assert layer["class"].tolist() == ["hotspot", "lava_lake"]
    assert layer["saturated"].tolist() == [0, 1]
    assert np.isnan(layer["m_power_gw_um"][0])
    assert layer["m_power_gw_um"][1] == 1.25
    assert layer["name"].isna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("name", "write"),
    [("hotspots.gpkg", write_geopackage), ("hotspots.geojson", write_geojson)],
)
def test_a_layer_without_sources(tmp_path, name, write):
    write(tmp_path / name, ())
    assert len(read_layer(tmp_path / name)) == 0


def test_geopackage_says_io_and_null(tmp_path, sources):
    write_geopackage(tmp_path / "hotspots.gpkg", sources)
    with closing(sqlite3.connect(tmp_path / "hotspots.gpkg")) as database:
        (organization, definition), *_ = database.execute(
            "select organization, definition from gpkg_spatial_ref_sys "
            "where srs_id = (select srs_id from gpkg_geometry_columns)"
        ).fetchall()
        null = database.execute("select count(*) from hotspots where m_power_gw_um is null")
        assert null.fetchone() == (1,)
    assert organization == "IAU"
    assert "1821490" in definition


def test_geojson_names_the_body(tmp_path, sources):
    write_geojson(tmp_path / "hotspots.geojson", sources)
    content = json.loads((tmp_path / "hotspots.geojson").read_text())
    assert content["crs"]["properties"]["name"].endswith("IAU::50100")
    assert content["features"][0]["geometry"]["coordinates"] == [-51.2136, 13.0083]
    assert content["features"][0]["properties"]["m_power_gw_um"] is None


def test_columns_keep_their_types_without_rows(sources):
    assert (source_layer(()).dtypes == source_layer(sources).dtypes).all()


def test_geoparquet_or_a_hint_how_to_get_it(tmp_path, sources):
    path = tmp_path / "hotspots.parquet"
    if importlib.util.find_spec("pyarrow") is None:
        with pytest.raises(ProductError, match=r"hotspots\[parquet\]"):
            write_geoparquet(path, sources)
    else:
        write_geoparquet(path, sources)
        assert read_layer(path)["source_id"].tolist() == ["PJ99_001", "PJ99_002"]


def test_what_cannot_be_read_or_written_is_named(tmp_path, sources):
    (tmp_path / "hotspots.gpkg").write_text("no database")
    with pytest.raises(ProductError, match=r"hotspots.gpkg: cannot be read"):
        read_layer(tmp_path / "hotspots.gpkg")
    with pytest.raises(ProductError, match=r"hotspots.geojson: cannot be written"):
        write_geojson(tmp_path / "missing" / "hotspots.geojson", sources)
