"""CPU twin of the array expression in `hotspots.gridding.radiometer.surface`.

The same sums, one facet after the other: nothing between the facet and the cell is stored,
and facets that face away cost one scalar product.
"""

import math

import numpy as np

from hotspots.gridding.compiled import Scalar, compiled

__all__ = ["surface_rows"]


@compiled()
def surface_rows(
    axes: Scalar,
    juno_km: Scalar,
    gain: Scalar,
    point_km: Scalar,
    normal: Scalar,
    area_km2: Scalar,
    per_cell: int,
    permittivities: Scalar,
    weights: Scalar,
    fill: Scalar,
) -> None:
    """Fill ``weights`` (k, n, c) and ``fill`` (n,), which hold zeros.

    Arguments are the arrays of `surface_weights`, the gain table of the pattern and the
    fields of `Facets`.
    """
    rows, instants = axes.shape[0], axes.shape[1]
    kinds = permittivities.shape[0]
    index = np.sqrt(permittivities)
    at_nadir = 1.0 - ((index - 1.0) / (index + 1.0)) ** 2
    for row in range(rows):
        electric = axes[row, instants // 2, 0]
        for facet in range(area_km2.shape[0]):
            tx = juno_km[row, 0] - point_km[facet, 0]
            ty = juno_km[row, 1] - point_km[facet, 1]
            tz = juno_km[row, 2] - point_km[facet, 2]
            nx, ny, nz = normal[facet, 0], normal[facet, 1], normal[facet, 2]
            height = nx * tx + ny * ty + nz * tz
            if height <= 0.0:
                continue
            square = tx * tx + ty * ty + tz * tz
            distance = math.sqrt(square)
            tx, ty, tz = tx / distance, ty / distance, tz / distance
            mu = min(1.0, height / distance)
            total = 0.0
            for instant in range(instants):
                total += _gain_towards(gain, axes[row, instant], tx, ty, tz)
            weight = total * area_km2[facet] * mu / (square * instants * 4.0 * math.pi)
            fill[row] += weight
            share = _vertical_share(electric, tx, ty, tz, nx, ny, nz)
            cell = facet // per_cell
            for kind in range(kinds):
                inside = math.sqrt(1.0 - (1.0 - mu * mu) / permittivities[kind])
                n = index[kind]
                vertical = (n * mu - inside) / (n * mu + inside)
                horizontal = (mu - n * inside) / (mu + n * inside)
                lost = share * vertical * vertical + (1.0 - share) * horizontal * horizontal
                weights[kind, row, cell] += weight * (1.0 - lost) / at_nadir[kind]


@compiled()
def _gain_towards(gain: Scalar, axes: Scalar, tx: float, ty: float, tz: float) -> float:
    """Gain towards a place from which the antenna lies in direction ``t``."""
    azimuths, nodes = gain.shape
    along = -(axes[2, 0] * tx + axes[2, 1] * ty + axes[2, 2] * tz)
    node = math.sqrt(min(4.0, max(0.0, 2.0 - 2.0 * along))) * 0.5 * (nodes - 1)
    lower = min(int(node), nodes - 2)
    share = node - lower
    if azimuths == 1:
        value: float = gain[0, lower] + share * (gain[0, lower + 1] - gain[0, lower])
        return value
    x = -(axes[0, 0] * tx + axes[0, 1] * ty + axes[0, 2] * tz)
    y = -(axes[1, 0] * tx + axes[1, 1] * ty + axes[1, 2] * tz)
    turn = math.atan2(y, x) * azimuths / (2.0 * math.pi)
    if turn < 0.0:
        turn += azimuths
    first = int(turn) % azimuths
    second = (first + 1) % azimuths
    part = turn - int(turn)
    one = gain[first, lower] + share * (gain[first, lower + 1] - gain[first, lower])
    other = gain[second, lower] + share * (gain[second, lower + 1] - gain[second, lower])
    mixed: float = (1.0 - part) * one + part * other
    return mixed


@compiled()
def _vertical_share(
    electric: Scalar, tx: float, ty: float, tz: float, nx: float, ny: float, nz: float
) -> float:
    """Share of the polarisation in the plane of emission (`hotspots.fresnel`)."""
    hx, hy, hz = ny * tz - nz * ty, nz * tx - nx * tz, nx * ty - ny * tx
    along = electric[0] * tx + electric[1] * ty + electric[2] * tz
    across = electric[0] * hx + electric[1] * hy + electric[2] * hz
    size = (hx * hx + hy * hy + hz * hz) * (1.0 - along * along)
    if size <= 1e-14:
        return 0.5
    share: float = min(1.0, max(0.0, 1.0 - across * across / size))
    return share
