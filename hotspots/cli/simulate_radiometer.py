"""``python -m hotspots.simulate_radiometer``: flybys of the radiometer that never were."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hotspots.cli.entry import DONE, Command, plain_console

if TYPE_CHECKING:
    from hotspots.cli.compose import Program
    from hotspots.simulation.radiometer.settings import SimulateRadiometerSettings

__all__ = ["main"]

_HEAD = """\
Simulate flybys of Io by Juno's microwave radiometer: tables in the form of the archive
(IRDR and GRDR), with kernels and with the truth that went into them.

usage: python -m hotspots.simulate_radiometer out=FOLDER [key=value ...]
       hotspots-simulate-radiometer           out=FOLDER [key=value ...]

  --help       this text
  --cfg        print the settings that the words lead to, and stop
  --version    print the version

out/archive is what infer.py takes; out/truth has one folder a flyby.  Every number that
nobody knows is a range {low: .., high: ..}, drawn anew for each flyby; add
logarithmic: true to draw its logarithm evenly.  The same seed and settings give the same
files.  Finished flybys are skipped when the command is repeated.

examples:
  python -m hotspots.simulate_radiometer out=sim visits=4 seed=7
  python -m hotspots.simulate_radiometer out=near 'passage.altitude_km={low: 1500, high: 1500}'
  python -m hotspots.simulate_radiometer out=cold lava.none_fraction=1
  python infer.py archive=sim/archive out=found

exit status: 0 done; 2 the arguments or the output folder cannot be used; 130 interrupted
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
    return Command("simulate_radiometer", _help, _program, _run).main(arguments)


def _help() -> str:
    from hotspots.cli.usage import program_usage

    return program_usage(_HEAD, "simulate_radiometer")


def _program() -> "Program[SimulateRadiometerSettings]":
    from hotspots.cli.compose import Program
    from hotspots.simulation.radiometer.settings import SimulateRadiometerSettings

    return Program(
        "simulate_radiometer", SimulateRadiometerSettings, paths=("out",), needed=("out",)
    )


def _run(settings: "SimulateRadiometerSettings") -> int:
    from hotspots.cli.progress import ProgressObserver
    from hotspots.simulation.radiometer.archive import simulate_radiometer_archive

    console = plain_console()
    with ProgressObserver(console) as observer:
        made = simulate_radiometer_archive(settings, observer)
    for text in (
        f"flybys made: {len(made.made)}, made before: {len(made.skipped)}",
        f"  {made.archive}",
        f"  {made.truth}",
    ):
        console.print(text, markup=False, highlight=False, soft_wrap=True)
    return DONE


if __name__ == "__main__":
    raise SystemExit(main())
