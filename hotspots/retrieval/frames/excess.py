"""What surroundings do to a power: the same measurement where there is no source.

Noise is known, the ground is not: its albedo pattern in sunlight, reflections on the
detector, sources too faint to be found.  All are common to the frames, so their error does
not fall with the number of frames as noise does.  They are measured: at places on a ring
about each source the same frames are asked for the power of a source that is not there,
and its scatter is compared with what noise alone would make.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.frames.ground import moved
from hotspots.retrieval.frames.model import stamp_model
from hotspots.retrieval.frames.optics import BandOptics
from hotspots.retrieval.frames.scene import BandFrames
from hotspots.retrieval.frames.stamps import FrameStamps

__all__ = ["EmptyPlaces", "excess_sigma", "measure_empty", "ring_places", "unit_images"]

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]

RING_PX = (4.5, 7.0)
"""Distances of the empty places, px of the best view: beyond the core, on like ground."""

PLACES = 8
"""Empty places on each ring."""

REACH_PX = 3
"""Half width of their windows."""

POOL = 16.0
"""Empty places that the median over all sources of a band counts for."""

ENOUGH = 6
"""A source with fewer empty places takes the median over all."""


@dataclass(frozen=True)
class EmptyPlaces:
    """Powers measured where there is no source, (k, places) float64, GW/um.

    NaN where no frame shows the place.
    """

    power: Float64
    sigma: Float64


def ring_places(points_km: Float64, jacobian: Float64) -> Float64:
    """Places on rings about sources.

    Parameters
    ----------
    points_km : array (k, 3) float64
    jacobian : array (k, 2, 2) float64
        Derivative of (sample, line) by km (east, north) in the best view.

    Returns
    -------
    array (k, m, 3) float64
    """
    turn = 2 * np.pi * (np.arange(PLACES) + 0.5) / PLACES
    rings = np.concatenate(
        [
            radius * np.stack([np.cos(turn + i), np.sin(turn + i)], axis=-1)
            for i, radius in enumerate(RING_PX)
        ]
    )
    offsets = np.einsum("kij,mj->kmi", np.linalg.inv(jacobian), rings)
    start = np.repeat(points_km, len(rings), axis=0)
    return moved(start, offsets.reshape(-1, 2)).reshape(len(points_km), len(rings), 3)


def measure_empty(frames: BandFrames, places_km: Float64, optics: BandOptics) -> EmptyPlaces:
    """Powers at empty places, every one by itself with a plane of background in each frame.

    Parameters
    ----------
    frames : BandFrames
        With the light of all sources taken off.
    places_km : array (k, m, 3) float64
    optics : BandOptics

    Returns
    -------
    EmptyPlaces
    """
    k, m, _ = places_km.shape
    stamps = frames.stamps(places_km.reshape(-1, 3), REACH_PX)
    seen, information = _stamp_powers(stamps, optics)
    total = np.bincount(stamps.point, information, minlength=k * m)
    power = np.bincount(stamps.point, information * seen, minlength=k * m)
    known = np.where(total > 0, total, np.nan)
    return EmptyPlaces((power / known).reshape(k, m), (known**-0.5).reshape(k, m))


def unit_images(stamps: FrameStamps, optics: BandOptics) -> tuple[Float64, Float64]:
    """Images of points of 1 GW/um in the middle of their stamps, and weights of the samples.

    Returns
    -------
    image, weight : arrays (s, h, w) float64
        Weights are zero for samples that are no numbers.
    """
    still = np.zeros((len(stamps), 2))
    image = stamp_model(stamps, still, still, optics).image * stamps.light_per_gw_um[:, None, None]
    good = stamps.usable & ~stamps.limit
    return image, np.where(good, stamps.sigma**-2.0, 0.0)


def _stamp_powers(stamps: FrameStamps, optics: BandOptics) -> tuple[Float64, Float64]:
    """Power and its information in every stamp, background eliminated."""
    if not len(stamps):
        return np.zeros(0), np.zeros(0)
    image, weight = unit_images(stamps, optics)
    y, x = np.meshgrid(*(np.linspace(-1.0, 1.0, n) for n in image.shape[1:]), indexing="ij")
    planes = np.stack([np.ones_like(x), x, y])
    blocks = np.einsum("shw,ahw,bhw->sab", weight, planes, planes, optimize=True)
    blocks += 1e-9 * np.eye(3) * np.maximum(blocks[:, :1, :1], 1e-300)
    cross = np.einsum("shw,shw,ahw->sa", weight, image, planes, optimize=True)
    level = np.einsum("shw,shw,ahw->sa", weight, stamps.values, planes, optimize=True)
    gain = np.linalg.solve(blocks, cross[..., None])[..., 0]
    own = np.sum(weight * image**2, axis=(1, 2))
    information = own - np.sum(gain * cross, axis=-1)
    pull = np.sum(weight * image * stamps.values, axis=(1, 2)) - np.sum(gain * level, axis=-1)
    known = information > 0.2 * own
    information = np.where(known, information, 0.0)
    return np.where(known, pull / np.where(known, information, 1.0), 0.0), information


def excess_sigma(empty: EmptyPlaces) -> Float64:
    """Standard deviation of powers that surroundings add to noise.

    Parameters
    ----------
    empty : EmptyPlaces

    Returns
    -------
    array (k,) float64
        GW/um.  Robust scatter over the places of a source in terms of their noise, drawn to
        the median of all sources, less one, times the noise.
    """
    ratio = empty.power / empty.sigma
    count = np.isfinite(ratio).sum(axis=1)
    own = np.full(len(ratio), np.nan)
    some = count >= ENOUGH
    # about zero, not about their mean: an offset is an error too
    own[some] = (1.4826 * np.nanmedian(np.abs(ratio[some]), axis=1)) ** 2
    typical = float(np.nanmedian(own)) if some.any() else 1.0
    square = np.where(some, (count * np.nan_to_num(own) + POOL * typical) / (count + POOL), typical)
    noise = np.full(len(ratio), 0.0)
    any_place = count > 0
    noise[any_place] = np.nanmedian(empty.sigma[any_place], axis=1)
    return np.asarray(noise * np.sqrt(np.maximum(square - 1.0, 0.0)))
