"""The whole folder of a visit, and what is left when writing fails."""

import pytest

from hotspots.config import ProductSettings
from hotspots.errors import ProductError
from hotspots.products.netcdf import read_grid_maps
from hotspots.products.provenance import is_finished, read_provenance
from hotspots.products.tables import read_frames, read_sources
from hotspots.products.visit import VisitProducts, write_visit


@pytest.fixture
def products(sources, frames, view_map, equirectangular_map):
    return VisitProducts(
        visit="PJ99",
        sources=sources,
        frames=frames,
        maps={"group1": view_map},
        product_maps={"equirectangular": equirectangular_map},
    )


def test_a_visit_is_written_and_read_back(tmp_path, products, provenance):
    folder = tmp_path / "out" / "PJ99"
    files = write_visit(folder, products, provenance)
    assert [path.name for path in files] == [
        "equirectangular.tif",
        "frames.csv",
        "grid.nc",
        "hotspots.csv",
        "hotspots.geojson",
        "hotspots.gpkg",
        "map_group1.png",
        "provenance.json",
    ]
    assert sorted(folder.iterdir()) == list(files)
    assert [path.name for path in folder.parent.iterdir()] == ["PJ99"]
    assert read_sources(folder / "hotspots.csv") == products.sources
    assert read_frames(folder / "frames.csv") == products.frames
    assert set(read_grid_maps(folder / "grid.nc")) == {"group1"}
    assert read_provenance(folder / "provenance.json").outputs == tuple(
        path.name for path in files if path.name != "provenance.json"
    )
    assert is_finished(folder, provenance.fingerprint)


def test_optional_files_are_left_out(tmp_path, products, provenance):
    settings = ProductSettings(geopackage=False, geojson=False, netcdf=False, cogs=False)
    files = write_visit(tmp_path / "PJ99", products, provenance, settings)
    assert {path.suffix for path in files} == {".csv", ".png", ".json"}


def test_a_visit_without_sources_or_maps_is_a_result(tmp_path, provenance):
    empty = VisitProducts(visit="PJ99", sources=(), frames=())
    write_visit(tmp_path / "PJ99", empty, provenance)
    assert read_sources(tmp_path / "PJ99" / "hotspots.csv") == ()
    assert read_frames(tmp_path / "PJ99" / "frames.csv") == ()
    assert read_grid_maps(tmp_path / "PJ99" / "grid.nc") == {}


def test_a_failure_leaves_the_former_folder_alone(tmp_path, products, provenance, view_map):
    folder = tmp_path / "PJ99"
    write_visit(folder, products, provenance)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    # A view grid has no coordinate system of the registry, so its raster is refused.
    broken = VisitProducts(visit="PJ99", sources=(), frames=(), product_maps={"view": view_map})
    with pytest.raises(ProductError, match="coordinate system"):
        write_visit(folder, broken, provenance)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["PJ99"]
