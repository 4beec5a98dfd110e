"""``train.py`` from words to files: the smoke recipe, and one line for each mistake."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from hotspots import __version__
from hotspots.cli.compose import Program, compose_settings
from hotspots.cli.train import main
from hotspots.config.train import CalibrateOn, TrainMode, TrainSettings
from hotspots.nets.build import build_net
from hotspots.nets.calibration import Calibration
from hotspots.nets.folder import Model, save_model
from hotspots.nets.spec import NetSpec

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.filterwarnings("ignore:.*LeafSpec.*")


def composed(*words: str) -> TrainSettings:
    return compose_settings(Program("train", TrainSettings, paths=("out", "data.folder")), words)


def test_smoke_recipe_learns(tmp_path, capsys):
    words = ["experiment=smoke", f"out={tmp_path}", "trainer.pictures=1"]
    assert main(words) == 0
    output = capsys.readouterr().out
    losses = [
        float(line.split("loss ")[1].split(",")[0])
        for line in output.splitlines()
        if "loss" in line
    ]
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < 0.7 * losses[0]
    metrics = json.loads((tmp_path / "metrics.json").read_text())
    trained, untrained = metrics["scores"], metrics["untrained"]
    for name in ("iou", "niou", "pd", "f1_hotspot", "f1_lava_lake", "object_f1_hotspot"):
        assert trained[name] > untrained[name] + 0.3, name
    assert trained["ece_candidates"] < 0.05
    assert {path.name for path in (tmp_path / "model").iterdir()} == {
        "metrics.json",
        "model.yaml",
        "weights.safetensors",
    }
    assert (
        main(
            [
                "mode=evaluate",
                f"model={tmp_path / 'model'}",
                f"out={tmp_path / 'again'}",
                "data=drawn",
            ]
        )
        == 0
    )
    again = json.loads((tmp_path / "again" / "metrics.json").read_text())
    assert again["scores"]["iou"] == pytest.approx(trained["iou"], rel=1e-3)


@pytest.fixture
def image_model(tmp_path):
    spec = NetSpec("tiny", ("radiance",), (), ("background", "target"))
    save_model(tmp_path / "model", Model(build_net(spec), Calibration.identity(2)))
    return tmp_path / "model"


def test_images_get_masks_probabilities_and_a_table(tmp_path, image_model, capsys):
    (tmp_path / "images").mkdir()
    grey = np.random.default_rng(0).integers(0, 255, (40, 52)).astype(np.uint8)
    Image.fromarray(grey).save(tmp_path / "images" / "one.png")
    words = [
        "mode=predict",
        f"model={image_model}",
        f"images={tmp_path / 'images'}",
        f"out={tmp_path}",
    ]
    assert main(words) == 0
    mask = np.asarray(Image.open(tmp_path / "masks" / "one.png"))
    probability = np.asarray(Image.open(tmp_path / "probabilities" / "one.png"))
    assert mask.shape == probability.shape == (40, 52)
    assert set(np.unique(mask)) <= {0, 255}
    np.testing.assert_array_equal(mask > 0, probability > 65535 / 2)
    table = (tmp_path / "targets.csv").read_text().splitlines()
    assert table[0] == "image,row,column,cells,probability"
    assert "1 images" in capsys.readouterr().out


def test_recipe_for_real_images_composes():
    settings = composed("experiment=sirst", "data.folder=a, b", "data.fold=null", "out=o")
    assert settings.data.folder == Path("a, b")
    assert settings.data.fold is None
    assert settings.calibrate is CalibrateOn.training
    assert settings.loss.terms == {"cross_entropy": 1.0, "soft_iou": 1.0}


@pytest.mark.parametrize("group", ["net", "data", "loss", "optim", "trainer", "experiment"])
def test_every_file_of_every_group_composes(group):
    names = sorted(path.stem for path in (ROOT / "conf" / group).glob("*.yaml"))
    assert names
    for name in names:
        assert composed(f"{group}={name}", "out=o").mode is TrainMode.train


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["data=simulated"], "data.folder= is missing"),
        (["data=simulated", "data.folder=nowhere"], "no such folder"),
        (["data=seen"], "choose from"),
        (["net.name=huge", "data=drawn"], "choose from"),
        (["loss.terms.hinge=1"], "hinge"),
        (["+loss.terms.hinge=1", "data=drawn"], "choose from"),
        (["data.batch_size=7"], "multiple"),
        (["data.fold=9"], "fold=9"),
        (["data.object_fraction=0.9"], "no more than 1"),
        (["optim.schedule=wild"], "schedule=wild"),
        (["trainer.epochs=0"], "epochs=0"),
        (["mode=dream"], "mode"),
        (["mode=evaluate"], "model= is missing"),
        (["mode=predict"], "wanted model="),
        (["mode=export"], "wanted model="),
        (["mode=evaluate", "model=nowhere"], "model.yaml"),
    ],
)
def test_mistakes_are_named_in_one_line(tmp_path, words, wanted, capsys):
    assert main([f"out={tmp_path}", *words]) == 2
    error = capsys.readouterr().err
    assert error.startswith("train: ")
    assert error.count("\n") == 1
    assert wanted in error


def test_predicting_refuses_other_models_and_empty_folders(tmp_path, image_model, capsys):
    (tmp_path / "empty").mkdir()
    words = ["mode=predict", f"images={tmp_path / 'empty'}", f"out={tmp_path}"]
    assert main([*words, f"model={image_model}"]) == 2
    assert "no images" in capsys.readouterr().err
    save_model(tmp_path / "io", Model(build_net(NetSpec("tiny", ("m",))), Calibration.identity(3)))
    assert main([*words, f"model={tmp_path / 'io'}"]) == 2
    assert "not images" in capsys.readouterr().err


def test_script_says_its_version():
    done = subprocess.run(
        [sys.executable, "train.py", "--version"],
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )
    assert done.stdout == f"hotspots {__version__}\n"
