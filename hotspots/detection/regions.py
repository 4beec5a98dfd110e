"""From fitted peaks and outlined patches to the regions that a detector reports."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt
from scipy.special import expit

from hotspots.detection.consistency import one_frame_light
from hotspots.detection.detector import Region
from hotspots.detection.linking import link_points
from hotspots.detection.matched_filter_settings import MatchedFilterSettings
from hotspots.detection.peak_search import PeakSearch
from hotspots.detection.scene import Scene

__all__ = ["lake_of_extent", "patch_region", "point_regions", "without_splinters"]

Float64 = NDArray[np.float64]

FAR_LINK = 1.6
"""Peaks are linked up to so many times ``link_km`` where the ground between is bright."""

LAKE_EXTENT = 1.5
"""Root mean square distance of a source's peaks from their centre at which it is a lava
lake as likely as not, in widths of the point spread function."""

LAKE_STEEPNESS = 3.0
"""Slope of the logit of that probability."""

POINT_LAKE = 0.05
"""Probability that an unresolved source is a lava lake."""

SPLINTER_PART = 0.1
"""A source beside an outlined lake with less than this part of its signal over noise is a
splinter of it."""

PATCH_LAKE = 0.97
"""Probability that an outlined patch is one."""


def point_regions(
    found: PeakSearch,
    scene: Scene,
    threshold: Float64,
    cell_km: float,
    settings: MatchedFilterSettings,
) -> list[Region]:
    """Regions of the fitted peaks: linked, and without the light of a single frame.

    Parameters
    ----------
    found : PeakSearch
    scene : Scene
    threshold : array (rows, columns) float64
        Signal over noise that the strongest peak of a region must exceed.
    cell_km : float
        Side of a cell, km.
    settings : MatchedFilterSettings
        ``link_km`` and ``link_glow``.

    Returns
    -------
    list of Region
    """
    fit, near = found.fit, settings.link_km / cell_km
    group = link_points(
        fit.place, fit.snr, found.snr, near=near, far=FAR_LINK * near, glow=settings.link_glow
    )
    column, row = fit.place.astype(int).T
    bar = threshold[row.clip(0, threshold.shape[0] - 1), column.clip(0, threshold.shape[1] - 1)]
    regions = []
    for number in range(group.max(initial=-1) + 1):
        members = np.flatnonzero(group == number)
        if not (fit.snr[members] > bar[members]).any():
            continue
        region = _linked_region(fit.place[members], fit.flux[members], fit.snr[members], scene)
        if not one_frame_light(region.row, region.column, region.snr, scene.chi2, scene.frames):
            regions.append(region)
    return regions


def lake_of_extent(place: Float64, light: Float64, width: float) -> float:
    """Probability that peaks are those of a lava lake, by how far they reach.

    Parameters
    ----------
    place : array (k, 2) float64
        (column, row), cells.
    light : array (k,) float64
        Above zero.
    width : float
        Of the point spread function, cells.

    Returns
    -------
    float
        Zero for a single peak.
    """
    if len(place) < 2:
        return 0.0
    apart = np.sum((place - np.average(place, axis=0, weights=light)) ** 2, axis=-1)
    extent = float(np.sqrt(np.average(apart, weights=light))) / width
    return float(expit((extent - LAKE_EXTENT) * LAKE_STEEPNESS))


def _linked_region(place: Float64, flux: Float64, snr: Float64, scene: Scene) -> Region:
    light = np.maximum(flux, 0.0)
    centre = np.average(place, axis=0, weights=light)
    lake = lake_of_extent(place, light, scene.width) if len(place) > 1 else POINT_LAKE
    return Region(
        row=float(centre[1]),
        column=float(centre[0]),
        snr=float(snr.max()),
        components=tuple((float(y), float(x)) for x, y in place),
        probability_hotspot=1.0 - lake,
        probability_lava_lake=lake,
    )


def without_splinters(
    regions: list[Region],
    patches: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]],
    lakes: list[Region],
    reach: float,
    shape: tuple[int, int],
) -> list[Region]:
    """Leave out the faint pieces that an outline did not take in.

    Parameters
    ----------
    regions : list of Region
        Fitted sources outside the outlines.
    patches : sequence of (rows, columns) index arrays
        Outlines, in the order of ``lakes``.
    lakes : list of Region
        Their regions.
    reach : float
        Pieces closer than this to an outline may belong to it, cells.
    shape : tuple of int
        Rows and columns of the map.

    Returns
    -------
    list of Region
    """
    kept = regions
    for cells, lake in zip(patches, lakes, strict=True):
        outside = np.ones(shape, dtype=bool)
        outside[cells] = False
        distance = distance_transform_edt(outside)

        def apart(region: Region, distance: Float64 = distance, lake: Region = lake) -> bool:
            row = min(max(int(region.row), 0), shape[0] - 1)
            column = min(max(int(region.column), 0), shape[1] - 1)
            return distance[row, column] > reach or region.snr > SPLINTER_PART * lake.snr

        kept = [region for region in kept if apart(region)]
    return kept


def patch_region(
    scene: Scene, cells: tuple[NDArray[np.int64], NDArray[np.int64]], background: Float64
) -> Region:
    """Region of an outlined patch, centred on its light.

    Parameters
    ----------
    scene : Scene
    cells : (rows, columns) index arrays
    background : array (rows, columns) float64
        Unit of the scene's image.

    Returns
    -------
    Region
    """
    excess = np.maximum(scene.image[cells] - background[cells], 0.0)
    weights = excess if excess.sum() > 0 else np.ones(len(excess))
    row, column = (float(np.average(axis + 0.5, weights=weights)) for axis in cells)
    return Region(
        row=row,
        column=column,
        snr=float((excess / scene.noise[cells]).max()),
        components=((row, column),),
        probability_hotspot=1.0 - PATCH_LAKE,
        probability_lava_lake=PATCH_LAKE,
        cells=cells,
    )
