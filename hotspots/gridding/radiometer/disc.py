"""What a beam takes from a distant disc: Jupiter, or Io seen from afar."""

from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

from hotspots.geometry.beams.pattern import Pattern

__all__ = ["disc_weights"]

Float64 = NDArray[np.float64]

RINGS, SPOKES = 6, 24
"""Points of a disc: rings of equal area, evenly turned; a disc is at most a few beams wide."""


def disc_weights(
    axes: Any,
    centre: Any,
    radius_rad: Any,
    pattern: Pattern,
    *,
    darkening: float = 0.0,
    hidden_by: tuple[Any, Any] | None = None,
) -> Any:
    """Share of a disc in the antenna temperature, for a temperature of 1 at its middle.

    Parameters
    ----------
    axes : array (n, 3, 3)
        Antenna's X, Y and Z.
    centre : array (n, 3)
        Unit vectors to the middle of the disc, in the same frame as ``axes``.
    radius_rad : array (n,)
        Angular radius of the disc, rad.
    pattern : Pattern
    darkening : float
        Exponent of the limb darkening, T = T_middle mu ** darkening.
    hidden_by : tuple of arrays (n, 3) and (n,), optional
        Direction and angular radius, rad, of a nearer disc that hides this one.

    Returns
    -------
    array (n,)
    """
    xp = array_namespace(axes)
    place, kind = device(axes), axes.dtype
    ring = (np.arange(RINGS) + 0.5) / RINGS
    turn = 2.0 * np.pi * (np.arange(SPOKES) + 0.5) / SPOKES
    # Equal areas on the disc: the ring's radius goes with the square root.
    radial = np.repeat(np.sqrt(ring), SPOKES)
    right = xp.asarray(radial * np.tile(np.cos(turn), RINGS), dtype=kind, device=place)
    up = xp.asarray(radial * np.tile(np.sin(turn), RINGS), dtype=kind, device=place)
    share = xp.asarray(
        np.maximum(0.0, 1.0 - radial**2) ** (0.5 * darkening), dtype=kind, device=place
    )

    across, other = _across(xp, centre)
    sine = xp.sin(radius_rad)[:, None, None]
    point = (
        centre[:, None, :]
        * xp.sqrt(1.0 - sine**2 * xp.asarray(radial, dtype=kind, device=place)[None, :, None] ** 2)
        + sine * right[None, :, None] * across[:, None, :]
        + sine * up[None, :, None] * other[:, None, :]
    )
    gain = pattern.towards(point @ xp.permute_dims(axes, (0, 2, 1)))
    if hidden_by is not None:
        direction, radius = hidden_by
        cosine = xp.sum(point * direction[:, None, :], axis=-1)
        gain = xp.where(cosine > xp.cos(radius)[:, None], xp.zeros_like(gain), gain)
    solid = 2.0 * xp.pi * (1.0 - xp.cos(radius_rad))
    return xp.mean(gain * share[None, :], axis=-1) * solid / (4.0 * xp.pi)


def _across(xp: Any, direction: Any) -> tuple[Any, Any]:
    """Two unit vectors across each ``direction`` (n, 3) and across one another."""
    pole = xp.asarray([0.0, 0.0, 1.0], dtype=direction.dtype, device=device(direction))
    side = xp.asarray([1.0, 0.0, 0.0], dtype=direction.dtype, device=device(direction))
    helper = xp.where(xp.abs(direction[:, 2:3]) < 0.9, pole[None, :], side[None, :])
    first = xp.linalg.cross(direction, helper)
    first = first / xp.sqrt(xp.sum(first**2, axis=-1, keepdims=True))
    return first, xp.linalg.cross(direction, first)
