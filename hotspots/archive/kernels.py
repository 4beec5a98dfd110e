"""`KernelPool`: SPICE kernels, loaded for as long as they are needed and no longer.

The SPICE library keeps one pool for the whole process and is not safe in threads, so one
re-entrant lock is held while any pool is open: threads take turns.
"""

import hashlib
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import spiceypy

from hotspots.archive.metakernel import kernels_of_metakernel
from hotspots.errors import KernelError

__all__ = ["KernelPool", "kernel_checksums"]

_SPICE_LOCK = threading.RLock()
_LONGEST_PATH = 255
"""Characters of a file name that SPICE takes (FILSIZ of the toolkit)."""


class KernelPool:
    """Context in which a set of kernels is loaded.

    Parameters
    ----------
    source : path or sequence of paths
        A metakernel (``.tm``), whose paths are taken from its own folder, or kernels in
        the order to load them.

    Attributes
    ----------
    kernels : tuple of Path
        Absolute paths, in the order of loading.

    Raises
    ------
    KernelError
        If a kernel is missing (at once) or SPICE refuses one (on entry); whatever had
        been loaded is unloaded again.

    Examples
    --------
    >>> with KernelPool("kernels/juno_io.tm") as pool:  # doctest: +SKIP
    ...     et = start_et(product)
    """

    def __init__(self, source: Path | str | Sequence[Path | str]) -> None:
        paths = [source] if isinstance(source, (str, Path)) else list(source)
        kernels: list[Path] = []
        for path in map(Path, paths):
            if path.suffix.lower() == ".tm":
                kernels.extend(kernels_of_metakernel(path))
            else:
                kernels.append(path.absolute())
        missing = [str(kernel) for kernel in kernels if not kernel.is_file()]
        if missing or not kernels:
            msg = f"kernels are missing: {', '.join(missing) or 'none was named'}"
            raise KernelError(msg)
        self.kernels = tuple(kernels)
        self._opened: list[ExitStack] = []

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(_SPICE_LOCK)
            for kernel in self.kernels:
                _load(kernel)
                stack.callback(spiceypy.unload, str(kernel))
            self._opened.append(stack.pop_all())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._opened.pop().close()


def _load(kernel: Path) -> None:
    if len(str(kernel)) > _LONGEST_PATH:
        msg = f"{kernel}: SPICE takes paths of {_LONGEST_PATH} characters; use a shorter folder"
        raise KernelError(msg)
    try:
        spiceypy.furnsh(str(kernel))
    except spiceypy.exceptions.SpiceyError as error:
        msg = f"{kernel}: SPICE cannot load this kernel: {error.short}"
        raise KernelError(msg) from error


def kernel_checksums(kernels: Sequence[Path]) -> dict[str, str]:
    """SHA-256 of kernel files, for the record of what a result was made with.

    Parameters
    ----------
    kernels : sequence of Path
        Such as `KernelPool.kernels`.

    Returns
    -------
    dict of str to str
        File name (without folders) to hexadecimal sum, in the order given.

    Raises
    ------
    KernelError
        If a file cannot be read.
    """
    sums = {}
    for kernel in kernels:
        try:
            with kernel.open("rb") as file:
                sums[kernel.name] = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            msg = f"{kernel}: kernel cannot be read: {error.strerror}"
            raise KernelError(msg) from error
    return sums
