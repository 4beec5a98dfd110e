"""Command line of the comparison: ``python -m hotspots.compare TRUTH NAME=OUT [NAME=OUT ...]``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from hotspots.errors import HotspotsError, TruthError
from hotspots.evaluation.comparison import (
    ComparedFolders,
    compare,
    comparison_json,
    match_detectors,
)
from hotspots.evaluation.comparison_table import comparison_markdown, print_comparison
from hotspots.evaluation.files import write_text
from hotspots.evaluation.side_by_side import draw_side_by_side

__all__ = ["main"]

_PIPE_WIDTH = 120


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, print, and return the exit status: 0 done, 2 for what cannot be compared."""
    options = _parser().parse_args(arguments)
    try:
        groups = [compared_folders(words) for words in (options.folders, *options.also)]
        scores = {name: compare(visits) for name, visits in match_detectors(groups).items()}
        if options.json is not None:
            write_text(options.json, comparison_json(scores) + "\n")
        if options.markdown is not None:
            write_text(options.markdown, comparison_markdown(scores))
        if options.picture is not None:
            draw_side_by_side(options.picture, groups, options.picture_visits)
    except HotspotsError as error:
        print(f"compare: {error}", file=sys.stderr)
        return 2
    console = Console()
    if not console.is_terminal:
        console.width = max(console.width, _PIPE_WIDTH)
    print_comparison(scores, console)
    return 0


def compared_folders(words: Sequence[str]) -> ComparedFolders:
    """Truth folder and named output folders, from ``TRUTH NAME=OUT [NAME=OUT ...]``.

    Raises
    ------
    TruthError
        A word after the first is no NAME=OUT, a name comes twice, or there are none.
    """
    truth, *pairs = words
    outputs: dict[str, Path] = {}
    for pair in pairs:
        name, equals, folder = pair.partition("=")
        if not (name and equals and folder):
            msg = f"{pair}: wanted NAME=OUT, a detector's name and its output folder"
            raise TruthError(msg)
        if name in outputs:
            msg = f"{pair}: {name} names {outputs[name]} already; give every detector its own name"
            raise TruthError(msg)
        outputs[name] = Path(folder)
    if not outputs:
        msg = f"{truth}: nothing to compare with it; add NAME=OUT, an output folder and its name"
        raise TruthError(msg)
    return ComparedFolders(Path(truth), outputs)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m hotspots.compare",
        usage="%(prog)s TRUTH NAME=OUT [NAME=OUT ...] [--also TRUTH NAME=OUT ...] [options]",
        description="Set detectors side by side: one table of what each found and made up.",
        epilog=(
            "Example: hotspots-compare held_out/truth matched_filter=out_a network=out_b --also "
            "sample/truth matched_filter=out_c network=out_d. Sources are asked for and matched "
            "as by hotspots-evaluate. Exit status: 0 compared, 2 wrong arguments or unreadable "
            "files."
        ),
    )
    parser.add_argument(
        "folders",
        nargs="+",
        metavar="TRUTH NAME=OUT",
        help="folder of truth tables, then a name and an output folder for every detector",
    )
    parser.add_argument(
        "--also",
        nargs="+",
        action="append",
        default=[],
        metavar="TRUTH NAME=OUT",
        help="another truth and the same detectors' output for it; visits are pooled; repeatable",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure as JSON")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table as Markdown")
    parser.add_argument(
        "--picture",
        type=Path,
        metavar="FILE",
        help="draw maps with truth and detections side by side, as PNG",
    )
    parser.add_argument(
        "--picture-visits",
        nargs="+",
        default=[],
        metavar="PJnn",
        help="draw these visits (default: the first six)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
