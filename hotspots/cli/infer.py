"""``infer.py``: from a folder of products to a catalogue of hot spots.

Everything heavy is imported after the words of the command line have been understood,
so that ``--help`` and a mistyped key answer at once.
"""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hotspots.cli.entry import DONE, VISIT_FAILED, Command, complain, plain_console

if TYPE_CHECKING:
    from hotspots.cli.compose import Program
    from hotspots.config import InferSettings

__all__ = ["main"]


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
    return Command("infer", _help, _program, _run).main(arguments)


def _help() -> str:
    from hotspots.cli.usage import infer_usage

    return infer_usage()


def _program() -> "Program[InferSettings]":
    from hotspots.cli.compose import INFER

    return INFER


def _run(settings: "InferSettings") -> int:
    # before NumPy is loaded: its linear algebra on the radiometer's matrices takes several
    # times as long on two threads that wait for each other as on one
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from hotspots.batch import run_archive
    from hotspots.cli.progress import ProgressObserver
    from hotspots.cli.summary import print_summary

    console = plain_console()
    with ProgressObserver(console) as observer:
        outcome = run_archive(settings, observer)
    print_summary(outcome, console)
    for visit in outcome.failed:
        complain("infer", f"{visit.name} failed: {visit.reason}")
    return VISIT_FAILED if outcome.failed or outcome.catalogue is None else DONE


if __name__ == "__main__":
    raise SystemExit(main())
