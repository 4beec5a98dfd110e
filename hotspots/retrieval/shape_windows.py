r"""From the regions of a map to their shapes: `shapes_of`.

The variance of a cell is made of three parts, each multiplied with the area (cells) over
which its error is the same, because cells that err together count as one:

- the map's noise: drizzled cells share the pixels that cover them, ``(px / cell)^2``;
- what an even disc does not know of a real one: lakes have ragged rims, bright arcs and
  cool islands, `UNEVEN` of the local light, over the point spread function
  (:math:`4\pi\sigma^2`, its noise-equivalent area; King 1983, doi:10.1086/131139);
- the same part of the light of neighbours that were taken off.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from hotspots.detection.detector import Region
from hotspots.detection.scene import Scene
from hotspots.grid import Grid
from hotspots.retrieval.aperture import cells_near
from hotspots.retrieval.shape import Shape, weigh_shapes
from hotspots.retrieval.shape_evidence import Window
from hotspots.retrieval.shape_lights import (
    CENSORED,
    MapLights,
    lights_of,
    seen_spread,
    window_of,
)
from hotspots.retrieval.shape_models import flattening

__all__ = ["shapes_of"]

Float64 = NDArray[np.float64]

LEAST_SNR = 10.0
"""Fainter sources have no shape: their width is known to worse than 10 %."""

UNEVEN = 0.1
"""Standard deviation of the local light about that of an even pattern, part of it: the
point spread function, too, is a Gaussian to a few per cent only."""

LEAST_USABLE = 0.5
"""Part of a source's cells that must be usable."""

MARGIN = 4.0
"""Room around a pattern, widths of the point spread function."""

SPARE = 1.3
"""Diameters tried go up to so many times the extent of what was found..."""

SMALLEST = 6.0
"""...and so many widths of the point spread function, for a source of one point."""

LARGEST_SIDE = 72
"""Side of a window, cells; a larger source is binned to fit into it."""

LEAST_WIDTH = 0.7
"""Width of the point spread function in binned cells: narrower ones are not sampled well."""


def shapes_of(
    scene: Scene,
    regions: Sequence[Region],
    grid: Grid,
    normals: Float64,
    km_per_px: Float64,
) -> tuple[Shape | None, ...]:
    """Shape of every region of a map.

    Parameters
    ----------
    scene : Scene
        M band.
    regions : sequence of Region
    grid : Grid
        A view grid.
    normals : array (n, 3) float64
        Outward unit normals of the surface at the regions, body-fixed.
    km_per_px : array (n,) float64
        Size of a native pixel there.

    Returns
    -------
    tuple of Shape or None
        None for a source that is faint, saturated, too large or too near to the edge.
    """
    bright = [i for i, region in enumerate(regions) if region.snr > LEAST_SNR]
    if not bright:
        return (None,) * len(regions)
    lights = lights_of(scene, regions)
    spread = seen_spread(lights, bright)
    if not np.array_equal(spread, scene.spread):
        lights = lights_of(replace(scene, spread=spread), regions)
    shapes: list[Shape | None] = [None] * len(regions)
    for i in bright:
        flat = flattening(normals[i], np.asarray(grid.basis()))
        shapes[i] = _shape(lights, i, flat, grid.cell_km, (km_per_px[i] / grid.cell_km) ** 2)
    return tuple(shapes)


def _shape(
    lights: MapLights, i: int, flat: Float64, cell_km: float, pixel_area: float
) -> Shape | None:
    """Shape of the i-th region."""
    scene = lights.scene
    middle, radius = lights.extent(i)
    largest = 2 * SPARE * radius + SMALLEST * scene.width
    side = int(np.ceil(largest + 2 * MARGIN * scene.width))
    binning = -(-side // LARGEST_SIDE)
    if scene.width / binning < LEAST_WIDTH:
        return None
    side = -(-side // binning) * binning
    first = np.floor(middle - 0.5 * side).astype(np.int64)
    if not lights.holds(first, side):
        return None
    core = cells_near(middle[None], max(radius, scene.width), scene.image.shape)
    if (scene.saturated[core] > CENSORED).any() or scene.usable[core].mean() < LEAST_USABLE:
        return None
    part = window_of(first, side)
    others = lights.neighbours(i, first, side)
    usable = scene.usable[part] & (scene.saturated[part] <= CENSORED)
    usable &= (lights.patches[part] < 0) | (lights.patches[part] == i)
    image = np.where(usable, lights.image[part] - others, 0.0)
    variance = pixel_area * scene.noise[part] ** 2 + _unevenness(image, others, scene.width)
    image, weight = _binned(image, np.where(usable, variance, np.inf), binning)
    return weigh_shapes(
        Window(
            image=image,
            weight=weight,
            spread=scene.spread / binning**2,
            flat=flat,
            reach=(0.5 * radius + scene.width) / binning,
        ),
        cell_km * binning,
        largest / binning,
    )


def _unevenness(image: Float64, others: Float64, width: float) -> Float64:
    """Variance of what the patterns and the neighbours' models do not know."""
    near, far = (np.abs(gaussian_filter(image, step * width)) for step in (1.0, 2.0))
    area = 4 * np.pi * width**2
    return np.asarray(UNEVEN**2 * area * (np.maximum(near, far) ** 2 + others**2))


def _binned(image: Float64, variance: Float64, binning: int) -> tuple[Float64, Float64]:
    """Mean of blocks of cells that err together, and its weight; all or nothing of a block."""
    blocks = (image.shape[0] // binning, binning, -1, binning)
    mean = image.reshape(blocks).mean(axis=(1, 3))
    # variances were multiplied with the area of common errors, a block is binning^2 of it
    spread = variance.reshape(blocks).mean(axis=(1, 3)) / binning**2
    return np.where(np.isfinite(spread), mean, 0.0), 1.0 / spread
