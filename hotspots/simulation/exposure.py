"""From the light of a frame to the numbers that come down.

In the order of the instrument: response, ghosts, shot noise and particles, the bend of
the converter's curve, read noise, the plateau, then either the bias (raw counts) or what
the subtraction of a background leaves (radiance), and at last the lost packets.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotspots.backend import to_host
from hotspots.config import InstrumentSettings
from hotspots.errors import CalibrationError
from hotspots.planck import Band
from hotspots.simulation.camera_state import CameraState, HalfState

__all__ = ["Exposed", "compress", "expose"]

Float32 = NDArray[np.float32]

RESPONSIVITY = InstrumentSettings().responsivity
"""DN per W m-2 sr-1 s: the nominal one, by which the archive divides."""

GHOST_LIMIT_DN = 50000.0
"""Light beyond this returns no further ghost."""

STRUCK_SIGMA = 5.0
"""Charge above which a sample counts as struck, in read noises."""


@dataclass(frozen=True)
class Exposed:
    """Half frames as an archive holds them, and what happened to them; host arrays.

    Parameters
    ----------
    image : array (n, lines, samples) float32 or int16
        Band radiance, W m-2 sr-1 (RDR), or counts (EDR); zero in lost packets.
    lost : array (n, lines, samples) bool
        Lost packets.
    struck : array (n, lines, samples) bool
        Samples with more than five read noises of charge from particles.
    saturated : array (n, lines, samples) bool
        Samples whose light alone is beyond the linear range.
    """

    image: NDArray[Any]
    lost: NDArray[np.bool_]
    struck: NDArray[np.bool_]
    saturated: NDArray[np.bool_]


def compress(light_dn: Any, linear_dn: float, saturation_dn: Any, bend: float) -> Any:
    r"""Counts of a converter that bends towards its plateau.

    Parameters
    ----------
    light_dn : array
        Counts of a linear converter, DN.
    linear_dn : float
        End of the linear range, DN.
    saturation_dn : float or array
        Plateau, DN, above ``linear_dn``.
    bend : float
        Sharpness ``b``: with ``u`` the excess over the linear range as a part of the room
        that is left, the counts use :math:`u / (1 + u^b)^{1/b}` of that room.  The slope
        has no step and the order of brightness stays.

    Returns
    -------
    array
        DN; the input where it is below ``linear_dn``.
    """
    room = saturation_dn - linear_dn
    excess = np.maximum(light_dn - linear_dn, 0) / room
    bent = linear_dn + room * excess / (1 + excess**bend) ** (1 / bend)
    return np.where(light_dn > linear_dn, bent, light_dn)


def expose(
    radiance: Any, exposure_s: Any, camera: CameraState, band: Band, rng: np.random.Generator
) -> Exposed:
    """Take frames.

    Parameters
    ----------
    radiance : array (n, lines, samples) float32
        From `hotspots.simulation.render.render`; zeros for frames of the dark.  Brought
        to the host, where the random numbers are.
    exposure_s : array (n,) float64, host
        Exposure times, s.
    camera : CameraState
    band : Band
    rng : numpy.random.Generator

    Returns
    -------
    Exposed

    Raises
    ------
    CalibrationError
        If there is not one positive exposure for each frame.
    """
    frames = np.asarray(to_host(radiance), dtype=np.float32)
    exposures = np.asarray(exposure_s, dtype=np.float64)
    if exposures.shape != frames.shape[:1] or not (exposures > 0).all():
        msg = f"expose: exposures {exposures} s for {frames.shape[0]} frames; wanted one each, > 0"
        raise CalibrationError(msg)
    half = camera.halves[band.name]
    raw = camera.level == "EDR"
    image = np.empty(frames.shape, dtype=np.int16 if raw else np.float32)
    lost, struck, saturated = (np.zeros(frames.shape, dtype=np.bool_) for _ in range(3))
    for i, (frame, exposure) in enumerate(zip(frames, exposures, strict=True)):
        scale = np.float32(RESPONSIVITY * exposure)
        light = np.maximum(frame, 0) * scale * half.response
        light *= half.stripes.gains(frame, float(exposure))
        saturated[i] = light > camera.linear_dn
        light += half.stripes.ghosts(np.minimum(light, np.float32(GHOST_LIMIT_DN)))
        light += np.sqrt(light / np.float32(camera.electrons_per_dn)) * _normal(rng, frame.shape)
        charge = camera.particles.charge_dn(rng, frame.shape)
        struck[i] = charge > STRUCK_SIGMA * camera.read_noise_dn
        light += charge
        if raw:
            image[i] = _raw_counts(light, float(exposure), camera, half, rng)
        else:
            image[i] = np.rint(_net_counts(light, camera, half, rng)) / scale
        lost[i] = camera.particles.lost(rng, frame.shape)
    image[lost] = 0
    return Exposed(image, lost, struck, saturated)


def _raw_counts(
    light_dn: Float32,
    exposure_s: float,
    camera: CameraState,
    half: HalfState,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Counts on their bias, up to the plateau of the converter."""
    if half.bias is None:
        msg = "a camera of raw frames without a bias: draw it with level='EDR'"
        raise CalibrationError(msg)
    bias = half.bias.counts(exposure_s) + camera.drift_dn * rng.standard_normal()
    room = np.maximum(camera.plateau_dn - bias, camera.linear_dn + 1.0)
    counts = compress(light_dn + half.defects.dark_dn, camera.linear_dn, room, camera.bend)
    counts = counts + bias + _read_noise(camera, half, rng)
    return np.asarray(np.rint(np.clip(counts, 0, camera.plateau_dn)))


def _net_counts(
    light_dn: Float32, camera: CameraState, half: HalfState, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Counts less a background frame, with what that leaves."""
    dark = half.defects.dark_dn
    counts = compress(light_dn + dark, camera.linear_dn, camera.saturation_dn, camera.bend)
    counts = np.minimum(counts + _read_noise(camera, half, rng), camera.saturation_dn) - dark
    counts = counts + half.defects.residual_dn + half.stripes.background(rng)
    counts = counts + camera.drift_dn * rng.standard_normal()
    if camera.background_shared:
        return np.asarray(counts - half.background_noise_dn)
    if camera.background_subtracted:
        return np.asarray(counts - _read_noise(camera, half, rng))
    return np.asarray(counts)


def _read_noise(camera: CameraState, half: HalfState, rng: np.random.Generator) -> Float32:
    """Read noise of one frame, DN."""
    noise = _normal(rng, half.response.shape) * half.defects.noise_factor
    return np.asarray(np.float32(camera.read_noise_dn) * noise)


def _normal(rng: np.random.Generator, shape: tuple[int, ...]) -> Float32:
    return rng.standard_normal(shape, dtype=np.float32)
