"""Sums from which scores are made: they add over maps, folds and devices in any order."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

__all__ = ["Sums", "add_sums"]

Sums = Mapping[str, NDArray[np.float64]]


def add_sums(parts: Iterable[Sums]) -> Sums:
    """Add sums entry by entry.

    Parameters
    ----------
    parts : iterable of mappings of str to array float64
        With the same names and shapes.

    Returns
    -------
    dict of str to array float64
    """
    total: dict[str, NDArray[np.float64]] = {}
    for part in parts:
        for name, values in part.items():
            total[name] = total[name] + values if name in total else np.array(values, np.float64)
    return total
