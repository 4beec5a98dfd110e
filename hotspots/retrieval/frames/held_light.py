"""How much of a source's light is held by samples that are numbers."""

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.frames.linearised import linearise
from hotspots.retrieval.frames.solution import FrameFit

__all__ = ["held_share"]

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
