"""`compiled`: numba with the settings of the CPU twin and a cache that does not go stale.

numba keys its cache on the file of the outermost function and inlines the others, so
it would go on running old machine code after a change in one of the inner modules.
Here the name of a cached function carries a digest of all of the twin's sources.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from numba import njit

__all__ = ["VECTORISE", "Scalar", "compiled"]

Function = TypeVar("Function", bound=Callable[..., object])

Scalar = Any
"""A number in compiled code: float32 or int64 there, of many types to a type checker."""

SOURCES = ("corners_cpu.py", "clip_cpu.py", "drizzle_cpu.py")

VECTORISE = frozenset({"contract", "nsz", "nnan", "ninf", "arcp"})
"""Liberties that vector instructions need; none of them changes the order of a sum."""


def _digest() -> str:
    """Digest of the sources that are compiled together."""
    folder = Path(__file__).parent
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in SOURCES)).hexdigest()


_DIGEST = _digest()[:12]


def compiled(*liberties: str) -> Callable[[Function], Function]:
    """Compile a function for the CPU, without the interpreter lock, C rules for 1/0.

    Parameters
    ----------
    *liberties : str
        LLVM fast-math flags, such as those of `VECTORISE`.
    """

    def decorate(function: Function) -> Function:
        function.__qualname__ += f"_{_DIGEST}"
        settings: Any = {"nogil": True, "error_model": "numpy", "fastmath": set(liberties)}
        try:
            cached: Function = njit(cache=True, **settings)(function)
        except RuntimeError:
            # Neither the package's folder nor the user's cache can be written.
            uncached: Function = njit(**settings)(function)
            return uncached
        return cached

    return decorate
