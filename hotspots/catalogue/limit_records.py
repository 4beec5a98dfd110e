"""Rows of ``limits.csv``: known volcanoes in view, seen or fainter than a limit."""

from dataclasses import dataclass
from enum import StrEnum

from hotspots.errors import ProductError

__all__ = ["LimitRecord", "LimitStatus"]


class LimitStatus(StrEnum):
    """What a visit saw of a known volcano."""

    SEEN = "seen"
    NOT_SEEN = "not_seen"
    BLENDED = "blended"
    """Not seen, and a source that is another volcano lies too near to see it."""


@dataclass(frozen=True, kw_only=True)
class LimitRecord:
    """One known volcano in view of one visit.

    Angles are degrees; ``m_limit50_gw_um`` and ``m_limit90_gw_um`` are the spectral powers
    in M from which on half and nine tenths of unresolved sources are found, anywhere within
    the error of the published place: a volcano that was not seen was fainter, with that
    probability.  Of a volcano that was seen they say how faint it could have been.  None
    means that no power is found so often.  ``m_limit_relative_sigma`` is their standard
    deviation over their value.  ``source_id`` is that of a seen volcano, ``distance_km``
    that to the nearest source.
    """

    visit: str
    name: str
    lat_deg: float
    lon_east_deg: float
    status: LimitStatus
    source_id: str | None = None
    distance_km: float | None = None
    m_limit50_gw_um: float | None = None
    m_limit90_gw_um: float | None = None
    m_limit_relative_sigma: float | None = None
    km_per_px: float
    emission_deg: float
    n_frames: int

    def __post_init__(self) -> None:
        if (self.status is LimitStatus.SEEN) != (self.source_id is not None):
            msg = f"{self.visit} {self.name}: {self.status} with source {self.source_id}"
            raise ProductError(msg)
        limits = (self.m_limit50_gw_um, self.m_limit90_gw_um)
        if any(limit is not None and not limit > 0 for limit in limits):
            msg = f"{self.visit} {self.name}: limits {limits} GW/um; wanted powers above zero"
            raise ProductError(msg)
