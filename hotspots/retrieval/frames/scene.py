"""`FrameScene`: all frames of a visit with what photometry has to know of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.frames.stamps import FrameStamps, cut_stamps
from hotspots.swath import Swath

__all__ = ["BandFrames", "FrameScene"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class BandFrames:
    """Frames of one band.

    Parameters
    ----------
    swath : Swath
        With cameras and all flags, on the host.
    sunlight : array (n, lines, samples) float32
        Model of reflected sunlight in every sample, W m-2 sr-1.
    smear_px : array (n,) float64
        Way of the scene along the lines during the exposure.
    linear_radiance : array (n,) float64
        Band radiance from which a sample is but a lower limit, W m-2 sr-1.
    """

    swath: Swath
    sunlight: NDArray[np.float32]
    smear_px: Float64
    linear_radiance: Float64

    def stamps(self, points_km: Float64, reach_px: int) -> FrameStamps:
        """Windows about points, see `cut_stamps`."""
        return cut_stamps(
            self.swath,
            self.sunlight,
            self.smear_px,
            self.linear_radiance,
            points_km,
            reach_px,
        )


@dataclass(frozen=True)
class FrameScene:
    """All frames of a visit.

    Parameters
    ----------
    bands : dict of str to BandFrames
    covariance_px2 : dict of str to array (2, 2) float64
        By product: covariance, (sample, line), of what its pointing errs by alone.
    common_covariance_px2 : array (2, 2) float64
        Covariance of the pointing error that all products share on top of that.
    """

    bands: dict[str, BandFrames]
    covariance_px2: dict[str, Float64]
    common_covariance_px2: Float64

    @property
    def products(self) -> tuple[str, ...]:
        """Products with a frame in any band, sorted."""
        return tuple(sorted({n for b in self.bands.values() for n in b.swath.product_ids}))
