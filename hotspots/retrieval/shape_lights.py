"""`MapLights`: a map with its background off, and what each of its sources gives to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hotspots.detection.detector import Region
from hotspots.detection.local_background import LocalBackground
from hotspots.detection.point_fit import fit_points
from hotspots.detection.point_kernel import point_model
from hotspots.detection.scene import Scene
from hotspots.retrieval.width import fit_width

__all__ = ["CENSORED", "MapLights", "lights_of", "seen_spread", "window_of"]

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]

CENSORED = 0.05
"""Fraction of saturated light from which a cell says nothing about a shape."""

MESH_CELLS = 24
"""Side of a background tile, cells."""

ROUNDS = 2
"""Fits of the points, each with the background of the last taken off."""

JUDGES = 40
"""Brightest sources that tell the width of the point spread function."""

LEAST_JUDGES = 8
"""With fewer, the median source might be a lake: the map's own width is believed."""

JUDGED = 10.0
"""Half the side of a judge's window, widths of the point spread function."""


@dataclass(frozen=True)
class MapLights:
    """One map as the sum of its sources.

    Parameters
    ----------
    scene : Scene
    regions : sequence of Region
    image : array (rows, columns) float64
        Background removed.
    points : array (rows, columns) float64
        Model of all points of all regions.
    place : array (k, 2) float64
        Points (column, row) of the regions that are not given by their cells.
    flux : array (k,) float64
        Not negative.
    owner : array (k,) int64
        Number of the region.
    patches : array (rows, columns) int64
        Number of the region that covers a cell as a resolved one; -1 for none.
    """

    scene: Scene
    regions: Sequence[Region]
    image: Float64
    points: Float64
    place: Float64
    flux: Float64
    owner: Int64
    patches: Int64

    def holds(self, first: Int64, side: int) -> bool:
        """Whether a window lies wholly on the map."""
        last = first + side
        return bool((first >= 0).all() and last[0] <= self.image.shape[1]) and bool(
            last[1] <= self.image.shape[0]
        )

    def neighbours(self, i: int, first: Int64, side: int) -> Float64:
        """Light of the other regions' points on a window.

        Parameters
        ----------
        i : int
            Number of the region that is looked at.
        first : array (2,) int64
            First column and row of the window, which `holds`.
        side : int
            Cells.

        Returns
        -------
        array (side, side) float64
        """
        own = np.flatnonzero(self.owner == i)
        mine = point_model(self.place[own] - first, self.flux[own], self.scene.spread, (side, side))
        return self.points[window_of(first, side)] - mine

    def extent(self, i: int) -> tuple[Float64, float]:
        """Middle (column, row) of a region and how far it reaches from there, cells."""
        region = self.regions[i]
        if region.cells is None:
            places = np.array([(column, row) for row, column in region.components])
        else:
            places = np.stack(region.cells[::-1], axis=-1) + 0.5
        middle = 0.5 * (places.min(axis=0) + places.max(axis=0))
        return middle, float(np.hypot(*(places - middle).T).max())


def window_of(first: Int64, side: int) -> tuple[slice, slice]:
    """Rows and columns of a window."""
    return slice(first[1], first[1] + side), slice(first[0], first[0] + side)


def lights_of(scene: Scene, regions: Sequence[Region]) -> MapLights:
    """Take a map apart into background and points.

    Parameters
    ----------
    scene : Scene
    regions : sequence of Region

    Returns
    -------
    MapLights
    """
    patches = np.full(scene.image.shape, -1, dtype=np.int64)
    for i, region in enumerate(regions):
        if region.cells is not None:
            patches[region.cells] = i
    points = [
        (column, row, i)
        for i, region in enumerate(regions)
        if region.cells is None
        for row, column in region.components
    ]
    table = np.array(points, dtype=np.float64).reshape(-1, 3)
    free = scene.usable & (patches < 0)
    ground, weight = LocalBackground(scene, free, MESH_CELLS), scene.weight(free)
    background = model = np.zeros(scene.image.shape)
    flux = np.zeros(len(table))
    for _ in range(ROUNDS):
        fit = fit_points(scene.image - background, weight, table[:, :2], scene.spread, steps=0)
        flux = np.maximum(fit.flux, 0.0)
        model = point_model(table[:, :2], flux, scene.spread, scene.image.shape)
        background, _ = ground.of(scene.image - model)
    return MapLights(
        scene=scene,
        regions=regions,
        image=scene.image - background,
        points=model,
        place=table[:, :2],
        flux=flux,
        owner=table[:, 2].astype(np.int64),
        patches=patches,
    )


def seen_spread(lights: MapLights, bright: Sequence[int]) -> Float64:
    """Point spread function as wide as the median bright source: most sources are points.

    Frames that are pointed less well than they say blur all sources of a map alike.

    Parameters
    ----------
    lights : MapLights
    bright : sequence of int
        Numbers of the regions that may judge; the `JUDGES` brightest unsaturated ones do.

    Returns
    -------
    array (2, 2) float64
        Covariance in (column, row), squared cells; never narrower than the map's own.
    """
    scene = lights.scene
    half = int(np.ceil(JUDGED * scene.width))
    side = 2 * half + 1
    widening: list[float] = []
    for i in sorted(bright, key=lambda number: -lights.regions[number].snr):
        own = np.flatnonzero((lights.owner == i) & (lights.flux > 0))
        if not len(own):
            continue
        place = np.average(lights.place[own], axis=0, weights=lights.flux[own])
        first = np.floor(place).astype(np.int64) - half
        if not lights.holds(first, side):
            continue
        part = window_of(first, side)
        clean = scene.usable[part] & (scene.saturated[part] <= CENSORED)
        if not clean[half, half]:
            continue
        local = replace(scene, noise=scene.noise[part]).weight(clean)
        image = lights.image[part] - lights.neighbours(i, first, side)
        fit = fit_width(image, local, place - first, scene.spread)
        if fit is not None:
            widening.append(fit.widening)
        if len(widening) == JUDGES:
            break
    if len(widening) < LEAST_JUDGES:
        return scene.spread
    return np.asarray(scene.spread * float(np.median(widening)) ** 2)
