"""From ``grid.nc`` and labels to samples, and again only what has changed."""

import geopandas
import numpy as np
import pytest
from shapely import Point, Polygon

from hotspots.errors import ConfigurationError, SampleError
from hotspots.nets.inputs import PLANES
from hotspots.observer import SilentObserver
from hotspots.products.netcdf import write_grid_maps
from hotspots.training.mapped_visits import mapped_visits
from hotspots.training.peak_places import place_of
from hotspots.training.prepare_run import run_preparation
from hotspots.training.prepare_settings import PreparedData, PrepareSettings
from hotspots.training.samples import BACKGROUND, HOTSPOT, IGNORED, LAVA_LAKE, load_sample
from tests.detection.scenes import FLUX_SIGMA, NOISE, drawn, map_of, noise_of

SHAPE = (90, 100)
SPOT, LAKE, NEW = (30.5, 40.5), (70.5, 45.5), (20.5, 15.5)


def made_map(seed, bands="ML"):
    image = drawn(SHAPE, [SPOT, NEW], [60 * FLUX_SIGMA, 20 * FLUX_SIGMA])
    y, x = np.ogrid[:90, :100]
    image[np.hypot(y + 0.5 - LAKE[1], x + 0.5 - LAKE[0]) < 8] += 60 * NOISE
    return map_of({band: image + noise_of(SHAPE, seed + k) for k, band in enumerate(bands)})


@pytest.fixture
def results(tmp_path):
    folder = tmp_path / "out"
    maps = {"group_1": made_map(1), "group_2": made_map(5, "M"), "group_3": made_map(6, "L")}
    for visit, some in (("PJ53", maps), ("PJ57", {"group_1": maps["group_1"]})):
        (folder / visit).mkdir(parents=True)
        write_grid_maps(folder / visit / "grid.nc", some, title=visit)
    return folder


@pytest.fixture
def labels(tmp_path):
    grid = made_map(1).grid
    turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    rim = [place_of(grid, LAKE[0] + 8 * np.cos(turn), LAKE[1] + 8 * np.sin(turn)) for turn in turns]
    latitude, longitude = place_of(grid, *SPOT)
    shapes = [Point(longitude, latitude), Polygon([(lon, lat) for lat, lon in rim])]
    frame = geopandas.GeoDataFrame(
        {"class": ["hotspot", "lava_lake"]}, geometry=shapes, crs="IAU_2015:50100"
    )
    folder = tmp_path / "labels"
    folder.mkdir()
    frame.to_file(folder / "PJ53.gpkg", engine="pyogrio")
    return folder


def prepared(out, **changes):
    return run_preparation(PrepareSettings(out=out, **changes), SilentObserver())


def test_labels_come_out_where_they_were_drawn(results, labels, tmp_path):
    out = tmp_path / "samples"
    done = prepared(out, data=PreparedData.labelled, results=results, labels=labels)
    (visit,) = done.visits
    assert (visit.name, visit.problem) == ("PJ53", "")
    assert visit.samples == ("PJ53_group_1.npz", "PJ53_group_2.npz")
    both, one_band = (load_sample(out / name) for name in visit.samples)
    assert set(both.planes) == set(PLANES)
    assert "l_snr" not in one_band.planes
    for sample in (both, one_band):
        assert sample.visit == "PJ53"
        assert sample.labels[40, 30] == HOTSPOT
        assert sample.labels[45, 70] == LAVA_LAKE
        assert sample.labels[15, 20] == BACKGROUND  # nobody drew it
        assert np.count_nonzero(sample.labels == LAVA_LAKE) == pytest.approx(np.pi * 64, rel=0.1)
        assert 4 <= np.count_nonzero(sample.labels == HOTSPOT) <= 9
        assert sorted(sample.objects["class"]) == [HOTSPOT, LAVA_LAKE]
        assert sample.objects["asked"].all()


def test_only_what_has_changed_is_made_again(results, labels, tmp_path):
    words = {"data": PreparedData.labelled, "results": results, "labels": labels}
    out = tmp_path / "samples"
    assert prepared(out, **words).skipped == 0
    assert prepared(out, **words).skipped == 1
    assert prepared(out, overwrite=True, **words).skipped == 0
    frame = geopandas.read_file(labels / "PJ53.gpkg").iloc[:1]
    (labels / "PJ53.gpkg").unlink()
    frame.to_file(labels / "PJ53.gpkg", engine="pyogrio")
    assert prepared(out, **words).skipped == 0
    assert not (load_sample(out / "PJ53_group_1.npz").labels == LAVA_LAKE).any()


def test_a_table_labels_every_visit(results, tmp_path):
    latitude, longitude = place_of(made_map(1).grid, *SPOT)
    table = tmp_path / "table.csv"
    table.write_text(f"lat_deg,lon_east_deg,sigma_km\n{latitude},{longitude},2\n")
    out = tmp_path / "samples"
    done = prepared(out, data=PreparedData.catalogue, results=results, table=table)
    assert [visit.name for visit in done.visits] == ["PJ53", "PJ57"]
    assert done.samples == 3
    for path in out.glob("*.npz"):
        sample = load_sample(path)
        assert sample.labels[40, 30] == HOTSPOT
        assert sample.labels[15, 20] == IGNORED
        assert sample.labels[45, 70] == IGNORED
        assert (sample.labels == BACKGROUND).mean() > 0.5


def test_a_folder_of_one_visit_will_do(results):
    assert mapped_visits(results / "PJ57") == {"PJ57": results / "PJ57" / "grid.nc"}
    assert list(mapped_visits(results)) == ["PJ53", "PJ57"]


def test_missing_inputs_are_named(results, labels, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(SampleError, match=r"empty.*grid\.nc"):
        mapped_visits(empty)
    with pytest.raises(ConfigurationError, match="needs results=PATH"):
        prepared(tmp_path / "s", data=PreparedData.catalogue)
    with pytest.raises(ConfigurationError, match="needs labels=PATH"):
        prepared(tmp_path / "s", data=PreparedData.labelled, results=results)


def test_maps_that_lack_a_plane_are_named(results, tmp_path):
    whole = made_map(1)
    planes = {name: plane for name, plane in whole.planes.items() if name != "m_chi2"}
    poor = type(whole)(whole.grid, planes, whole.attributes)
    write_grid_maps(results / "PJ57" / "grid.nc", {"group_1": poor}, title="poor")
    done = prepared(tmp_path / "samples", data=PreparedData.catalogue, results=results)
    (failed,) = done.failed
    assert failed.name == "PJ57"
    assert "m_chi2" in failed.problem
    assert "grid.nc, group_1" in failed.problem
