"""How much of a source's light is in samples that are numbers, and how well they are fitted."""

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.frames.linearised import linearise
from hotspots.retrieval.frames.solution import FrameFit

__all__ = ["core_misfit", "held_share"]

Float64 = NDArray[np.float64]


def held_share(fit: FrameFit, band: str) -> Float64:
    """Part of the light of every source that is in usable, linear samples.

    The power of a source is what these samples hold over this part, so an error of the
    part, such as of the wings that a point spread function has, is an error of the power:
    small for a source that is all there, large for one whose core is saturated.

    Parameters
    ----------
    fit : FrameFit
    band : str

    Returns
    -------
    array (k,) float64
        In the frame that holds most; 0 to 1.
    """
    stamps, unknowns = fit.stamps[band], fit.adjusted.unknowns
    sloping = np.zeros(len(stamps), dtype=bool)
    here = linearise(stamps, unknowns, fit.adjusted.state, sloping)
    light = np.maximum(here.light, 0.0)
    inside = np.sum(here.model.image * (stamps.usable & ~stamps.limit), axis=(1, 2)) * light
    source = unknowns.source_of_point[stamps.point]
    n_frames = len(stamps.product_ids)
    cell = source * n_frames + stamps.frame
    size = len(fit.sources) * n_frames
    held = np.bincount(cell, inside, minlength=size)
    whole = np.bincount(cell, light, minlength=size)
    share = held / np.where(whole > 0, whole, 1.0)
    return np.asarray(share.reshape(len(fit.sources), n_frames).max(axis=1))


def core_misfit(fit: FrameFit, band: str, reach_px: float) -> Float64:
    """How well the model fits the samples about every source.

    Parameters
    ----------
    fit : FrameFit
    band : str
    reach_px : float
        Samples within this distance of a source's points count.

    Returns
    -------
    array (k,) float64
        Reduced chi square; 0 for a source without any sample.
    """
    equations = fit.equations[band]
    near = (equations.distance_px < reach_px) & ~equations.limit
    count = np.bincount(equations.source[near], minlength=len(fit.sources))
    square = np.bincount(
        equations.source[near], fit.adjusted.misfit[band][near] ** 2, minlength=len(fit.sources)
    )
    return np.asarray(square / np.maximum(count, 1))
