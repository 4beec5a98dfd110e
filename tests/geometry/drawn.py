"""Frames of Io drawn by the tests: a lit disc, points of light and noise.

Nothing here is shared with the code that is tested: rays are turned by SciPy, meet the
ellipsoid by the textbook quadratic in float64, and points are integrated over pixels by
the error function.
"""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter
from scipy.special import ndtr

from hotspots.body import IO_RADII_KM
from hotspots.geometry.pointing.evidence import BandEvidence, FrameEvidence
from tests.geometry.made_states import IFOV_RAD, make_states, turned_back

__all__ = ["Scene", "draw", "frame_of", "project"]

RADII = np.array(IO_RADII_KM)
SHAPE = (128, 432)
SUNLIGHT = {"L": (0.0251, 0.0018), "M": (0.0097, 0.0024)}
FINE = 3


@dataclass(frozen=True)
class Scene:
    """What one frame shows, and how well.

    ``rotation`` holds the true camera axes; ``spots`` are surface points (k, 3) km with
    the light of each, W m-2 sr-1 px.  ``exponent`` is that of Minnaert's law (1 is
    Lambert's); radiance ends at ``plateau``.
    """

    position_km: np.ndarray
    rotation: np.ndarray
    sun: np.ndarray
    spots_km: np.ndarray
    light: np.ndarray
    sigma: float = 1e-3
    blur_px: tuple[float, float] = (0.7, 0.6)
    eclipsed: bool = False
    exponent: float = 1.0
    plateau: float = np.inf


def project(points_km, scene):
    """(sample, line) of surface points and whether they are in front."""
    seen = (points_km - scene.position_km) @ scene.rotation
    x = 215.5 - seen[:, 1] / seen[:, 2] / IFOV_RAD
    y = 63.5 - seen[:, 0] / seen[:, 2] / IFOV_RAD
    normal = points_km / RADII**2
    return x, y, np.sum(normal * (scene.position_km - points_km), axis=1) > 0


def disc(scene, brightness):
    """Blurred sunlit disc, averaged over pixels."""
    y = (np.arange(SHAPE[0] * FINE) + 0.5) / FINE - 0.5
    x = (np.arange(SHAPE[1] * FINE) + 0.5) / FINE - 0.5
    right, up, ahead = -scene.rotation[:, 1], scene.rotation[:, 0], scene.rotation[:, 2]
    tilt_x, tilt_y = IFOV_RAD * (x - 215.5)[None, :], IFOV_RAD * (63.5 - y)[:, None]
    p = scene.position_km / RADII
    d = [(ahead[k] + tilt_x * right[k] + tilt_y * up[k]) / RADII[k] for k in range(3)]
    a, b = sum(c * c for c in d), sum(c * p[k] for k, c in enumerate(d))
    under = b * b - a * (p @ p - 1)
    hit = (under > 0) & (b < 0)
    t = (-b - np.sqrt(np.where(hit, under, 0))) / a
    normal = [(p[k] + t * c) / RADII[k] for k, c in enumerate(d)]
    length = np.sqrt(sum(c * c for c in normal))
    mu0 = sum(c * scene.sun[k] for k, c in enumerate(normal)) / length
    away = [scene.position_km[k] - RADII[k] * (p[k] + t * c) for k, c in enumerate(d)]
    distance = np.sqrt(sum(c * c for c in away))
    mu = sum(n * c for n, c in zip(normal, away, strict=True)) / length / distance
    seen = hit & (mu0 > 0)
    sun, view = np.where(seen, mu0, 1.0), np.where(seen, np.maximum(mu, 0.02), 1.0)
    law = sun**scene.exponent * view ** (scene.exponent - 1)
    lit = np.where(seen, brightness[0] * law + brightness[1], 0.0)
    fine = gaussian_filter(lit, (scene.blur_px[0] * FINE, scene.blur_px[1] * FINE), mode="nearest")
    return fine.reshape(SHAPE[0], FINE, SHAPE[1], FINE).mean(axis=(1, 3))


def draw(scene, rng, band="M"):
    """Noisy image (lines, samples) float32."""
    image = np.zeros(SHAPE)
    if not scene.eclipsed:
        image += disc(scene, SUNLIGHT[band])
    if len(scene.spots_km):
        for x, y, seen, light in zip(*project(scene.spots_km, scene), scene.light, strict=True):
            if seen:
                along_y = np.diff(ndtr((np.arange(129) - 0.5 - y) / scene.blur_px[0]))
                along_x = np.diff(ndtr((np.arange(433) - 0.5 - x) / scene.blur_px[1]))
                image += light * along_y[:, None] * along_x[None, :]
    image += rng.normal(0.0, scene.sigma, SHAPE)
    return np.minimum(image, scene.plateau).astype(np.float32)


def frame_of(name, scene, offset, rng, *, bands=("M",), image=None, blur_px=None):
    """Evidence of one frame whose pointing SPICE would predict ``offset`` px away.

    ``blur_px`` is what is thought of the blur, if that is wrong.
    """
    states = make_states(
        scene.position_km,
        turned_back(scene.rotation, offset),
        sun=scene.sun,
        eclipsed=scene.eclipsed,
    )
    images = {band: draw(scene, rng, band) if image is None else image for band in bands}
    return FrameEvidence(
        name,
        {
            band: BandEvidence(
                states=states,
                values=values,
                sigma=np.full(SHAPE, scene.sigma, np.float32),
                usable=np.ones(SHAPE, bool),
                limited=values >= np.float32(scene.plateau),
                blur_px=scene.blur_px if blur_px is None else blur_px,
            )
            for band, values in images.items()
        },
    )
