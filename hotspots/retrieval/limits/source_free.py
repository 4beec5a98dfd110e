"""Data that have all that disturbs a search, and no source.

sky
    the parts of the frames beside the body, taken for the body;
sign
    the map with its residual turned in sign, found sources left out;
shuffled
    frames laid on the map at wrong places, found sources left out: what one frame shows
    does not add up with what another does.
"""

from dataclasses import replace

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation

from hotspots.geometry.projection import project_points
from hotspots.grid import GridMap
from hotspots.gridding.illumination import Sunlight, sample_illumination
from hotspots.gridding.planes import cameras_of
from hotspots.swath import Flag, Swath

__all__ = [
    "MARGIN_PX",
    "covered",
    "draw_shifts",
    "flipped",
    "misplaced",
    "sky_swath",
    "without_places",
]

Float64 = NDArray[np.float64]

MARGIN_PX = 6
"""Distance from the limb at which sky begins, and about a source that its light reaches."""

LEAST_SHIFT_PX, MOST_SHIFT_PX = 5.0, 14.0
"""Misplaced frames are off by so much along either axis: further than a source is wide."""


def covered(grid_map: GridMap, where: NDArray[np.bool_]) -> GridMap:
    """Take the other cells of a map for not seen.

    Parameters
    ----------
    grid_map : GridMap
    where : array (rows, columns) bool, host

    Returns
    -------
    GridMap
    """
    planes = {}
    for name in ("m_frames", "l_frames"):
        if name in grid_map:
            plane = grid_map.planes[name]
            xp = array_namespace(plane.values)
            kept = xp.asarray(where, device=device(plane.values))
            frames = xp.where(kept, plane.values, xp.zeros_like(plane.values))
            planes[name] = replace(plane, values=frames)
    return grid_map.with_planes(planes)


def flipped(grid_map: GridMap) -> GridMap:
    """Turn the residuals of a map in sign."""
    names = [name for name in ("m_residual", "l_residual") if name in grid_map]
    planes = {name: grid_map.planes[name] for name in names}
    return grid_map.with_planes({n: replace(p, values=-p.values) for n, p in planes.items()})


def without_places(swath: Swath, surface_km: Float64) -> Swath:
    """Frames whose samples near given places are missing.

    Parameters
    ----------
    swath : Swath
        On the host.
    surface_km : array (k, 3) float64
        Body-fixed, km.

    Returns
    -------
    Swath
    """
    if not len(surface_km):
        return swath
    seen = project_points(cameras_of(swath), surface_km)
    n, lines, samples = swath.values.shape
    frame, which = np.nonzero(seen.facing)
    line = np.rint(seen.line[frame, which]).astype(np.int64)
    sample = np.rint(seen.sample[frame, which]).astype(np.int64)
    inside = (line >= 0) & (line < lines) & (sample >= 0) & (sample < samples)
    mask = np.zeros((n, lines, samples), dtype=bool)
    mask[frame[inside], line[inside], sample[inside]] = True
    around = np.ones((1, 2 * MARGIN_PX + 1, 2 * MARGIN_PX + 1), dtype=bool)
    return _missing(swath, binary_dilation(mask, structure=around))


def sky_swath(swath: Swath) -> Swath | None:
    """Frames whose cameras take the sky beside the body for the body.

    Parameters
    ----------
    swath : Swath
        On the host, with samples off the body flagged.

    Returns
    -------
    Swath or None
        The scene is moved along the samples by the body's width, the same way in all
        frames, to where more sky is; None where there is no sky.
    """
    off = (swath.flags & np.uint8(Flag.OFF_BODY)) != 0
    on = ~off
    if not off.any() or not on.any():
        return None
    columns = on.any(axis=1)
    wide = int(columns.sum(axis=1).max()) + 2 * MARGIN_PX
    around = np.ones((1, 2 * MARGIN_PX + 1, 2 * MARGIN_PX + 1), dtype=bool)
    near = binary_dilation(on, structure=around)
    best, gain = 0, 0
    for shift in (wide, -wide):
        moved = np.zeros_like(on)
        if wide < on.shape[2]:
            part = (slice(wide, None), slice(None, -wide))
            to, origin = part if shift > 0 else part[::-1]
            moved[:, :, to] = on[:, :, origin]
        covered = int(np.count_nonzero(moved & ~near))
        if covered > gain:
            best, gain = shift, covered
    if not gain:
        return None
    shifts = np.tile([float(best), 0.0], (len(swath), 1))
    bare = swath.replace(flags=swath.flags & ~np.uint8(Flag.OFF_BODY))
    return _moved(_missing(bare, near), shifts)


def misplaced(swath: Swath, law: Sunlight, eclipsed: NDArray[np.bool_], shift_px: Float64) -> Swath:
    """Frames laid where they do not belong, their sunlit disc where it does.

    Parameters
    ----------
    swath : Swath
        On the host.
    law : Sunlight
        Reflected sunlight, which is taken off before and put back after.
    eclipsed : array (n,) bool
    shift_px : array (n, 2) float64
        (sample, line) that each frame is off by, px.

    Returns
    -------
    Swath
    """
    bare = swath.values - law.radiance(sample_illumination(swath, eclipsed).mu0)
    moved = _moved(swath, shift_px)
    lit = law.radiance(sample_illumination(moved, eclipsed).mu0)
    return moved.replace(values=(bare + lit).astype(np.float32))


def draw_shifts(names: tuple[str, ...], random: np.random.Generator) -> dict[str, Float64]:
    """Draw how far each product is to be laid off its place, px."""
    return {
        name: random.uniform(LEAST_SHIFT_PX, MOST_SHIFT_PX, 2) * random.choice([-1.0, 1.0], 2)
        for name in names
    }


def _missing(swath: Swath, mask: NDArray[np.bool_]) -> Swath:
    flags = swath.flags.copy()
    flags[mask] |= np.uint8(Flag.MISSING)
    return swath.replace(flags=flags)


def _moved(swath: Swath, shift_px: Float64) -> Swath:
    """Move what the cameras see by (sample, line): their constants count from an origin."""
    cameras = cameras_of(swath)
    origin = (cameras.origin + shift_px).astype(np.float32)
    return swath.replace(cameras=cameras.replace(origin=origin))
