"""Losses side by side: the same network, crops and steps, judged on the same kept-out maps.

Without arguments on maps drawn on the spot; with a folder, on the sample files in it.
Each loss pushes probabilities its own way, so all are calibrated on the maps learnt from
before they are cut at one half.

    python benchmarks/losses_side_by_side.py [FOLDER_OF_SAMPLES [STEPS]]
"""

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from hotspots.cli.compose import Program, compose_settings
from hotspots.config.train import TrainSettings
from hotspots.training.results import machine
from hotspots.training.run import train

RESULTS = Path(__file__).parent / "results"
GROUP = Path(__file__).parents[1] / "conf" / "loss"
ROUNDS = 4
SHOWN = ("iou", "f1_lava_lake", "pd", "fa", "pd_at_fa_1e-05", "pd_at_fa_1e-04", "ece_candidates")


def settings_of(loss: str, folder: str | None, steps: int) -> TrainSettings:
    """Settings that differ in nothing but the loss."""
    words = [f"loss={loss}", "net=tiny", "out=-", f"trainer.epochs={ROUNDS}"]
    words += [f"trainer.steps_per_epoch={steps // ROUNDS}", "trainer.pictures=0"]
    words += ["trainer.threads=1", "trainer.accelerator=cpu", "calibrate=training"]
    if folder is None:
        words += ["data=drawn"]
    else:
        words += ["data=simulated", f"data.folder={folder}", "data.validation_maps=1"]
    return compose_settings(Program("train", TrainSettings, paths=("out", "data.folder")), words)


def main() -> None:
    """Train with every loss, print and keep."""
    folder = sys.argv[1] if len(sys.argv) > 1 else None
    steps = int(sys.argv[2]) if len(sys.argv) > 2 else 160
    results: dict[str, dict[str, float]] = {}
    for loss in sorted(path.stem for path in GROUP.glob("*.yaml")):
        given = settings_of(loss, folder, steps)
        with tempfile.TemporaryDirectory() as out:
            outcome = train(replace(given, out=Path(out)), say=str)
        scores = {name: outcome.scores[name] for name in SHOWN}
        results[loss] = scores
        print(loss, *(f"{name} {value:.3g}" for name, value in scores.items()), sep="  ")
    content = {
        "what": f"net tiny, {steps} steps on {'drawn maps' if folder is None else 'sample files'}",
        "machine": {key: machine()[key] for key in ("processor", "cores", "torch")},
        "results": results,
    }
    RESULTS.mkdir(exist_ok=True)
    name = "losses_drawn.json" if folder is None else "losses_simulated.json"
    text = json.dumps(content, indent=2) + "\n"
    (RESULTS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
