"""Output that is either all there or not there at all.

A file or folder is written beside its final place under a name that starts with a dot
and ends in ``.partial``, forced to the disk and then renamed.  A run that is killed
half-way leaves such a sibling, which the next run removes, and never half a product.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hotspots.errors import ProductError

__all__ = ["atomic_file", "atomic_folder", "write_bytes"]


@contextmanager
def atomic_file(path: Path) -> Iterator[Path]:
    """Give a temporary path to write to; it becomes ``path`` when the block ends well.

    The temporary name keeps the suffix of ``path``, by which many libraries choose the
    format.

    Raises
    ------
    ProductError
        If the file cannot be written (read-only folder, full disk); names the file.
    """
    partial = path.with_name(f".{path.stem}.partial{path.suffix}")
    with _failing_as_product_error(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        try:
            yield partial
            _flush(partial)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        _flush(path.parent)


@contextmanager
def atomic_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill; it takes the place of ``folder`` when the block ends well.

    What ``folder`` held before is gone then, and still there if the block fails.

    Raises
    ------
    ProductError
        If the folder cannot be written (read-only, full disk); names the folder.
    """
    partial = folder.with_name(f".{folder.name}.partial")
    outgoing = folder.with_name(f".{folder.name}.outgoing")
    with _failing_as_product_error(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        _recover(folder, outgoing)
        _remove(partial)
        partial.mkdir()
        try:
            yield partial
            for path in sorted(partial.rglob("*")):
                _flush(path)
            _flush(partial)
            if folder.exists():
                folder.rename(outgoing)
            partial.rename(folder)
            _flush(folder.parent)
        except BaseException:
            _recover(folder, outgoing)
            shutil.rmtree(partial, ignore_errors=True)
            raise
        _remove(outgoing)


def write_bytes(path: Path, content: bytes | memoryview) -> None:
    """Write a file whose content lies ready.

    The libraries behind the formats write to memory first: on a full disk some of them
    fail with errors of their own, and HDF5 takes the process down.

    Raises
    ------
    ProductError
        If the file cannot be written; names the file.
    """
    with _failing_as_product_error(path):
        path.write_bytes(content)


@contextmanager
def _failing_as_product_error(path: Path) -> Iterator[None]:
    """Turn an operating system's refusal into a `ProductError` that names ``path``."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        msg = (
            f"{path}: cannot be written ({reason}); wanted a folder with write permission "
            "and free space: choose another with out=DIR"
        )
        raise ProductError(msg) from error


def _recover(folder: Path, outgoing: Path) -> None:
    """Undo a swap that was interrupted between its two renames."""
    if outgoing.exists() and not folder.exists():
        outgoing.rename(folder)
    _remove(outgoing)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _flush(path: Path) -> None:
    """Force a file, or the list of names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
