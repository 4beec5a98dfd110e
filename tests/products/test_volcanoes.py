"""Tables of volcanoes, light curves and alerts, and the pictures of them."""

import csv
import dataclasses
import json

import pytest

from hotspots.catalogue.alerts import Alert, AlertKind, raise_alerts
from hotspots.catalogue.light_curves import LightCurvePoint, ObservedVisit, View
from hotspots.catalogue.variability import VolcanoRecord
from hotspots.catalogue.volcanoes import find_volcanoes
from hotspots.config import AcrossVisitsSettings
from hotspots.errors import ProductError
from hotspots.products.alerts import write_alert_layer, write_alerts
from hotspots.products.light_curve_plot import most_powerful, write_light_curve_plot
from hotspots.products.tables import read_rows
from hotspots.products.volcanoes import remembered_ids, write_light_curves, write_volcanoes
from tests.catalogue.made_sources import made_source

SETTINGS = AcrossVisitsSettings()
PNG = b"\x89PNG"


@pytest.fixture
def volcanoes():
    """Loki in two visits, a source on no list in the second, and a visit that saw neither."""
    loki = {"lat_deg": 12.8, "lon_east_deg": 51.6}
    sources = [
        made_source(1, 1, **loki, m_power_gw_um=40.0, m_power_lo_gw_um=38.0, m_power_hi_gw_um=42.0),
        made_source(2, 1, **loki, m_power_gw_um=50.0, m_power_lo_gw_um=45.0, saturated=True),
        made_source(2, 2, lat_deg=-40.0, lon_east_deg=280.0, m_power_gw_um=400.0),
    ]
    visits = [
        ObservedVisit(f"PJ{n}", made_source(n).time_utc, lambda _lat, _lon: View(True, 0.1, 0.2))
        for n in (1, 2, 3)
    ]
    return find_volcanoes(sources, visits, SETTINGS)


@pytest.fixture
def alerts(volcanoes):
    return raise_alerts(volcanoes, SETTINGS)


def test_tables_are_read_back_as_they_were(tmp_path, volcanoes, alerts):
    write_volcanoes(tmp_path / "volcanoes.csv", volcanoes)
    write_light_curves(tmp_path / "light_curves.csv", volcanoes)
    write_alerts(tmp_path / "alerts.csv", alerts)
    rows = read_rows(tmp_path / "volcanoes.csv", VolcanoRecord)
    assert [row.volcano_id for row in rows] == [one.volcano_id for one in volcanoes]
    points = read_rows(tmp_path / "light_curves.csv", LightCurvePoint)
    assert points == tuple(point for one in volcanoes for point in one.light_curve)
    (alert,) = read_rows(tmp_path / "alerts.csv", Alert)
    assert (alert.kind, alert.reason) == (AlertKind.NEW, alerts[0].reason)
    with (tmp_path / "volcanoes.csv").open() as stream:
        assert {"class", "volcano_id", "m_scatter"} <= set(csv.DictReader(stream).fieldnames)


def test_ids_are_remembered(tmp_path, volcanoes):
    write_volcanoes(tmp_path / "volcanoes.csv", volcanoes)
    assert remembered_ids(tmp_path / "volcanoes.csv") == ("loki_patera", "HS_400S2800E")
    assert remembered_ids(tmp_path / "none.csv") == ()


@pytest.mark.parametrize("content", [b"", b"name\nLoki\n", b"\xff\xfe"])
def test_a_spoilt_memory_is_named(tmp_path, content):
    (tmp_path / "volcanoes.csv").write_bytes(content)
    with pytest.raises(ProductError, match=r"volcanoes.csv"):
        remembered_ids(tmp_path / "volcanoes.csv")


def test_alerts_are_points_on_io(tmp_path, alerts):
    write_alert_layer(tmp_path / "alerts.json", alerts)
    layer = json.loads((tmp_path / "alerts.json").read_text())
    assert layer["crs"]["properties"]["name"] == "urn:ogc:def:crs:IAU_2015::50100"
    (feature,) = layer["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [-80.0, -40.0]}
    assert feature["properties"]["kind"] == "new"
    assert feature["properties"]["lon_east_deg"] == 280.0


def test_the_layer_of_alerts_opens_in_its_coordinate_system(tmp_path, alerts):
    import geopandas

    write_alert_layer(tmp_path / "alerts.json", alerts)
    layer = geopandas.read_file(tmp_path / "alerts.json", engine="pyogrio")
    assert layer.crs.ellipsoid.semi_major_metre == 1_821_490.0
    assert layer.crs.name == "Io (2015) - Sphere / Ocentric"
    assert layer["volcano_id"].tolist() == ["HS_400S2800E"]


def test_no_alerts_are_an_empty_layer(tmp_path):
    write_alert_layer(tmp_path / "alerts.json", ())
    assert json.loads((tmp_path / "alerts.json").read_text())["features"] == []


def test_the_most_powerful_come_first(volcanoes):
    assert [one.volcano_id for one in most_powerful(volcanoes, 5)] == [
        "HS_400S2800E",
        "loki_patera",
    ]
    assert len(most_powerful(volcanoes, 1)) == 1
    dark = dataclasses.replace(volcanoes[0], light_curve=volcanoes[0].light_curve[2:])
    assert most_powerful([dark], 5) == []


@pytest.mark.parametrize("count", [1, 2])
def test_a_picture_of_light_curves(tmp_path, volcanoes, alerts, count):
    write_light_curve_plot(tmp_path / "curves.png", volcanoes, alerts, count=count)
    assert (tmp_path / "curves.png").read_bytes().startswith(PNG)


def test_a_picture_without_volcanoes(tmp_path):
    write_light_curve_plot(tmp_path / "curves.png", (), (), count=10)
    assert (tmp_path / "curves.png").read_bytes().startswith(PNG)
