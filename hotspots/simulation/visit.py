"""`simulate_visit`: from one seed to the frames that a visit would have left, and the truth.

The kernels are true files, and the geometry is asked of SPICE like that of any visit, so
whatever reads an archive reads this.  Frames come as the archive's reader gives them;
`hotspots.simulation.archive_files` writes the files where somebody wants them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.image import missing_packets
from hotspots.archive.kernels import KernelPool
from hotspots.backend import Backend
from hotspots.calibration.swaths import RawFrame
from hotspots.config.instrument import InstrumentSettings
from hotspots.geometry.state import FrameStates, frame_states
from hotspots.planck import BANDS
from hotspots.simulation.aiming import FrameKind
from hotspots.simulation.band_frames import BandTruth, take_band
from hotspots.simulation.camera_state import CameraState, draw_camera
from hotspots.simulation.frame_products import clock_at, make_product, name_lags
from hotspots.simulation.journey import Journey, travel
from hotspots.simulation.plan import Plan, draw_plan
from hotspots.simulation.scene import Scene, draw_scene
from hotspots.simulation.settings import SimulationSettings

__all__ = ["BandTruth", "FrameKind", "SimulatedVisit", "simulate_visit"]


@dataclass(frozen=True, kw_only=True)
class SimulatedVisit:
    """One visit: its frames and what went into them.

    Parameters
    ----------
    seed : int
        That it was drawn from.
    instrument : InstrumentSettings
        Nominal numbers.
    plan : Plan
        Orbit, level of processing, mirror, exposures.
    frames : tuple of RawFrame, length n
        In time order, as a reader gives them; paths of the products are relative to an
        archive.  In rare cases a frame has lost all its packets.
    kinds : tuple of FrameKind, length n
    offset_px : array (n, 2) float64
        True pointing correction (rx, ry) of each frame against SPICE, pixels of angle, as
        `hotspots.geometry.cameras.build_cameras` takes it.
    m_states : FrameStates of length n
        Of the M half of the camera, as SPICE predicts it, of all frames.
    bands : dict of str to BandTruth
        By band; a band that no frame of Io holds is left out.
    scene : Scene
    camera : CameraState
    metakernel : Path
        Kernels that cover the visit; load them with `hotspots.archive.kernels.KernelPool`.
    """

    seed: int
    instrument: InstrumentSettings
    plan: Plan
    frames: tuple[RawFrame, ...]
    kinds: tuple[FrameKind, ...]
    offset_px: NDArray[np.float64]
    m_states: FrameStates
    bands: dict[str, BandTruth]
    scene: Scene
    camera: CameraState
    metakernel: Path

    @property
    def name(self) -> str:
        """Such as ``PJ57``."""
        return self.plan.name

    @property
    def orbit(self) -> int:
        """Number of the orbit; the mirror is parked from 44 on."""
        return self.plan.orbit

    @property
    def level(self) -> str:
        """``"EDR"`` (counts) or ``"RDR"`` (band radiance)."""
        return self.plan.level


def simulate_visit(
    settings: SimulationSettings,
    seed: int,
    folder: Path,
    *,
    orbit: int | None = None,
    backend: Backend = Backend.CPU,
) -> SimulatedVisit:
    """Simulate one visit.

    Parameters
    ----------
    settings : SimulationSettings
    seed : int
        The same seed, settings and orbit give the same visit.
    folder : Path
        For the kernels, made where it does not exist; no other file is written.
    orbit : int, optional
        Drawn without it.
    backend : Backend
        Where scene and camera are computed; the frames are host arrays in any case.

    Returns
    -------
    SimulatedVisit

    Raises
    ------
    KernelError
        If the kernels cannot be written, or those of ``settings.flyby.kernels`` read.
    ConfigurationError
        If the table of ``settings.flyby.frame_list`` cannot be used.
    """
    streams = _streams(seed)
    rng = next(streams)
    drawn = int(rng.integers(settings.observing.first_orbit, settings.observing.last_orbit + 1))
    plan = draw_plan(settings.observing, drawn if orbit is None else orbit, rng)
    scene = draw_scene(settings.scene, next(streams))
    camera = draw_camera(settings.camera, next(streams), plan.level)
    journey = travel(
        settings,
        plan,
        scene.source_points_km,
        folder,
        dark_frames=camera.dark_frames,
        rng=next(streams),
    )
    bands: dict[str, BandTruth] = {}
    parts: list[list[NDArray[Any]]] = [[] for _ in journey.frames]
    with KernelPool(journey.metakernel):
        for band in ("L", "M"):  # in file order
            truth, images = take_band(
                band,
                scene,
                camera,
                plan,
                journey,
                settings.instrument,
                next(streams),
                backend,
            )
            if truth is not None:
                bands[band] = truth
            for place, image in images.items():
                parts[place].append(image)
        frames = _raw_frames(
            plan, journey, camera, parts, settings.observing.log_fraction, next(streams)
        )
        m_states = frame_states(journey.et, BANDS["M"].spice_frame)
    return SimulatedVisit(
        seed=seed,
        instrument=settings.instrument,
        plan=plan,
        frames=frames,
        kinds=tuple(frame.kind for frame in journey.frames),
        offset_px=np.array([frame.offset_px for frame in journey.frames]),
        m_states=m_states,
        bands=bands,
        scene=scene,
        camera=camera,
        metakernel=journey.metakernel,
    )


def _streams(seed: int) -> Iterator[np.random.Generator]:
    """Independent generators, so that one more draw in one place changes no other."""
    root = np.random.SeedSequence(seed)
    while True:
        yield np.random.default_rng(root.spawn(1)[0])


def _raw_frames(
    plan: Plan,
    journey: Journey,
    camera: CameraState,
    parts: list[list[NDArray[Any]]],
    log_fraction: float,
    rng: np.random.Generator,
) -> tuple[RawFrame, ...]:
    """Frames with the facts of their labels; ``parts`` are their bands in file order."""
    lags = name_lags(plan.level, rng)
    frames = []
    for i, (frame, et) in enumerate(zip(journey.frames, journey.et, strict=True)):
        image = np.concatenate(parts[i])
        missing = missing_packets(image)
        product = make_product(
            plan,
            frame.plan,
            frame.kind,
            clock_at(et),
            image,
            sequence_number=i + 2,  # the first of a sequence is never delivered
            lag_s=next(lags),
            background_subtracted=camera.background_subtracted,
            complete=not missing.any(),
            with_log=bool(rng.random() < log_fraction),
        )
        frames.append(RawFrame(product, image, missing, float(et)))
    return tuple(frames)
