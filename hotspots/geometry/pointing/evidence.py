"""`FrameEvidence`: one frame as the pointing solution sees it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation

from hotspots.geometry.pointing.limb import LimbBand
from hotspots.geometry.pointing.shading import NOMINAL, Shading
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
    usable, limited : arrays (lines, samples) bool
        Samples that carry information; those whose value is only a lower limit, because
        they are saturated or nearly so.
    blur_px : tuple of float
        Standard deviation of the point spread function, (lines, samples), px.
    """

    states: FrameStates
    values: NDArray[np.float32]
    sigma: NDArray[np.float32]
    usable: NDArray[np.bool_]
    limited: NDArray[np.bool_]
    blur_px: tuple[float, float]

    def numbers(self) -> NDArray[np.bool_]:
        """Samples (lines, samples) that can be fitted: neither limited nor next to such."""
        return np.asarray(self.usable & ~binary_dilation(self.limited))

    def km_per_pixel(self, ifov_rad: float) -> float:
        """Size of a pixel at the body's centre, km."""
        return float(np.linalg.norm(self.states.position_km[0]) * ifov_rad)


@dataclass(frozen=True)
class FrameEvidence:
    """One frame: its product and its bands (``"L"``, ``"M"`` or both)."""

    product_id: str
    bands: dict[str, BandEvidence]

    def limb_bands(self, shading: dict[str, Shading] | None = None) -> list[LimbBand]:
        """Sunlit bands in the form that `fit_limb` takes (none in Jupiter's shadow)."""
        laws = NOMINAL | (shading or {})
        return [
            LimbBand(b.states, b.values, b.sigma, b.numbers(), b.blur_px, laws[name])
            for name, b in self.bands.items()
            if not b.states.eclipsed[0]
        ]
