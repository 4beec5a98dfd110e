"""Tracks of real visits: from a table of the spacecraft's place above Io, or from kernels."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import spiceypy
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.optimize import minimize_scalar

from hotspots.archive.kernels import KernelPool
from hotspots.archive.metakernel import find_metakernel
from hotspots.body import IO_FRAME, SPEED_OF_LIGHT_KM_S
from hotspots.errors import ConfigurationError, KernelError
from hotspots.simulation.flyby import Trajectory, assemble, ephemeris_epochs, io_state
from hotspots.simulation.flyby_settings import FlybySettings

__all__ = ["read_frame_list", "track_of_frame_list", "track_of_kernels"]

Float64 = NDArray[np.float64]

# Beginnings of the headings that matter, small letters; two styles of table are about.
HEADINGS = {
    "time": ("image mid-time", "time (utc)"),
    "distance": ("sc distance", "sc range to io"),
    "latitude": ("sc latitude",),
    "west_longitude": ("sc w longitude",),
}
TIME_PATTERNS = ("%m/%d/%Y %H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S.%f", "%m/%d/%Y %H:%M:%S")

LEAST_ROWS = 4
"""A cubic needs as many."""

LARGEST_GAP_S = 900.0
"""Rows further apart belong to different runs of frames; between them nothing is known."""

SEARCH_STEP_S = 120.0


def read_frame_list(path: Path) -> tuple[list[str], Float64]:
    """Read where the spacecraft was above Io.

    Parameters
    ----------
    path : Path
        CSV table with the columns of `FlybySettings.frame_list`; others are passed over.

    Returns
    -------
    times : list of str, length k
        UTC, ISO.
    position_km : array (k, 3)
        Of the spacecraft, body-fixed (apparent place of the body), km; in time order.

    Raises
    ------
    ConfigurationError
        If the file cannot be read, lacks a column, or has fewer than four rows.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = [row for row in csv.reader(file) if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        msg = f"{path}: frame list cannot be read ({error}); wanted a CSV table in UTF-8"
        raise ConfigurationError(msg) from error
    heading = [cell.strip().lower() for cell in rows[0]] if rows else []
    columns = {}
    for name, beginnings in HEADINGS.items():
        found = [i for i, cell in enumerate(heading) if cell.startswith(beginnings)]
        if not found:
            msg = f"{path}: no column {beginnings[0]!r}; found {', '.join(heading) or 'none'}"
            raise ConfigurationError(msg)
        columns[name] = found[0]
    places = {}
    for number, row in enumerate(rows[1:], start=2):
        try:
            time = _iso(row[columns["time"]])
            distance, latitude, west = (
                float(row[columns[name]]) for name in ("distance", "latitude", "west_longitude")
            )
        except (IndexError, ValueError) as error:
            msg = f"{path} line {number}: {error}; wanted a time (UTC) and numbers"
            raise ConfigurationError(msg) from error
        lat, lon = np.radians(latitude), np.radians(-west)
        places[time] = distance * np.array(
            [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
        )
    if len(places) < LEAST_ROWS:
        msg = f"{path}: {len(places)} rows; wanted {LEAST_ROWS} or more, at different times"
        raise ConfigurationError(msg)
    times = sorted(places)
    return times, np.array([places[time] for time in times])


def _iso(text: str) -> str:
    for pattern in TIME_PATTERNS:
        try:
            time = datetime.strptime(text.strip(), pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
        return f"{time:%Y-%m-%dT%H:%M:%S.%f}"
    msg = f"time {text!r} is not like 02/17/2020 12:56:58.674"
    raise ValueError(msg)


def track_of_frame_list(
    settings: FlybySettings, duration_s: float, rng: np.random.Generator
) -> tuple[Trajectory, float]:
    """A smooth track through a table, and a middle of the visit inside it.

    Parameters
    ----------
    settings : FlybySettings
        Its ``frame_list``.
    duration_s : float
        Of the visit; its middle is drawn so that it fits, where it can.
    rng : numpy.random.Generator

    Returns
    -------
    trajectory : Trajectory
        Straight on beyond the ends of the table.
    middle_et : float
        TDB seconds past J2000.

    Raises
    ------
    ConfigurationError
        If the table cannot be used.
    """
    assert settings.frame_list is not None
    times, fixed = read_frame_list(settings.frame_list)
    et, fixed = _one_run(np.array([spiceypy.str2et(time) for time in times]), fixed, rng)
    seen = et - np.linalg.norm(fixed, axis=1) / SPEED_OF_LIGHT_KM_S
    inertial = np.array(
        [
            np.asarray(spiceypy.pxform(IO_FRAME, "J2000", when)) @ place
            for when, place in zip(seen, fixed, strict=True)
        ]
    )
    curve = CubicSpline(et, inertial)
    epochs = ephemeris_epochs(et[0], et[-1])
    inside = np.clip(epochs, et[0], et[-1])
    velocity = curve(inside, 1)
    position = curve(inside) + (epochs - inside)[:, None] * velocity
    slack = max(0.0, (et[-1] - et[0] - duration_s) / 2)
    middle = (et[0] + et[-1]) / 2 + slack * rng.uniform(-1, 1)
    return assemble(epochs, np.hstack([position, velocity])), float(middle)


def _one_run(
    et: Float64, position_km: Float64, rng: np.random.Generator
) -> tuple[Float64, Float64]:
    """Rows without a long pause between them: the run of a row that is drawn."""
    ends = np.flatnonzero(np.diff(et) > LARGEST_GAP_S) + 1
    runs = [run for run in np.split(np.arange(len(et)), ends) if len(run) >= LEAST_ROWS]
    if not runs:
        return et, position_km
    sizes = np.array([len(run) for run in runs])
    run = runs[int(rng.choice(len(runs), p=sizes / sizes.sum()))]
    return et[run], position_km[run]


def track_of_kernels(settings: FlybySettings) -> tuple[Trajectory, float]:
    """The track of real kernels about the closest approach to Io.

    Parameters
    ----------
    settings : FlybySettings
        Its ``kernels``, ``first_utc`` and ``last_utc``.

    Returns
    -------
    trajectory : Trajectory
        Of these kernels; Io and Jupiter are computed where they are not in them.
    middle_et : float
        Closest approach, TDB seconds past J2000.

    Raises
    ------
    KernelError
        If the kernels do not cover the time.
    ConfigurationError
        If the times are none.
    """
    assert settings.kernels is not None
    try:
        first, last = (spiceypy.str2et(t) for t in (settings.first_utc, settings.last_utc))
    except spiceypy.exceptions.SpiceyError as error:
        msg = (
            f"first_utc={settings.first_utc}, last_utc={settings.last_utc}: {error.short}; "
            "wanted times such as 2022-07-05T04:00"
        )
        raise ConfigurationError(msg) from error
    if not last > first:
        msg = f"last_utc={settings.last_utc} is not later than first_utc={settings.first_utc}"
        raise ConfigurationError(msg)
    with KernelPool(find_metakernel(settings.kernels, settings.kernels)):
        try:
            steps = max(3, int((last - first) / SEARCH_STEP_S))
            grid = np.linspace(first, last, steps)
            nearest = int(np.argmin([_distance(et) for et in grid]))
            ends = grid[max(nearest - 1, 0)], grid[min(nearest + 1, steps - 1)]
            middle = float(minimize_scalar(_distance, bounds=ends, method="bounded").x)
            epochs = ephemeris_epochs(middle, middle)
            spacecraft = np.array([_from_io(et) for et in epochs])
        except spiceypy.exceptions.SpiceyError as error:
            msg = (
                f"{settings.kernels}: no way of Juno from {settings.first_utc} to "
                f"{settings.last_utc} and 90 minutes about the closest approach ({error.short})"
            )
            raise KernelError(msg) from error
    return assemble(epochs, spacecraft), middle


def _from_io(et: float) -> Float64:
    """Juno from Io, (6,), with Io where the kernels or, failing that, its rotation put it."""
    try:
        return np.asarray(spiceypy.spkezr("JUNO", et, "J2000", "NONE", "IO")[0])
    except spiceypy.exceptions.SpiceyError:
        return np.asarray(spiceypy.spkezr("JUNO", et, "J2000", "NONE", "5")[0]) - io_state(et)


def _distance(et: float) -> float:
    return float(np.linalg.norm(_from_io(et)[:3]))
