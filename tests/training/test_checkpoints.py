"""Checkpoints come back as they went, and hold nothing that could run."""

import collections

import numpy as np
import pytest
import torch

from hotspots.errors import ModelError
from hotspots.training.checkpoints import SafeCheckpoints

STATE = {
    "epoch": 3,
    "score": np.float64(0.5),
    "infinite": float("inf"),
    "none": None,
    "ordered": collections.OrderedDict(weight=torch.arange(6.0).reshape(2, 3)),
    "optimizer": [{"state": {0: {"step": torch.tensor(4.0)}}, "betas": (0.9, 0.999)}],
    "empty": {"tensor": torch.zeros(0), "list": [], "tuple": ()},
}


def test_state_comes_back(tmp_path):
    path = tmp_path / "checkpoints" / "last.ckpt"
    SafeCheckpoints().save_checkpoint(STATE, path)
    back = SafeCheckpoints().load_checkpoint(path)
    torch.testing.assert_close(back["ordered"]["weight"], STATE["ordered"]["weight"])
    assert back["optimizer"][0]["state"][0]["step"] == 4
    assert back["optimizer"][0]["betas"] == (0.9, 0.999)
    assert back["empty"]["tuple"] == ()
    assert back["empty"]["tensor"].shape == (0,)
    assert {key: back[key] for key in ("epoch", "score", "infinite", "none")} == {
        "epoch": 3,
        "score": 0.5,
        "infinite": float("inf"),
        "none": None,
    }
    assert sorted(file.name for file in path.iterdir()) == ["state.yaml", "tensors.safetensors"]


def test_weights_that_share_memory_come_back_both(tmp_path):
    shared = torch.arange(3.0)
    SafeCheckpoints().save_checkpoint({"a": shared, "b": shared}, tmp_path / "c")
    back = SafeCheckpoints().load_checkpoint(tmp_path / "c")
    torch.testing.assert_close(back["a"], back["b"])


def test_newer_one_takes_the_place_and_can_be_removed(tmp_path):
    for epoch in range(2):
        SafeCheckpoints().save_checkpoint({"epoch": epoch}, tmp_path / "last.ckpt")
    assert SafeCheckpoints().load_checkpoint(tmp_path / "last.ckpt") == {"epoch": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["last.ckpt"]
    SafeCheckpoints().remove_checkpoint(tmp_path / "last.ckpt")
    assert not list(tmp_path.iterdir())


def test_what_needs_pickle_is_refused(tmp_path):
    with pytest.raises(ModelError, match="/a/0: a set"):
        SafeCheckpoints().save_checkpoint({"a": [{1}]}, tmp_path / "c")


def test_damaged_checkpoints_are_named(tmp_path):
    path = tmp_path / "last.ckpt"
    with pytest.raises(ModelError, match=r"last\.ckpt"):
        SafeCheckpoints().load_checkpoint(path)
    SafeCheckpoints().save_checkpoint(STATE, path)
    text = (path / "state.yaml").read_text()
    for broken in (
        "!!python/object/apply:os.system ['true']",
        "[1, 2]",
        text.replace("/ordered", "/x"),
    ):
        (path / "state.yaml").write_text(broken)
        with pytest.raises(ModelError, match=r"last\.ckpt"):
            SafeCheckpoints().load_checkpoint(path)
