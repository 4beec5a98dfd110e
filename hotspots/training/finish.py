"""The end of a training: calibrate, judge, and write the model folder with its figures."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hotspots.config.train import CalibrateOn, TrainSettings
from hotspots.nets.calibration import Calibration
from hotspots.nets.folder import Model, save_model
from hotspots.nets.net import Net
from hotspots.training.calibrate import fit_calibration
from hotspots.training.data_module import SampleDataModule
from hotspots.training.judge import judge
from hotspots.training.metrics.reliability import reliability_curve
from hotspots.training.metrics.scores import scores
from hotspots.training.metrics.sums import Sums
from hotspots.training.module import SegmentationModule
from hotspots.training.results import machine, write_json, write_sums

__all__ = ["METRICS", "SUMS", "Outcome", "finish", "recipe", "weight_count"]

METRICS = "metrics.json"
SUMS = "sums.json"


@dataclass(frozen=True)
class Outcome:
    """What came out.

    Parameters
    ----------
    scores : dict of str to float
        On the maps that were kept out; on the maps of the training where none were.
    untrained : dict of str to float or None
        The same of the network before training.
    sums : Sums
        What the scores were made from.
    model : Path or None
        Model folder, where one was written or judged.
    """

    scores: dict[str, float]
    untrained: dict[str, float] | None
    sums: Sums
    model: Path | None


def finish(
    settings: TrainSettings,
    module: SegmentationModule,
    maps: SampleDataModule,
    untrained: dict[str, float],
    seconds: float,
) -> Outcome:
    """Calibrate and judge the mean network, and write it with its scores.

    Parameters
    ----------
    settings : TrainSettings
    module : SegmentationModule
        After its last step.
    maps : SampleDataModule
    untrained : dict of str to float
        Scores before the first step.
    seconds : float
        What the training took.

    Returns
    -------
    Outcome
        Of processes beside the first: the scores of the last round, and nothing written.

    Raises
    ------
    ModelError, ProductError
        If something cannot be written.
    """
    folder = settings.model or settings.out / "model"
    if module.global_rank > 0:
        return Outcome(module.scores, untrained, module.sums, folder)
    net = module.average.net.cpu()
    indices = range(len(maps.validation))
    calibration = Calibration.identity(len(net.spec.classes))
    if settings.calibrate is CalibrateOn.training:
        learnt = range(len(maps.training))
        calibration = fit_calibration(net, maps.training, learnt, settings.seed)
    elif settings.calibrate is CalibrateOn.kept_out and settings.data.fold is not None:
        calibration = fit_calibration(net, maps.validation, indices, settings.seed)
    content: dict[str, Any] = {
        "untrained": untrained,
        "net": net.spec.as_dict(),
        "weights": weight_count(net),
        "steps": settings.trainer.epochs * settings.trainer.steps_per_epoch,
        "learnt_from": len(maps.training),
        "judged_on": len(maps.validation),
        "kept_out": settings.data.fold is not None,
        "training_seconds": seconds,
        "settings": recipe(settings),
        "machine": machine(),
    }
    notes = {key: content[key] for key in ("learnt_from", "steps")} | {"seed": settings.seed}
    model = Model(net, calibration, notes)
    sums = judge(model, maps.validation, indices, symmetries=settings.symmetries)
    result = scores(sums, net.spec.classes)
    content = {"scores": result, **content, "reliability": reliability_curve(sums)}
    save_model(folder, model)
    write_json(folder / METRICS, content)
    write_json(settings.out / METRICS, content)
    write_sums(settings.out / SUMS, sums)
    return Outcome(result, untrained, sums, folder)


def weight_count(net: Net) -> int:
    """Number of trained weights."""
    return sum(weight.numel() for weight in net.parameters())


def recipe(settings: TrainSettings) -> dict[str, Any]:
    """The settings that make the result what it is, without the paths of one machine."""
    chosen = asdict(settings)
    chosen["calibrate"] = settings.calibrate.value
    for key in ("out", "mode", "model", "start", "images", "resume"):
        chosen.pop(key)
    chosen["data"].pop("folder")
    return chosen
