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
from hotspots.simulation.render import Rendered, image_of_emitters, one_camera
from hotspots.simulation.scene import Scene
from hotspots.simulation.sources_seen import emitters, see_sources
from hotspots.simulation.surface_images import RESOLVED_LAKE_PX, RESOLVED_PX

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
    listed = emitters(scene, band)
    seen = see_sources(scene, cameras, listed)
    own = np.flatnonzero(listed.source == which)
    xp = array_namespace(cameras.constants)
    shape = (len(cameras), BAND_LINES, SAMPLES)
    image = xp.zeros(shape, dtype=xp.float32, device=device(cameras.constants))
    for i in range(len(cameras)):
        camera, smear = one_camera(cameras, i), float(smear_px[i])
        image[i, ...] = image_of_emitters(scene, camera, band, optics, smear, seen, listed, i, own)
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

    Notes
    -----
    The image of a small source is a sum over Gaussians of lines times samples, so its
    weighted square is a sum over pairs of Gaussians of products of small matrices: all
    sources of a frame at once.  Wide ones are drawn one by one.
    """
    listed = emitters(scene, band)
    seen = rendered.sources
    xp = array_namespace(sigma)
    place = device(sigma)
    squared = np.zeros(seen.visible.shape)
    # diameters over the one from which their emitters are traced
    widest = np.zeros(len(scene.sources))
    bound_px = np.where(listed.outlined, RESOLVED_LAKE_PX, RESOLVED_PX)
    np.maximum.at(widest, listed.source, listed.diameter_km / bound_px)
    for i in range(len(cameras)):
        weight = 1.0 / sigma[i, ...] ** 2
        wide = widest / seen.range_km[i] / cameras.ifov_rad > 1
        small = np.flatnonzero(seen.visible[i] & ~wide)
        sample, line, variance = (
            xp.asarray(values, dtype=xp.float64, device=place)
            for values in (
                seen.sample[i, small],
                seen.line[i, small],
                disc_variance(seen.diameter_px[i, small], seen.cos_emission[i, small]),
            )
        )
        profiles = point_profiles(sample, line, variance, optics, float(smear_px[i]))
        norm: Any = 0.0
        for w1, across1, along1 in profiles:
            for w2, across2, along2 in profiles:
                weighted = xp.matmul(along1 * along2, weight)
                norm = norm + w1 * w2 * xp.sum(weighted * across1 * across2, axis=-1)
        squared[i, small] = to_host(norm) * seen.light[i, small] ** 2
        camera = one_camera(cameras, i)
        for k in np.flatnonzero(seen.visible[i] & wide):
            image = image_of_emitters(
                scene,
                camera,
                band,
                optics,
                float(smear_px[i]),
                seen,
                listed,
                i,
                np.flatnonzero(listed.source == k),
            )
            squared[i, k] = float(xp.sum(image**2 * weight))
    return np.asarray(np.sqrt(squared))
