"""``python -m hotspots.prepare`` from the command line, and ``infer.py`` before it."""

import geopandas
import numpy as np
import pytest
from shapely import box

from hotspots.cli import infer, prepare
from hotspots.products.netcdf import read_grid_maps
from hotspots.products.tables import read_sources
from hotspots.training.peak_places import cells_of
from hotspots.training.samples import BACKGROUND, HOTSPOT, IGNORED, LAVA_LAKE, load_sample
from tests.helpers.example import EXAMPLE_ARCHIVE

TINY = (
    "visits=1",
    "seed=5",
    "solved_fraction=0",
    "mapping.backend=cpu",
    "simulation.observing.first_orbit=57",
    "simulation.observing.last_orbit=57",
    "simulation.observing.minimum_frames=4",
    "simulation.observing.maximum_frames=4",
    "simulation.observing.raw_fraction=0",
    "simulation.observing.both_bands=0",
    "simulation.observing.m_band_only=1",
    "simulation.flyby.altitude_km={low: 60000, high: 70000}",
    "simulation.flyby.eclipse_fraction=0",
    "simulation.flyby.departure.high=1.2",
)


def test_help_tells_every_setting(capsys):
    assert prepare.main(["--help"]) == 0
    text = capsys.readouterr().out
    for word in ("usage:", "data=simulated", "simulation.flyby.altitude_km=", "labels=null"):
        assert word in text
    assert prepare.main([]) == 2


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["visits=3"], "out= is missing"),
        (["out=x", "data=guessed"], "data: .*simulated, labelled, catalogue"),
        (["out=x", "data=labelled"], "needs results=PATH"),
        (["out=x", "data=labelled", "results=."], "needs labels=PATH"),
        (["out=x", "data=catalogue", "results=."], "grid.nc"),
        (["out=x", "visits=0"], "visits=0"),
        (["out=x", "simulation.flights=3"], "unknown setting 'simulation.flights'"),
        (["out=x", "simulation.flyby.altitude_km.low=-5"], "range -5"),
    ],
)
def test_bad_words_are_refused_in_one_line(words, complaint, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert prepare.main(words) == 2
    error = capsys.readouterr().err
    assert complaint.partition(".*")[2] in error
    assert complaint.partition(".*")[0] in error
    assert error.startswith("prepare: ")
    assert error.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_settings_can_be_printed(capsys):
    assert prepare.main(["--cfg", "data=catalogue", "simulation.flyby.speed_km_s.low=20"]) == 0
    text = capsys.readouterr().out
    assert "data: catalogue" in text
    assert "low: 20" in text


def test_a_simulated_visit_becomes_samples_once(tmp_path, capsys):
    out = tmp_path / "samples"
    assert prepare.main([f"out={out}", "data=simulated", *TINY]) == 0
    assert "1 visit (0 made before)" in capsys.readouterr().out
    samples = [load_sample(path) for path in out.glob("000005_PJ57_group_*.npz")]
    assert samples
    assert {sample.visit for sample in samples} == {"000005_PJ57"}
    for sample in samples:
        assert {BACKGROUND, HOTSPOT, IGNORED} <= set(np.unique(sample.labels).tolist())
        assert sample.objects["asked"].any()
    assert prepare.main([f"out={out}", "data=simulated", *TINY]) == 0
    assert "1 visit (1 made before)" in capsys.readouterr().out
    assert prepare.main([f"out={out}", *TINY, "solved_fraction=1"]) == 2
    assert "visits of other settings" in capsys.readouterr().err


def test_labels_on_the_maps_of_infer_become_classes(tmp_path, capsys):
    results, labels, out = (tmp_path / name for name in ("out", "labels.geojson", "samples"))
    words = ["products.cogs=false", "backend=cpu"]
    assert infer.main([f"archive={EXAMPLE_ARCHIVE}", f"out={results}", *words]) == 0
    found = sorted(read_sources(results / "PJ53" / "hotspots.csv"), key=lambda s: -s.snr)
    spot, other = (one for one in found[:8:7])
    longitude = other.lon_east_deg - 360  # as GIS programs draw it
    shapes = [
        geopandas.points_from_xy([spot.lon_east_deg], [spot.lat_deg])[0],
        box(longitude - 1, other.lat_deg - 1, longitude + 1, other.lat_deg + 1),
    ]
    drawn = {"class": ["hotspot", "lava_lake"], "visit": ["PJ53", "PJ53"]}
    geopandas.GeoDataFrame(drawn, geometry=shapes, crs="IAU_2015:50100").to_file(
        labels, engine="pyogrio"
    )
    command = ["data=labelled", f"results={results}", f"labels={labels}", f"out={out}"]
    assert prepare.main(command) == 0
    capsys.readouterr()
    maps = read_grid_maps(results / "PJ53" / "grid.nc")
    for name, grid_map in maps.items():
        sample = load_sample(out / f"PJ53_{name}.npz")
        places = [(one.lat_deg, one.lon_east_deg) for one in (spot, other)]
        columns, rows = cells_of(grid_map.grid, places)
        at = sample.labels[rows.astype(int), columns.astype(int)]
        assert at.tolist() == [HOTSPOT, LAVA_LAKE]
        assert len(sample.objects) == 2
        assert sample.objects["asked"].all()
