"""How often the detector reports something where there is nothing.

Three kinds of data have all that disturbs a search and no source:

sky
    the parts of the frames beside the body, taken for the body;
sign
    the map with its residual turned in sign, found sources left out;
shuffled
    frames laid on the map at wrong places, found sources left out: what one frame shows
    does not add up with what another does.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
from array_api_compat import array_namespace
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation
from scipy.stats import chi2

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.geometry.projection import project_points
from hotspots.grid import Grid, GridMap
from hotspots.gridding.illumination import Sunlight, sample_illumination
from hotspots.gridding.planes import cameras_of
from hotspots.swath import Flag, Swath

__all__ = [
    "MARGIN_PX",
    "FalseAlarms",
    "discs_of",
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


@dataclass(frozen=True)
class FalseAlarms:
    """Reports on data without sources.

    Parameters
    ----------
    reports : int
    discs : float
        Area that was searched, in whole discs of Io at the resolution of the maps.
    """

    reports: int
    discs: float

    def plus(self, other: "FalseAlarms") -> "FalseAlarms":
        """Both together."""
        return FalseAlarms(self.reports + other.reports, self.discs + other.discs)

    def per_disc(self) -> tuple[float, float, float] | None:
        """Expected number on a disc and the ends of its 95 % interval.

        The interval is Garwood's for a Poisson count (1936, doi:10.1093/biomet/28.3-4.437).
        None where nothing was searched.
        """
        if not self.discs > 0:
            return None
        low = chi2.ppf(0.025, 2 * self.reports) / 2 if self.reports else 0.0
        high = chi2.ppf(0.975, 2 * self.reports + 2) / 2
        return self.reports / self.discs, float(low) / self.discs, float(high) / self.discs


def discs_of(searched_cells: int, grid: Grid) -> float:
    """Area of cells of a view grid in discs of Io."""
    return searched_cells * grid.cell_km**2 / (math.pi * IO_MEAN_RADIUS_KM**2)


def flipped(grid_map: GridMap, apart: NDArray[np.bool_]) -> GridMap:
    """Turn the residuals of a map in sign.

    Parameters
    ----------
    grid_map : GridMap
    apart : array (rows, columns) bool
        Cells without a source; the others are taken for not seen.

    Returns
    -------
    GridMap
    """
    planes = {}
    for letter in ("m", "l"):
        if f"{letter}_residual" not in grid_map:
            continue
        residual, frames = (
            grid_map.planes[f"{letter}_residual"],
            grid_map.planes[f"{letter}_frames"],
        )
        xp = array_namespace(residual.values)
        kept = xp.asarray(apart)
        planes[f"{letter}_residual"] = replace(residual, values=-residual.values)
        planes[f"{letter}_frames"] = replace(
            frames, values=xp.where(kept, frames.values, xp.zeros_like(frames.values))
        )
    return grid_map.with_planes(planes)


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
