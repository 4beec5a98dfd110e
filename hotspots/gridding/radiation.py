r"""Particle hits: flagged where one frame is brighter than all others of the same place.

A source is in every frame that sees its place, a hit in one.  As in the drizzle
practice of cosmic-ray rejection (Hoffmann et al. 2021, DrizzlePac Handbook 2.0, ch. 3):

1. grid each frame by itself and take a robust middle of the frames, cell by cell: the
   median of three or more, the smaller of two;
2. look the middle up at the centre of every sample ("blot");
3. flag samples that exceed it by more than ``snr sigma + scale |gradient|``, with
   the steepest step of the blotted scene around the sample as the gradient, and the
   neighbours of flagged samples by a lower bar.

The gradient allows for pointing errors of a fraction of a pixel and for the sampling of
a narrow point spread function, so sources stay.  Places seen by one frame only cannot
be judged and are left alone.
"""

from dataclasses import dataclass
from typing import Any

from array_api_compat import array_namespace, device

from hotspots.backend import nanmedian
from hotspots.errors import ConfigurationError, GriddingError
from hotspots.geometry.intersect import intersect, on_device
from hotspots.grid import Grid
from hotspots.gridding.drizzle import drizzle
from hotspots.gridding.locate import project
from hotspots.gridding.tiles import Tile, cut_tiles, frames_on_tiles
from hotspots.swath import Flag, Swath

__all__ = ["RadiationSettings", "flag_radiation", "robust_middle"]

FRAMES_PER_BLOT = 8
"""Frames that are looked up together: bounds memory, feeds a GPU well enough."""


