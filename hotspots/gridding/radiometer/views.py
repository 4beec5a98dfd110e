"""One channel's view of everything that is not Io, in every row."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.geometry.beams.beams import JUPITER_RADII_KM, Beams
from hotspots.geometry.beams.pattern import Pattern
from hotspots.gridding.radiometer.background import MICROWAVE_BACKGROUND_K, BackgroundDesign
from hotspots.gridding.radiometer.belts import belt_shapes
from hotspots.gridding.radiometer.cells import cell_centres
from hotspots.gridding.radiometer.disc import disc_weights
from hotspots.gridding.radiometer.sky import sky_cells_within, sky_weights, turn_with_jupiter

__all__ = ["JUPITER_TB_K", "background_design", "io_disc"]

Float64 = NDArray[np.float64]
Float32 = NDArray[np.float32]

JUPITER_TB_K = (849.0, 454.0, 327.0, 245.0, 191.0, 141.0)
"""Nadir brightness of Jupiter's middle latitudes by channel (Fletcher et al. 2021,
doi:10.1029/2021JE006858, their tables)."""

JUPITER_DARKENING = (0.47, 0.32, 0.21, 0.18, 0.13, 0.04)
"""Exponents of its limb darkening, T = T_nadir mu**p, as the public code pyPR has them."""

COARSE_SIDE = 8
"""Cells of unknown sky are 7 degrees wide, less than half a beam; weights are computed on
cells of half that width."""

REACH = 1.6
"""Sky further from every boresight than this many beamwidths shines as the microwave
background: what it has more reaches the antenna 30 dB down."""


@dataclass(frozen=True)
class _Disc:
    """Direction (n, 3) and angular radius (n,), rad, of a body."""

    direction: Float64
    radius: Float64


def _io(beams: Beams) -> _Disc:
    distance = beams.range_km
    return _Disc(-beams.juno_km / distance[:, None], np.arcsin(IO_MEAN_RADIUS_KM / distance))


def io_disc(beams: Beams, channel: int, pattern: Pattern) -> Float64:
    """Share of Io in the antenna temperature as if it were a flat disc; (n,).

    Parameters
    ----------
    beams : Beams
    channel : int
        Index, 0 to 5.
    pattern : Pattern
    """
    io = _io(beams)
    return np.asarray(disc_weights(beams.axes[:, channel], io.direction, io.radius, pattern))


def background_design(
    beams: Beams, spin: NDArray[np.int64], channel: int, pattern: Pattern
) -> BackgroundDesign:
    """Linear model of one channel's background in all rows.

    Parameters
    ----------
    beams : Beams
        Every row complete.
    spin : array (n,) int
        Number of each row's turn, 0 and up.
    channel : int
        Index, 0 to 5.
    pattern : Pattern
    """
    io = _io(beams)
    distance = np.linalg.norm(beams.jupiter_km, axis=1)
    jupiter = _Disc(beams.jupiter_km / distance[:, None], np.arcsin(JUPITER_RADII_KM[0] / distance))
    axes = beams.axes[:, channel]
    hidden = (io.direction, io.radius)
    planet, planet_fill = (
        disc_weights(
            axes, jupiter.direction, jupiter.radius, pattern, darkening=power, hidden_by=hidden
        )
        for power in (JUPITER_DARKENING[channel], 0.0)
    )
    io_fill = disc_weights(axes, io.direction, io.radius, pattern)

    turn = turn_with_jupiter(beams)
    turned = axes @ np.swapaxes(turn, 1, 2)
    reach = REACH * pattern.beamwidth_deg
    coarse = sky_cells_within(turned[:: max(1, len(turned) // 600), 2], COARSE_SIDE, reach)
    fine = (4 * coarse[:, None] + np.arange(4)).ravel()
    direction = np.einsum("nij,nj->ni", turn, io.direction)
    near = (direction.astype(np.float32), io.radius.astype(np.float32))
    weights = np.asarray(
        sky_weights(turned.astype(np.float32), pattern, 2 * COARSE_SIDE, fine, near)
    )
    directions = cell_centres(COARSE_SIDE)[coarse]
    time = np.linspace(-1.0, 1.0, len(beams)) if len(beams) > 1 else np.zeros(1)
    return BackgroundDesign(
        spin,
        weights.reshape(len(weights), -1, 4).sum(axis=2, dtype=np.float64),
        directions @ directions.T,
        _belts(beams, turn, cell_centres(2 * COARSE_SIDE)[fine], weights, time),
        time,
        JUPITER_TB_K[channel] * planet,
        MICROWAVE_BACKGROUND_K * (1.0 - io_fill - planet_fill),
    )


def _belts(beams: Beams, turn: Float64, cells: Float64, weights: Float32, time: Float64) -> Float64:
    """Antenna temperature of the belts' shapes, seen from three places of the visit."""
    total: Float64 = np.zeros((len(time), 1))
    for when, row in zip((-1.0, 0.0, 1.0), (0, len(beams) // 2, len(beams) - 1), strict=True):
        share = np.maximum(0.0, 1.0 - np.abs(time - when))
        direction = cells @ turn[row] @ beams.jupiter_axes[row].T
        place = -beams.jupiter_axes[row] @ beams.jupiter_km[row]
        total = total + share[:, None] * (
            weights @ belt_shapes(direction, place).astype(np.float32)
        )
    return np.asarray(total)
