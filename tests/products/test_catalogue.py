"""One catalogue of all the visits of an output folder."""

import dataclasses

import pytest

from hotspots.config import AcrossVisitsSettings, ProductSettings
from hotspots.errors import ProductError
from hotspots.products.catalogue import finished_visits, read_catalogue, write_catalogue
from hotspots.products.tables import read_sources
from hotspots.products.vectors import read_layer
from hotspots.products.visit import VisitProducts, write_visit


@pytest.fixture
def out(tmp_path, sources, provenance):
    plain = ProductSettings(geopackage=False, geojson=False, netcdf=False, cogs=False)
    for visit in ("PJ57", "PJ7"):
        renamed = [dataclasses.replace(source, visit=visit) for source in sources]
        products = VisitProducts(visit=visit, sources=renamed, frames=())
        write_visit(tmp_path / visit, products, provenance, plain)
    (tmp_path / "notes").mkdir()
    (tmp_path / ".PJ58.partial").mkdir()
    (tmp_path / ".PJ58.partial" / "provenance.json").touch()
    return tmp_path


def test_all_finished_visits_in_the_order_of_orbits(out):
    assert [folder.name for folder in finished_visits(out)] == ["PJ7", "PJ57"]
    assert [source.visit for source in read_catalogue(out)] == ["PJ7", "PJ7", "PJ57", "PJ57"]


def test_the_catalogue_is_written_beside_the_visits(out):
    files = write_catalogue(out).files
    assert {path.name for path in files} == {
        *("catalogue.csv", "catalogue.gpkg", "catalogue.geojson", "catalogue.png"),
        *("volcanoes.csv", "light_curves.csv", "light_curves.png", "alerts.csv", "alerts.json"),
    }
    assert files[0] == out / "catalogue.csv"
    written = read_sources(out / "catalogue.csv")
    assert [dataclasses.replace(one, volcano_id=None) for one in written] == [*read_catalogue(out)]
    assert all(one.volcano_id for one in written)
    assert read_layer(out / "catalogue.gpkg")["visit"].tolist() == ["PJ7", "PJ7", "PJ57", "PJ57"]
    assert list(out.glob(".*.partial.*")) == []


def test_layers_that_are_not_wanted_are_left_out(out):
    plain = ProductSettings(geopackage=False, geojson=False)
    files = write_catalogue(out, plain, AcrossVisitsSettings(plotted=0)).files
    assert {path.name for path in files} == {
        *("catalogue.csv", "catalogue.png", "volcanoes.csv", "light_curves.csv"),
        *("alerts.csv", "alerts.json"),
    }


def test_no_visits_give_an_empty_catalogue(tmp_path):
    write_catalogue(tmp_path)
    assert read_sources(tmp_path / "catalogue.csv") == ()


def test_a_spoilt_visit_is_named(out):
    (out / "PJ7" / "hotspots.csv").write_text("spoilt")
    with pytest.raises(ProductError, match=r"PJ7/hotspots.csv"):
        write_catalogue(out)
