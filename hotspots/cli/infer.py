"""``infer.py``: from a folder of products to a catalogue of hot spots.

Everything heavy is imported after the words of the command line have been understood,
so that ``--help`` and a mistyped key answer at once.
"""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hotspots import __version__
from hotspots.errors import HotspotsError

if TYPE_CHECKING:
    from hotspots.config import InferSettings

__all__ = ["main"]

DONE = 0
VISIT_FAILED = 1
BAD_ARGUMENTS = 2
INTERRUPTED = 130

_WIDTH_OF_FILES = 120


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program.

    Parameters
    ----------
    arguments : sequence of str, optional
        Words of the command line; those of the process without it.

    Returns
    -------
    int
        Exit status: 0 done, with findings or none; 1 a visit failed; 2 the arguments,
        the archive, the kernels or the output folder cannot be used; 130 interrupted.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if not words or {"-h", "--help"} & set(words):
            from hotspots.cli.usage import infer_usage

            _say(infer_usage())
            return DONE if words else BAD_ARGUMENTS
        if "--version" in words:
            _say(f"hotspots {__version__}\n")
            return DONE
        from hotspots.cli.compose import compose_infer_settings, composed_yaml

        if "--cfg" in words:
            _say(composed_yaml([word for word in words if word != "--cfg"]))
            return DONE
        return _run(compose_infer_settings(words))
    except HotspotsError as error:
        _complain(str(error))
        return BAD_ARGUMENTS
    except KeyboardInterrupt:
        _complain("interrupted; finished visits are kept: the same command goes on from there")
        return INTERRUPTED


def _run(settings: "InferSettings") -> int:
    from rich.console import Console

    from hotspots.batch import run_archive
    from hotspots.cli.progress import ProgressObserver
    from hotspots.cli.summary import print_summary

    console = Console()
    if not console.is_terminal:
        console.width = _WIDTH_OF_FILES
    with ProgressObserver(console) as observer:
        outcome = run_archive(settings, observer)
    print_summary(outcome, console)
    for visit in outcome.failed:
        _complain(f"{visit.name} failed: {visit.reason}")
    return VISIT_FAILED if outcome.failed or outcome.catalogue is None else DONE


def _say(text: str) -> None:
    sys.stdout.write(text)


def _complain(text: str) -> None:
    """Write one line, whatever line breaks a library's message has."""
    sys.stderr.write(f"infer: {' '.join(text.split())}\n")


if __name__ == "__main__":
    raise SystemExit(main())
