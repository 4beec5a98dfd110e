"""Hot spots that have been published: where they lie, and how bright JIRAM saw them.

The table ``published_hotspots.csv`` beside this module holds the facts of two tables of
Davies et al. 2024 (CC BY 4.0), which its head names.  They are the memory of a first
visit: they give volcanoes their names and ids, and say what is ordinary for each.
"""

import csv
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["POSITION_REFERENCE", "POWER_REFERENCE", "PublishedHotspot", "published_hotspots"]

POSITION_REFERENCE = "Davies et al. 2024, doi:10.3847/PSJ/ad4346"
POWER_REFERENCE = "Davies et al. 2024, doi:10.1038/s41550-023-02123-5"


@dataclass(frozen=True, kw_only=True)
class PublishedHotspot:
    """One row of the table; None is "not given".

    Parameters
    ----------
    volcano_id : str
        Fixed for ever: the name in small letters, the JRM number, or the place.
    name : str
        Empty where it has none.
    jrm_id : str
        Number among the hot spots of JIRAM, or empty.
    lat_deg, lon_east_deg : float
        Planetocentric latitude, longitude east 0..360, degrees.
    area_km2 : float or None
        Of all ground that is warm.
    total_power_gw : float or None
    measured : int
        How many M-band powers were published.
    mean_gw_um, least_gw_um, greatest_gw_um : float or None
        M-band spectral power of the measurements that were not saturated, GW/um.
    brightest_gw_um : float or None
        The same of all.
    """

    volcano_id: str
    name: str
    jrm_id: str
    lat_deg: float
    lon_east_deg: float
    area_km2: float | None = None
    total_power_gw: float | None = None
    measured: int = 0
    mean_gw_um: float | None = None
    least_gw_um: float | None = None
    greatest_gw_um: float | None = None
    brightest_gw_um: float | None = None

    @property
    def diameter_km(self) -> float:
        """Diameter of a disc of its area, km; 0 where no area is known."""
        return 2.0 * math.sqrt((self.area_km2 or 0.0) / math.pi)


@cache
def published_hotspots() -> tuple[PublishedHotspot, ...]:
    """All rows of the table that ships with the package, north to south."""
    text = files("hotspots.catalogue").joinpath("published_hotspots.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        PublishedHotspot(
            volcano_id=row["volcano_id"],
            name=row["name"],
            jrm_id=row["jrm_id"],
            lat_deg=float(row["lat_deg"]),
            lon_east_deg=float(row["lon_east_deg"]),
            area_km2=_number(row["area_km2"]),
            total_power_gw=_number(row["total_power_gw"]),
            measured=int(row["measured"] or 0),
            mean_gw_um=_number(row["mean"]),
            least_gw_um=_number(row["least"]),
            greatest_gw_um=_number(row["greatest"]),
            brightest_gw_um=_number(row["brightest"]),
        )
        for row in rows
    )


def _number(text: str) -> float | None:
    return float(text) if text else None
