"""What a perfect camera of the drawn optics would see: radiance without noise or faults."""

from dataclasses import dataclass
from typing import Any

from hotspots.camera import Cameras
from hotspots.planck import Band
from hotspots.simulation.optics import Optics
from hotspots.simulation.scene import Scene

__all__ = ["Rendered", "SourcesSeen", "render"]


@dataclass(frozen=True)
class SourcesSeen:
    """Every source of a scene (k) in every frame (n); host arrays.

    Parameters
    ----------
    sample, line : arrays (n, k) float64
        Where the source's centre falls, px; NaN where it is not visible.
    cos_emission : array (n, k) float64
        Cosine of the angle of emission; negative on the far side.
    range_km : array (n, k) float64
        From the camera.
    visible : array (n, k) bool
        On the near side, in front of the camera and inside the array.
    light : array (n, k) float64
        Sum over pixels of the radiance that the source adds, W m-2 sr-1 px, all of it,
        wherever it falls; 0 where not visible.
    diameter_px : array (n, k) float64
        Of the disc of the source's area, not foreshortened, px.
    """

    sample: Any
    line: Any
    cos_emission: Any
    range_km: Any
    visible: Any
    light: Any
    diameter_px: Any


@dataclass(frozen=True)
class Rendered:
    """Frames of one band.

    Parameters
    ----------
    radiance : array (n, lines, samples) float32
        Band radiance, W m-2 sr-1, of ground and sources through the optics; in the
        namespace and on the device of the cameras' constants.
    ground : array (n, lines, samples) float32
        The part of it that is not the sources.
    sources : SourcesSeen
    """

    radiance: Any
    ground: Any
    sources: SourcesSeen


def render(
    scene: Scene, cameras: Cameras, band: Band, optics: Optics, smear_px: Any, lit: Any
) -> Rendered:
    """See a scene in one band.

    Parameters
    ----------
    scene : Scene
    cameras : Cameras
        True cameras (pointing included) of n frames; the arrays of the result live where
        ``cameras.constants`` do.
    band : Band
    optics : Optics
    smear_px : array (n,) float64, host
        Length of the smear along lines, px; 0 while the mirror holds the scene.
    lit : array (n,) bool, host
        Whether the Sun shines on Io.

    Returns
    -------
    Rendered
    """
    raise NotImplementedError
