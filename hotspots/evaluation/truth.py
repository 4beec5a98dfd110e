"""What was really there: the sources and frames of a visit, from its truth tables.

A truth folder holds ``<visit>_sources.csv`` and ``<visit>_frames.csv`` for each visit,
as the simulator writes them.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hotspots.catalogue.records import SourceClass
from hotspots.errors import TruthError
from hotspots.evaluation.components import total_power_gw
from hotspots.evaluation.tables import TableRow, read_table, require_distinct

__all__ = [
    "Expectation",
    "TruthFrame",
    "TruthSource",
    "VisitTruth",
    "read_visit_truth",
    "truth_visits",
]

_SOURCES_SUFFIX = "_sources.csv"
_FRAMES_SUFFIX = "_frames.csv"
_LEAST_POWER = 1e-12
"""GW/um; ratios and decades need a power above zero."""
_SOURCE_COLUMNS = (
    *("source_id", "lat", "lon_east", "geo_lat", "geo_lon_east", "class", "S_M", "S_L"),
    *("footprint_km", "n_visible", "n_visible_L", "visible_frames", "best_snr_emission_deg"),
    *("km_per_px", "stacked_snr", "saturated", "resolvable", "blended_with"),
)
_FRAME_COLUMNS = ("product", "kind", "defect", "is_io", "dx", "dy", "expected")


class Expectation(StrEnum):
    """What a careful reader would do with a product."""

    USED = "used"
    REJECTED = "rejected"
    BAD = "bad"
    """Damaged: failing on it and rejecting it are both right."""
    ANY = "any"
    """Usable in part: every answer is right, saying nothing is not."""


@dataclass(frozen=True, kw_only=True)
class TruthSource:
    """One thermal source that was put into a visit, and how well it could be seen.

    Positions are planetocentric degrees, longitude east-positive; the first pair is
    weighted with flux, the second the middle of the patera.  Powers are GW/um.
    ``emission_deg``, ``km_per_px`` and ``saturated`` belong to the frame where the
    source stands out best; they mean nothing where it was in no frame.
    """

    source_id: str
    lat_deg: float
    lon_east_deg: float
    centre_lat_deg: float
    centre_lon_east_deg: float
    source_class: SourceClass
    m_power_gw_um: float
    l_power_gw_um: float
    footprint_km: float
    m_frames: tuple[str, ...]
    """Products that hold the source in the M band."""
    n_l_frames: int
    emission_deg: float
    km_per_px: float
    stacked_snr: float
    saturated: bool
    resolvable: bool
    blended: bool
    total_power_gw: float | None = None
    """At all wavelengths, all components; None where the table does not say."""
    colour_temperature_k: float | None = None
    """Of the grey body with its two powers; None where the table does not say."""

    @property
    def is_extended(self) -> bool:
        """Whether its footprint is wider than a pixel."""
        return self.footprint_km > self.km_per_px

    @property
    def is_resolvable_lake(self) -> bool:
        """Whether it is a lava lake wide enough to be told from a hot spot."""
        return self.resolvable and self.source_class is SourceClass.LAVA_LAKE


@dataclass(frozen=True, kw_only=True)
class TruthFrame:
    """One product of a visit, and where the camera really looked.

    ``dx_px`` (samples) and ``dy_px`` (lines) shift the scene against the prediction;
    ``km_per_px`` is None where the table does not say.
    """

    product_id: str
    kind: str
    defect: str
    shows_io: bool
    dx_px: float
    dy_px: float
    expected: Expectation
    km_per_px: float | None = None


@dataclass(frozen=True)
class VisitTruth:
    """Everything that is known of one visit."""

    visit: str
    sources: tuple[TruthSource, ...]
    frames: tuple[TruthFrame, ...]


def truth_visits(folder: Path) -> tuple[str, ...]:
    """Names of the visits in a truth folder, sorted.

    Raises
    ------
    TruthError
        No such folder, or no visit in it.
    """
    if not folder.is_dir():
        msg = f"{folder}: no such folder; wanted one with PJnn{_SOURCES_SUFFIX} files"
        raise TruthError(msg)
    found = sorted(path.name for path in folder.glob(f"*{_SOURCES_SUFFIX}"))
    if not found:
        msg = f"{folder}: no PJnn{_SOURCES_SUFFIX} in it; wanted a folder of truth tables"
        raise TruthError(msg)
    return tuple(name.removesuffix(_SOURCES_SUFFIX) for name in found)


def read_visit_truth(folder: Path, visit: str) -> VisitTruth:
    """Both truth tables of one visit.

    Raises
    ------
    TruthError
        A table is missing or unreadable; the message names file, line and column.
    """
    sources = read_table(folder / f"{visit}{_SOURCES_SUFFIX}", _SOURCE_COLUMNS)
    frames = read_table(folder / f"{visit}{_FRAMES_SUFFIX}", _FRAME_COLUMNS)
    require_distinct(sources, "source_id")
    require_distinct(frames, "product")
    return VisitTruth(visit, tuple(map(_source, sources)), tuple(map(_frame, frames)))


def _source(row: TableRow) -> TruthSource:
    m_frames = tuple(row.text("visible_frames").split(";")) if row.text("visible_frames") else ()
    n_l_frames = row.count("n_visible_L")
    if len(m_frames) != row.count("n_visible"):
        raise row.complaint(
            column="n_visible", wanted=f"{len(m_frames)}, as many as visible_frames lists"
        )
    if (m_frames or n_l_frames) and row.number("km_per_px") <= 0:
        raise row.complaint(column="km_per_px", wanted="more than 0 for a source that was in view")
    return TruthSource(
        source_id=row.text("source_id"),
        lat_deg=row.number("lat", -90, 90),
        lon_east_deg=row.number("lon_east", 0, 360),
        centre_lat_deg=row.number("geo_lat", -90, 90),
        centre_lon_east_deg=row.number("geo_lon_east", 0, 360),
        source_class=row.choice("class", SourceClass),
        m_power_gw_um=row.number("S_M", _LEAST_POWER),
        l_power_gw_um=row.number("S_L", _LEAST_POWER),
        footprint_km=row.number("footprint_km", 0),
        m_frames=m_frames,
        n_l_frames=n_l_frames,
        emission_deg=row.number("best_snr_emission_deg"),
        km_per_px=row.number("km_per_px", 0),
        stacked_snr=row.number("stacked_snr", 0),
        saturated=row.flag("saturated"),
        resolvable=row.flag("resolvable"),
        blended=bool(row.text("blended_with")),
        total_power_gw=_total_power(row),
        colour_temperature_k=row.number_if_there("T_colour_K"),
    )


def _total_power(row: TableRow) -> float | None:
    """From the column of components, if there is one and it says anything."""
    text = row.text("components") if "components" in row.cells else ""
    if not text:
        return None
    total = total_power_gw(text)
    if total is None:
        raise row.complaint(column="components", wanted="a list such as 396K:2.525km2;900K:0.1km2")
    return total


def _frame(row: TableRow) -> TruthFrame:
    return TruthFrame(
        product_id=row.text("product"),
        kind=row.text("kind"),
        defect=row.text("defect"),
        shows_io=row.flag("is_io"),
        dx_px=row.number("dx"),
        dy_px=row.number("dy"),
        expected=row.choice("expected", Expectation),
        km_per_px=row.number_if_there("km_per_px"),
    )
