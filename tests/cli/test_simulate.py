"""``python -m hotspots.simulate`` from end to end: made, found again, and compared."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from hotspots.cli import infer, simulate

TINY = (
    "visits=1",
    "seed=4",
    "observing.first_orbit=53",
    "observing.last_orbit=53",
    "observing.minimum_frames=4",
    "observing.maximum_frames=4",
    "observing.raw_fraction=0",
    "observing.both_bands=1",
    "observing.m_band_only=0",
    "flyby.altitude_km={low: 40000, high: 50000}",
    "flyby.eclipse_fraction=0",
    "flyby.departure.high=1.2",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("made") / "sim"
    assert simulate.main([f"out={out}", *TINY]) == 0
    return out


def test_help_tells_every_setting(capsys):
    assert simulate.main(["--help"]) == 0
    text = capsys.readouterr().out
    for word in ("usage:", "flyby.altitude_km=", "camera.optics.core_sigma_px=", "exit status"):
        assert word in text
    assert simulate.main([]) == 2


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["visits=3"], "out= is missing"),
        (["out=x", "visits=many"], "visits"),
        (["out=x", "flights=3"], "unknown setting 'flights'"),
        (["out=x", "flyby.altitude_km.low=-5"], "range -5"),
        (["out=x", "camera.optics.core_sigma_px={low: 3, high: 2}"], "range 3"),
        (["out=x", "flyby.track=frame_list", "visits=1"], "frame_list"),
        (["out=x", "flyby.track=sideways"], "flyby.track"),
    ],
)
def test_bad_words_are_refused_in_one_line(words, complaint, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert simulate.main(words) == 2
    error = capsys.readouterr().err
    assert complaint in error
    assert error.startswith("simulate: ")
    assert error.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_settings_can_be_printed(capsys):
    assert simulate.main(["--cfg", "flyby.speed_km_s={low: 20, high: 21}"]) == 0
    assert "low: 20" in capsys.readouterr().out


def test_module_is_a_program():
    run = [sys.executable, "-m", "hotspots.simulate", "--version"]
    answer = subprocess.run(run, capture_output=True, text=True, check=True)
    assert answer.stdout.startswith("hotspots ")


def test_second_run_does_nothing(made, capsys):
    assert simulate.main([f"out={made}", *TINY]) == 0
    assert "made before, skipped" in capsys.readouterr().out


def test_bright_sources_are_found_and_truth_is_compared(made, tmp_path, capsys):
    from hotspots.evaluate import main as evaluate

    words = ["products.cogs=false", "products.netcdf=false", "backend=cpu"]
    assert infer.main([f"archive={made / 'archive'}", f"out={tmp_path / 'out'}", *words]) == 0
    figures = tmp_path / "figures.json"
    assert evaluate([str(made / "truth"), str(tmp_path / "out"), "--json", str(figures)]) == 0
    capsys.readouterr()
    assert json.loads(figures.read_text())
    with (made / "truth" / "PJ53_sources.csv").open(encoding="utf-8") as file:
        bright = [
            row
            for row in csv.DictReader(file)
            if float(row["stacked_snr"]) > 50
            and not row["blended_with"]
            and float(row["best_snr_emission_deg"]) < 60
        ]
    with (tmp_path / "out" / "PJ53" / "hotspots.csv").open(encoding="utf-8") as file:
        found = [
            (float(row["lat_deg"]), float(row["lon_east_deg"])) for row in csv.DictReader(file)
        ]
    assert len(bright) >= 3
    near = [
        any(
            abs(lat - float(row["lat"])) < 1
            and abs((lon - float(row["lon_east"]) + 180) % 360 - 180) < 2
            for lat, lon in found
        )
        for row in bright
    ]
    assert sum(near) >= 0.8 * len(near)
