"""Places on Io that have been hot before, to point frames that show no limb.

The table ``known_hotspots.csv`` holds names and coordinates, rounded to 0.1 degree, of
the 343 sources of Davies et al. 2024 (Planetary Science Journal 5, 121,
doi:10.3847/PSJ/ad4346, table A1, CC BY 4.0).  Positions of one source by different
teams scatter by about 0.4 degree.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

__all__ = ["KNOWN_SIGMA_KM", "KnownHotspots", "known_hotspots"]

KNOWN_SIGMA_KM = 12.0
"""Scatter of a published position per axis, km: 0.35 degree on Io (facts: median
distance 0.35 degree between catalogue sources and patera centres)."""


@dataclass(frozen=True)
class KnownHotspots:
    """k places that have been hot.

    Parameters
    ----------
    names : tuple of str
    latitude_deg, longitude_east_deg : arrays (k,) float64
        Planetocentric, east-positive.
    """

    names: tuple[str, ...]
    latitude_deg: NDArray[np.float64]
    longitude_east_deg: NDArray[np.float64]


@cache
def known_hotspots() -> KnownHotspots:
    """Read the table that ships with the package."""
    text = files("hotspots.geometry").joinpath("known_hotspots.csv").read_text("utf-8")
    rows = [line.rsplit(",", 2) for line in text.splitlines() if line and line[0] != "#"][1:]
    return KnownHotspots(
        names=tuple(row[0].strip('"') for row in rows),
        latitude_deg=np.array([float(row[1]) for row in rows]),
        longitude_east_deg=np.array([float(row[2]) for row in rows]),
    )
