"""One way to walk a folder: every folder once, in order, hidden ones passed over."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

__all__ = ["walk_folders"]


def walk_folders(
    root: Path, *, on_error: Callable[[OSError], None] | None = None
) -> Iterator[tuple[Path, list[str]]]:
    """Folders under a root with the names of their files.

    Links to folders are followed; one that leads back to a folder already seen is not.

    Parameters
    ----------
    root : Path
        Where to start; comes first.
    on_error : callable, optional
        Told of a folder that cannot be listed.

    Yields
    ------
    folder : Path
        Below ``root`` as it was given.
    names : list of str
        Its files and links to files, sorted, without those that start with a dot.
    """
    visited = set()
    for folder, children, names in os.walk(root, onerror=on_error, followlinks=True):
        place = os.path.realpath(folder)
        if place in visited:
            children.clear()
            continue
        visited.add(place)
        children[:] = sorted(child for child in children if not child.startswith("."))
        yield Path(folder), sorted(name for name in names if not name.startswith("."))
