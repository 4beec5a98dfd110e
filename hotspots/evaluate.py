"""Command line of the evaluation: ``python -m hotspots.evaluate TRUTH OUT``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from hotspots.errors import HotspotsError
from hotspots.evaluation.files import write_text
from hotspots.evaluation.matches_table import write_matches
from hotspots.evaluation.report import print_report
from hotspots.evaluation.summary import evaluate, json_line, match_folders

__all__ = ["main"]

_PIPE_WIDTH = 120


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, print, and return the exit status: 0 done, 2 for what cannot be compared."""
    options = _parser().parse_args(arguments)
    try:
        visits, without_truth = match_folders(options.truth, options.out, options.visits)
        evaluation = evaluate(visits, without_truth)
        line = json_line(evaluation)
        if options.json is not None:
            write_text(options.json, line + "\n")
        if options.matches is not None:
            write_matches(visits, options.matches)
    except HotspotsError as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 2
    console = Console()
    if not console.is_terminal:
        console.width = max(console.width, _PIPE_WIDTH)
    print_report(evaluation, console)
    print(line)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m hotspots.evaluate",
        description="Compare a catalogue of hot spots with what was really there.",
        epilog=(
            "Tables per visit and pooled come first, then one line of JSON with every figure. "
            "Asked for are unblended sources of expected SNR 3 up at emission below 70 degrees; "
            "blended and fainter ones, those nearer the limb and those in the L band alone "
            "are neutral. Exit status: 0 compared, 2 wrong arguments or unreadable files."
        ),
    )
    parser.add_argument(
        "truth",
        type=Path,
        metavar="TRUTH",
        help="folder with PJnn_sources.csv and PJnn_frames.csv",
    )
    parser.add_argument(
        "out",
        type=Path,
        metavar="OUT",
        help="output folder of a run, with PJnn/hotspots.csv and PJnn/frames.csv",
    )
    parser.add_argument(
        "--visits",
        nargs="+",
        default=[],
        metavar="PJnn",
        help="compare only these visits (default: all that have truth)",
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="also write the line of JSON to FILE"
    )
    parser.add_argument(
        "--matches",
        type=Path,
        metavar="FILE",
        help="write a CSV table of every found, missed, neutral, fragment and false source",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
