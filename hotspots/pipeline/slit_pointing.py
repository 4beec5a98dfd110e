"""Where the slit of a spectrum was: the offset of the image that was taken with it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.archive import quirks
from hotspots.archive.products import Product
from hotspots.archive.spectrometer.products import SpectrumProduct
from hotspots.geometry.pointing.prior import FIRST_ORBIT_WITHOUT_MIRROR
from hotspots.pipeline.pointing import Pointed, scene_moves

__all__ = ["SlitPointing", "slit_pointing", "slit_sweeps"]

SAME_START_S = 2e-3
"""Image and spectrum of one acquisition share START_TIME to the millisecond."""

ALIGNMENT_PX = 0.5
"""Standard deviation of the angle between slit and camera: half of what it changed by
between versions 0.6 and 12 of Juno's frame kernel (0.85 px)."""


@dataclass(frozen=True)
class SlitPointing:
    """Pointing correction of a slit.

    Parameters
    ----------
    offset_px : array (2,) float64
        (rx, ry), pixels of angle.
    sigma_px : float
        Its standard deviation along one axis, with that of the alignment.
    """

    offset_px: NDArray[np.float64]
    sigma_px: float


def slit_pointing(et: float, pointed: Pointed) -> SlitPointing | None:
    """Correction of a slit that was opened at a time.

    Parameters
    ----------
    et : float
        TDB seconds past J2000.
    pointed : Pointed
        The images of the visit.

    Returns
    -------
    SlitPointing or None
        Of the image with the same start; without one the median of all images, with
        their scatter.  None if no image has a pointing.
    """
    when = {
        name: float(swath.et[i])
        for swath in pointed.swaths.values()
        for i, name in enumerate(swath.product_ids)
        if name in pointed.offset_px
    }
    if not when:
        return None
    nearest = min(when, key=lambda name: abs(when[name] - et))
    if abs(when[nearest] - et) <= SAME_START_S:
        sigma = pointed.sigma_px.get(nearest, 0.0)
        return SlitPointing(pointed.offset_px[nearest], float(np.hypot(sigma, ALIGNMENT_PX)))
    offsets = np.stack([pointed.offset_px[name] for name in when])
    middle = np.median(offsets, axis=0)
    scatter = float(np.sqrt(np.mean((offsets - middle) ** 2)))
    typical = float(np.median([pointed.sigma_px.get(name, 0.0) for name in when]))
    return SlitPointing(middle, float(np.sqrt(scatter**2 + typical**2 + ALIGNMENT_PX**2)))


def slit_sweeps(spectrum: SpectrumProduct, images: Sequence[Product]) -> bool:
    """Whether the spin carried the slit over the scene while it was open.

    Parameters
    ----------
    spectrum : SpectrumProduct
    images : sequence of Product
        Of the visit: the housekeeping of the one with the same start tells; else the
        mirror held the slit until orbit 43.

    Returns
    -------
    bool
    """
    start = quirks.observation_time(spectrum.start_time_label)
    for image in images:
        apart = quirks.observation_time(image.start_time_label) - start
        if image.log is not None and abs(apart.total_seconds()) <= SAME_START_S:
            return scene_moves(image)
    return spectrum.orbit is None or spectrum.orbit >= FIRST_ORBIT_WITHOUT_MIRROR