@dataclass(frozen=True)
class RadiationSettings:
    """How far a sample must stand out to be called a hit.

    Parameters
    ----------
    snr, scale : float
        Tolerance in sigma of the sample and in steps of the blotted scene.
    grow_snr, grow_scale : float
        The same for the eight neighbours of a flagged sample.
    least_coverage : float
        Part of a cell that a frame must cover to have a say there.
    largest_fraction : float
        A frame with more than this part of its samples flagged lies wrongly on the
        grid; none of its samples is flagged then.
    memory_bytes : int
        Bound on the planes held at once, about.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    snr: float = 5.0
    scale: float = 1.6
    grow_snr: float = 3.0
    grow_scale: float = 1.2
    least_coverage: float = 0.25
    largest_fraction: float = 0.1
    memory_bytes: int = 512_000_000

    def __post_init__(self) -> None:
        if min(self.snr, self.grow_snr) <= 0 or min(self.scale, self.grow_scale) < 0:
            msg = f"radiation: snr must be positive and scale not negative, got {self}"
            raise ConfigurationError(msg)
        if not (0 < self.least_coverage <= 1 and 0 < self.largest_fraction <= 1):
            msg = f"radiation: least_coverage and largest_fraction lie in (0, 1], got {self}"
            raise ConfigurationError(msg)


def flag_radiation(swath: Swath, grid: Grid, settings: RadiationSettings | None = None) -> Any:
    """Find particle hits among the samples of a group of frames.

    Parameters
    ----------
    swath : Swath
        With cameras, corrected for pointing.
    grid : Grid
        View grid of the group.
    settings : RadiationSettings, optional

    Returns
    -------
    array (n, lines, samples) uint8
        ``swath.flags`` with `Flag.RADIATION` set where a hit was found.

    Raises
    ------
    GriddingError
        If the swath has no cameras.
    """
    settings = settings or RadiationSettings()
    xp = array_namespace(swath.values)
    usable = (swath.flags & int(Flag.unusable() | Flag.OFF_BODY)) == 0
    middle = robust_middle(swath, usable, grid, settings)
    flags = []
    for first in range(0, len(swath), FRAMES_PER_BLOT):
        part = list(range(first, min(first + FRAMES_PER_BLOT, len(swath))))
        flags.append(_flag_part(swath.select(part), usable[part, ...], middle, grid, settings))
    return xp.concat(flags, axis=0)


def robust_middle(swath: Swath, usable: Any, grid: Grid, settings: RadiationSettings) -> Any:
    """Middle of the frames in every cell.

    Parameters
    ----------
    swath : Swath
    usable : array (n, lines, samples) bool
        Samples that count.
    grid : Grid
    settings : RadiationSettings

    Returns
    -------
    array (rows, columns) float32
        Median of three or more frames, the smaller of two, NaN of fewer.

    Raises
    ------
    GriddingError
        If the swath has no cameras.
    """
    if swath.cameras is None:
        msg = f"radiation: the {swath.band} swath has no cameras; solve its geometry first"
        raise GriddingError(msg)
    xp = array_namespace(swath.values)
    weights = xp.astype(usable, xp.float32)
    # A frame's planes, its mean and what the median needs: about 25 numbers a cell.
    side = int((settings.memory_bytes / (100 * max(1, len(swath)))) ** 0.5)
    tiles = cut_tiles(grid, min(max(side, 32), 512))
    shape = (int(swath.values.shape[1]), int(swath.values.shape[2]))
    middle = xp.full(grid.shape, xp.nan, dtype=xp.float32, device=device(swath.values))
    for tile, frames in zip(tiles, frames_on_tiles(swath.cameras, shape, grid, tiles), strict=True):
        if len(frames) > 1:
            sums = drizzle(
                swath.values[frames, ...],
                weights[frames, ...],
                swath.cameras.select(frames),
                tile.grid,
                per_frame=True,
            )
            told = sums.coverage > settings.least_coverage
            means = xp.where(told, sums.weighted / xp.where(told, sums.weight, 1.0), xp.nan)
            _fill(middle, tile, means)
    return middle


def _fill(middle: Any, tile: Tile, means: Any) -> None:
    """Write the middle of ``means`` (frames, rows, columns) into its place."""
    xp = array_namespace(means)
    count = xp.sum(xp.astype(xp.isfinite(means), xp.int32), axis=0)
    smaller = xp.min(xp.where(xp.isnan(means), xp.inf, means), axis=0)
    values = xp.where(count >= 3, nanmedian(means), smaller)
    middle[tile.rows, tile.columns] = xp.where(count >= 2, values, xp.nan)


def _flag_part(
    swath: Swath, usable: Any, middle: Any, grid: Grid, settings: RadiationSettings
) -> Any:
    """Flags of a few frames, new ones included."""
    xp = array_namespace(swath.values)
    blotted = _blot(swath, middle, grid)
    step = _steepest_step(blotted)
    excess = swath.values - blotted
    # NaN compares false: what cannot be judged is not flagged.
    hit = usable & (excess > settings.snr * swath.sigma + settings.scale * step)
    beside = _any_neighbour(hit)
    bar = settings.grow_snr * swath.sigma + settings.grow_scale * step
    hit = hit | (usable & beside & (excess > bar))
    judged = xp.sum(
        xp.astype(usable & xp.isfinite(blotted), xp.float32), axis=(1, 2), keepdims=True
    )
    found = xp.sum(xp.astype(hit, xp.float32), axis=(1, 2), keepdims=True)
    hit = hit & (found <= settings.largest_fraction * judged)
    flag = xp.asarray(int(Flag.RADIATION), dtype=swath.flags.dtype, device=device(swath.flags))
    return xp.where(hit, swath.flags | flag, swath.flags)


def _blot(swath: Swath, middle: Any, grid: Grid) -> Any:
    """Look up the map at the sample centres, bilinear between cells that have a value."""
    xp = array_namespace(swath.values)
    place = device(swath.values)
    n, lines, samples = swath.values.shape
    x = xp.astype(xp.arange(samples, device=place), xp.float32)[None, None, :]
    y = xp.astype(xp.arange(lines, device=place), xp.float32)[None, :, None]
    assert swath.cameras is not None
    _, unit_point, surface = intersect(on_device(swath.cameras, x), x, y)
    column, row = project(surface, unit_point, grid)
    total = xp.zeros((n, lines, samples), dtype=xp.float32, device=place)
    weight = xp.zeros_like(total)
    rows, columns = grid.shape
    shown = xp.isfinite(column) & xp.isfinite(row)
    column = xp.where(shown, column - 0.5, -2.0)
    row = xp.where(shown, row - 0.5, -2.0)
    left, top = xp.floor(column), xp.floor(row)
    flat = xp.reshape(middle, (-1,))
    for down in (0, 1):
        for right in (0, 1):
            i, j = top + down, left + right
            inside = (i >= 0) & (i < rows) & (j >= 0) & (j < columns)
            index = xp.astype(xp.where(inside, i, 0.0), xp.int64) * columns
            index = index + xp.astype(xp.where(inside, j, 0.0), xp.int64)
            value = xp.reshape(xp.take(flat, xp.reshape(index, (-1,))), index.shape)
            share = (1 - xp.abs(row - i)) * (1 - xp.abs(column - j))
            share = xp.where(inside & xp.isfinite(value), share, 0.0)
            total = total + xp.where(share > 0, share * value, 0.0)
            weight = weight + share
    return xp.where(weight > 0, total / xp.where(weight > 0, weight, 1.0), xp.nan)


def _neighbours(images: Any) -> list[Any]:
    """Return the eight neighbours of every sample (n, lines, samples); edges are repeated."""
    xp = array_namespace(images)
    padded = xp.concat([images[:, :1, :], images, images[:, -1:, :]], axis=1)
    padded = xp.concat([padded[:, :, :1], padded, padded[:, :, -1:]], axis=2)
    lines, samples = images.shape[1:]
    return [
        padded[:, down : down + lines, right : right + samples]
        for down in range(3)
        for right in range(3)
        if (down, right) != (1, 1)
    ]


def _steepest_step(images: Any) -> Any:
    """Return the largest step between neighbours within one sample of each sample."""
    xp = array_namespace(images)
    step = xp.zeros_like(images)
    for neighbour in _neighbours(images):
        difference = xp.abs(neighbour - images)
        step = xp.maximum(step, xp.where(xp.isfinite(difference), difference, 0.0))
    widest = step
    for neighbour in _neighbours(step):
        widest = xp.maximum(widest, neighbour)
    return widest


def _any_neighbour(mask: Any) -> Any:
    """Whether one of the eight neighbours is set."""
    neighbours = _neighbours(mask)
    result = neighbours[0]
    for neighbour in neighbours[1:]:
        result = result | neighbour
    return result
