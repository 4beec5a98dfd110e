"""`FrameEvidence`: one frame as the pointing solution sees it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.geometry.pointing.disc import SUNLIT
from hotspots.geometry.pointing.limb import LimbBand
from hotspots.geometry.state import FrameStates

__all__ = ["BandEvidence", "FrameEvidence"]


@dataclass(frozen=True)
class BandEvidence:
    """One band of one frame.

    Parameters
    ----------
    states : FrameStates
        Of this one frame, in this band's camera, as SPICE predicts it.
    values, sigma : arrays (lines, samples) float32
        Radiance and its standard deviation, W m-2 sr-1.
    usable : array (lines, samples) bool
        Samples that carry information.
    blur_px : tuple of float
        Standard deviation of the point spread function, (lines, samples), px.
    """

    states: FrameStates
    values: NDArray[np.float32]
    sigma: NDArray[np.float32]
    usable: NDArray[np.bool_]
    blur_px: tuple[float, float]

    def km_per_pixel(self, ifov_rad: float) -> float:
        """Size of a pixel at the body's centre, km."""
        return float(np.linalg.norm(self.states.position_km[0]) * ifov_rad)


@dataclass(frozen=True)
class FrameEvidence:
    """One frame: its product and its bands (``"L"``, ``"M"`` or both)."""

    product_id: str
    bands: dict[str, BandEvidence]

    def limb_bands(self) -> list[LimbBand]:
        """Sunlit bands in the form that `fit_limb` takes (none in Jupiter's shadow)."""
        return [
            LimbBand(
                b.states, b.values, b.sigma, b.usable, b.blur_px, SUNLIT[name][1] / SUNLIT[name][0]
            )
            for name, b in self.bands.items()
            if not b.states.eclipsed[0]
        ]
