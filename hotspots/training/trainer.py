"""Lightning's trainer, set up as the settings say: device, precision, logs, checkpoints."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import lightning
import torch
from lightning.pytorch.callbacks import (
    Callback,
    LearningRateMonitor,
    ModelCheckpoint,
    RichProgressBar,
)
from lightning.pytorch.loggers import CSVLogger, TensorBoardLogger

from hotspots.config.training import TrainerSettings
from hotspots.training.checkpoints import SafeCheckpoints
from hotspots.training.module import SHOWN, SegmentationModule
from hotspots.training.pictures import PredictionPictures

__all__ = ["last_checkpoint", "make_trainer"]

Say = Callable[[str], None]

_CHECKPOINTS = "checkpoints"


class RoundLines(Callback):
    """One line after each round, for those who have no bar.

    Parameters
    ----------
    say : callable
        Takes the line.
    """

    def __init__(self, say: Say) -> None:
        self.say = say

    def on_train_epoch_end(self, trainer: lightning.Trainer, module: Any) -> None:
        """Say the mean loss and the scores of the round."""
        assert isinstance(module, SegmentationModule)
        loss = trainer.callback_metrics.get("train/loss_epoch", torch.tensor(float("nan")))
        shown = [f"{name} {module.scores[name]:.3g}" for name in SHOWN if name in module.scores]
        rounds = f"round {trainer.current_epoch + 1}/{trainer.max_epochs}"
        self.say(", ".join([f"{rounds}: loss {float(loss):.4f}", *shown]))


def make_trainer(out: Path, settings: TrainerSettings, *, bar: bool, say: Say) -> lightning.Trainer:
    """Trainer that writes below a folder.

    Parameters
    ----------
    out : Path
        Gets ``checkpoints``, ``logs`` (TensorBoard and CSV) and ``pictures``.
    settings : TrainerSettings
    bar : bool
        Draw a bar; without it ``say`` gets a line a round.
    say : callable
        Takes lines for a person.

    Returns
    -------
    lightning.Trainer
    """
    if settings.threads is not None:
        torch.set_num_threads(settings.threads)
    checkpoints = ModelCheckpoint(out / _CHECKPOINTS, filename="last", enable_version_counter=False)
    callbacks: list[Callback] = [checkpoints, LearningRateMonitor("step")]
    callbacks.append(RichProgressBar() if bar else RoundLines(say))
    if settings.pictures:
        callbacks.append(PredictionPictures(out / "pictures", settings.pictures))
    return lightning.Trainer(
        default_root_dir=out,
        accelerator=settings.accelerator,
        strategy=settings.strategy,
        devices=settings.devices,
        precision=_precision(settings),
        max_epochs=settings.epochs,
        limit_train_batches=settings.steps_per_epoch,
        num_sanity_val_steps=0,
        log_every_n_steps=min(10, settings.steps_per_epoch),
        enable_progress_bar=bar,
        enable_model_summary=False,
        use_distributed_sampler=False,  # the samplers deal the draws themselves
        logger=[CSVLogger(out / "logs", name="csv"), TensorBoardLogger(out / "logs", name="tb")],
        callbacks=callbacks,
        plugins=[SafeCheckpoints()],
    )


def last_checkpoint(out: Path) -> Path | None:
    """Checkpoint folder that a training below ``out`` wrote last, if there is one."""
    path = out / _CHECKPOINTS / "last.ckpt"
    return path if path.is_dir() else None


def _precision(settings: TrainerSettings) -> Any:
    if settings.precision != "auto":
        return settings.precision
    if settings.accelerator == "cpu" or not torch.cuda.is_available():
        return "32-true"
    return "bf16-mixed" if torch.cuda.is_bf16_supported() else "16-mixed"
