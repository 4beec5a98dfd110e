"""`FrameFit`: the solution for all sources of a visit, and what is asked of it."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.frames.adjustment import Adjusted
from hotspots.retrieval.frames.equations import BandEquations
from hotspots.retrieval.frames.scene import BandFrames
from hotspots.retrieval.frames.sources import ModelledSource
from hotspots.retrieval.frames.stamps import FrameStamps

__all__ = ["FrameFit"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class FrameFit:
    """Solution for all sources of a visit.

    Parameters
    ----------
    sources : tuple of ModelledSource, length k
        As they were modelled at last.
    stamps, equations : dict by band
    adjusted : Adjusted
    """

    sources: tuple[ModelledSource, ...]
    stamps: dict[str, FrameStamps]
    equations: dict[str, BandEquations]
    adjusted: Adjusted

    def jacobians(self) -> Float64:
        """Derivative of (sample, line) by km (east, north) in each source's best view.

        Returns
        -------
        array (k, 2, 2) float64
            NaN for a source that no frame shows.
        """
        best = np.full((len(self.sources), 2, 2), np.nan)
        largest = np.zeros(len(self.sources))
        for stamps in self.stamps.values():
            source = self.adjusted.unknowns.source_of_point[stamps.point]
            scale = np.abs(np.linalg.det(stamps.jacobian))
            order = np.argsort(scale)  # the last one that is written is the largest
            top = np.zeros(len(self.sources))
            view = np.zeros((len(self.sources), 2, 2))
            top[source[order]] = scale[order]
            view[source[order]] = stamps.jacobian[order]
            better = top > largest
            best[better], largest[better] = view[better], top[better]
        return best

    def places(self) -> Float64:
        """Shift of every source from its first point, km east and north, (k, 2)."""
        part = self.adjusted.unknowns.places
        return np.asarray(self.adjusted.state[part].reshape(-1, 2))

    def powers(self, band: str) -> tuple[Float64, Float64]:
        """Powers of the points of a band, (p,), and their covariance, (p, p), GW/um."""
        part = self.adjusted.unknowns.powers(band)
        return self.adjusted.state[part], self.adjusted.covariance[part, part]

    def totals(self, band: str) -> tuple[Float64, Float64]:
        """Power of every source, (k,) GW/um, and one standard deviation."""
        source = self.adjusted.unknowns.source_of_point
        power, covariance = self.powers(band)
        member = np.zeros((len(self.sources), len(source)))
        member[source, np.arange(len(source))] = 1.0
        variance = np.sum((member @ covariance) * member, axis=1)
        return member @ power, np.sqrt(np.maximum(variance, 0.0))

    def without_sources(self, band: str, frames: BandFrames) -> BandFrames:
        """Frames with the light of all points taken off."""
        light = np.zeros(frames.swath.values.size, dtype=np.float32)
        light[self.equations[band].pixel] = self.adjusted.light[band]
        values = frames.swath.values - light.reshape(frames.swath.values.shape)
        return replace(frames, swath=frames.swath.replace(values=values))
