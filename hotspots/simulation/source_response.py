"""What single sources look like, and how clearly a frame shows them."""

from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

from hotspots.archive.layout import BAND_LINES, SAMPLES
from hotspots.backend import to_host
from hotspots.camera import Cameras
from hotspots.planck import Band
from hotspots.simulation.camera_state import CameraState
from hotspots.simulation.exposure import RESPONSIVITY
from hotspots.simulation.optics import Optics
from hotspots.simulation.point_images import disc_variance, point_profiles
from hotspots.simulation.render import Rendered, image_of_emitters
from hotspots.simulation.scene import Scene
from hotspots.simulation.sources_seen import emitters
from hotspots.simulation.surface_images import RESOLVED_LAKE_PX, RESOLVED_PX
from hotspots.simulation.view import View, look

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
    view = look(scene, cameras, band, optics, smear_px)
    own = np.flatnonzero(view.emitters.source == which)
    xp = array_namespace(cameras.constants)
    shape = (len(cameras), BAND_LINES, SAMPLES)
    image = xp.zeros(shape, dtype=xp.float32, device=device(cameras.constants))
    for i in range(len(cameras)):
        image[i, ...] = image_of_emitters(view, i, own)
    return image


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
    xp = array_namespace(radiance)
    scale = xp.asarray(
        RESPONSIVITY * np.asarray(exposure_s), dtype=radiance.dtype, device=device(radiance)
    )[:, None, None]
    light = xp.where(radiance > 0, radiance, 0.0) * scale / camera.electrons_per_dn
    read = camera.read_noise_dn**2 * (2.0 if camera.background_subtracted else 1.0)
    return xp.sqrt(read + light) / scale


def matched_snr(
    scene: Scene,
    rendered: Rendered,
    cameras: Cameras,
    band: Band,
    optics: Optics,
    smear_px: Any,
    sigma: Any,
) -> NDArray[np.float64]:
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
    smear = np.asarray(smear_px, dtype=np.float64)
    seen, listed = rendered.sources, emitters(scene, band)
    view = View(scene, cameras, band, optics, smear, listed, seen)
    xp = array_namespace(sigma)
    squared = np.zeros(seen.visible.shape)
    bound_px = np.where(listed.outlined, RESOLVED_LAKE_PX, RESOLVED_PX)
    for i in range(len(cameras)):
        weight = 1.0 / sigma[i, ...] ** 2
        wide = np.zeros(len(scene.sources), dtype=np.bool_)
        wide[listed.source[listed.diameter_km / view.km_per_px(i) > bound_px]] = True
        small = np.flatnonzero(seen.visible[i] & ~wide)
        squared[i, small] = _squared_of_points(view, i, small, weight)
        for k in np.flatnonzero(seen.visible[i] & wide):
            image = image_of_emitters(view, i, np.flatnonzero(listed.source == k))
            squared[i, k] = float(xp.sum(image**2 * weight))
    return np.asarray(np.sqrt(squared))


def _squared_of_points(
    view: View, frame: int, which: NDArray[np.int64], weight: Any
) -> NDArray[np.float64]:
    """Weighted sums over pixels of the squared images of unresolved sources.

    The image of a point is a sum over Gaussians of lines times samples, so its square is
    one over pairs of Gaussians, and the sums over pixels are products of matrices: all
    sources of the frame at once.
    """
    seen, listed = view.sources, view.emitters
    # one variance for a source: the mean of its components', by their light
    diameter_px = listed.diameter_km / view.km_per_px(frame)
    squared_px = np.bincount(
        listed.source, weights=listed.share * diameter_px**2, minlength=seen.light.shape[1]
    )
    host = (
        seen.sample[frame, which],
        seen.line[frame, which],
        disc_variance(np.sqrt(squared_px[which]), seen.cos_emission[frame, which]),
    )
    xp = array_namespace(weight)
    x, y, variance = (xp.asarray(v, dtype=xp.float64, device=device(weight)) for v in host)
    profiles = point_profiles(x, y, variance, view.optics, view.smear(frame))
    norm: Any = 0.0
    for one, across, along in profiles:
        for other, across_too, along_too in profiles:
            weighted = xp.matmul(along * along_too, weight)
            norm = norm + one * other * xp.sum(weighted * across * across_too, axis=-1)
    return np.asarray(to_host(norm) * seen.light[frame, which] ** 2)
