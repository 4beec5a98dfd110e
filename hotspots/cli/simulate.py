"""``python -m hotspots.simulate``: visits that never were, in the form of the archive."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hotspots import __version__
from hotspots.errors import HotspotsError

if TYPE_CHECKING:
    from hotspots.simulation.settings import SimulateSettings

__all__ = ["main"]

DONE = 0
VISIT_FAILED = 1
BAD_ARGUMENTS = 2
INTERRUPTED = 130

_WIDTH_OF_FILES = 120

_HEAD = """\
Simulate visits of Juno to Io: JIRAM products in the form of the archive, with kernels
and with the truth that went into them.

usage: python -m hotspots.simulate out=FOLDER [key=value ...]
       hotspots-simulate           out=FOLDER [key=value ...]

  --help       this text
  --cfg        print the settings that the words lead to, and stop
  --version    print the version

out/archive is what infer.py takes, out/truth what hotspots.evaluate takes.  Every number
that nobody knows is a range {low: .., high: ..}, drawn anew for each visit; add
logarithmic: true to draw its logarithm evenly.  The same seed and settings give the same
files.  Finished visits are skipped when the command is repeated.

examples:
  python -m hotspots.simulate out=sim visits=12 seed=7 jobs=2
  python -m hotspots.simulate out=near 'flyby.altitude_km={low: 1500, high: 20000}'
  python -m hotspots.simulate out=soft camera.optics.core_sigma_px.high=2.0
  python -m hotspots.simulate out=like flyby.track=frame_list flyby.frame_list=frames.csv
  python infer.py archive=sim/archive out=found && python -m hotspots.evaluate sim/truth found

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
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if not words or {"-h", "--help"} & set(words):
            from hotspots.cli.usage import program_usage

            sys.stdout.write(program_usage(_HEAD, "simulate"))
            return DONE if words else BAD_ARGUMENTS
        if "--version" in words:
            sys.stdout.write(f"hotspots {__version__}\n")
            return DONE
        from hotspots.cli.compose import Program, compose_settings, composed_yaml
        from hotspots.simulation.settings import SimulateSettings

        program = Program(
            "simulate",
            SimulateSettings,
            paths=("out", "flyby.frame_list", "flyby.kernels"),
            needed=("out",),
        )
        if "--cfg" in words:
            rest = [word for word in words if word != "--cfg"]
            sys.stdout.write(composed_yaml(rest, program))
            return DONE
        return _run(compose_settings(program, words))
    except HotspotsError as error:
        _complain(str(error))
        return BAD_ARGUMENTS
    except KeyboardInterrupt:
        _complain("interrupted; finished visits are kept: the same command goes on from there")
        return INTERRUPTED


def _run(settings: "SimulateSettings") -> int:
    from rich.console import Console

    from hotspots.cli.progress import ProgressObserver
    from hotspots.simulation.archive import simulate_archive

    console = Console()
    if not console.is_terminal:
        console.width = _WIDTH_OF_FILES
    with ProgressObserver(console) as observer:
        made = simulate_archive(settings, observer)
    for text in (
        f"visits made: {len(made.made)}, made before: {len(made.skipped)}",
        f"  {made.archive}",
        f"  {made.truth}",
    ):
        console.print(text, markup=False, highlight=False, soft_wrap=True)
    for name, reason in made.failed.items():
        _complain(f"{name} failed: {reason}")
    return VISIT_FAILED if made.failed else DONE


def _complain(text: str) -> None:
    """Write one line, whatever line breaks a library's message has."""
    sys.stderr.write(f"simulate: {' '.join(text.split())}\n")


if __name__ == "__main__":
    raise SystemExit(main())
