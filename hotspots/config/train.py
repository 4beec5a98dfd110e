"""Settings of a whole run of ``train.py``."""

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from hotspots.config.training import (
    DataSettings,
    LossSettings,
    NetSettings,
    OptimSettings,
    TrainerSettings,
)

__all__ = ["CalibrateOn", "TrainMode", "TrainSettings"]


class TrainMode(Enum):
    """What ``train.py`` does; the names are what is typed on the command line."""

    train = "train"
    """Train a network and judge it on the maps that were kept out."""
    cross_validate = "cross_validate"
    """The same once for each fold; scores are pooled over all folds."""
    evaluate = "evaluate"
    """Judge a model folder on the data."""
    predict = "predict"
    """Run a model folder on a folder of images."""
    export = "export"
    """Write a model folder as ``out/model.onnx``; needs the extra ``onnx``."""


class CalibrateOn(Enum):
    """Maps on which logits are turned into honest probabilities."""

    kept_out = "kept_out"
    """Those that the network has not seen; none, where none are kept out."""
    training = "training"
    """Those that it has learnt from, whole: what crops that seek sources did to the odds is
    put right, what was learnt by heart is not."""
    none = "none"
    """Probabilities are as the loss left them."""


@dataclass(frozen=True, kw_only=True)
class TrainSettings:
    """Everything that ``train.py`` can be told.

    Parameters
    ----------
    out : Path
        Folder for checkpoints, logs, pictures and ``metrics.json``; made where missing.
    mode : TrainMode
        What to do.
    model : Path or None
        Model folder: written by training (None: ``out/model``), read by the other modes.
    start : Path or None
        Model folder whose weights training starts from; None: random weights.
    images : Path or None
        Folder of images for ``mode=predict``.
    resume : bool
        Go on from the last checkpoint in ``out``, if there is one.
    seed : int
        Of everything that is drawn.
    calibrate : CalibrateOn
        Where gains and offsets of the logits are fitted.
    symmetries : bool
        Judge and predict with the mean over the eight turns and mirrors of a map.
    net, data, loss, optim, trainer
        Settings of the parts.
    """

    out: Path
    mode: TrainMode = TrainMode.train
    model: Path | None = None
    start: Path | None = None
    images: Path | None = None
    resume: bool = False
    seed: int = 0
    calibrate: CalibrateOn = CalibrateOn.kept_out
    symmetries: bool = False
    net: NetSettings = field(default_factory=NetSettings)
    data: DataSettings = field(default_factory=DataSettings)
    loss: LossSettings = field(default_factory=LossSettings)
    optim: OptimSettings = field(default_factory=OptimSettings)
    trainer: TrainerSettings = field(default_factory=TrainerSettings)

    def __post_init__(self) -> None:
        for name in ("out", "model", "start", "images"):
            path = getattr(self, name)
            if path is not None:
                object.__setattr__(self, name, path.expanduser())
