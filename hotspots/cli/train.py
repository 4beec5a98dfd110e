"""``train.py``: train a network, judge one, cross-validate a recipe, run one on images.

Everything heavy is imported after the words of the command line have been understood.
"""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hotspots.cli.entry import DONE, Command, plain_console
from hotspots.errors import ConfigurationError

if TYPE_CHECKING:
    from rich.console import Console

    from hotspots.cli.compose import Program
    from hotspots.config.train import TrainSettings

__all__ = ["main"]

_HEAD = """\
Train a network that finds hot spots and lava lakes, and judge it.

usage: python train.py out=FOLDER [experiment=NAME] [group=NAME] [key=value ...]
       hotspots-train  out=FOLDER ...

  --help       this text
  --cfg        print the settings that the words lead to, and stop
  --version    print the version

Below out: checkpoints/ (safetensors and YAML; reading one runs no code), logs/ (TensorBoard
and CSV), pictures/, metrics.json, and the model folder that infer.py takes.

examples:
  python train.py experiment=smoke
  python train.py out=out data=simulated data.folder=samples net=small
  python train.py out=out data=simulated data.folder=samples resume=true
  python train.py out=out mode=evaluate model=models/io-hotspots data=simulated data.folder=kept-out
  python train.py out=out experiment=sirst data.folder=SIRST mode=cross_validate
  python train.py out=out mode=predict model=models/sirst images=FOLDER
  python train.py out=out mode=export model=models/io-hotspots

exit status: 0 done; 2 the arguments, the data or a model cannot be used; 130 interrupted
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program.

    Parameters
    ----------
    arguments : sequence of str, optional
        Words of the command line; those of the process without it.

    Returns
    -------
    int
        Exit status: 0 done; 2 the arguments, the data or a model cannot be used;
        130 interrupted.
    """
    return Command(
        "train",
        _help,
        _program,
        _run,
        "the same command with resume=true goes on from the last round",
    ).main(arguments)


def _help() -> str:
    from hotspots.cli.usage import program_usage

    return program_usage(_HEAD, "train")


def _program() -> "Program[TrainSettings]":
    from hotspots.cli.compose import Program
    from hotspots.config.train import TrainSettings

    return Program(
        "train",
        TrainSettings,
        paths=("out", "model", "start", "images", "data.folder"),
    )


def _run(settings: "TrainSettings") -> int:
    from hotspots.config.train import TrainMode
    from hotspots.nets.folder import load_model
    from hotspots.nets.onnx_export import export_onnx
    from hotspots.training.predict import predict_images
    from hotspots.training.run import cross_validate, evaluate, train

    # Lightning starts the program once more for every further device.
    console = plain_console(quiet=os.environ.get("LOCAL_RANK", "0") != "0")
    bar = settings.trainer.progress and console.is_terminal

    def say(line: str) -> None:
        console.print(line, markup=False, highlight=False, soft_wrap=True)

    if settings.mode is TrainMode.predict:
        if settings.model is None or settings.images is None:
            msg = "mode=predict: wanted model=FOLDER and images=FOLDER"
            raise ConfigurationError(msg)
        predict_images(
            settings.model,
            settings.images,
            settings.out,
            symmetries=settings.symmetries,
            say=say,
        )
        return DONE
    if settings.mode is TrainMode.export:
        if settings.model is None:
            msg = "mode=export: wanted model=FOLDER"
            raise ConfigurationError(msg)
        path = settings.out / "model.onnx"
        export_onnx(load_model(settings.model), path)
        say(f"  {path}")
        return DONE
    if settings.mode is TrainMode.evaluate:
        outcome = evaluate(settings, say=say)
    elif settings.mode is TrainMode.cross_validate:
        outcome = cross_validate(settings, bar=bar, say=say)
    else:
        outcome = train(settings, bar=bar, say=say)
    _print_scores(console, outcome.scores, outcome.untrained)
    say(f"  {settings.out / 'metrics.json'}")
    if outcome.model is not None:
        say(f"  {outcome.model}")
    return DONE


def _print_scores(
    console: "Console", scores: dict[str, float], untrained: dict[str, float] | None
) -> None:
    from rich import box
    from rich.table import Table

    table = Table(title="Scores", title_justify="left", box=box.SIMPLE_HEAD)
    table.add_column("score", no_wrap=True)
    table.add_column("value", justify="right")
    if untrained is not None:
        table.add_column("untrained", justify="right")
    for name, value in scores.items():
        before = [] if untrained is None else [f"{untrained.get(name, float('nan')):.4g}"]
        table.add_row(name, f"{value:.4g}", *before)
    console.print(table)


if __name__ == "__main__":
    raise SystemExit(main())
