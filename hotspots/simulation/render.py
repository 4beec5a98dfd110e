"""What a perfect camera of the drawn optics would see: radiance without noise or faults.

Sources that a frame does not resolve are points, all of a frame at once
(`hotspots.simulation.point_images`); the ground and resolved sources are rays
(`hotspots.simulation.surface_images`).  The scene is blurred by the same closed forms
either way, and light is neither lost nor made.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

from hotspots.archive.layout import BAND_LINES, SAMPLES
from hotspots.camera import Cameras
from hotspots.errors import GeometryError
from hotspots.planck import Band
from hotspots.simulation.optics import Optics
from hotspots.simulation.point_images import disc_variance, point_image
from hotspots.simulation.scene import Scene
from hotspots.simulation.sources_seen import SourcesSeen
from hotspots.simulation.surface_images import (
    RESOLVED_LAKE_PX,
    RESOLVED_PX,
    ground_image,
    patch_image,
)
from hotspots.simulation.view import View, look

__all__ = ["Rendered", "SourcesSeen", "image_of_emitters", "render"]


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

    Raises
    ------
    GeometryError
        If there is not one smear, not negative, and one ``lit`` for each camera.
    """
    n = len(cameras)
    if np.shape(lit) != (n,):
        msg = f"render: lit has shape {np.shape(lit)}, wanted ({n},)"
        raise GeometryError(msg)
    view = look(scene, cameras, band, optics, smear_px)
    xp = array_namespace(cameras.constants)
    shape = (n, BAND_LINES, SAMPLES)
    ground = xp.zeros(shape, dtype=xp.float32, device=device(cameras.constants))
    radiance = xp.zeros_like(ground)
    everything = np.arange(len(view.emitters.source))
    for i in range(n):
        ground[i, ...] = ground_image(view, i, lit=bool(lit[i]))
        radiance[i, ...] = ground[i, ...] + image_of_emitters(view, i, everything)
    return Rendered(radiance, ground, view.sources)


def image_of_emitters(view: View, frame: int, which: NDArray[np.int64]) -> Any:
    """Image of some emitters in one frame.

    Parameters
    ----------
    view : View
    frame : int
    which : array (e,) int64
        Places in ``view.emitters``.

    Returns
    -------
    array (lines, samples) float32
    """
    xp = array_namespace(view.cameras.constants)
    place = device(view.cameras.constants)
    seen, listed, smear_px = view.sources, view.emitters, view.smear(frame)
    source = listed.source[which]
    sample, line = seen.sample[frame, source], seen.line[frame, source]
    diameter = listed.diameter_km[which] / view.km_per_px(frame)[which]
    margin = view.optics.reach_px + 0.5 * smear_px + diameter
    with np.errstate(invalid="ignore"):
        near = (np.abs(sample - 0.5 * (SAMPLES - 1)) < 0.5 * SAMPLES + margin) & (
            np.abs(line - 0.5 * (BAND_LINES - 1)) < 0.5 * BAND_LINES + margin
        )
    traced = near & (diameter > np.where(listed.outlined[which], RESOLVED_LAKE_PX, RESOLVED_PX))
    points = near & ~traced
    image = xp.zeros((BAND_LINES, SAMPLES), dtype=xp.float32, device=place)
    if points.any():
        at = source[points]
        host = (
            sample[points],
            line[points],
            seen.light[frame, at] * listed.share[which][points],
            disc_variance(diameter[points], seen.cos_emission[frame, at]),
        )
        x, y, light, variance = (xp.asarray(v, dtype=xp.float64, device=place) for v in host)
        image = image + point_image(x, y, light, variance, view.optics, smear_px)
    for one in which[traced]:
        image = image + patch_image(view, frame, int(one))
    return image
