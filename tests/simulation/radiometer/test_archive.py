"""A whole archive by the command line: files, truth, repetition, settings."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hotspots.cli.compose import Program, compose_settings
from hotspots.cli.simulate_radiometer import main
from hotspots.errors import ConfigurationError
from hotspots.simulation.radiometer.settings import FlybyRanges, SimulateRadiometerSettings
from hotspots.simulation.radiometer.visit import SimulatedFlyby, simulate_flyby
from hotspots.simulation.ranges import Range

WORDS = [
    "seed=3",
    "visits=1",
    "side=8",
    "passage.minutes={low: 0.4, high: 0.4}",
    "passage.row_spacing_s=0.6",
    "faults.no_table_fraction=0",
    "lava.none_fraction=0",
]


def test_yaml_and_dataclasses_have_the_same_defaults(tmp_path: Path) -> None:
    program = Program(
        "simulate_radiometer", SimulateRadiometerSettings, paths=("out",), needed=("out",)
    )
    settings = compose_settings(program, [f"out={tmp_path}"])
    assert settings == SimulateRadiometerSettings(out=tmp_path)


def test_command_makes_an_archive_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [f"out={tmp_path}", *WORDS]
    assert main(words) == 0
    assert "flybys made: 1" in capsys.readouterr().out
    tables = sorted(tmp_path.glob("archive/DATA/*/*/*/*.CSV"))
    assert {path.name[5:7] for path in tables} == {"RI", "RG"}
    assert (tmp_path / "archive" / "kernels" / "juno_io.tm").is_file()
    truth = next((tmp_path / "truth").iterdir())
    before = {path: path.read_bytes() for path in truth.iterdir()}
    assert main(words) == 0
    assert "made before: 1" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in truth.iterdir()} == before
    assert main([f"out={tmp_path}", *WORDS[1:], "seed=4"]) == 2
    assert "holds flybys of other settings" in capsys.readouterr().err


def test_truth_has_the_maps_and_rows_it_promises(tmp_path: Path) -> None:
    assert main([f"out={tmp_path}", *WORDS]) == 0
    truth = next((tmp_path / "truth").iterdir())
    with np.load(truth / "maps.npz") as maps:
        cells = len(maps["lat"])
        assert cells == 12 * 4**2
        seen = maps["covered"]
        assert seen.any()
        assert np.all(np.isfinite(maps["tb_beam"][seen]))
        assert np.all(np.isfinite(maps["tb_observed"][seen]))
        assert np.all(maps["tb"] >= maps["tb_passive"] - 1e-3)
        warm = maps["lava_fraction"] > 0
        assert np.all(maps["lava_eq10"][warm] > 0)
        assert not maps["lava_eq10"][~warm].any()
    with np.load(truth / "rows.npz") as rows:
        parts = sum(rows[name] for name in ("ta_io", "ta_jupiter", "ta_sync", "ta_sky"))
        np.testing.assert_allclose(rows["ta"], parts, atol=1e-3)
        assert rows["boresight_iau_io"].shape == (len(rows["ta"]), 2, 3)


def test_same_seed_same_flyby_other_seed_other(flyby: SimulatedFlyby, tmp_path: Path) -> None:
    ranges = replace(FlybyRanges(), side=8)
    small = replace(
        ranges, passage=replace(ranges.passage, row_spacing_s=9.0, minutes=Range.fixed(1.0))
    )
    one, two, other = (simulate_flyby(small, seed, tmp_path, orbit=57) for seed in (9, 9, 10))
    assert [table.text for table in one.tables] == [table.text for table in two.tables]
    assert one.tables[0].text != other.tables[0].text


def test_settings_out_of_range_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="side=50"):
        FlybyRanges(side=50)
    with pytest.raises(ConfigurationError, match="orbits"):
        FlybyRanges(first_orbit=9, last_orbit=5)
    with pytest.raises(ConfigurationError, match="visits"):
        SimulateRadiometerSettings(out=tmp_path, visits=99)
