"""Where a visit looks: its spin axis and the moment of every frame.

The axis is chosen once so that Io stays near the plane that the camera sweeps; then each
frame is taken when that part of the detector passes Io that is meant to see it, or, where
Io overfills the detector, a drawn part of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import spiceypy
from numpy.typing import NDArray

from hotspots.body import IO_FRAME, IO_MEAN_RADIUS_KM
from hotspots.geometry.cameras import ARRAY_MIDDLE
from hotspots.planck import BANDS
from hotspots.simulation.attitude import Spin, aimed_time, camera_ray, spin_axis
from hotspots.simulation.flyby import Trajectory
from hotspots.simulation.observing_settings import ObservingSettings
from hotspots.simulation.plan import FramePlan, Plan
from hotspots.simulation.pointing_error import draw_offsets

__all__ = ["AimedFrame", "FrameKind", "aim"]

Float64 = NDArray[np.float64]

HALF_FIELD_RAD = 216 * 237.767e-6
"""From the middle of the array to its end across the spin."""

LARGEST_SKY_RADIUS_PX = 250.0
"""With a larger Io even a parked mirror's 534 lines do not lead off it."""

SMALLEST_COS_EMISSION = 0.25


class FrameKind(StrEnum):
    """What a frame was aimed at."""

    IO = "io"
    DARK = "dark"
    """Empty sky, to measure the dark of raw frames."""
    SKY = "sky"
    """Empty sky, and the kernels say so."""
    SKY_PREDICTED_IO = "sky_pred"
    """Empty sky where the kernels, which do not know the parked mirror, see Io."""


@dataclass(frozen=True)
class AimedFrame:
    """A frame with its time.

    Parameters
    ----------
    et : float
        Start of exposure, TDB seconds past J2000.
    plan : FramePlan
    kind : FrameKind
    offset_px : array (2,)
        True pointing correction (rx, ry) against the kernels, pixels of angle.
    """

    et: float
    plan: FramePlan
    kind: FrameKind
    offset_px: Float64


def aim(
    plan: Plan,
    trajectory: Trajectory,
    middle_et: float,
    source_points_km: Float64,
    settings: ObservingSettings,
    *,
    dark_frames: int,
    ifov_rad: float,
    rng: np.random.Generator,
) -> tuple[Spin, list[AimedFrame]]:
    """Choose the attitude of a visit and the times of its frames.

    Parameters
    ----------
    plan : Plan
    trajectory : Trajectory
    middle_et : float
        Middle of the visit, TDB seconds past J2000.
    source_points_km : array (k, 3)
        Body-fixed places that frames may be aimed at, km.
    settings : ObservingSettings
    dark_frames : int
        Dark frames to take at each exposure time.
    ifov_rad : float
    rng : numpy.random.Generator
        Text kernels must be loaded.

    Returns
    -------
    spin : Spin
    frames : list of AimedFrame
        In time order.
    """
    count = len(plan.frames)
    about = middle_et + plan.interval_s * (np.arange(count) - (count - 1) / 2)
    ends = [-trajectory.position(et) for et in (about[0], about[-1])]
    distance = float(np.linalg.norm(trajectory.position(middle_et)))
    radius = float(np.arcsin(IO_MEAN_RADIUS_KM / distance))
    overfills = radius > HALF_FIELD_RAD
    reach = 0.6 * radius if overfills else 0.25 * max(HALF_FIELD_RAD - radius, 0.3 * radius)
    axis = spin_axis(
        ends[0], ends[1], rng, tilt_rad=float(np.clip(rng.normal(), -2, 2) / 2 * reach)
    )
    reference = np.cross(axis, rng.normal(size=3))
    spin = Spin(axis, reference / np.linalg.norm(reference), float(about[0]), plan.spin_period_s)
    total = count + dark_frames * count + settings.sky_frames + 1
    offsets = draw_offsets(settings, despun=plan.despun, count=total, ifov_rad=ifov_rad, rng=rng)
    frames: list[AimedFrame] = []
    chosen: int | None = None
    for one, nominal, offset in zip(plan.frames, about, offsets, strict=False):
        et = float(nominal)
        target = _io_target(trajectory)
        if overfills and rng.random() < settings.aim_at_sources:
            places = _places_in_view(trajectory, spin, et, source_points_km)
            chosen = _choose(places, chosen, settings.dwell, rng)
            if chosen is not None:
                target = _place_target(trajectory, et, source_points_km[chosen])
        line = _line_of_target(radius / ifov_rad, rng, whole=overfills)
        ray = camera_ray(BANDS[one.aimed_band].spice_frame, line, offset, ifov_rad)
        time = et
        for _ in range(3):  # the target moves a little while the spacecraft turns to it
            time = aimed_time(spin, ray, target(time), time)
        while frames and time < frames[-1].et + 0.6 * spin.period_s:
            time += spin.period_s
            time = aimed_time(spin, ray, target(time), time)
        frames.append(AimedFrame(time, one, FrameKind.IO, offset))
    extra = _empty_frames(frames, plan, spin, settings, dark_frames, rng)
    if not plan.despun and settings.sky_frames and radius / ifov_rad < LARGEST_SKY_RADIUS_PX:
        ray = camera_ray(BANDS["M"].spice_frame, ARRAY_MIDDLE[1], np.zeros(2), ifov_rad)
        after = frames[-1].et + plan.spin_period_s
        one = FramePlan(("M",), plan.frames[-1].exposure_s, "M")
        when = aimed_time(spin, ray, -trajectory.position(after), after)
        extra.append((when, one, FrameKind.SKY_PREDICTED_IO))
    rest = iter(offsets[count:])
    frames += [AimedFrame(et, one, kind, next(rest)) for et, one, kind in extra]
    return spin, sorted(frames, key=lambda frame: frame.et)


