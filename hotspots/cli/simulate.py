"""``python -m hotspots.simulate``: visits that never were, in the form of the archive."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hotspots.cli.entry import DONE, VISIT_FAILED, Command, complain, plain_console

if TYPE_CHECKING:
    from hotspots.cli.compose import Program
    from hotspots.simulation.settings import SimulateSettings

__all__ = ["main"]

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
    return Command("simulate", _help, _program, _run).main(arguments)


def _help() -> str:
    from hotspots.cli.usage import program_usage

    return program_usage(_HEAD, "simulate")


def _program() -> "Program[SimulateSettings]":
    from hotspots.cli.compose import Program
    from hotspots.simulation.settings import SimulateSettings

    return Program(
        "simulate",
        SimulateSettings,
        paths=("out", "flyby.frame_list", "flyby.kernels"),
        needed=("out",),
    )


def _run(settings: "SimulateSettings") -> int:
    from hotspots.cli.progress import ProgressObserver
    from hotspots.simulation.archive import simulate_archive

    console = plain_console()
    with ProgressObserver(console) as observer:
        made = simulate_archive(settings, observer)
    for text in (
        f"visits made: {len(made.made)}, made before: {len(made.skipped)}",
        f"  {made.archive}",
        f"  {made.truth}",
    ):
        console.print(text, markup=False, highlight=False, soft_wrap=True)
    for name, reason in made.failed.items():
        complain("simulate", f"{name} failed: {reason}")
    return VISIT_FAILED if made.failed else DONE


if __name__ == "__main__":
    raise SystemExit(main())
