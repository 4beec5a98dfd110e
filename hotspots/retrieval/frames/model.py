"""Light of points in their stamps, and what it changes with: `stamp_model`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.frames.optics import BandOptics
from hotspots.retrieval.frames.response import AxisResponse, axis_response
from hotspots.retrieval.frames.stamps import FrameStamps

__all__ = ["LOCAL_PARAMETERS", "StampModel", "stamp_model"]

Float64 = NDArray[np.float64]

LOCAL_PARAMETERS = 7
"""Light, sample, line, core variance along samples and along lines, wing fraction, ln wing."""


@dataclass(frozen=True)
class StampModel:
    """Images of points of unit light, one a stamp.

    Parameters
    ----------
    image : array (s, h, w) float64
        Part of the light that each sample gets.
    slopes : array (6, f, h, w) float64
        Derivatives by sample, line (1/px), core variance along samples and along lines
        (1/px2), wing fraction and ln of the wing's width, of the f stamps that they were
        asked for.
    row : array (s,) int64
        Place of a stamp among those f; not to be used for others.
    """

    image: Float64
    slopes: Float64
    row: NDArray[np.int64]


def stamp_model(
    stamps: FrameStamps,
    shift_px: Float64,
    variance_px2: Float64,
    optics: BandOptics,
    sloping: NDArray[np.bool_] | None = None,
) -> StampModel:
    """Images of points with the camera's blur.

    Parameters
    ----------
    stamps : FrameStamps
    shift_px : array (s, 2) float64
        Way (sample, line) of each point from its predicted place.
    variance_px2 : array (s, 2) float64
        Extent of each point, its variance along (samples, lines).
    optics : BandOptics
    sloping : array (s,) bool, optional
        Stamps whose derivatives are wanted; all without it.

    Returns
    -------
    StampModel
    """
    chosen = np.ones(len(stamps), dtype=bool) if sloping is None else sloping
    across = stamps.offset_sample - shift_px[:, :1]
    along = stamps.offset_line - shift_px[:, 1:]
    still = np.zeros(len(stamps))
    core = np.asarray(optics.core_variance_px2) + variance_px2
    wing = optics.wing_sigma_px**2 + variance_px2
    fraction = optics.wing_fraction
    parts = []
    for weight, variance in ((1.0 - fraction, core), (fraction, wing)):
        x = axis_response(across, variance[:, 0], still)
        y = axis_response(along, variance[:, 1], stamps.smear_px)
        parts.append((weight, x, y, _outer(y.value, x.value)))
    (w0, x0, y0, core_image), (w1, x1, y1, wing_image) = parts
    image = w0 * core_image + w1 * wing_image
    x0, y0, x1, y1 = (_chosen(axis, chosen) for axis in (x0, y0, x1, y1))
    by_wing = _outer(y1.value, x1.by_variance) + _outer(y1.by_variance, x1.value)
    slopes = np.stack(
        [
            w0 * _outer(y0.value, x0.by_place) + w1 * _outer(y1.value, x1.by_place),
            w0 * _outer(y0.by_place, x0.value) + w1 * _outer(y1.by_place, x1.value),
            w0 * _outer(y0.value, x0.by_variance),
            w0 * _outer(y0.by_variance, x0.value),
            wing_image[chosen] - core_image[chosen],
            w1 * 2.0 * optics.wing_sigma_px**2 * by_wing,
        ]
    )
    return StampModel(image, slopes, np.cumsum(chosen) - 1)


def _chosen(axis: AxisResponse, chosen: NDArray[np.bool_]) -> AxisResponse:
    return AxisResponse(axis.value[chosen], axis.by_place[chosen], axis.by_variance[chosen])


def _outer(along: Float64, across: Float64) -> Float64:
    """Images (s, h, w) of the products of lines (s, h) and samples (s, w)."""
    return np.asarray(along[:, :, None] * across[:, None, :])
