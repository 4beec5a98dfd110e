"""`travel`: the spacecraft on its way past Io, as kernel files, and the frames it takes there."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spiceypy
from numpy.typing import NDArray

from hotspots.archive.kernels import KernelPool
from hotspots.simulation.aiming import AimedFrame, aim
from hotspots.simulation.flyby import Trajectory, middle_of_visit, random_flyby
from hotspots.simulation.frame_products import clock_at
from hotspots.simulation.kernels import (
    attitude_kernel,
    trajectory_kernel,
    write_attitude,
    write_metakernel,
    write_text_kernels,
    write_trajectory,
)
from hotspots.simulation.plan import Plan
from hotspots.simulation.settings import SimulationSettings, Track
from hotspots.simulation.tracks import track_of_frame_list, track_of_kernels

__all__ = ["Journey", "travel"]

ATTITUDE_MARGIN_S = 60.0


@dataclass(frozen=True)
class Journey:
    """Frames of a visit and the kernels that place them.

    Parameters
    ----------
    frames : tuple of AimedFrame, length n
        In time order.
    et : array (n,) float64
        Their starts of exposure to the nearest count of the clock, TDB s past J2000.
    metakernel : Path
    """

    frames: tuple[AimedFrame, ...]
    et: NDArray[np.float64]
    metakernel: Path


def travel(
    settings: SimulationSettings,
    plan: Plan,
    source_points_km: NDArray[np.float64],
    folder: Path,
    *,
    dark_frames: int,
    rng: np.random.Generator,
) -> Journey:
    """Draw or read a track, turn the spacecraft, and write the kernels of both.

    Parameters
    ----------
    settings : SimulationSettings
    plan : Plan
    source_points_km : array (k, 3)
        Body-fixed places that close frames may be aimed at, km.
    folder : Path
        For the kernels.
    dark_frames : int
        At each exposure time.
    rng : numpy.random.Generator

    Returns
    -------
    Journey

    Raises
    ------
    KernelError
        If kernels cannot be written, or those of the settings not read.
    ConfigurationError
        If the frame list of the settings cannot be used.
    """
    with KernelPool(write_text_kernels(folder)):
        trajectory, middle = _track(settings, plan, rng)
        spin, frames = aim(
            plan,
            trajectory,
            middle,
            source_points_km,
            settings.observing,
            dark_frames=dark_frames,
            ifov_rad=settings.instrument.ifov_rad,
            rng=rng,
        )
        write_trajectory(folder / trajectory_kernel(plan.name), trajectory)
        write_attitude(
            folder / attitude_kernel(plan.name),
            spin,
            frames[0].et - ATTITUDE_MARGIN_S,
            frames[-1].et + ATTITUDE_MARGIN_S,
        )
        et = np.array([clock_at(frame.et).et for frame in frames])
    return Journey(tuple(frames), et, write_metakernel(folder, [plan.name]))


def _track(
    settings: SimulationSettings, plan: Plan, rng: np.random.Generator
) -> tuple[Trajectory, float]:
    """The way of the spacecraft and the middle of the visit (TDB s past J2000)."""
    duration = plan.interval_s * len(plan.frames)
    match settings.flyby.track:
        case Track.frame_list:
            return track_of_frame_list(settings.flyby, duration, rng)
        case Track.kernels:
            return track_of_kernels(settings.flyby)
        case Track.random:
            day = spiceypy.str2et(f"{plan.day:%Y-%m-%d}")
            middle = middle_of_visit(settings.flyby, day, rng)
            return random_flyby(settings.flyby, middle, despun=plan.despun, rng=rng), middle
