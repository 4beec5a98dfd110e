"""Stated completeness against what was really found, on simulated visits with truth.

Each pair of folders is a truth folder and the output folder of a run with limits.  True
sources that lie by themselves are sorted by their power over ``m_limit50`` at their
place; the ratio at which half of them are found should be one, within 15 %.  Known
volcanoes that were said to be fainter than ``m_limit90`` should have been brighter in
one case of ten at most.

    python benchmarks/completeness_stated_against_found.py TRUTH OUT [TRUTH OUT ...] [--json FILE]
"""

import argparse
import json
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hotspots.evaluation.limits import (
    LimitTrial,
    by_ratio,
    crossing,
    limit_trials,
    overruled,
)
from hotspots.evaluation.statistics import Proportion
from hotspots.evaluation.summary import match_folders
from hotspots.products.limits import RASTER, TABLE

RESULTS = Path(__file__).parent / "results" / "completeness_stated_against_found.json"


def processor() -> str:
    """Name of the processor, as the operating system tells it."""
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def figures(trials: Sequence[LimitTrial], outcomes: Sequence[Proportion]) -> dict[str, Any]:
    """What some visits say together."""
    near = [trial.found for trial in trials if 0.8 <= trial.ratio90 < 1.25]
    return {
        "crossing": asdict(crossing(trials)),
        "found_by_power_over_limit50": {
            name: asdict(part) for name, part in by_ratio(trials).items()
        },
        "found_near_limit90": asdict(Proportion.of(near)),
        "not_seen_but_brighter_than_limit90": asdict(
            Proportion.of_counts(
                sum(part.found for part in outcomes), sum(part.asked for part in outcomes)
            )
        ),
    }


def main(arguments: Sequence[str]) -> None:
    """Compare, print and write."""
    parser = argparse.ArgumentParser(
        description="Stated limits against what was really found, on visits with truth."
    )
    parser.add_argument("folders", nargs="+", type=Path, help="truth and output, by turns")
    parser.add_argument("--json", type=Path, default=RESULTS, help=f"result file ({RESULTS})")
    asked = parser.parse_args(arguments)
    if len(asked.folders) % 2:
        parser.error(f"{len(asked.folders)} folders: wanted a truth folder before each output")
    sets: dict[str, Any] = {}
    for truth, out in zip(asked.folders[::2], asked.folders[1::2], strict=True):
        visits, _ = match_folders(truth, out, [])
        trials, outcomes, single = [], [], {}
        for visit in visits:
            folder = out / visit.truth.visit
            if not (folder / RASTER).is_file():
                continue
            mine = limit_trials(visit, folder / RASTER)
            told = overruled(visit, folder / TABLE)
            single[visit.truth.visit] = asdict(crossing(mine))
            trials += mine
            outcomes.append(told)
        name = f"set {len(sets) + 1}"
        sets[name] = {"visits": single, **figures(trials, outcomes)}
        print(name, json.dumps(sets[name]["crossing"]))
    result = {"machine": processor(), "python": platform.python_version(), "sets": sets}
    asked.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(f"wrote {asked.json}")


if __name__ == "__main__":
    main(sys.argv[1:])
