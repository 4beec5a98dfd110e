"""Sources put into the frames of a group as the camera would have shown them."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hotspots.config import InstrumentSettings
from hotspots.gridding.particles import lone_hits
from hotspots.pipeline.grouping import Group
from hotspots.pipeline.pointing import Pointed
from hotspots.retrieval.limits.stamps import Injected, inject
from hotspots.swath import Flag, Swath

__all__ = ["as_sharp_as_seen", "with_sources"]

Float64 = NDArray[np.float64]

HIT_SIGMA, HIT_FRAMES = 8.0, 2
"""Light of a sample, in its noise, from which it is asked whether a particle made it (the
bar of `hotspots.gridding.particles.lone_hits`), and number of frames up to which it is:
what is so bright in one of many frames is found anyway."""


SHARPEST_PX = 0.2
"""Least standard deviation of the optics, px: the diffraction limit."""


def as_sharp_as_seen(
    group: Group, pointed: Pointed, widening: float, spread: Float64, cell_px: float
) -> dict[str, Float64]:
    """Blur that makes sources as wide as bright ones on the map of a group are.

    Errors of the pointing are in that width already, and each frame will draw its own.

    Parameters
    ----------
    group : Group
    pointed : Pointed
    widening : float
        Width of bright sources over that of the map's point spread function.
    spread : array (2, 2) float64
        Covariance of that, squared cells.
    cell_px : float
        Cell over native pixel.

    Returns
    -------
    dict of str to array (n, 2) float64
        By band, in place of the group's ``blur_px``.
    """
    nominal = float(np.sqrt(np.linalg.det(spread))) * cell_px**2
    own = [pointed.covariance_px.get(name, np.zeros((2, 2))) for name in group.product_ids]
    pointing = float(np.median([np.trace(covariance) / 2 for covariance in own]))
    more = (widening**2 - 1.0) * nominal - pointing
    return {
        band: np.sqrt(np.maximum(px**2 + more, SHARPEST_PX**2))
        for band, px in group.blur_px.items()
    }


def with_sources(
    group: Group,
    sources: Injected,
    blur_px: dict[str, Float64],
    pointed: Pointed,
    instrument: InstrumentSettings,
    random: np.random.Generator,
) -> Group:
    """Group with sources in all its frames, each off by an error of its pointing.

    Parameters
    ----------
    group : Group
        On the host.
    sources : Injected
    blur_px : dict of str to array (n, 2) float64
        True blur of every frame, (lines, samples), px, by band; the group's own is what the
        visit believes.
    pointed : Pointed
    instrument : InstrumentSettings
    random : numpy.random.Generator

    Returns
    -------
    Group
    """
    offsets = _pointing_errors(group, pointed, random)
    swaths = {}
    for band, swath in group.swaths.items():
        offset = np.array([offsets[name] for name in swath.product_ids])
        lit = inject(swath, sources, blur_px[band], offset, instrument, random)
        swaths[band] = _hits_flagged(lit, swath, group.blur_px[band])
    return replace(group, swaths=swaths)


def _pointing_errors(
    group: Group, pointed: Pointed, random: np.random.Generator
) -> dict[str, Float64]:
    """Draw one error (sample, line) for each product, px.

    What all frames err by together moves the map and hides nothing; it is no part of this.
    """
    none = np.zeros(2)
    return {
        name: random.multivariate_normal(none, pointed.covariance_px[name])
        if name in pointed.covariance_px
        else none
        for name in sorted(group.product_ids)
    }


def _hits_flagged(lit: Swath, before: Swath, blur_px: Float64) -> Swath:
    """Ask, as the cleaning of the visit does, which of the bright samples are hits."""
    if len(lit) > HIT_FRAMES:
        return lit
    bright = (lit.values - before.values > HIT_SIGMA * lit.sigma).any(axis=(1, 2))
    flags = lit.flags.copy()
    for i in np.flatnonzero(bright):
        blur = (float(blur_px[i, 0]), float(blur_px[i, 1]))
        hit = lone_hits(lit.values[i], lit.sigma[i], flags[i], blur)
        flags[i][hit] |= np.uint8(Flag.RADIATION)
    return lit.replace(flags=flags)
