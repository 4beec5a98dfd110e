"""What every command line of this package does with its words, and with what goes wrong.

Everything heavy is imported after the words have been understood, so that ``--help`` and
``--version`` answer at once: the two callables of a `Command` import what they need.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hotspots import __version__
from hotspots.errors import HotspotsError

if TYPE_CHECKING:
    from rich.console import Console

    from hotspots.cli.compose import Program

__all__ = ["BAD_ARGUMENTS", "DONE", "VISIT_FAILED", "Command", "complain", "plain_console"]

DONE = 0
VISIT_FAILED = 1
BAD_ARGUMENTS = 2
INTERRUPTED = 130

WIDTH_OF_FILES = 120
"""Columns of what is written to a file or a pipe."""


@dataclass(frozen=True)
class Command:
    """One command line.

    Parameters
    ----------
    name : str
        Name of its YAML in ``conf``, and what complaints begin with.
    help_text : callable
        Gives the text of ``--help``.
    program : callable
        Gives what its words are composed by.
    run : callable
        Takes the settings; its answer is the exit status.
    interrupted : str
        What is kept, told to somebody who interrupts it.
    """

    name: str
    help_text: Callable[[], str]
    program: Callable[[], "Program[Any]"]
    run: Callable[[Any], int]
    interrupted: str = "finished visits are kept: the same command goes on from there"

    def main(self, arguments: Sequence[str] | None = None) -> int:
        """Run the program.

        Parameters
        ----------
        arguments : sequence of str, optional
            Words of the command line; those of the process without it.

        Returns
        -------
        int
            Exit status, as the help explains: that of ``run``; `BAD_ARGUMENTS` without
            words or where a `HotspotsError` says what is wrong; `INTERRUPTED`.
        """
        words = list(sys.argv[1:] if arguments is None else arguments)
        try:
            if not words or {"-h", "--help"} & set(words):
                sys.stdout.write(self.help_text())
                return DONE if words else BAD_ARGUMENTS
            if "--version" in words:
                sys.stdout.write(f"hotspots {__version__}\n")
                return DONE
            from hotspots.cli.compose import compose_settings, composed_yaml

            program = self.program()
            if "--cfg" in words:
                rest = [word for word in words if word != "--cfg"]
                sys.stdout.write(composed_yaml(rest, program))
                return DONE
            return self.run(compose_settings(program, words))
        except HotspotsError as error:
            complain(self.name, str(error))
            return BAD_ARGUMENTS
        except KeyboardInterrupt:
            complain(self.name, f"interrupted; {self.interrupted}")
            return INTERRUPTED


def complain(name: str, text: str) -> None:
    """Write one line to standard error, whatever line breaks a library's message has."""
    sys.stderr.write(f"{name}: {' '.join(text.split())}\n")


def plain_console(*, quiet: bool = False) -> "Console":
    """Console for tables and bars, of a fixed width where nobody looks at a terminal."""
    from rich.console import Console

    console = Console(quiet=quiet)
    if not console.is_terminal:
        console.width = WIDTH_OF_FILES
    return console
