"""One band of the adjustment at a given state: images, light and the chain to the unknowns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hotspots.retrieval.frames.model import LOCAL_PARAMETERS, StampModel, stamp_model
from hotspots.retrieval.frames.optics import BandOptics
from hotspots.retrieval.frames.stamps import FrameStamps
from hotspots.retrieval.frames.unknowns import Unknowns

__all__ = ["Linearised", "linearise"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class Linearised:
    """Model of one band's stamps.

    Parameters
    ----------
    model : StampModel
    light : array (s,) float64
        Sum over pixels of the light of each stamp's point, W m-2 sr-1.
    chain : sparse array (7 s, u)
        Derivative of the local parameters (`LOCAL_PARAMETERS`) by the unknowns.
    """

    model: StampModel
    light: Float64
    chain: sparse.csr_array


def linearise(
    stamps: FrameStamps,
    unknowns: Unknowns,
    state: Float64,
    sloping: NDArray[np.bool_],
) -> Linearised:
    """Model the stamps of one band.

    Parameters
    ----------
    stamps : FrameStamps
    unknowns : Unknowns
    state : array (u,) float64
    sloping : array (s,) bool
        Stamps that matter to more than the power of their point.

    Returns
    -------
    Linearised
    """
    source = unknowns.source_of_point[stamps.point]
    number = {name: i for i, name in enumerate(unknowns.products)}
    product = np.array([number[name] for name in stamps.product_ids])[stamps.frame]
    optics = BandOptics.of_vector(state[unknowns.optics(stamps.band)])
    jacobian = stamps.jacobian
    stretch = np.sum(jacobian**2, axis=-1)  # squared px of a km2, along samples and lines
    place = state[unknowns.places].reshape(-1, 2)[source]
    shift = np.einsum("sij,sj->si", jacobian, place)
    shift = shift + state[unknowns.shifts].reshape(-1, 2)[product]
    width = state[unknowns.widths][source]
    model = stamp_model(stamps, shift, width[:, None] * stretch, optics, sloping)
    power = unknowns.powers(stamps.band).start + stamps.point
    one = np.ones(len(stamps))
    core = optics.core_variance_px2
    east = unknowns.places.start + 2 * source
    first = np.full(len(stamps), unknowns.optics(stamps.band).start)
    moved = unknowns.shifts.start + 2 * product
    wide = unknowns.widths.start + source
    entries = (
        (0, power, stamps.light_per_gw_um),
        (1, east, jacobian[:, 0, 0]),
        (1, east + 1, jacobian[:, 0, 1]),
        (2, east, jacobian[:, 1, 0]),
        (2, east + 1, jacobian[:, 1, 1]),
        (1, moved, one),
        (2, moved + 1, one),
        (3, wide, stretch[:, 0]),
        (4, wide, stretch[:, 1]),
        (3, first, 2.0 * core[0] * one),
        (4, first, 2.0 * core[1] * one),
        (3, first + 1, core[0] * one),
        (4, first + 1, -core[1] * one),
        (5, first + 2, one),
        (6, first + 3, one),
    )
    rows = np.concatenate([LOCAL_PARAMETERS * np.arange(len(stamps)) + e[0] for e in entries])
    columns = np.concatenate([e[1] for e in entries])
    values = np.concatenate([e[2] for e in entries])
    shape = (LOCAL_PARAMETERS * len(stamps), unknowns.size)
    return Linearised(
        model=model,
        light=stamps.light_per_gw_um * state[power],
        chain=sparse.csr_array((values, (rows, columns)), shape=shape),
    )
