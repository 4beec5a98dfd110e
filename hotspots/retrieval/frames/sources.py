"""What the adjustment is told of the sources: points, where they may be and how wide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

__all__ = ["ModelledSource", "PointList"]

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class ModelledSource:
    """One source as the adjustment sees it.

    Parameters
    ----------
    points_km : array (k, 3) float64
        Surface points that its light comes from; one for a source that is not resolved.
    powers : dict of str to array (k,) float64
        First guess of their powers by band, GW/um.
    km_per_px : float
        Size of a pixel in the best view.
    cos_emission : float
        In the best view.
    """

    points_km: Float64
    powers: dict[str, Float64]
    km_per_px: float
    cos_emission: float

    @property
    def extended(self) -> bool:
        """Whether it is a lattice of points."""
        return len(self.points_km) > 1


@dataclass(frozen=True)
class PointList:
    """Points of all sources in a row.

    Parameters
    ----------
    points_km : array (p, 3) float64
    source : array (p,) int64
        Source of each.
    """

    points_km: Float64
    source: Int64

    @classmethod
    def of(cls, sources: Sequence[ModelledSource]) -> Self:
        """Gather the points of sources."""
        sizes = [len(source.points_km) for source in sources]
        points = np.concatenate([np.zeros((0, 3)), *(source.points_km for source in sources)])
        return cls(points, np.repeat(np.arange(len(sources)), sizes).astype(np.int64))
