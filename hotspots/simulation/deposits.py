"""Dark floors and bright or dark deposits: what a faint volcano may be mistaken for.

A deposit is a disc or a ring with a soft edge that multiplies the albedo.  On a map whose
nodes lie farther apart than its size it is painted broader and weaker, so that its sum
over the ground stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import acos, asin, atan2, ceil, cos, floor, hypot, log, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.config.checks import require_positive, require_within
from hotspots.simulation.cube_map import cube_nodes, node_spacing_km
from hotspots.simulation.tangent import surface_point_km

__all__ = ["Deposit", "paint"]

Float32 = NDArray[np.float32]

_LEAST_EDGE_NODES = 0.5
"""Half width of an edge that bilinear interpolation shows without steps, nodes."""

_FACE_REACH_RAD = acos(3**-0.5)
"""Angle from the middle of a face to its corners."""


@dataclass(frozen=True)
class Deposit:
    """A disc, or a ring, of another albedo.

    Parameters
    ----------
    lat_deg, lon_east_deg : float
    radius_km : float
    l_factor, m_factor : float
        Albedo over that of the ground around it.
    hollow : float
        Radius of the untouched middle over that of the deposit, 0..0.95; 0 is a disc.
    edge : float
        Half width of its edge over its radius.

    Raises
    ------
    ConfigurationError
        If a size or factor is not positive, or ``hollow`` outside its range.
    """

    lat_deg: float
    lon_east_deg: float
    radius_km: float
    l_factor: float
    m_factor: float
    hollow: float = 0.0
    edge: float = 0.1

    def __post_init__(self) -> None:
        require_positive(self, "radius_km", "l_factor", "m_factor", "edge")
        require_within(self, 0.0, 0.95, "hollow")


def paint(deposits: Iterable[Deposit], log_l: Float32, log_m: Float32) -> None:
    """Add the logarithms of deposits to maps on the nodes of a cube, in place.

    Parameters
    ----------
    deposits : iterable of Deposit
    log_l, log_m : arrays (6, intervals + 1, intervals + 1) float32
        Natural logarithm of the albedo.
    """
    intervals = log_l.shape[1] - 1
    nodes = cube_nodes(intervals)
    node_km = node_spacing_km(intervals)
    for deposit in deposits:
        place = surface_point_km(deposit.lat_deg, deposit.lon_east_deg)
        towards = place / np.linalg.norm(place)
        painted_km = hypot(deposit.radius_km, 0.5 * node_km)
        edge_km = max(deposit.edge * deposit.radius_km, _LEAST_EDGE_NODES * node_km)
        weight = (deposit.radius_km / painted_km) ** 2
        for face, rows, columns in _windows(towards, painted_km + 3 * edge_km, intervals):
            window = nodes[face, rows, columns]
            chord = np.sqrt(np.maximum(2 - 2 * (window @ towards), 0)) * IO_MEAN_RADIUS_KM
            profile = weight * _inside(chord, painted_km, edge_km)
            if deposit.hollow > 0:
                profile -= weight * _inside(chord, deposit.hollow * painted_km, edge_km)
            log_l[face, rows, columns] += log(deposit.l_factor) * profile
            log_m[face, rows, columns] += log(deposit.m_factor) * profile


def _inside(distance_km: NDArray[np.float64], radius_km: float, edge_km: float) -> Float32:
    """1 well inside a circle, 0 well outside."""
    return np.asarray(0.5 - 0.5 * np.tanh((distance_km - radius_km) / edge_km))


def _windows(
    towards: NDArray[np.float64], reach_km: float, intervals: int
) -> Iterable[tuple[int, slice, slice]]:
    """Rows and columns of every face that hold the nodes within reach of a direction."""
    x_y_z = [float(value) for value in towards]
    reach = min(reach_km / IO_MEAN_RADIUS_KM, pi / 2)
    least_cosine = cos(min(_FACE_REACH_RAD + reach, pi))
    for face in range(6):
        axis = face // 2
        facing = x_y_z[axis] * (1 - 2 * (face % 2))
        if facing < least_cosine:
            continue
        # Columns and rows are longitudes about the axes across them; this is the half
        # width in longitude of a cap.
        columns, rows = (other for other in range(3) if other != axis)
        slices = []
        for along, across in ((rows, columns), (columns, rows)):
            middle = atan2(x_y_z[along], facing)
            narrow = sqrt(max(1 - x_y_z[across] ** 2, 0.0))
            half = asin(sin(reach) / narrow) if sin(reach) < narrow else pi
            start, stop = (
                (middle + side * half + pi / 4) / (pi / 2) * intervals for side in (-1, 1)
            )
            slices.append(slice(max(floor(start), 0), min(ceil(stop), intervals) + 1))
        if all(window.start < window.stop for window in slices):
            yield face, slices[0], slices[1]
