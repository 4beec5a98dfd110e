"""`VisitOutcome`: everything that one visit yields, before a file is written."""

from dataclasses import dataclass, field
from typing import Any

from hotspots.catalogue.limit_records import LimitRecord
from hotspots.catalogue.records import FrameRecord, SourceRecord
from hotspots.grid import GridMap
from hotspots.products.radiometer import RadiometerProducts
from hotspots.products.spectra import SpectraProducts

__all__ = ["LimitsOutcome", "VisitOutcome"]


@dataclass(frozen=True)
class LimitsOutcome:
    """How faint a source of a visit could have been and still be found.

    Parameters
    ----------
    records : tuple of LimitRecord
        Known volcanoes in view, from south to north.
    limit_map : GridMap or None
        ``m_limit50_gw_um``, ``m_limit90_gw_um``, ``m_limit50_alone_gw_um``,
        ``cos_emission`` and ``frames`` on the equirectangular grid; None where nothing
        was searched, or no rasters are wanted.
    notes : dict
        What provenance should remember: trials, curves, false alarms.
    """

    records: tuple[LimitRecord, ...] = ()
    limit_map: GridMap | None = None
    notes: dict[str, Any] = field(default_factory=dict)


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
    limits : LimitsOutcome or None
        None where they were not asked for.
    radiometer : RadiometerProducts or None
        None where the visit has no tables of the radiometer.
    spectra : SpectraProducts or None
        None where the visit has no calibrated spectra.
    notes : dict
        What provenance should remember: number of dark frames, sunlight model, offsets.
    """

    name: str
    sources: tuple[SourceRecord, ...]
    frames: tuple[FrameRecord, ...]
    maps: tuple[GridMap, ...] = ()
    product_maps: tuple[GridMap, ...] = ()
    limits: LimitsOutcome | None = None
    radiometer: RadiometerProducts | None = None
    spectra: SpectraProducts | None = None
    notes: dict[str, Any] = field(default_factory=dict)
