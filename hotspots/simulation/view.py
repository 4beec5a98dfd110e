"""A scene before a camera: what every image of it, or of a part of it, is made from."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotspots.camera import Cameras
from hotspots.errors import GeometryError
from hotspots.planck import Band
from hotspots.simulation.optics import Optics
from hotspots.simulation.scene import Scene
from hotspots.simulation.sources_seen import Emitters, SourcesSeen, emitters, see_sources

__all__ = ["View", "look"]


@dataclass(frozen=True)
class View:
    """A scene in n frames of one band.

    Parameters
    ----------
    scene : Scene
    cameras : Cameras
        True cameras, pointing included; images live where their constants do.
    band : Band
    optics : Optics
    smear_px : array (n,) float64, host
        Length of the smear along lines, px; 0 while the mirror holds the scene.
    emitters : Emitters
    sources : SourcesSeen
    """

    scene: Scene
    cameras: Cameras
    band: Band
    optics: Optics
    smear_px: NDArray[np.float64]
    emitters: Emitters
    sources: SourcesSeen

    def camera(self, frame: int) -> Cameras:
        """Camera of one frame alone."""
        part = slice(frame, frame + 1)
        return self.cameras.replace(
            constants=self.cameras.constants[part, :],
            origin=self.cameras.origin[part, :],
            position_km=self.cameras.position_km[part, :],
            sun=self.cameras.sun[part, :],
        )

    def smear(self, frame: int) -> float:
        """Smear of one frame, px."""
        return float(self.smear_px[frame])

    def km_per_px(self, frame: int) -> NDArray[np.float64]:
        """Size of a pixel at every emitter, across the line of sight, km."""
        range_km = self.sources.range_km[frame, self.emitters.source]
        return np.asarray(range_km * self.cameras.ifov_rad)


def look(scene: Scene, cameras: Cameras, band: Band, optics: Optics, smear_px: Any) -> View:
    """Put a scene before cameras.

    Parameters
    ----------
    scene, cameras, band, optics
        See `View`.
    smear_px : array (n,)
        Length of the smear along lines, px.

    Returns
    -------
    View

    Raises
    ------
    GeometryError
        If there is not one smear, not negative, for each camera.
    """
    smear = np.asarray(smear_px, dtype=np.float64)
    if smear.shape != (len(cameras),) or not (smear >= 0).all():
        msg = f"smear_px={smear_px}: wanted {len(cameras)} numbers not below zero, one a camera"
        raise GeometryError(msg)
    listed = emitters(scene, band)
    return View(scene, cameras, band, optics, smear, listed, see_sources(scene, cameras, listed))
