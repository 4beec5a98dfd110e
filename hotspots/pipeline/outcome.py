"""`VisitOutcome`: everything that one visit yields, before a file is written."""

from dataclasses import dataclass, field
from typing import Any

from hotspots.catalogue.records import FrameRecord, SourceRecord
from hotspots.grid import GridMap

__all__ = ["VisitOutcome"]


@dataclass(frozen=True, kw_only=True)
class VisitOutcome:
    """Result of one visit.

    Parameters
    ----------
    name : str
        Visit, e.g. ``PJ53``.
    sources : tuple of SourceRecord
        Strongest in M first; empty where nothing was found.
    frames : tuple of FrameRecord
        One for each product looked at.
    maps : tuple of GridMap
        View grids, one a group of frames.
    product_maps : tuple of GridMap
        The same frames on equirectangular and polar grids.
    notes : dict
        What provenance should remember: number of dark frames, sunlight model, offsets.
    """

    name: str
    sources: tuple[SourceRecord, ...]
    frames: tuple[FrameRecord, ...]
    maps: tuple[GridMap, ...] = ()
    product_maps: tuple[GridMap, ...] = ()
    notes: dict[str, Any] = field(default_factory=dict)
