"""Stated limits against what was really found, where the truth is known.

Two statements are put to the test:

* half of the sources at ``m_limit50_gw_um`` are found, nine tenths at ``m_limit90_gw_um``:
  true sources are sorted by their power over the limit at their place, and the ratio at
  which half of them are found should be one;
* a volcano that was not seen was fainter than its limit, in nine cases of ten.

The first is about unresolved sources by themselves, as are the limits.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.errors import RasterioError

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.errors import TruthError
from hotspots.evaluation.matching import MatchedVisit
from hotspots.evaluation.rule import great_circle_km
from hotspots.evaluation.statistics import Proportion
from hotspots.evaluation.tables import read_table
from hotspots.evaluation.truth import TruthSource
from hotspots.retrieval.limits.curve import CurvePriors, fit_curve

__all__ = ["Crossing", "LimitTrial", "by_ratio", "crossing", "limit_trials", "overruled"]

Float64 = NDArray[np.float64]

LONELY_PX = 4.0
LONELY_PART = 0.3
"""A source is by itself if none of this part of its power lies within so many pixels."""

RATIO_EDGES = (0.0, 0.25, 0.5, 0.71, 1.0, 1.41, 2.0, 4.0, math.inf)
"""Bins of power over limit."""

FEWEST = 3
"""Sources found, and missed, below which no ratio is fitted."""

PRIORS = CurvePriors(mean=np.zeros(1), sigma=np.full(1, 3.0))
"""Next to nothing is known of the ratio beforehand."""

SEARCH_DEG, SEARCH_PX = 1.0, 1.5
"""What lies so near to a known place may be that volcano."""


@dataclass(frozen=True)
class LimitTrial:
    """One true source: its power over the limits at its place, and whether it was found."""

    ratio50: float
    ratio90: float
    found: bool


@dataclass(frozen=True)
class Crossing:
    """Power over limit at which half of the sources are found that can be found.

    ``low`` and ``high`` are the ends of the 68 % interval; ``loss`` is the part of sources
    that is missed however bright, as where the whole map is misplaced.  None of too few
    sources.
    """

    sources: int
    ratio: float | None
    low: float | None
    high: float | None
    loss: float | None


def limit_trials(visit: MatchedVisit, raster: Path) -> tuple[LimitTrial, ...]:
    """Unresolved true sources of a visit that lie by themselves and in view.

    Parameters
    ----------
    visit : MatchedVisit
    raster : Path
        ``limits.tif`` of the visit.

    Raises
    ------
    TruthError
        If the raster cannot be read or lacks a band.
    """
    alone = [
        s
        for s in visit.truth.sources
        if s.m_frames and not s.is_extended and _by_itself(s, visit.truth.sources)
    ]
    limit50 = _at(raster, "m_limit50_alone_gw_um", alone)
    limit90 = (
        limit50 * _at(raster, "m_limit90_gw_um", alone) / _at(raster, "m_limit50_gw_um", alone)
    )
    found = {match.source for match in (*visit.asked, *visit.neutral)}
    return tuple(
        LimitTrial(s.m_power_gw_um / half, s.m_power_gw_um / most, s in found)
        for s, half, most in zip(alone, limit50, limit90, strict=True)
        if math.isfinite(half)
    )


def by_ratio(trials: Sequence[LimitTrial]) -> dict[str, Proportion]:
    """Part found by power over the 50 % limit."""
    return {
        f"{low:g} to {high:g}": Proportion.of(t.found for t in trials if low <= t.ratio50 < high)
        for low, high in pairwise(RATIO_EDGES)
    }


def crossing(trials: Sequence[LimitTrial]) -> Crossing:
    """Fit the ratio at which half of the sources that can be found are found.

    The curve is that of `hotspots.retrieval.limits.curve`, of the ratio alone.
    """
    found = np.array([t.found for t in trials], dtype=bool)
    if found.sum() < FEWEST or (~found).sum() < FEWEST:
        return Crossing(len(trials), None, None, None, None)
    log_ratio = np.log([t.ratio50 for t in trials])
    curve = fit_curve(log_ratio, np.ones((len(trials), 1)), found, PRIORS)
    middle = float(curve.coefficients[0])
    sigma = math.sqrt(float(curve.covariance[0, 0]))
    return Crossing(
        len(trials),
        math.exp(middle),
        math.exp(middle - sigma),
        math.exp(middle + sigma),
        curve.loss,
    )


def overruled(visit: MatchedVisit, table: Path) -> Proportion:
    """Volcanoes said to be fainter than ``m_limit90_gw_um`` that were brighter.

    Parameters
    ----------
    visit : MatchedVisit
    table : Path
        ``limits.csv`` of the visit.

    Returns
    -------
    Proportion
        Of those not seen, with a limit, those about which an unresolved source above the
        limit was missed.
    """
    columns = ("lat_deg", "lon_east_deg", "status", "m_limit90_gw_um", "km_per_px")
    found = {match.source for match in (*visit.asked, *visit.neutral)}
    missed = [s for s in visit.truth.sources if s.m_frames and s not in found]
    place = np.array([(s.lat_deg, s.lon_east_deg) for s in missed]).reshape(-1, 2)
    power = np.array([s.m_power_gw_um for s in missed])
    outcomes = []
    for row in read_table(table, columns):
        limit = row.optional_number("m_limit90_gw_um")
        if row.text("status") != "not_seen" or limit is None:
            continue
        here = np.array([row.number("lat_deg")]), np.array([row.number("lon_east_deg")])
        reach = max(
            math.radians(SEARCH_DEG) * IO_MEAN_RADIUS_KM, SEARCH_PX * row.number("km_per_px")
        )
        near = great_circle_km(*here, place[:, 0], place[:, 1]) < reach
        outcomes.append(bool((power[near] > limit).any()))
    return Proportion.of(outcomes)


def _by_itself(source: TruthSource, others: Sequence[TruthSource]) -> bool:
    """Whether no source of comparable power lies near."""
    rivals = [
        o
        for o in others
        if o is not source and o.m_power_gw_um > LONELY_PART * source.m_power_gw_um
    ]
    place = np.array([(o.lat_deg, o.lon_east_deg) for o in rivals]).reshape(-1, 2)
    here = np.array([source.lat_deg]), np.array([source.lon_east_deg])
    apart = great_circle_km(*here, place[:, 0], place[:, 1])
    reach = np.array([LONELY_PX * source.km_per_px + o.footprint_km / 2 for o in rivals])
    return not bool((apart < reach).any())


def _at(raster: Path, band: str, sources: Sequence[TruthSource]) -> Float64:
    """Values of a band of an equirectangular raster at the places of sources."""
    try:
        with rasterio.open(raster) as opened:
            if band not in opened.descriptions:
                msg = f"{raster}: no band {band}; found {', '.join(map(str, opened.descriptions))}"
                raise TruthError(msg)
            values = opened.read(opened.descriptions.index(band) + 1)
            cell = opened.transform
    except (OSError, RasterioError) as error:
        msg = f"{raster}: cannot be read ({error}); wanted limits.tif of a visit"
        raise TruthError(msg) from error
    radius_m = 1000.0 * IO_MEAN_RADIUS_KM
    picked = []
    for source in sources:
        longitude = (source.lon_east_deg + 180.0) % 360.0 - 180.0
        x, y = math.radians(longitude) * radius_m, math.radians(source.lat_deg) * radius_m
        column, row = (x - cell.c) / cell.a, (y - cell.f) / cell.e
        picked.append(
            values[min(int(row), values.shape[0] - 1), min(int(column), values.shape[1] - 1)]
        )
    return np.array(picked, dtype=np.float64)
