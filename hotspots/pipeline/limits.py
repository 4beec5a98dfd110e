"""Stage 7: how faint a source of this visit could have been and still be found."""

import math
from collections.abc import Sequence

import numpy as np

from hotspots.catalogue.records import SourceRecord
from hotspots.pipeline.false_alarms import false_alarms_of
from hotspots.pipeline.injection import limits_of_group
from hotspots.pipeline.known_limits import known_volcanoes
from hotspots.pipeline.limit_map import limit_map
from hotspots.pipeline.outcome import LimitsOutcome
from hotspots.pipeline.product_grids import equirectangular_grid
from hotspots.pipeline.searching import Search, Searched
from hotspots.retrieval.limits.trials import FittedTrials

__all__ = ["visit_limits"]


def visit_limits(
    visit: str,
    searched: Sequence[Searched],
    sources: Sequence[SourceRecord],
    search: Search,
) -> LimitsOutcome | None:
    """Work out the limits of a visit.

    Parameters
    ----------
    visit : str
    searched : sequence of Searched
        Its groups of frames and what was found on their maps.
    sources : sequence of SourceRecord
        Its sources.
    search : Search
        How it was searched.

    Returns
    -------
    LimitsOutcome or None
        None where limits are not asked for.
    """
    settings = search.settings
    if not settings.limits.enabled:
        return None
    random = np.random.default_rng(settings.limits.seed)
    told = {
        one.group.name: limits
        for one in searched
        if (limits := limits_of_group(one, search, random, len(searched))) is not None
    }
    alarms = false_alarms_of(searched, search, random) if settings.limits.false_alarms else {}
    notes = {
        "groups": {name: _note(one.fitted) for name, one in told.items()},
        "false_alarms": alarms,
    }
    if not told:
        return LimitsOutcome(notes=notes)
    groups = tuple(one.completeness for one in told.values())
    sigma = max(one.fitted.relative_sigma for one in told.values())
    pointing_px = math.sqrt(float(np.trace(search.pointed.common_covariance_px)) / 2)
    grid = equirectangular_grid(settings.products.equirectangular_cell_deg)
    return LimitsOutcome(
        records=known_volcanoes(visit, groups, sources, sigma, pointing_px),
        limit_map=limit_map(groups, grid) if settings.products.cogs else None,
        notes=notes,
    )


def _note(fitted: FittedTrials) -> dict[str, float]:
    """What is worth remembering of one group's trials."""
    return {
        "injections": fitted.trials,
        "share_on_blends": fitted.on_blends / max(fitted.trials, 1),
        "snr_of_half": fitted.snr_of_half,
        "log_width": fitted.curve.width,
        "loss": fitted.curve.loss,
        "relative_sigma": fitted.relative_sigma,
    }
