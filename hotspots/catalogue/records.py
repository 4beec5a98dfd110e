"""Rows of the output tables, as frozen records with units in their names.

``SourceRecord`` is a row of ``hotspots.csv`` and ``FrameRecord`` one of
``frames.csv``.  The order of the fields is the order of the columns.  ``None`` means
"not measured" and becomes an empty cell; zero is never written for unknown.
"""

from dataclasses import dataclass, fields
from enum import StrEnum

from hotspots.errors import ProductError

__all__ = ["FrameRecord", "FrameStatus", "SourceClass", "SourceRecord", "column_names"]


class SourceClass(StrEnum):
    """What a source was judged to be."""

    HOTSPOT = "hotspot"
    LAVA_LAKE = "lava_lake"


class FrameStatus(StrEnum):
    """What became of a product."""

    USED = "used"
    REJECTED = "rejected"
    """Readable, but it adds nothing: sky, another body, no trustworthy pointing."""
    FAILED = "failed"
    """Could not be read or calibrated."""
    IGNORED = "ignored"
    """A product of a kind that this pipeline does not use."""


@dataclass(frozen=True, kw_only=True)
class SourceRecord:
    """One thermal source of one visit.

    Angles are degrees, ``*_power_gw_um`` hemispheric spectral powers of a Lambertian
    emitter in GW/um, ``*_lo_*`` and ``*_hi_*`` the ends of 68 % intervals, ``*_lo95_*``
    and ``*_hi95_*`` those of 95 % intervals.  ``sigma_km`` is one standard deviation of
    the place along one axis, the geometric mean of ``sigma_major_km`` and
    ``sigma_minor_km``, the axes of its error ellipse on the ground; the major one points
    ``sigma_azimuth_deg`` east of north.  ``total_power_gw`` is radiated at all wavelengths
    under ``emission_model``, and ``log10_evidence`` speaks for two temperatures against
    one.  ``volcano_id`` links sources of several visits and stands in the catalogue of
    all visits only.
    """

    visit: str
    source_id: str
    time_utc: str
    lat_deg: float
    lon_east_deg: float
    sigma_km: float
    source_class: SourceClass
    p_hotspot: float | None = None
    p_lava_lake: float | None = None
    snr: float
    m_power_gw_um: float | None = None
    m_power_lo_gw_um: float | None = None
    m_power_hi_gw_um: float | None = None
    l_power_gw_um: float | None = None
    l_power_lo_gw_um: float | None = None
    l_power_hi_gw_um: float | None = None
    temperature_k: float | None = None
    temperature_lo_k: float | None = None
    temperature_hi_k: float | None = None
    area_km2: float | None = None
    area_lo_km2: float | None = None
    area_hi_km2: float | None = None
    saturated: bool = False
    n_frames: int
    range_km: float
    km_per_px: float
    emission_deg: float
    incidence_deg: float
    diameter_km: float | None = None
    name: str | None = None
    name_distance_km: float | None = None
    m_power_lo95_gw_um: float | None = None
    m_power_hi95_gw_um: float | None = None
    l_power_lo95_gw_um: float | None = None
    l_power_hi95_gw_um: float | None = None
    total_power_gw: float | None = None
    total_power_lo_gw: float | None = None
    total_power_hi_gw: float | None = None
    emission_model: str | None = None
    log10_evidence: float | None = None
    shape: str | None = None
    diameter_lo_km: float | None = None
    diameter_hi_km: float | None = None
    sigma_major_km: float | None = None
    sigma_minor_km: float | None = None
    sigma_azimuth_deg: float | None = None
    volcano_id: str | None = None

    def __post_init__(self) -> None:
        if not -90 <= self.lat_deg <= 90 or not 0 <= self.lon_east_deg < 360:
            msg = (
                f"source {self.source_id}: latitude {self.lat_deg}, longitude {self.lon_east_deg}; "
                "wanted -90..90 and 0..360 degrees east"
            )
            raise ProductError(msg)


@dataclass(frozen=True, kw_only=True)
class FrameRecord:
    """What became of one product, and where it really looked.

    ``dx_px`` (samples) and ``dy_px`` (lines) are the image-plane shift of the scene
    against the SPICE prediction at START_TIME, at Io's centre or, where that is
    outside the array, at the array's middle.
    """

    product_id: str
    status: FrameStatus
    reason: str = ""
    dx_px: float | None = None
    dy_px: float | None = None
    sigma_px: float | None = None


def column_names(record_type: type) -> tuple[str, ...]:
    """Column headings of a record type (``source_class`` is written ``class``)."""
    return tuple("class" if f.name == "source_class" else f.name for f in fields(record_type))
