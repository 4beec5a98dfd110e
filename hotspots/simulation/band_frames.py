"""One band of a visit: its light, and the numbers that come down."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.layout import BAND_LINES, SAMPLES
from hotspots.backend import Backend, to_device, to_host
from hotspots.camera import Cameras
from hotspots.config.instrument import InstrumentSettings
from hotspots.geometry.cameras import build_cameras
from hotspots.geometry.state import FrameStates, frame_states
from hotspots.planck import BANDS
from hotspots.simulation.aiming import FrameKind
from hotspots.simulation.camera_state import CameraState
from hotspots.simulation.exposure import expose
from hotspots.simulation.journey import Journey
from hotspots.simulation.plan import Plan
from hotspots.simulation.render import Rendered, render
from hotspots.simulation.scene import Scene

__all__ = ["BandTruth", "take_band"]


@dataclass(frozen=True)
class BandTruth:
    """What is known of one band of a visit: of its frames of Io, length k.

    Parameters
    ----------
    frames : tuple of int
        Places in `SimulatedVisit.frames`.
    states : FrameStates
        As SPICE predicts them at the start of exposure.
    cameras : Cameras
        With the true pointing.
    exposure_s : array (k,) float64
    smear_px : array (k,) float64
        Way of the scene along the lines during the exposure, px.
    lit : array (k,) bool
        Whether the Sun shines on Io.
    rendered : Rendered
        Light without noise, and where every source is.
    """

    frames: tuple[int, ...]
    states: FrameStates
    cameras: Cameras
    exposure_s: NDArray[np.float64]
    smear_px: NDArray[np.float64]
    lit: NDArray[np.bool_]
    rendered: Rendered


def take_band(
    band: str,
    scene: Scene,
    camera: CameraState,
    plan: Plan,
    journey: Journey,
    instrument: InstrumentSettings,
    rng: np.random.Generator,
    backend: Backend,
) -> tuple[BandTruth | None, dict[int, NDArray[Any]]]:
    """Take all frames of one band; the kernels of the visit must be loaded.

    Parameters
    ----------
    band : str
        ``"L"`` or ``"M"``.
    scene : Scene
    camera : CameraState
    plan : Plan
    journey : Journey
    instrument : InstrumentSettings
    rng : numpy.random.Generator
        Of the noise.
    backend : Backend
        Where the arrays are computed.

    Returns
    -------
    truth : BandTruth or None
        None if no frame of Io holds the band.
    images : dict of int to array (lines, samples)
        Host arrays, by the frame's place in the visit.
    """
    held = [i for i, frame in enumerate(journey.frames) if band in frame.plan.bands]
    if not held:
        return None, {}
    exposure = np.array([journey.frames[i].plan.exposure_s for i in held])
    on_io = [k for k, i in enumerate(held) if journey.frames[i].kind is FrameKind.IO]
    radiance = to_device(np.zeros((len(held), BAND_LINES, SAMPLES), np.float32), backend)
    truth = None
    if on_io:
        frames = tuple(held[k] for k in on_io)
        states = frame_states(journey.et[list(frames)], BANDS[band].spice_frame)
        offset = np.array([journey.frames[i].offset_px for i in frames])
        cameras = build_cameras(states, instrument.ifov_rad, offset=offset)
        seconds = exposure[on_io]
        rate = 0.0 if plan.despun else 2 * np.pi / plan.spin_period_s / instrument.ifov_rad
        lit = ~states.eclipsed
        rendered = render(
            scene,
            cameras.replace(
                constants=to_device(cameras.constants, backend),
                origin=to_device(cameras.origin, backend),
            ),
            BANDS[band],
            camera.optics(BANDS[band]),
            rate * seconds,
            lit,
        )
        radiance[on_io] = rendered.radiance
        truth = BandTruth(frames, states, cameras, seconds, rate * seconds, lit, rendered)
    taken = expose(radiance, exposure, camera, BANDS[band], rng)
    images = to_host(taken.image)
    return truth, dict(zip(held, images, strict=True))
