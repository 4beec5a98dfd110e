"""From settings to a model folder: what is learnt, kept, resumed and judged."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from hotspots.config.train import TrainSettings
from hotspots.config.training import (
    DataSettings,
    LossSettings,
    NetSettings,
    OptimSettings,
    TrainerSettings,
)
from hotspots.errors import ConfigurationError, ModelError
from hotspots.nets.folder import load_model
from hotspots.training.run import cross_validate, evaluate, train
from hotspots.training.samples import save_sample
from hotspots.training.trainer import last_checkpoint
from tests.training.made_samples import made_sample

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*LeafSpec.*", "ignore:.*ModelCheckpoint.*", "ignore:.*num_workers.*"
)


CROPS = {"crop_cells": 24, "batch_size": 4, "crops_per_map": 2, "folds": 3}
SAMPLES: list[Path] = []
ONE_STEP = TrainerSettings(epochs=1, steps_per_epoch=1, accelerator="cpu", pictures=0)


@pytest.fixture(scope="module", autouse=True)
def samples(tmp_path_factory) -> Path:
    """Folder with six small maps of six visits."""
    SAMPLES[:] = [tmp_path_factory.mktemp("samples")]
    for number in range(6):
        save_sample(SAMPLES[0] / f"{number}.npz", made_sample(f"PJ{number:02d}/a"))
    return SAMPLES[0]


def settings(out: Path, **changes) -> TrainSettings:
    made = TrainSettings(
        out=out,
        net=NetSettings("tiny"),
        data=DataSettings("simulated", SAMPLES[0], **CROPS),
        loss=LossSettings(terms={"cross_entropy": 1.0, "soft_iou": 1.0}),
        optim=OptimSettings(average_decay=0.9),
        trainer=TrainerSettings(
            epochs=2, steps_per_epoch=3, accelerator="cpu", threads=1, pictures=1
        ),
    )
    return replace(made, **changes)


def ignore(line: str) -> None:
    assert "\n" not in line


def checkpoint_tensors(out: Path) -> dict[str, torch.Tensor]:
    from safetensors.torch import load_file

    return load_file(last_checkpoint(out) / "tensors.safetensors")


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    out = tmp_path_factory.mktemp("trained")
    lines: list[str] = []
    return out, train(settings(out), say=lines.append), lines


def test_everything_is_written_and_nothing_is_a_pickle(trained):
    out, outcome, lines = trained
    assert outcome.model == out / "model"
    names = {path.name for path in out.rglob("*") if path.is_file()}
    assert {
        "metrics.json",
        "sums.json",
        "weights.safetensors",
        "model.yaml",
        "metrics.csv",
    } <= names
    assert any(name.startswith("events.out.tfevents") for name in names)
    assert any(name.startswith("step000006_PJ") for name in names)
    for path in out.rglob("*"):
        assert path.is_dir() or path.read_bytes()[:1] != b"\x80", path
    assert [line.partition(":")[0] for line in lines[1:]] == ["round 1/2", "round 2/2"]


def test_metrics_say_what_was_done(trained):
    out, outcome, _ = trained
    metrics = json.loads((out / "metrics.json").read_text())
    assert metrics["steps"] == 6
    assert metrics["learnt_from"] == 4
    assert metrics["judged_on"] == 2
    assert metrics["net"]["planes"] == ["l", "m"]
    assert metrics["settings"]["loss"]["terms"] == {"cross_entropy": 1.0, "soft_iou": 1.0}
    assert metrics["scores"]["iou"] == pytest.approx(outcome.scores["iou"], rel=1e-4)
    assert str(out) not in json.dumps(metrics)


def test_judging_the_folder_gives_the_same_scores(trained, tmp_path):
    out, outcome, _ = trained
    again = evaluate(settings(tmp_path, model=out / "model"), say=ignore)
    for name, value in outcome.scores.items():
        assert again.scores[name] == pytest.approx(value, rel=1e-4, nan_ok=True)


def test_training_that_goes_on_ends_where_one_without_a_break_does(trained, tmp_path):
    whole, _, _ = trained
    first = settings(tmp_path)
    # The schedule must know the whole length, so the break is between two rounds of it.
    broken = RuntimeError("power cut")

    def say(line: str) -> None:
        if line.startswith("round 2"):
            raise broken

    with pytest.raises(RuntimeError, match="power cut"):
        train(first, say=say)
    train(replace(first, resume=True), say=ignore)
    wanted, got = checkpoint_tensors(whole), checkpoint_tensors(tmp_path)
    assert wanted.keys() == got.keys()
    for name, values in wanted.items():
        torch.testing.assert_close(got[name], values, rtol=1e-4, atol=1e-5)


def test_training_starts_from_a_model_folder(trained, tmp_path):
    out, _, _ = trained
    slow = OptimSettings(learning_rate=1e-9, average_decay=0.0)
    train(settings(tmp_path, start=out / "model", optim=slow, trainer=ONE_STEP), say=ignore)
    before, after = (load_model(folder / "model").net.head.weight for folder in (out, tmp_path))
    torch.testing.assert_close(before, after, rtol=0, atol=1e-6)
    other = settings(tmp_path, start=out / "model", net=NetSettings("small"))
    with pytest.raises(ModelError, match="settings ask for"):
        train(other, say=ignore)


def test_folds_are_pooled_and_finished_ones_kept(tmp_path):
    given = settings(tmp_path, trainer=ONE_STEP)
    outcome = cross_validate(given, say=ignore)
    assert outcome.sums["maps"][0] == 6  # each map once
    written = json.loads((tmp_path / "metrics.json").read_text())
    assert len(written["folds"]) == 3
    lines: list[str] = []
    again = cross_validate(replace(given, resume=True), say=lines.append)
    assert lines == []
    assert again.scores["ece"] == pytest.approx(outcome.scores["ece"])


def test_without_kept_out_maps_nothing_is_calibrated(tmp_path):
    everything = replace(settings(tmp_path).data, fold=None)
    train(settings(tmp_path, trainer=ONE_STEP, data=everything), say=ignore)
    assert load_model(tmp_path / "model").calibration.gains == (1.0, 1.0, 1.0)
    assert json.loads((tmp_path / "metrics.json").read_text())["kept_out"] is False


def test_judging_needs_a_model(tmp_path):
    with pytest.raises(ConfigurationError, match="model= is missing"):
        evaluate(settings(tmp_path), say=ignore)


def test_seeds_draw_other_weights(tmp_path):
    heads = []
    for seed in (0, 0, 1):
        out = tmp_path / f"{len(heads)}"
        train(settings(out, seed=seed, trainer=ONE_STEP), say=ignore)
        heads.append(load_model(out / "model").net.encoder[0].first.weight.numpy(force=True))
    np.testing.assert_allclose(heads[0], heads[1], atol=1e-6)
    assert np.abs(heads[0] - heads[2]).max() > 1e-3
