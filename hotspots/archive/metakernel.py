r"""Which SPICE kernels a metakernel names, and where they are.

SPICE takes relative paths from the working directory and cuts strings at 80 characters.
Here a metakernel is read as text, its PATH_VALUES are taken from its own folder, and the
result is a list of whole paths that can be loaded one by one.

Grammar: NAIF, *Kernel Required Reading*; strings in ``'...'``, a quote doubled inside,
a trailing ``+`` continues in the next string, ``$SYMBOL`` stands for a path.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from hotspots.archive.folders import walk_folders
from hotspots.errors import KernelError

__all__ = ["find_metakernel", "kernels_of_metakernel"]

_KERNEL_SUFFIXES = {".bsp", ".bc", ".tls", ".tpc", ".bpc", ".tsc", ".tf", ".ti", ".bds"}
_BLOCK = re.compile(r"\\begindata(.*?)(?=\\begintext|\Z)", re.DOTALL)
_ASSIGNMENT = re.compile(r"(\w+)\s*\+?=\s*(\((?:[^()']|'[^']*')*\)|'(?:[^']|'')*')")
_STRING = re.compile(r"'((?:[^']|'')*)'")


def find_metakernel(
    root: Path | str, explicit: Path | str | Sequence[Path | str] | None = None
) -> Path | tuple[Path, ...]:
    """The metakernel of an archive folder, or the kernels that the user named.

    Parameters
    ----------
    root : Path or str
        Folder to search for ``*.tm`` at any depth.
    explicit : path or sequence of paths, optional
        A metakernel, a folder of kernels (with or without a metakernel), or kernels;
        nothing is searched then.

    Returns
    -------
    Path or tuple of Path
        One metakernel, or the kernels in the order to load them. `KernelPool` takes both.

    Raises
    ------
    KernelError
        If there is none, or more than one to choose from.
    """
    if explicit is None:
        return _only_metakernel(Path(root))
    if isinstance(explicit, (str, Path)):
        path = Path(explicit)
        if not path.is_dir():
            return _existing(path) if path.suffix.lower() == ".tm" else (_existing(path),)
        if _metakernels(path):
            return _only_metakernel(path)
        kernels = tuple(sorted(_files(path, _KERNEL_SUFFIXES)))
        if not kernels:
            msg = f"{path}: no SPICE kernels in this folder"
            raise KernelError(msg)
        return kernels
    if not explicit:
        msg = "kernels= is an empty list; name a metakernel, a folder or the kernels"
        raise KernelError(msg)
    return tuple(_existing(Path(path)) for path in explicit)


def kernels_of_metakernel(metakernel: Path) -> tuple[Path, ...]:
    """The kernels that a metakernel loads, in its order.

    Parameters
    ----------
    metakernel : Path
        A ``.tm`` file.

    Returns
    -------
    tuple of Path
        Absolute paths of existing files.

    Raises
    ------
    KernelError
        If the file is no metakernel, uses a symbol that it does not define, or names
        kernels that do not exist; all of those are listed.
    """
    values = _assignments(metakernel)
    names = values.get("KERNELS_TO_LOAD", [])
    symbols, places = values.get("PATH_SYMBOLS", []), values.get("PATH_VALUES", [])
    if not names or len(symbols) != len(places):
        msg = (
            f"{metakernel}: has {len(names)} KERNELS_TO_LOAD, {len(symbols)} PATH_SYMBOLS and "
            f"{len(places)} PATH_VALUES; not a usable metakernel"
        )
        raise KernelError(msg)
    # Longer symbols first: $A must not be replaced inside $AB.
    paths = sorted(zip(symbols, places, strict=True), key=lambda pair: -len(pair[0]))
    folder = metakernel.resolve().parent
    kernels = []
    for name in names:
        text = name
        for symbol, place in paths:
            text = text.replace(f"${symbol}", place)
        if "$" in text:
            msg = f"{metakernel}: {name} has a symbol that PATH_SYMBOLS {symbols} do not define"
            raise KernelError(msg)
        kernels.append((folder / text).resolve())
    missing = [str(kernel) for kernel in kernels if not kernel.is_file()]
    if missing:
        msg = f"{metakernel}: names kernels that are missing: {', '.join(missing)}"
        raise KernelError(msg)
    return tuple(kernels)


def _assignments(metakernel: Path) -> dict[str, list[str]]:
    try:
        text = metakernel.read_text(encoding="latin-1")
    except OSError as error:
        msg = f"{metakernel}: metakernel cannot be read: {error.strerror}"
        raise KernelError(msg) from error
    values: dict[str, list[str]] = {}
    for block in _BLOCK.findall(text):
        for name, strings in _ASSIGNMENT.findall(block):
            unfinished = ""
            for string in _STRING.findall(strings):
                whole = unfinished + string.replace("''", "'")
                if whole.endswith("+"):
                    unfinished = whole[:-1]
                    continue
                values.setdefault(name.upper(), []).append(whole)
                unfinished = ""
    return values


def _only_metakernel(root: Path) -> Path:
    found = _metakernels(root)
    if not found:
        msg = (
            f"{root}: no SPICE metakernel (*.tm) under this folder; "
            "name one with kernels=FILE.tm, or a folder or list of kernels"
        )
        raise KernelError(msg)
    if len(found) > 1:
        listed = ", ".join(str(path) for path in found)
        msg = f"{root}: {len(found)} metakernels: {listed}; choose one with kernels=FILE.tm"
        raise KernelError(msg)
    return found[0]


def _metakernels(root: Path) -> list[Path]:
    return sorted(_files(root, {".tm"}))


def _files(root: Path, suffixes: set[str]) -> list[Path]:
    return [
        folder / name
        for folder, names in walk_folders(root)
        for name in names
        if Path(name).suffix.lower() in suffixes
    ]


def _existing(path: Path) -> Path:
    if not path.is_file():
        msg = f"{path}: no such kernel"
        raise KernelError(msg)
    return path
