"""A model folder comes back as it went, and nothing else is taken for one."""

import pickle

import pytest
import torch
import yaml

from hotspots.errors import ModelError
from hotspots.nets.calibration import Calibration
from hotspots.nets.folder import Model, load_model, save_model
from tests.nets.made_nets import drawn_inputs, made_net

CALIBRATION = Calibration((1.0, 1.5, 0.5), (0.0, -0.25, 0.5))


@pytest.fixture
def folder(tmp_path):
    save_model(tmp_path / "model", Model(made_net(), CALIBRATION, {"made": "for a test"}))
    return tmp_path / "model"


def test_model_comes_back(folder):
    net = made_net()
    loaded = load_model(folder)
    assert loaded.spec == net.spec
    assert loaded.calibration == CALIBRATION
    assert loaded.notes == {"made": "for a test"}
    planes, present, scale = drawn_inputs(net, 20, 24)
    with torch.inference_mode():
        wanted = net(planes[None], present[None], scale[None])
        answer = loaded.net(planes[None], present[None], scale[None])
    torch.testing.assert_close(answer, wanted, rtol=0, atol=0)


def test_folder_holds_two_plain_files(folder):
    assert sorted(path.name for path in folder.iterdir()) == ["model.yaml", "weights.safetensors"]
    description = yaml.safe_load((folder / "model.yaml").read_text())
    assert description["spec"]["planes"] == ["m", "l"]


def change(**changes):
    def apply(folder):
        path = folder / "model.yaml"
        path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text()) | changes))

    return apply


@pytest.mark.parametrize(
    ("damage", "wanted"),
    [
        (lambda folder: (folder / "model.yaml").unlink(), "model.yaml"),
        (lambda folder: (folder / "model.yaml").write_text("a: ["), "model.yaml"),
        (
            lambda folder: (folder / "model.yaml").write_text("!!python/name:os.system"),
            "model.yaml",
        ),
        (lambda folder: (folder / "model.yaml").write_bytes(b"\xff\xfe"), "model.yaml"),
        (change(format=99), "format: 1"),
        (change(spec={"name": "tiny", "planes": ["m"], "colour": 1}), "spec"),
        (change(spec={"name": "huge", "planes": ["m"]}), "choose from"),
        (change(spec={"name": "tiny", "planes": ["m"]}), "not the weights of net"),
        (change(calibration={"gains": [1, 2], "offsets": [0, 0]}), "2 gains, 3 classes"),
        (change(calibration={"gains": ["a"], "offsets": [0]}), "calibration"),
        (lambda folder: (folder / "weights.safetensors").write_bytes(b"x"), "weights.safetensors"),
        (lambda folder: (folder / "weights.safetensors").unlink(), "weights.safetensors"),
        (
            lambda folder: (folder / "weights.safetensors").write_bytes(pickle.dumps({"a": 1})),
            "weights.safetensors",
        ),
    ],
)
def test_damaged_folder_is_refused_by_name(folder, damage, wanted):
    damage(folder)
    with pytest.raises(ModelError, match=wanted):
        load_model(folder)


def test_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "model").write_text("a file")
    with pytest.raises(ModelError, match="model"):
        save_model(tmp_path / "model", Model(made_net(), CALIBRATION))
