"""`Observer`: whoever watches a run, from a progress bar to nobody.

The pipeline tells what it is about to do and never asks; a run that is watched gives
the same results as one that is not.
"""

from collections.abc import Sequence
from typing import Protocol

__all__ = ["Observer", "SilentObserver"]


class Observer(Protocol):
    """What a run tells while it goes on; the calls come in the order of the methods."""

    def visits_found(self, names: Sequence[str]) -> None:
        """Tell that these visits will be done, in this order."""

    def visit_started(self, name: str) -> None:
        """Tell that a visit begins."""

    def stage(self, name: str) -> None:
        """Tell that the current visit enters a stage, named in a word or three."""

    def message(self, text: str) -> None:
        """Tell one line that a person should read."""

    def visit_finished(self, name: str, result: str) -> None:
        """Tell how a visit ended, in a few words such as ``41 sources``."""


class SilentObserver:
    """An observer that does not look."""

    def visits_found(self, names: Sequence[str]) -> None:
        """Ignore it."""

    def visit_started(self, name: str) -> None:
        """Ignore it."""

    def stage(self, name: str) -> None:
        """Ignore it."""

    def message(self, text: str) -> None:
        """Ignore it."""

    def visit_finished(self, name: str, result: str) -> None:
        """Ignore it."""
