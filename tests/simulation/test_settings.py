from dataclasses import asdict, fields
from pathlib import Path

import pytest
import yaml

from hotspots.errors import ConfigurationError
from hotspots.simulation.ranges import Range
from hotspots.simulation.settings import (
    FlybySettings,
    ObservingSettings,
    SimulateSettings,
    SimulationSettings,
    Track,
)

CONF = Path(__file__).parents[2] / "conf"


def plain(value):
    """Settings as YAML states them."""
    if isinstance(value, dict):
        found = {key: plain(one) for key, one in value.items()}
        if found.keys() == {"low", "high", "logarithmic"} and not found["logarithmic"]:
            del found["logarithmic"]
        return found
    if isinstance(value, Track):
        return value.name
    return value


@pytest.mark.parametrize("group", ["flyby", "observing", "scene", "camera"])
def test_yaml_says_what_the_dataclass_says(group):
    values = yaml.safe_load((CONF / group / "default.yaml").read_text())
    assert values == plain(asdict(getattr(SimulationSettings(), group)))


def test_yaml_names_every_setting_of_a_run():
    values = yaml.safe_load((CONF / "simulate.yaml").read_text())
    groups = {name for entry in values.pop("defaults") if entry != "_self_" for name in entry}
    assert groups == {field.name for field in fields(SimulationSettings)}
    assert groups | set(values) == {field.name for field in fields(SimulateSettings)}
    settings = SimulateSettings(out=Path("x"))
    for name in ("visits", "seed", "jobs", "overwrite"):
        assert values[name] == getattr(settings, name)


@pytest.mark.parametrize(
    ("settings", "change", "complaint"),
    [
        (FlybySettings, {"eclipse_fraction": 1.5}, "eclipse_fraction"),
        (FlybySettings, {"polar_bias": -1.0}, "polar_bias"),
        (FlybySettings, {"maximum_distance_km": 0.0}, "maximum_distance_km"),
        (FlybySettings, {"altitude_km": Range(0.0, 10.0)}, "altitude_km"),
        (FlybySettings, {"departure": Range(0.5, 1.0)}, "departure"),
        (FlybySettings, {"track": Track.frame_list}, "frame_list"),
        (FlybySettings, {"track": Track.kernels}, "kernels"),
        (ObservingSettings, {"raw_fraction": 2.0}, "raw_fraction"),
        (ObservingSettings, {"sky_frames": -1}, "sky_frames"),
        (ObservingSettings, {"both_bands": 0.8, "m_band_only": 0.3}, "both_bands"),
        (ObservingSettings, {"minimum_frames": 9, "maximum_frames": 3}, "minimum_frames"),
        (ObservingSettings, {"first_orbit": 1}, "orbits"),
        (ObservingSettings, {"spin_period_s": Range(-1.0, 30.0)}, "spin_period_s"),
    ],
)
def test_impossible_values_are_refused_by_name(settings, change, complaint):
    with pytest.raises(ConfigurationError, match=complaint):
        settings(**change)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"visits": 0}, "visits"),
        ({"visits": 96}, "last_orbit"),
        ({"jobs": 0}, "jobs"),
        ({"seed": -1}, "seed"),
        (
            {"flyby": FlybySettings(track=Track.frame_list, frame_list=Path("a.csv"))},
            "wanted visits=1",
        ),
    ],
)
def test_impossible_runs_are_refused(change, complaint):
    with pytest.raises(ConfigurationError, match=complaint):
        SimulateSettings(out=Path("x"), **change)


def test_home_folder_is_resolved():
    assert SimulateSettings(out=Path("~/sim")).out == Path.home() / "sim"