Target = Callable[[float], Float64]


def _io_target(trajectory: Trajectory) -> Target:
    return lambda et: -trajectory.position(et)


def _place_target(trajectory: Trajectory, et: float, point_km: Float64) -> Target:
    """A place of the surface; Io hardly turns while the spacecraft does so once."""
    point = np.asarray(spiceypy.pxform(IO_FRAME, "J2000", et)) @ point_km
    return lambda time: point - trajectory.position(time)


def _places_in_view(
    trajectory: Trajectory, spin: Spin, et: float, points_km: Float64
) -> NDArray[np.intp]:
    """Indices of the places that the camera sweeps over and that are well in view."""
    points = points_km @ np.asarray(spiceypy.pxform(IO_FRAME, "J2000", et)).T
    away = points - trajectory.position(et)
    away /= np.linalg.norm(away, axis=1, keepdims=True)
    up = points / np.linalg.norm(points, axis=1, keepdims=True)
    seen = -np.sum(away * up, axis=1) > SMALLEST_COS_EMISSION
    swept = np.abs(away @ spin.axis) < np.sin(0.9 * HALF_FIELD_RAD)
    return np.flatnonzero(seen & swept)


def _choose(
    places: NDArray[np.intp], last: int | None, dwell: float, rng: np.random.Generator
) -> int | None:
    """One of some places, often the last one again; None where there is none."""
    if last is not None and last in places and rng.random() < dwell:
        return last
    return int(rng.choice(places)) if len(places) else None


def _line_of_target(radius_px: float, rng: np.random.Generator, *, whole: bool) -> float:
    """Line that the target falls on: scattered, and over the disc where it is larger."""
    half = ARRAY_MIDDLE[1]
    spread = 0.8 * half if whole else max(radius_px - 0.5 * half, half - 0.7 * radius_px)
    return half + spread * float(rng.uniform(-1, 1))


def _empty_frames(
    frames: list[AimedFrame],
    plan: Plan,
    spin: Spin,
    settings: ObservingSettings,
    dark_frames: int,
    rng: np.random.Generator,
) -> list[tuple[float, FramePlan, FrameKind]]:
    """Times about half a turn after frames of Io, when the camera looks the other way."""
    wanted = []
    if plan.level == "EDR":
        for exposure in sorted({frame.plan.exposure_s for frame in frames}):
            group = [f for f in frames if f.plan.exposure_s == exposure]
            held = {band for f in group for band in f.plan.bands}
            bands = tuple(band for band in ("L", "M") if band in held)
            one = FramePlan(bands, exposure, bands[-1])
            wanted += [(group, one, FrameKind.DARK)] * min(dark_frames, len(group))
    one = FramePlan(("M",), frames[-1].plan.exposure_s, "M")
    wanted += [(frames, one, FrameKind.SKY)] * min(settings.sky_frames, len(frames))
    taken: set[float] = set()
    found = []
    for group, one, kind in wanted:
        free = [f.et for f in group if f.et not in taken]
        if free:
            start = float(rng.choice(free))
            taken.add(start)
            found.append((start + spin.period_s * rng.uniform(0.35, 0.65), one, kind))
    return found
