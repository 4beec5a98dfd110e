"""What ``train.py`` does: train a network, judge one, cross-validate a recipe."""

import logging
import time
import warnings
from collections.abc import Callable
from dataclasses import replace

import lightning

from hotspots.config.train import TrainSettings
from hotspots.errors import ConfigurationError, ModelError
from hotspots.nets.build import build_net
from hotspots.nets.folder import load_model
from hotspots.nets.net import Net
from hotspots.nets.spec import NetSpec
from hotspots.training.data_module import SampleDataModule, spec_of
from hotspots.training.finish import METRICS, SUMS, Outcome, finish, recipe, weight_count
from hotspots.training.judge import judge
from hotspots.training.metrics.reliability import reliability_curve
from hotspots.training.metrics.scores import scores
from hotspots.training.metrics.sums import Sums, add_sums
from hotspots.training.module import SegmentationModule
from hotspots.training.results import machine, read_sums, write_json, write_sums
from hotspots.training.sources import find_data
from hotspots.training.trainer import last_checkpoint, make_trainer

__all__ = ["Outcome", "cross_validate", "evaluate", "train"]

Say = Callable[[str], None]


def train(settings: TrainSettings, *, bar: bool = False, say: Say = print) -> Outcome:
    """Train a network, judge it, and write its model folder.

    Parameters
    ----------
    settings : TrainSettings
    bar : bool
        Draw a progress bar instead of a line a round.
    say : callable
        Takes lines for a person.

    Returns
    -------
    Outcome

    Raises
    ------
    ConfigurationError
        If settings contradict the data.
    SampleError
        If there are no samples or one cannot be read.
    ModelError
        If the network is unknown, or a model folder or checkpoint cannot be used.
    """
    started = time.monotonic()
    _quiet()
    lightning.seed_everything(settings.seed, workers=True, verbose=False)
    data = find_data(settings.data, settings.seed)
    net = _start_net(settings, spec_of(settings.net.name, data, settings.data))
    steps = settings.trainer.steps_per_epoch
    maps = SampleDataModule(data, net.spec, settings.data, steps, settings.seed)
    module = SegmentationModule(
        net, settings.loss, settings.optim, steps * settings.trainer.epochs, maps.validation
    )
    say(
        f"net {net.spec.name}: {weight_count(net):,} weights; {len(maps.training)} maps to learn "
        f"from, {len(maps.validation)} to judge by"
        + ("" if settings.data.fold is not None else " (the same: data.fold=null)")
    )
    trainer = make_trainer(settings.out, settings.trainer, bar=bar, say=say)
    checkpoint = last_checkpoint(settings.out) if settings.resume else None
    with warnings.catch_warnings():
        _ignore_advice()
        trainer.validate(module, datamodule=maps, verbose=False)
        untrained = dict(module.scores)
        trainer.fit(module, datamodule=maps, ckpt_path=checkpoint)
    return finish(settings, module, maps, untrained, time.monotonic() - started)


def evaluate(settings: TrainSettings, *, say: Say = print) -> Outcome:
    """Judge a model folder on the kept-out maps, or on all of them with ``data.fold=null``.

    Parameters
    ----------
    settings : TrainSettings
        With ``model``.
    say : callable
        Takes lines for a person.

    Returns
    -------
    Outcome

    Raises
    ------
    ConfigurationError
        If no model folder is named.
    ModelError
        If it cannot be read.
    SampleError
        If there are no samples or one cannot be read.
    """
    if settings.model is None:
        msg = "model= is missing: wanted the model folder that is to be judged"
        raise ConfigurationError(msg)
    model = load_model(settings.model)
    data = find_data(settings.data, settings.seed)
    maps = SampleDataModule(data, model.spec, settings.data, 1, settings.seed)
    indices = range(len(maps.validation))
    say(f"judging {settings.model} on {len(indices)} maps")
    started = time.monotonic()
    sums = judge(model, maps.validation, indices, symmetries=settings.symmetries)
    result = scores(sums, model.spec.classes)
    content = {
        "scores": result,
        "reliability": reliability_curve(sums),
        "maps": len(indices),
        "seconds": time.monotonic() - started,
        "symmetries": settings.symmetries,
        "machine": machine(),
    }
    write_json(settings.out / METRICS, content)
    write_sums(settings.out / SUMS, sums)
    return Outcome(result, None, sums, settings.model)


def cross_validate(settings: TrainSettings, *, bar: bool = False, say: Say = print) -> Outcome:
    """Train once for each fold and pool the scores of all kept-out maps.

    Every map is judged exactly once, by a network that has not seen its visit.  With
    ``resume`` folds that are finished are not trained again.

    Parameters
    ----------
    settings, bar, say
        As for `train`; ``data.fold`` is not used.

    Returns
    -------
    Outcome
        Without a model folder.

    Raises
    ------
    HotspotsError
        As `train`.
    """
    parts: list[Sums] = []
    folds: list[dict[str, float]] = []
    started = time.monotonic()
    classes: tuple[str, ...] = find_data(settings.data, settings.seed).classes
    for fold in range(settings.data.folds):
        out = settings.out / f"fold{fold}"
        if settings.resume and (out / SUMS).is_file():
            sums = read_sums(out / SUMS)
        else:
            say(f"fold {fold + 1} of {settings.data.folds}")
            inner = replace(settings, out=out, model=None, data=replace(settings.data, fold=fold))
            sums = train(inner, bar=bar, say=say).sums
        parts.append(sums)
        folds.append(scores(sums, classes))
    pooled = add_sums(parts)
    result = scores(pooled, classes)
    content = {
        "scores": result,
        "folds": folds,
        "seconds": time.monotonic() - started,
        "settings": recipe(settings),
        "machine": machine(),
    }
    write_json(settings.out / METRICS, content)
    return Outcome(result, None, pooled, None)


def _start_net(settings: TrainSettings, spec: NetSpec) -> Net:
    if settings.start is None:
        return build_net(spec)
    model = load_model(settings.start)
    if model.spec != spec:
        msg = (
            f"start={settings.start}: its network is {model.spec}, but the settings ask for {spec}"
        )
        raise ModelError(msg)
    return model.net.train()


def _quiet() -> None:
    for name in ("lightning.pytorch", "lightning.fabric"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _ignore_advice() -> None:
    """Lightning's advice on choices that were made on purpose."""
    for message in (
        ".*does not have many workers.*",
        ".*Checkpoint directory .* exists.*",
        ".*in eval mode at the start of training.*",
        ".*treespec, LeafSpec.*",
        ".*sync_dist=True.*",  # the scores are those of all devices already
    ):
        warnings.filterwarnings("ignore", message=message)
