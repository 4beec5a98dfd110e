"""`Passage`: one way past Io, the turn of the spacecraft on it, and the kernels of both.

All antennas look across the spin axis, so Io is seen once a turn as long as the axis stands
across the line of sight.  It is drawn by two angles: how far it is from the normal of
the plane of the flyby (turning along the way, the scans drift over the disc), and by how
much the scans miss the disc's centre at closest approach.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.kernels import KernelPool
from hotspots.config.checks import require_positive, require_within
from hotspots.products.atomic import atomic_file
from hotspots.simulation.attitude import Spin
from hotspots.simulation.flyby import Trajectory, middle_of_visit, random_flyby
from hotspots.simulation.flyby_settings import FlybySettings
from hotspots.simulation.kernel_texts import metakernel_text
from hotspots.simulation.kernels import (
    METAKERNEL,
    attitude_kernel,
    trajectory_kernel,
    write_attitude,
    write_trajectory,
)
from hotspots.simulation.radiometer.frame_texts import RADIOMETER_TEXT_KERNELS
from hotspots.simulation.ranges import Range, require_ranges

__all__ = [
    "Passage",
    "PassageRanges",
    "draw_passage",
    "radiometer_metakernel",
    "radiometer_text_kernels",
]

Float64 = NDArray[np.float64]

ATTITUDE_MARGIN_S = 120.0


@dataclass(frozen=True)
class PassageRanges:
    """How Juno passes Io.

    Parameters
    ----------
    altitude_km : Range
        Of the closest approach above the mean surface.
    speed_km_s : Range
        Against Io.
    polar_bias : float
        As in `FlybySettings`: most of Juno's passes run from pole to pole.
    spin_period_s : Range
        Some 30 s (2 turns a minute).
    axis_to_motion_deg : Range
        Between the spin axis and the direction of flight.
    scan_offset_deg : Range
        By how much the scans miss Io's centre at closest approach.
    minutes : Range
        Recorded before and after the closest approach.
    row_spacing_s : float
        The archive's fast mode: 30,000 rows an hour.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    altitude_km: Range = Range(1500.0, 30_000.0, logarithmic=True)
    speed_km_s: Range = Range(25.0, 32.0)
    polar_bias: float = 1.5
    spin_period_s: Range = Range(29.5, 31.0)
    axis_to_motion_deg: Range = Range(70.0, 90.0)
    scan_offset_deg: Range = Range(-6.0, 6.0)
    minutes: Range = Range(6.0, 8.0)
    row_spacing_s: float = 0.12

    def __post_init__(self) -> None:
        require_ranges(self, 300.0, 400_000.0, "altitude_km")
        require_ranges(self, 1.0, 100.0, "speed_km_s")
        require_ranges(self, 10.0, 600.0, "spin_period_s")
        require_ranges(self, 0.0, 180.0, "axis_to_motion_deg")
        require_ranges(self, -60.0, 60.0, "scan_offset_deg")
        require_ranges(self, 0.1, 120.0, "minutes")
        require_within(self, 0.0, 100.0, "polar_bias")
        require_positive(self, "row_spacing_s")


@dataclass(frozen=True)
class Passage:
    """One flyby.

    Parameters
    ----------
    name : str
        Such as ``PJ57``.
    et : array (n,) float64
        Middles of the integrations, TDB seconds past J2000.
    trajectory : Trajectory
    spin : Spin
    """

    name: str
    et: Float64
    trajectory: Trajectory
    spin: Spin

    @property
    def turn(self) -> NDArray[np.int64]:
        """Number of the turn that each row belongs to (n,)."""
        turns = np.floor((self.et - self.spin.start_et) / self.spin.period_s)
        return np.asarray(turns - turns[0], np.int64)


def draw_passage(
    ranges: PassageRanges, name: str, day_et: float, rng: np.random.Generator
) -> Passage:
    """Draw a flyby; the text kernels must be loaded.

    Parameters
    ----------
    ranges : PassageRanges
    name : str
    day_et : float
        TDB seconds past J2000; the closest approach is within one orbit of Io after it.
    rng : numpy.random.Generator

    Returns
    -------
    Passage
    """
    flyby = FlybySettings(
        altitude_km=ranges.altitude_km,
        speed_km_s=ranges.speed_km_s,
        polar_bias=ranges.polar_bias,
        departure=Range.fixed(1.0),
    )
    middle_et = middle_of_visit(flyby, day_et, rng)
    trajectory = random_flyby(flyby, middle_et, despun=False, rng=rng)
    period = ranges.spin_period_s.draw(rng)
    axis = _spin_axis(trajectory, middle_et, ranges, rng)
    reference = np.cross(axis, rng.normal(size=3))
    reference /= np.linalg.norm(reference)
    half = 60.0 * ranges.minutes.draw(rng)
    first = middle_et - half
    count = int(2 * half / ranges.row_spacing_s)
    spin = Spin(axis, reference, first - period * rng.random(), period)
    et = np.asarray(first + ranges.row_spacing_s * np.arange(count))
    return Passage(name, et, trajectory, spin)


def _spin_axis(
    trajectory: Trajectory, middle_et: float, ranges: PassageRanges, rng: np.random.Generator
) -> Float64:
    step = 1.0
    before, here = trajectory.position(middle_et - step), trajectory.position(middle_et)
    motion = (trajectory.position(middle_et + step) - before) / (2 * step)
    motion /= np.linalg.norm(motion)
    towards = -here / np.linalg.norm(here)
    normal = np.cross(motion, towards)
    tilt = radians(ranges.axis_to_motion_deg.draw(rng))
    offset = radians(ranges.scan_offset_deg.draw(rng))
    across = cos(offset) * normal + sin(offset) * towards
    axis = rng.choice([-1.0, 1.0]) * (cos(tilt) * motion + sin(tilt) * across)
    return np.asarray(axis / np.linalg.norm(axis))


def radiometer_text_kernels(folder: Path) -> tuple[Path, ...]:
    """Write the text kernels that all flybys share into a folder that exists.

    Raises
    ------
    ProductError
        If a file cannot be written.
    """
    paths = tuple(folder / name for name in RADIOMETER_TEXT_KERNELS)
    for path in paths:
        with atomic_file(path) as partial:
            partial.write_text(RADIOMETER_TEXT_KERNELS[path.name], encoding="ascii")
    return paths


def radiometer_metakernel(folder: Path, there: Sequence[str], new: Sequence[Passage]) -> Path:
    """Write kernels of flybys and the metakernel of a folder with its text kernels.

    Parameters
    ----------
    folder : Path
    there : sequence of str
        Names of flybys whose kernels are in the folder already.
    new : sequence of Passage
        Those to write.

    Returns
    -------
    Path
        The metakernel, of both.

    Raises
    ------
    KernelError
        If SPICE cannot write a kernel.
    ProductError
        If the metakernel cannot be written.
    """
    with KernelPool([folder / name for name in RADIOMETER_TEXT_KERNELS]):
        for one in new:
            write_trajectory(folder / trajectory_kernel(one.name), one.trajectory)
            first, last = one.et[0] - ATTITUDE_MARGIN_S, one.et[-1] + ATTITUDE_MARGIN_S
            write_attitude(folder / attitude_kernel(one.name), one.spin, first, last)
    names = list(RADIOMETER_TEXT_KERNELS)
    for visit in sorted([*there, *(one.name for one in new)]):
        names += [trajectory_kernel(visit), attitude_kernel(visit)]
    path = folder / METAKERNEL
    with atomic_file(path) as partial:
        partial.write_text(metakernel_text(names), encoding="ascii")
    return path
