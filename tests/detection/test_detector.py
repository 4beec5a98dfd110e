"""The plug-in interface: one file in the package and one YAML file make a detector."""

import shutil
import sys

import numpy as np
import pytest

import hotspots.detection
from hotspots.cli import compose
from hotspots.cli.conf import conf_dir
from hotspots.detection import detector as registry
from hotspots.detection.detector import make_detector
from hotspots.errors import ConfigurationError
from tests.detection.scenes import drawn, map_of

MODULE = '''
"""Finds the brightest cell of a map: the least that a detector can be."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hotspots.backend import to_host
from hotspots.detection.detector import Detections, Region, register


@dataclass(frozen=True)
class BrightestCellSettings:
    least: float = 0.0


@register("brightest_cell", BrightestCellSettings)
class BrightestCell:
    name: ClassVar[str] = "brightest_cell"

    def __init__(self, settings):
        self.settings = settings

    def detect(self, grid_map):
        image = np.nan_to_num(to_host(grid_map["m_residual"]))
        if image.max() < self.settings.least:
            return Detections((), {})
        row, column = (i + 0.5 for i in np.unravel_index(np.argmax(image), image.shape))
        region = Region(row, column, 10.0, ((row, column),), 1.0, 0.0)
        return Detections((region,), {})
'''


@pytest.fixture
def plugged_in(tmp_path, monkeypatch):
    """Add the module to the package and the YAML file to a copy of the settings."""
    folder = tmp_path / "detection"
    folder.mkdir()
    (folder / "brightest_cell.py").write_text(MODULE)
    conf = shutil.copytree(conf_dir(), tmp_path / "conf")
    (conf / "detector" / "brightest_cell.yaml").write_text(
        "name: brightest_cell\nparameters:\n  least: 0.5\n"
    )
    # the package's own detectors must not be imported for the first time into the copy below
    make_detector("matched_filter", {})
    monkeypatch.setattr(hotspots.detection, "__path__", [*hotspots.detection.__path__, str(folder)])
    monkeypatch.setattr(registry, "_REGISTRY", dict(registry._REGISTRY))
    monkeypatch.setattr(compose, "conf_dir", lambda: conf)
    yield
    sys.modules.pop("hotspots.detection.brightest_cell", None)


@pytest.mark.usefixtures("plugged_in")
def test_a_file_and_a_yaml_name_are_all_it_takes():
    settings = compose.compose_infer_settings(["archive=a", "out=b", "detector=brightest_cell"])
    made = make_detector(settings.detector.name, settings.detector.parameters)
    assert made.settings.least == 0.5
    image = drawn((40, 50), [(20.5, 10.5)], [9.0])
    (region,) = made.detect(map_of({"M": image})).regions
    assert (region.row, region.column) == (10.5, 20.5)
    assert made.detect(map_of({"M": np.zeros((40, 50))})).regions == ()


@pytest.mark.usefixtures("plugged_in")
def test_its_settings_are_checked_like_all_others():
    with pytest.raises(ConfigurationError, match=r"brightest_cell has no setting most; .* least"):
        make_detector("brightest_cell", {"most": 1.0})


def test_an_unknown_name_is_answered_with_those_there_are():
    with pytest.raises(ConfigurationError, match=r"detector\.name=astrologer.*matched_filter"):
        make_detector("astrologer", {})


def test_parameters_reach_the_settings():
    made = make_detector("matched_filter", {"rounds": 1})
    assert made.settings.rounds == 1
    assert made.name == "matched_filter"
