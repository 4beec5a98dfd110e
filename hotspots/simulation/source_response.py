"""What single sources look like, and how clearly a frame shows them."""

from typing import Any

from hotspots.camera import Cameras
from hotspots.planck import Band
from hotspots.simulation.camera_state import CameraState
from hotspots.simulation.optics import Optics
from hotspots.simulation.render import Rendered
from hotspots.simulation.scene import Scene

__all__ = ["matched_snr", "sample_noise", "source_response"]


def source_response(
    scene: Scene, cameras: Cameras, band: Band, optics: Optics, smear_px: Any, which: int
) -> Any:
    """Noiseless image of one source alone.

    Parameters
    ----------
    scene : Scene
    cameras : Cameras
        Of n frames.
    band : Band
    optics : Optics
    smear_px : array (n,) float64, host
        Length of the smear along lines, px.
    which : int
        Place of the source in ``scene.sources``.

    Returns
    -------
    array (n, lines, samples) float32
        W m-2 sr-1.
    """
    raise NotImplementedError


def sample_noise(radiance: Any, exposure_s: Any, camera: CameraState) -> Any:
    """Standard deviation of good samples: read, background-frame and shot noise.

    Parameters
    ----------
    radiance : array (n, lines, samples) float32
        Noiseless, W m-2 sr-1.
    exposure_s : array (n,) float64, host
    camera : CameraState

    Returns
    -------
    array (n, lines, samples) float32
        W m-2 sr-1.
    """
    raise NotImplementedError


def matched_snr(
    scene: Scene,
    rendered: Rendered,
    cameras: Cameras,
    band: Band,
    optics: Optics,
    smear_px: Any,
    sigma: Any,
) -> Any:
    """Signal to noise of every source in every frame by a filter of its true shape.

    Parameters
    ----------
    scene, rendered, cameras, band, optics, smear_px
        As given to and returned by `hotspots.simulation.render.render`.
    sigma : array (n, lines, samples) float32
        Standard deviation of every sample, W m-2 sr-1.

    Returns
    -------
    array (n, k) float64, host
        ``sqrt(sum (image / sigma)**2)`` over the samples of the frame; 0 where the source
        is not visible.  Neighbours are not counted.
    """
    raise NotImplementedError
