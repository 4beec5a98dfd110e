"""Equal-area cells of a sphere, each split into equal facets: the HEALPix pixelisation.

Twelve diamonds of equal area, each cut into a square of ``side`` by ``side`` cells.  Numbers
run along a Z-order curve ("nested"), so the four quarters of cell i on the next finer
level are 4 i .. 4 i + 3, and facets add up to cells by a reshape.  Formulas: Gorski et al.
2005, doi:10.1086/427976, section 5.
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.errors import GriddingError

__all__ = ["cell_area", "cell_centres"]

Float64 = NDArray[np.float64]

_RING_OF_FACE = np.repeat([2, 3, 4], 4)
_PHASE_OF_FACE = np.asarray([1, 3, 5, 7, 0, 2, 4, 6, 1, 3, 5, 7])


def cell_area(side: int) -> float:
    """Solid angle of one cell, sr: the sphere shared by 12 ``side`` ** 2 cells."""
    return 4.0 * np.pi / (12 * side**2)


def cell_centres(side: int) -> Float64:
    """Unit vectors to the centres of all cells.

    Parameters
    ----------
    side : int
        Cells along the edge of one diamond: 1, 2, 4, 8...

    Returns
    -------
    array (12 side**2, 3) float64
        In nested order; z is the pole, longitude is counted from x.

    Raises
    ------
    GriddingError
        If ``side`` is no power of two.
    """
    if side < 1 or side & (side - 1):
        msg = f"cells per side: {side}; wanted a power of two, such as 16"
        raise GriddingError(msg)
    number = np.arange(12 * side**2)
    face, place = np.divmod(number, side**2)
    x, y = _even_bits(place), _even_bits(place >> 1)
    ring = _RING_OF_FACE[face] * side - x - y - 1
    north, south = ring < side, ring > 3 * side
    in_ring = np.where(north, ring, np.where(south, 4 * side - ring, side))
    cap = 1.0 - in_ring**2 / (3.0 * side**2)
    z = np.where(north, cap, np.where(south, -cap, (2 * side - ring) * 2.0 / (3.0 * side)))
    longitude = (_PHASE_OF_FACE[face] * in_ring + x - y) * np.pi / (4.0 * in_ring)
    across = np.sqrt(1.0 - z**2)
    return np.stack([across * np.cos(longitude), across * np.sin(longitude), z], axis=-1)


def _even_bits(number: NDArray[np.int64]) -> NDArray[np.int64]:
    """Every second bit of ``number``, from the lowest, put side by side."""
    result = np.zeros_like(number)
    for bit in range(16):
        result |= (number >> (2 * bit) & 1) << bit
    return result
