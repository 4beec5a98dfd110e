"""The network detector from a model folder to regions; the weights here are not trained."""

import numpy as np
import pytest
import torch
import yaml

from hotspots.cli.conf import conf_dir
from hotspots.detection.detector import make_detector
from hotspots.detection.network_settings import NetworkSettings
from hotspots.errors import ConfigurationError, ModelError
from hotspots.nets.build import build_net
from hotspots.nets.calibration import Calibration
from hotspots.nets.folder import Model, save_model
from hotspots.nets.inputs import PLANES, SCALES
from hotspots.nets.spec import NetSpec
from tests.detection.scenes import FLUX_SIGMA, drawn, map_of, noise_of

SHAPE = (120, 130)
PLACE = (70.5, 40.5)


@pytest.fixture
def model_folder(tmp_path):
    torch.manual_seed(1)
    net = build_net(NetSpec("tiny", tuple(PLANES), tuple(SCALES)))
    save_model(tmp_path / "model", Model(net, Calibration.identity(3)))
    return str(tmp_path / "model")


def bright_map(bands=("M",)):
    light = drawn(SHAPE, [PLACE], [80 * FLUX_SIGMA])
    return map_of({band: light + noise_of(SHAPE, 7) for band in bands})


def test_planes_are_probabilities_where_there_is_something_to_judge(model_folder):
    found = make_detector("network", {"model": model_folder}).detect(bright_map())
    hotspot = found.planes["p_hotspot"].values
    lake = found.planes["p_lava_lake"].values
    assert np.isfinite(hotspot).any()
    assert np.nanmin(hotspot) >= 0
    assert np.nanmax(hotspot + lake) <= 1 + 1e-6


def test_answers_do_not_depend_on_the_tiles(model_folder):
    whole, cut = (
        make_detector("network", {"model": model_folder, "tile_cells": side}).detect(bright_map())
        for side in (512, 64)
    )
    np.testing.assert_allclose(
        whole.planes["p_hotspot"].values, cut.planes["p_hotspot"].values, atol=1e-6
    )


def test_a_network_that_believes_everything_reports_the_candidates_place(model_folder):
    parameters = {"model": model_folder, "least_probability": 0.0}
    found = make_detector("network", parameters).detect(bright_map())
    best = found.regions[0]
    assert (best.column, best.row) == pytest.approx(PLACE, abs=0.1)
    assert best.snr == pytest.approx(80, rel=0.1)


def test_a_map_without_the_m_band_is_searched_for_nothing(model_folder):
    found = make_detector("network", {"model": model_folder}).detect(bright_map(("L",)))
    assert found.regions == ()


def test_a_missing_model_is_named():
    with pytest.raises(ModelError, match="no-such-model"):
        make_detector("network", {"model": "no-such-model"})


def test_the_yaml_lists_every_setting_with_its_default():
    written = yaml.safe_load((conf_dir() / "detector" / "network.yaml").read_text())
    assert written["name"] == "network"
    assert written["parameters"] == vars(NetworkSettings())


@pytest.mark.parametrize("bad", [{"least_probability": 1.5}, {"least_snr": 0.5}, {"tile_cells": 8}])
def test_settings_out_of_range_are_refused(bad):
    with pytest.raises(ConfigurationError, match=next(iter(bad))):
        NetworkSettings(**bad)
