"""The law by which a visit's discs are shaded, from all frames that the limb has located."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_erosion

from hotspots.geometry.cameras import build_cameras
from hotspots.geometry.pointing.disc import cosines
from hotspots.geometry.pointing.evidence import BandEvidence, FrameEvidence
from hotspots.geometry.pointing.shading import Shading, fit_shading

__all__ = ["visit_shading"]

Float64 = NDArray[np.float64]

RIM_PX = 2
"""The blur of the edge reaches this far into the disc, px."""

LEAST_COS_INCIDENCE = 0.05
"""Nearer to the terminator relief rules."""

MOST_LIMITED = 0.5
"""A disc with a larger share of saturated samples is left out."""

CLEAR_OF_LIMIT = 0.7
"""Only ground expected below this share of the plateau is fitted: beyond it the bright half
of the pattern is missing."""

SAMPLES_PER_FRAME = 1000
"""About as many samples of a frame and band are used."""


def visit_shading(
    frames: list[FrameEvidence], offsets: dict[int, Float64], ifov_rad: float
) -> dict[str, Shading]:
    """Fit the law of every band that shows enough of the sunlit disc.

    Parameters
    ----------
    frames : list of FrameEvidence
    offsets : dict of int to array (2,)
        Frames that are located, and where, pixels of angle.
    ifov_rad : float
        Angle of one pixel, rad.

    Returns
    -------
    dict of str to Shading
        By band; bands that show too little are left out.
    """
    parts: dict[str, list[Float64]] = {}
    for index, offset in offsets.items():
        for name, band in frames[index].bands.items():
            found = _samples(band, offset, ifov_rad)
            if found is not None:
                parts.setdefault(name, []).append(found)
    result = {}
    for name, pieces in parts.items():
        incidence, emission, values, sigma, plateau = np.concatenate(pieces, axis=1)
        shading = fit_shading(incidence, emission, values, sigma)
        if shading is not None and np.isfinite(plateau).any():
            low = shading.radiance(incidence, emission) < CLEAR_OF_LIMIT * plateau
            shading = fit_shading(incidence[low], emission[low], values[low], sigma[low])
        if shading is not None:
            result[name] = shading
    return result


def _samples(band: BandEvidence, offset: Float64, ifov_rad: float) -> Float64 | None:
    """Rows: both cosines, radiance, its error and the radiance at which the band saturates."""
    if band.states.eclipsed[0]:
        return None
    shape = band.values.shape
    cameras = build_cameras(band.states, ifov_rad, offset=offset[None], shape=shape)
    line = np.arange(shape[0], dtype=np.float32)[None, :, None]
    sample = np.arange(shape[1], dtype=np.float32)[None, None, :]
    incidence, emission = (c[0] for c in cosines(cameras, sample, line))
    inside = binary_erosion(np.isfinite(incidence), iterations=RIM_PX, border_value=1)
    lit = inside & (np.nan_to_num(incidence, nan=-1.0) > LEAST_COS_INCIDENCE)
    limited = band.limited
    if not lit.any() or (lit & limited).sum() > MOST_LIMITED * lit.sum():
        return None
    plateau = float(np.percentile(band.values[limited], 5)) if limited.any() else np.inf
    chosen = np.flatnonzero(lit & band.usable & ~limited)
    chosen = chosen[:: max(len(chosen) // SAMPLES_PER_FRAME, 1)]
    columns = [
        image.ravel()[chosen].astype(np.float64)
        for image in (incidence, emission, band.values, band.sigma)
    ]
    return np.stack([*columns, np.full(len(chosen), plateau)])
