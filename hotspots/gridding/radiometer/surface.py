"""The facets of Io that rows look at, and what a beam takes from each.

An antenna receives the mean over its pattern: T_A = 1/(4 pi) sum of G T_B dOmega.  A row of
the forward operator holds G dOmega/(4 pi) of every cell, summed over the cell's facets that
face the antenna.  Oblique facets shine less than they would in the nadir, by Fresnel's
emissivity in the antenna's polarisation; the operator has this factor in it, so the
map that it multiplies is the one an antenna in every cell's zenith would measure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from array_api_compat import array_namespace, device, is_numpy_array

from hotspots.body import IO_RADII_KM, surface_normal
from hotspots.fresnel import emissivity, vertical_share
from hotspots.geometry.beams.pattern import Pattern
from hotspots.gridding.radiometer.cells import cell_area, cell_centres
from hotspots.gridding.radiometer.surface_cpu import surface_rows

__all__ = ["Facets", "SurfaceWeights", "array_weights", "facets", "surface_weights"]

BLOCK = 400_000
"""Facets times rows that are worked on at once; bounds the memory."""


@dataclass(frozen=True)
class Facets:
    """Small flat pieces of Io in nested order, ``per_cell`` of them to a cell.

    Parameters
    ----------
    point_km : array (f, 3)
        Centres on the triaxial ellipsoid, body-fixed, km.
    normal : array (f, 3)
        Outward unit normals.
    area_km2 : array (f,)
        True areas, km2.
    per_cell : int
        Facets of one cell, neighbours in the arrays.
    """

    point_km: Any
    normal: Any
    area_km2: Any
    per_cell: int

    @property
    def cells(self) -> int:
        """Number of cells."""
        return int(self.area_km2.shape[0]) // self.per_cell

    def like(self, array: Any) -> Self:
        """Return the facets in the namespace and type, and on the device, of ``array``."""
        xp, place = array_namespace(array), device(array)
        point, normal, area = (
            xp.asarray(one, dtype=array.dtype, device=place)
            for one in (self.point_km, self.normal, self.area_km2)
        )
        return type(self)(point, normal, area, self.per_cell)


def facets(cells_per_side: int, split: int) -> Facets:
    """Facets of the cells of `hotspots.gridding.radiometer.cells`.

    Parameters
    ----------
    cells_per_side : int
        A power of two.
    split : int
        Facets along one side of a cell, a power of two.

    Raises
    ------
    GriddingError
        If a number is no power of two.
    """
    side = cells_per_side * split
    direction = cell_centres(side)
    radii = np.asarray(IO_RADII_KM)
    radius = 1.0 / np.linalg.norm(direction / radii, axis=-1)
    point = direction * radius[:, None]
    normal = surface_normal(point, radii)
    area = radius**2 * cell_area(side) / np.sum(normal * direction, axis=-1)
    return Facets(point, normal, area, split**2)


@dataclass(frozen=True)
class SurfaceWeights:
    """What n rows of one channel take from c cells.

    Parameters
    ----------
    weights : array (k, n, c)
        Share of each cell in the antenna temperature, for each of k permittivities.
    fill : array (n,)
        Share of Io in the pattern: 1 where the beam sees nothing else.
    """

    weights: Any
    fill: Any


def surface_weights(
    axes: Any,
    juno_km: Any,
    pattern: Pattern,
    ground: Facets,
    permittivities: Sequence[float],
) -> SurfaceWeights:
    """Rows of the forward operator of one channel.

    Parameters
    ----------
    axes : array (n, s, 3, 3)
        Antenna's X, Y and Z, body-fixed, at s instants of every integration.  The electric
        field is taken along X (an assumption: no public text says).
    juno_km : array (n, 3)
        Juno from Io's centre, body-fixed, km.
    pattern : Pattern
    ground : Facets
    permittivities : sequence of k floats

    Returns
    -------
    SurfaceWeights
    """
    if is_numpy_array(axes):
        return _compiled(axes, juno_km, pattern, ground, permittivities)
    return array_weights(axes, juno_km, pattern, ground, permittivities)


def _compiled(
    axes: Any, juno_km: Any, pattern: Pattern, ground: Facets, permittivities: Sequence[float]
) -> SurfaceWeights:
    rows = len(axes)
    weights = np.zeros((len(permittivities), rows, ground.cells), np.float32)
    fill = np.zeros(rows)
    surface_rows(
        np.ascontiguousarray(axes, np.float64),
        np.ascontiguousarray(juno_km, np.float64),
        pattern.gain,
        ground.point_km,
        ground.normal,
        ground.area_km2,
        ground.per_cell,
        np.asarray(permittivities, np.float64),
        weights,
        fill,
    )
    return SurfaceWeights(weights, fill)


def array_weights(
    axes: Any, juno_km: Any, pattern: Pattern, ground: Facets, permittivities: Sequence[float]
) -> SurfaceWeights:
    """`surface_weights` as array expressions, for any array library."""
    xp = array_namespace(axes)
    ground = ground.like(axes)
    rows = int(axes.shape[0])
    step = max(1, BLOCK // int(ground.area_km2.shape[0]))
    parts, fills = [], []
    for start in range(0, rows, step):
        block = slice(start, min(rows, start + step))
        part, fill = _block(
            xp, axes[block, ...], juno_km[block, :], pattern, ground, permittivities
        )
        parts.append(part)
        fills.append(fill)
    if not parts:
        empty = xp.zeros((len(permittivities), 0, ground.cells), dtype=axes.dtype)
        return SurfaceWeights(empty, xp.zeros((0,), dtype=axes.dtype))
    return SurfaceWeights(xp.concat(parts, axis=1), xp.concat(fills, axis=0))


def _block(
    xp: Any,
    axes: Any,
    juno_km: Any,
    pattern: Pattern,
    ground: Facets,
    permittivities: Sequence[float],
) -> tuple[Any, Any]:
    """Weights (k, n, c) and fill (n,) of a few rows, all facets at once."""
    towards = juno_km[:, None, :] - ground.point_km[None, :, :]
    distance = xp.sqrt(xp.sum(towards**2, axis=-1))
    towards = towards / distance[..., None]
    normal = ground.normal[None, :, :]
    mu = xp.clip(xp.sum(towards * normal, axis=-1), 0.0, 1.0)
    solid = ground.area_km2[None, :] * mu / distance**2 / (4.0 * xp.pi)

    gain = xp.zeros_like(mu)
    instants = int(axes.shape[1])
    for instant in range(instants):
        turn = xp.permute_dims(axes[:, instant, :, :], (0, 2, 1))
        gain = gain + pattern.towards(-(towards @ turn))
    weight = gain * solid / instants
    electric = axes[:, instants // 2, 0, :][:, None, :]
    share = vertical_share(electric, towards, normal)
    nadir = xp.ones((1,), dtype=mu.dtype, device=device(mu))
    shape = (int(mu.shape[0]), ground.cells, ground.per_cell)
    parts = []
    for permittivity in permittivities:
        factor = emissivity(permittivity, mu, share) / emissivity(permittivity, nadir, 0.5)
        parts.append(xp.sum(xp.reshape(weight * factor, shape), axis=-1))
    return xp.stack(parts), xp.sum(weight, axis=-1)
