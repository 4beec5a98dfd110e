"""Where sources are put for a test: a jittered lattice, so that none hides another."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["count_places", "lattice_places"]

JITTER = 0.1
"""Half width of the box that a place is moved in, in units of the lattice's step: places
stay four fifths of a step apart and yet fall on every part of a pixel."""


def lattice_places(
    usable: NDArray[np.bool_], step: float, random: np.random.Generator
) -> NDArray[np.float64]:
    """Draw places on the usable cells of a map.

    A lattice covers the map evenly with as many places as fit apart from each other.  Its
    turn, its origin and the places' jitter are drawn anew in each call, so that many calls
    together look everywhere.

    Parameters
    ----------
    usable : array (rows, columns) bool
        Cells in which a place may lie.
    step : float
        Step of the square lattice, cells; at least one.
    random : numpy.random.Generator

    Returns
    -------
    array (k, 2) float64
        (column, row), fractional cells; at least ``0.8 step`` apart.
    """
    rows, columns = usable.shape
    half = int(np.ceil(np.hypot(rows, columns) / 2 / step)) + 1
    index = np.arange(-half, half + 1, dtype=np.float64)
    x, y = (axis.ravel() for axis in np.meshgrid(index, index))
    jitter = random.uniform(-JITTER, JITTER, (2, len(x)))
    shift = random.uniform(-0.5, 0.5, 2)
    turn = random.uniform(0.0, np.pi / 2)
    x, y = (x + jitter[0] + shift[0]) * step, (y + jitter[1] + shift[1]) * step
    place = np.stack(
        [
            columns / 2 + np.cos(turn) * x - np.sin(turn) * y,
            rows / 2 + np.sin(turn) * x + np.cos(turn) * y,
        ],
        axis=-1,
    )
    inside = np.all((place >= 0) & (place < (columns, rows)), axis=-1)
    place = place[inside]
    column, row = place.astype(np.int64).T
    return np.asarray(place[usable[row, column]])


def count_places(usable: NDArray[np.bool_], step: float) -> float:
    """Expected number of places of one call of `lattice_places`."""
    return float(np.count_nonzero(usable)) / step**2
