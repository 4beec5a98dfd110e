"""Settings check themselves, and the YAML files say what the dataclasses say."""

from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from omegaconf import OmegaConf

from hotspots.cli.compose import _make_writable
from hotspots.config import (
    AcrossVisitsSettings,
    CalibrationSettings,
    DetectorSettings,
    EngineSettings,
    GridSettings,
    InferSettings,
    InstrumentSettings,
    LimitSettings,
    PhotometrySettings,
    PointingSettings,
    ProductSettings,
    RadiometerSettings,
)
from hotspots.errors import ConfigurationError

CONF = Path(__file__).parents[1] / "conf"


@pytest.mark.parametrize(
    ("settings", "change"),
    [
        (InstrumentSettings, {"ifov_rad": 0.0}),
        (InstrumentSettings, {"lines": -128}),
        (InstrumentSettings, {"linear_dn": 15000.0}),
        (CalibrationSettings, {"clip_sigma": 0.0}),
        (PointingSettings, {"search_lines": 0}),
        (PointingSettings, {"minimum_correlation": 1.5}),
        (GridSettings, {"cell_fraction": 0.01}),
        (GridSettings, {"radiation_sigma": 0.0}),
        (DetectorSettings, {"name": ""}),
        (PhotometrySettings, {"minimum_temperature_k": 2000.0}),
        (ProductSettings, {"equirectangular_cell_deg": 90.0}),
        (EngineSettings, {"name": "cloud"}),
        (RadiometerSettings, {"minimum_filling": 0.0}),
        (RadiometerSettings, {"smoothing_s": -1.0}),
        (LimitSettings, {"injections": 0}),
        (LimitSettings, {"step_px": 3.0}),
        (LimitSettings, {"faintest_snr": 40.0}),
        (AcrossVisitsSettings, {"wander_km": 0.0}),
        (AcrossVisitsSettings, {"false_alarms_per_visit": 0.0}),
        (AcrossVisitsSettings, {"least_factor": 0.5}),
    ],
)
def test_impossible_values_are_refused_by_name(settings, change):
    with pytest.raises(ConfigurationError, match=next(iter(change))):
        settings(**change)


@given(st.sampled_from(["cell_fraction", "group_angle_deg", "radiation_sigma"]))
def test_not_a_number_is_refused(name):
    with pytest.raises(ConfigurationError, match=name):
        GridSettings(**{name: float("nan")})


def test_home_folder_is_resolved():
    settings = InferSettings(archive=Path("~/juno"), out=Path("~/out"), kernels=Path("~/k.tm"))
    assert settings.archive == Path.home() / "juno"
    assert settings.out == Path.home() / "out"
    assert settings.kernels == Path.home() / "k.tm"


@pytest.mark.parametrize("visits", [[], ["PJ53", ""], [53]])
def test_visits_that_are_no_names_are_refused(visits):
    with pytest.raises(ConfigurationError, match="visits"):
        InferSettings(archive=Path("a"), out=Path("b"), visits=visits)


def groups():
    """Settings of a stage, with the YAML files that fill them."""
    for field in fields(InferSettings):
        settings = field.default_factory
        if is_dataclass(settings):
            for path in sorted((CONF / field.name).glob("*.yaml")):
                yield pytest.param(settings, path, id=f"{field.name}-{path.stem}")


def filled(settings, values):
    """Settings of a YAML file, those inside settings included."""
    schema = OmegaConf.structured(settings)
    _make_writable(schema)
    return OmegaConf.to_object(OmegaConf.merge(schema, values))


def assert_names_every_field(values, settings):
    assert list(values) == [field.name for field in fields(settings)]
    for name, value in values.items():
        inner = getattr(settings, name)
        if is_dataclass(inner):
            assert_names_every_field(value, inner)


@pytest.mark.parametrize(("settings", "path"), list(groups()))
def test_yaml_file_names_every_field_and_no_other(settings, path):
    values = yaml.safe_load(path.read_text())
    assert_names_every_field(values, settings())
    filled(settings, values)


def test_defaults_of_python_and_yaml_agree():
    defaults = yaml.safe_load((CONF / "infer.yaml").read_text())["defaults"]
    chosen = {key: value for entry in defaults if entry != "_self_" for key, value in entry.items()}
    for field in fields(InferSettings):
        if field.name in chosen:
            text = (CONF / field.name / f"{chosen[field.name]}.yaml").read_text()
            values = yaml.safe_load(text)
            values.pop("parameters", None)  # a detector's own, compared in its own test
            assert filled(field.default_factory, values) == field.default_factory()


def test_no_yaml_file_names_code_to_run():
    texts = {path: path.read_text() for path in CONF.rglob("*.yaml")}
    assert len(texts) > 5
    assert not [path for path, text in texts.items() if "_target_" in text]
