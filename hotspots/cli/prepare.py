"""``python -m hotspots.prepare``: samples of simulated, labelled or catalogued visits."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hotspots.cli.entry import DONE, VISIT_FAILED, Command, complain, plain_console

if TYPE_CHECKING:
    from hotspots.cli.compose import Program
    from hotspots.training.prepare_settings import PrepareSettings

__all__ = ["main"]

_HEAD = """\
Prepare the samples that train.py learns from: maps of visits with the class of each cell.

usage: python -m hotspots.prepare data=KIND out=FOLDER [key=value ...]
       hotspots-prepare           data=KIND out=FOLDER [key=value ...]

  --help       this text
  --cfg        print the settings that the words lead to, and stop
  --version    print the version

data=simulated   simulates visits and maps them with the stages of infer.py
data=labelled    takes maps of infer.py (results=) and labels that people drew (labels=)
data=catalogue   takes maps of infer.py and a table of places that have been hot (table=)

Train on them with  train.py data=KIND data.folder=FOLDER.  Finished visits are skipped when
the command is repeated; those whose maps or labels have changed are made again.

examples:
  python -m hotspots.prepare data=simulated out=samples visits=500 seed=1000 jobs=8
  python -m hotspots.prepare data=simulated out=near visits=50 seed=5000 \\
      'simulation.flyby.altitude_km={low: 1500, high: 20000}'
  python -m hotspots.prepare data=labelled results=out labels=labels out=drawn
  python -m hotspots.prepare data=catalogue results=out out=weak

exit status: 0 done; 1 a visit failed (the others are done); 2 the arguments, files named in
them or the output folder cannot be used; 130 interrupted
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
        Exit status, as the help explains.
    """
    return Command("prepare", _help, _program, _run).main(arguments)


def _help() -> str:
    from hotspots.cli.usage import program_usage

    return program_usage(_HEAD, "prepare")


def _program() -> "Program[PrepareSettings]":
    from hotspots.cli.compose import Program
    from hotspots.training.prepare_settings import PrepareSettings

    return Program(
        "prepare",
        PrepareSettings,
        paths=(
            *("out", "results", "labels", "table"),
            *("simulation.flyby.frame_list", "simulation.flyby.kernels"),
        ),
        needed=("out",),
        plain=("data",),
    )


def _run(settings: "PrepareSettings") -> int:
    from hotspots.cli.progress import ProgressObserver
    from hotspots.cli.summary import count_of
    from hotspots.training.prepare_run import run_preparation

    console = plain_console()
    with ProgressObserver(console) as observer:
        prepared = run_preparation(settings, observer)
    text = (
        f"{count_of(prepared.samples, 'sample')} of {count_of(len(prepared.visits), 'visit')} "
        f"({prepared.skipped} made before)"
    )
    for line in (text, f"  {prepared.folder}"):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    for visit in prepared.failed:
        complain("prepare", f"{visit.name} failed: {visit.problem}")
    return VISIT_FAILED if prepared.failed else DONE


if __name__ == "__main__":
    raise SystemExit(main())
