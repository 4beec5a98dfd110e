"""`Unknowns`: which number of the adjustment stands where in its vector."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.frames.optics import OPTICS_PARAMETERS

__all__ = ["Unknowns"]


@dataclass(frozen=True)
class Unknowns:
    """Layout of the vector of unknowns.

    In this order: the power of every point, band by band (GW/um); the shift of every
    source on the ground (km east, km north); the variance of every source (km2); the
    shift of every product (samples, lines); the optics of every band.

    Parameters
    ----------
    bands : tuple of str
    source_of_point : array (p,) int64
        Source that each point belongs to, 0 to k - 1.
    products : tuple of str
    """

    bands: tuple[str, ...]
    source_of_point: NDArray[np.int64]
    products: tuple[str, ...]

    @property
    def n_points(self) -> int:
        """Number of points, p."""
        return len(self.source_of_point)

    @property
    def n_sources(self) -> int:
        """Number of sources, k."""
        return int(self.source_of_point.max(initial=-1)) + 1

    @property
    def all_powers(self) -> slice:
        """Powers of all bands."""
        return slice(0, len(self.bands) * self.n_points)

    def powers(self, band: str) -> slice:
        """Powers of one band, p."""
        first = self.bands.index(band) * self.n_points
        return slice(first, first + self.n_points)

    @property
    def places(self) -> slice:
        """Shifts of the sources on the ground, 2 k."""
        first = self.all_powers.stop
        return slice(first, first + 2 * self.n_sources)

    @property
    def widths(self) -> slice:
        """Variances of the sources, k."""
        return slice(self.places.stop, self.places.stop + self.n_sources)

    @property
    def shifts(self) -> slice:
        """Shifts of the products, 2 n."""
        return slice(self.widths.stop, self.widths.stop + 2 * len(self.products))

    @property
    def all_optics(self) -> slice:
        """Optics of all bands."""
        first = self.shifts.stop
        return slice(first, first + OPTICS_PARAMETERS * len(self.bands))

    def optics(self, band: str) -> slice:
        """Optics of one band."""
        first = self.shifts.stop + OPTICS_PARAMETERS * self.bands.index(band)
        return slice(first, first + OPTICS_PARAMETERS)

    @property
    def size(self) -> int:
        """Length of the vector."""
        return int(self.all_optics.stop)
