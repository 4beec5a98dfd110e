"""One thermal source: where it is, and how much of its ground has which temperature."""

from dataclasses import dataclass
from math import atan2, degrees, hypot, pi, sqrt
from typing import Literal

import numpy as np

from hotspots.errors import ConfigurationError
from hotspots.planck import Band, exitance_gw_um_km2
from hotspots.simulation.outlines import Outline
from hotspots.simulation.tangent import displaced

__all__ = ["Source", "SourceKind"]

SourceKind = Literal["hotspot", "lava_lake"]


@dataclass(frozen=True)
class Source:
    """A hot spot, or a lava lake with an outline.

    Parameters
    ----------
    name : str
        Unique in its scene.
    lat_deg, lon_east_deg : float
        Planetocentric, east-positive 0..360; the centre of the outline where there is one.
    source_class : {"hotspot", "lava_lake"}
    components : tuple of (temperature, area)
        K and km2 of true surface.
    outline : Outline or None
        Of a lava lake; its components are those of the source.

    Raises
    ------
    ConfigurationError
        If the place is not on the globe, a component is not positive, or class and
        outline do not go together.
    """

    name: str
    lat_deg: float
    lon_east_deg: float
    source_class: SourceKind
    components: tuple[tuple[float, float], ...]
    outline: Outline | None = None

    def __post_init__(self) -> None:
        if not (-90 <= self.lat_deg <= 90 and 0 <= self.lon_east_deg < 360):
            msg = (
                f"source {self.name} at {self.lat_deg} N {self.lon_east_deg} E; wanted a latitude "
                "from -90 to 90 and an east longitude from 0 to below 360"
            )
            raise ConfigurationError(msg)
        if not self.components or any(not (t > 0 and a > 0) for t, a in self.components):
            msg = f"source {self.name} of {self.components}: wanted K and km2 above zero"
            raise ConfigurationError(msg)
        if (self.source_class == "lava_lake") != (self.outline is not None):
            msg = f"source {self.name}: a lava lake has an outline, a hot spot has none"
            raise ConfigurationError(msg)

    @classmethod
    def lava_lake(
        cls, name: str, lat_deg: float, lon_east_deg: float, outline: Outline
    ) -> "Source":
        """A lava lake, of the components of its outline."""
        return cls(name, lat_deg, lon_east_deg, "lava_lake", outline.components, outline)

    @property
    def area_km2(self) -> float:
        """Area of everything hot, km2."""
        return sum(area for _, area in self.components)

    @property
    def diameter_km(self) -> float:
        """Diameter of the disc of the same area, km."""
        return 2 * sqrt(self.area_km2 / pi)

    def power_gw_um(self, band: Band) -> float:
        """Hemispheric spectral power of the source as a Lambertian emitter, GW/um."""
        temperature, area = np.asarray(self.components, dtype=np.float64).T
        return float(np.sum(exitance_gw_um_km2(band, temperature) * area))

    def flux_place(self, band: Band) -> tuple[float, float]:
        """Latitude and east longitude of the middle of the light, degrees."""
        if self.outline is None:
            return self.lat_deg, self.lon_east_deg
        east, north = self.outline.flux_centre_km(band)
        azimuth = degrees(atan2(east, north))
        return displaced(self.lat_deg, self.lon_east_deg, hypot(east, north), azimuth)
