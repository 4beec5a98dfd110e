"""A progress bar over visits and stages on a terminal, plain lines elsewhere."""

import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

__all__ = ["ProgressObserver"]


_SHOWN = 60
"""Names of visits that fit on a screen; of more only the first and last are shown."""

_ENDS = 3


class ProgressObserver:
    """Observer that shows a person how far the run is; use it as a context.

    Parameters
    ----------
    console : rich.console.Console
        Where to write.  A bar is drawn only where it is a terminal.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._progress = Progress(
            TextColumn("{task.fields[visit]}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[stage]}"),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self._task = self._progress.add_task("visits", total=None, visit="", stage="looking")
        self._started = time.monotonic()

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def visits_found(self, names: Sequence[str]) -> None:
        """Set the length of the bar."""
        self._progress.update(self._task, total=len(names), stage="")
        shown = names if len(names) <= _SHOWN else [*names[:_ENDS], "...", *names[-_ENDS:]]
        self._line(f"visits: {', '.join(shown) or 'none to do'}")

    def visit_started(self, name: str) -> None:
        """Name the visit on the bar and start its clock."""
        self._started = time.monotonic()
        self._progress.update(self._task, visit=name, stage="")

    def stage(self, name: str) -> None:
        """Show the stage on the bar; without a terminal stages are not shown."""
        self._progress.update(self._task, stage=name)

    def message(self, text: str) -> None:
        """Print one line above the bar."""
        self._line(text)

    def visit_finished(self, name: str, result: str) -> None:
        """Move the bar on and print how the visit ended and how long it took."""
        self._line(f"{name}: {result} ({time.monotonic() - self._started:.1f} s)")
        self._progress.advance(self._task)

    def _line(self, text: str) -> None:
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)
