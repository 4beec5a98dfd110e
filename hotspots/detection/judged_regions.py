"""From what a network says of every cell, and the candidates, to regions.

The candidates say where: their places are fitted, good to a tenth of a pixel, and pairs are
apart.  The network says whether, and what: a candidate is as likely a source as the most
likely cell at its place.  Broad lakes too faint for any peak are the network's own.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, binary_opening, label
from scipy.spatial import cKDTree

from hotspots.detection.candidates import Candidates
from hotspots.detection.detector import Region
from hotspots.detection.linking import link_points
from hotspots.detection.regions import lake_of_extent

__all__ = ["JudgedMap", "judged_regions"]

Float64 = NDArray[np.float64]

AT = 0
"""A candidate is judged by the cells within so many of its own: beside a bright source the
next cells are that source's."""

FLAT_PROBABILITY = 0.5
"""Cells that belong to a source with a flat top."""

SPLIT = 1.7
"""Points closer than so many widths of the point spread function (1.4 pixels or so), with no
gap between them that the network sees, are one source."""

SATURATED = 0.02
"""Fraction of saturated light from which a cell counts as saturated."""

OWN_AREA = 40.0
"""Least area of a lake that no candidate lies on, squared widths of the point spread function:
some six times that of a point.  Rims of the frames look like narrow ones."""

OWN_PROBABILITY = 0.5
"""Probability of a lava lake in each of its cells."""

BROAD = 3
"""Least width of a lava lake, cells: one that is resolved covers five."""

FAR_LINK = 1.6
"""Peaks are linked up to so many times the nearest reach where the ground glows."""


@dataclass(frozen=True)
class JudgedMap:
    """Answer of a network for a map.

    Parameters
    ----------
    hotspot, lava_lake : arrays (rows, columns) float64
        Probability of each class; zero where the map is not usable.
    """

    hotspot: Float64
    lava_lake: Float64

    @property
    def source(self) -> Float64:
        """Probability of any source."""
        return self.hotspot + self.lava_lake

    def without_slivers(self) -> "JudgedMap":
        """Lava lakes only where they are broad: `BROAD` cells in every direction.

        At the rim of a frame, cells of a line or two can look like the shore of a lake
        that goes on outside.
        """
        likely = self.lava_lake > OWN_PROBABILITY
        square = np.ones((BROAD, BROAD), dtype=bool)
        # with its hot core: the plateau of a saturated outburst may look like one with a shore
        broad = binary_opening(self.source > OWN_PROBABILITY, structure=square)
        # the shore about a broad part is the lake's too
        kept = binary_dilation(broad, structure=square) | ~likely
        return JudgedMap(self.hotspot, np.where(kept, self.lava_lake, 0.0))


def judged_regions(
    judged: JudgedMap, candidates: Candidates, least: float, *, near: float, glow: float
) -> list[Region]:
    """Regions that are sources with at least the given probability.

    Parameters
    ----------
    judged : JudgedMap
    candidates : Candidates
    least : float
        Probability of any source that a region needs.
    near, glow : float
        As in `hotspots.detection.linking.link_points`; cells and part of the light.

    Returns
    -------
    list of Region
        In no order.
    """
    judged = judged.without_slivers()
    found, scene = candidates.found, candidates.scene
    in_patch = np.zeros(scene.image.shape, dtype=bool)
    regions: list[Region] = []
    for cells in candidates.patches:
        in_patch[cells] = True
        patch = _patch(judged, candidates, cells)
        if patch.probability_hotspot + patch.probability_lava_lake >= least:
            regions.append(patch)
    hot, lake = _best_cell(judged, found.fit.place)
    here = _inside(scene.usable & ~in_patch, found.fit.place)
    kept = np.flatnonzero((hot + lake >= least) & here)
    place, flux, snr = found.fit.place[kept], found.fit.flux[kept], found.fit.snr[kept]
    hot, lake = hot[kept], lake[kept]
    group = _grouped(
        judged, place, snr, found.snr, scene.saturated, width=scene.width, near=near, glow=glow
    )
    for number in range(group.max(initial=-1) + 1):
        of = group == number
        regions.append(_linked(place[of], flux[of], snr[of], hot[of], lake[of], scene.width))
    regions += [
        _patch(judged, candidates, cells)
        for cells in _own_lakes(judged, in_patch, found.fit.place, OWN_AREA * scene.width**2)
    ]
    return regions


def _patch(
    judged: JudgedMap,
    candidates: Candidates,
    cells: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> Region:
    """Region of an outlined patch, judged as a whole and placed at its light."""
    scene, background = candidates.scene, candidates.found.background
    lake = float(judged.lava_lake[cells].mean())
    hotspot = float(judged.hotspot[cells].mean())
    light = np.maximum(scene.image[cells] - background[cells], 0.0)
    weights = light if light.sum() > 0 else np.ones(len(light))
    row, column = (float(np.average(axis + 0.5, weights=weights)) for axis in cells)
    snr = float((light / scene.noise[cells]).max())
    return Region(row, column, snr, ((row, column),), hotspot, lake, cells)


def _grouped(
    judged: JudgedMap,
    place: Float64,
    snr: Float64,
    filtered: Float64,
    saturated: Float64,
    *,
    width: float,
    near: float,
    glow: float,
) -> NDArray[np.int64]:
    """Number of the source of each peak: linked by glow, on one lava lake, or on one flat top."""
    group = link_points(place, snr, filtered, near=near, far=FAR_LINK * near, glow=glow)
    lakes, _ = label(judged.lava_lake > judged.hotspot.clip(min=0.5), structure=np.ones((3, 3)))
    # a flat top is fitted by several points, and the network sees one source
    likely, count = label(judged.source > FLAT_PROBABILITY, structure=np.ones((3, 3)))
    flat = np.bincount(likely[saturated > SATURATED], minlength=count + 1) > 0
    flat[0] = False
    row, column = _cell(place, lakes.shape)
    here = likely[row, column]
    for island in (lakes[row, column], np.where(flat, np.arange(count + 1), 0)[here]):
        for number in np.unique(island[island > 0]):
            members = np.isin(group, group[island == number])
            group[members] = group[members].min()
    # one blurred source whose width is not quite known is fitted by several points as well
    for first, second in sorted(cKDTree(place).query_pairs(SPLIT * width)):
        if here[first] == here[second]:
            group[group == group[second]] = group[first]
    return np.unique(group, return_inverse=True)[1].astype(np.int64)


def _linked(
    place: Float64, flux: Float64, snr: Float64, hot: Float64, lake: Float64, width: float
) -> Region:
    """Region of one or more peaks: a lake where its cells or the reach of its peaks say so."""
    light = np.maximum(flux, np.finfo(np.float64).tiny)
    column, row = np.average(place, axis=0, weights=light)
    source = float((hot + lake).max())
    share = float(np.average(lake / (hot + lake), weights=light))
    share = max(share, lake_of_extent(place, light, width))
    return Region(
        row=float(row),
        column=float(column),
        snr=float(snr.max()),
        components=tuple((float(y), float(x)) for x, y in place),
        probability_hotspot=source * (1.0 - share),
        probability_lava_lake=source * share,
    )


def _own_lakes(
    judged: JudgedMap, taken: NDArray[np.bool_], place: Float64, least_area: float
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Cells of lakes that the network sees where no candidate is: broad and faint ones."""
    islands, count = label(judged.lava_lake > OWN_PROBABILITY, structure=np.ones((3, 3)))
    row, column = _cell(place, islands.shape)
    busy = np.bincount(islands[taken], minlength=count + 1) > 0
    busy[np.unique(islands[row, column])] = True
    busy |= np.bincount(islands.ravel(), minlength=count + 1) < least_area
    busy[0] = True
    lakes = []
    for number in np.flatnonzero(~busy):
        rows, columns = np.nonzero(islands == number)
        lakes.append((rows.astype(np.int64), columns.astype(np.int64)))
    return lakes


def _best_cell(judged: JudgedMap, place: Float64) -> tuple[Float64, Float64]:
    """Both probabilities in the likeliest cell within `AT` cells of each place."""
    row, column = _cell(place, judged.hotspot.shape)
    step = np.arange(-AT, AT + 1)
    rows = (row[:, None, None] + step[:, None]).clip(0, judged.hotspot.shape[0] - 1)
    columns = (column[:, None, None] + step).clip(0, judged.hotspot.shape[1] - 1)
    hot = judged.hotspot[rows, columns].reshape(len(place), step.size**2)
    lake = judged.lava_lake[rows, columns].reshape(len(place), step.size**2)
    best = np.argmax(hot + lake, axis=1)[:, None]
    return np.take_along_axis(hot, best, 1)[:, 0], np.take_along_axis(lake, best, 1)[:, 0]


def _inside(mask: NDArray[np.bool_], place: Float64) -> NDArray[np.bool_]:
    row, column = _cell(place, mask.shape)
    return np.asarray(mask[row, column])


def _cell(place: Float64, shape: tuple[int, ...]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(rows, columns) of the cells that places (column, row) lie in."""
    column, row = place.astype(np.int64).reshape(-1, 2).T
    return row.clip(0, shape[0] - 1), column.clip(0, shape[1] - 1)
