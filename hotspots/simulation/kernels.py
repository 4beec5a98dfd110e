"""Kernel files of a visit: its trajectory (SPK), its attitude (CK) and what both stand on.

A folder of kernels holds any number of visits: text kernels and metakernel are common,
each visit adds ``juno_io_pjNN.bsp`` and ``juno_sc_pjNN.bc``.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import spiceypy
from numpy.typing import NDArray

from hotspots.errors import KernelError
from hotspots.products.atomic import atomic_file
from hotspots.simulation.attitude import Spin
from hotspots.simulation.flyby import Trajectory
from hotspots.simulation.kernel_texts import TEXT_KERNELS, metakernel_text

__all__ = [
    "METAKERNEL",
    "attitude_kernel",
    "kernels_before_visits",
    "trajectory_kernel",
    "write_attitude",
    "write_metakernel",
    "write_text_kernels",
    "write_trajectory",
]

Float64 = NDArray[np.float64]

METAKERNEL = "juno_io.tm"

SPACECRAFT, IO, JUPITER, JUPITER_BARYCENTRE, SUN = -61, 501, 599, 5, 10
SPACECRAFT_FRAME = -61000
CLOCK = -61

ATTITUDE_STEP_S = 5.0
"""A sixth of a turn: between two records SPICE turns evenly, as the spacecraft does."""


def trajectory_kernel(name: str) -> str:
    """File name of the trajectory of a visit, such as ``juno_io_pj57.bsp``."""
    return f"juno_io_{name.lower()}.bsp"


def attitude_kernel(name: str) -> str:
    """File name of the attitude of a visit, such as ``juno_sc_pj57.bc``."""
    return f"juno_sc_{name.lower()}.bc"


def kernels_before_visits(metakernel: Path) -> tuple[Path, ...]:
    """Text kernels beside a metakernel: what reading a clock needs."""
    return tuple(metakernel.parent / name for name in TEXT_KERNELS)


def write_text_kernels(folder: Path) -> tuple[Path, ...]:
    """Write leap seconds, clock, constants, frames and instrument.

    Parameters
    ----------
    folder : Path
        Made where it does not exist.

    Returns
    -------
    tuple of Path
        In the order of loading.

    Raises
    ------
    ProductError
        If a file cannot be written.
    """
    paths = tuple(folder / name for name in TEXT_KERNELS)
    for path in paths:
        with atomic_file(path) as partial:
            partial.write_text(TEXT_KERNELS[path.name], encoding="ascii")
    return paths


def write_metakernel(folder: Path, visits: Iterable[str]) -> Path:
    """Write the metakernel of the visits whose kernels are in a folder.

    Parameters
    ----------
    folder : Path
    visits : iterable of str
        Names such as ``PJ57``, in the order of loading.

    Returns
    -------
    Path

    Raises
    ------
    ProductError
        If the file cannot be written.
    """
    names = list(TEXT_KERNELS)
    for visit in visits:
        names += [trajectory_kernel(visit), attitude_kernel(visit)]
    path = folder / METAKERNEL
    with atomic_file(path) as partial:
        partial.write_text(metakernel_text(names), encoding="ascii")
    return path


def write_trajectory(path: Path, trajectory: Trajectory) -> None:
    """Write an SPK with the spacecraft, Io, Jupiter and the Sun.

    Jupiter stands at the barycentre of its system and the Sun at that of the Solar System:
    this moves both by the same and changes no direction between them that matters.

    Parameters
    ----------
    path : Path
        Replaced where it exists.
    trajectory : Trajectory

    Raises
    ------
    KernelError
        If SPICE cannot write the file.
    """
    still = np.zeros_like(trajectory.io)
    segments = (
        (SPACECRAFT, IO, trajectory.spacecraft),
        (IO, JUPITER_BARYCENTRE, trajectory.io),
        (JUPITER, JUPITER_BARYCENTRE, still),
        (JUPITER_BARYCENTRE, 0, trajectory.jupiter),
        (SUN, 0, still),
    )
    epochs = np.ascontiguousarray(trajectory.et)
    path.unlink(missing_ok=True)
    try:
        handle = spiceypy.spkopn(str(path), "simulated visit", 0)
        for body, centre, states in segments:
            spiceypy.spkw13(
                handle,
                body,
                centre,
                "J2000",
                epochs[0],
                epochs[-1],
                f"simulated {body} from {centre}",
                3,
                len(epochs),
                np.ascontiguousarray(states),
                epochs,
            )
        spiceypy.spkcls(handle)
    except spiceypy.exceptions.SpiceyError as error:
        msg = f"{path}: SPICE cannot write this trajectory ({error.short})"
        raise KernelError(msg) from error


def write_attitude(path: Path, spin: Spin, first_et: float, last_et: float) -> None:
    """Write a CK (type 3) of an even spin; the clock kernel must be loaded.

    Parameters
    ----------
    path : Path
        Replaced where it exists.
    spin : Spin
    first_et, last_et : float
        Coverage, TDB seconds past J2000.

    Raises
    ------
    KernelError
        If SPICE cannot write the file.
    """
    count = int(np.ceil((last_et - first_et) / ATTITUDE_STEP_S)) + 1
    epochs = first_et + ATTITUDE_STEP_S * np.arange(count)
    path.unlink(missing_ok=True)
    try:
        ticks = np.array([spiceypy.sce2c(CLOCK, et) for et in epochs])
        turns = np.array(
            [spiceypy.m2q(np.ascontiguousarray(spin.to_inertial(et).T)) for et in epochs]
        )
        # A rotation and its negative quaternion are one; neighbours must not jump.
        flips = np.cumprod(np.where(np.sum(turns[1:] * turns[:-1], axis=1) < 0, -1.0, 1.0))
        turns[1:] *= flips[:, None]
        rates = np.tile(spin.axis * spin.rate, (count, 1))
        handle = spiceypy.ckopn(str(path), "simulated visit", 0)
        spiceypy.ckw03(
            handle,
            ticks[0],
            ticks[-1],
            SPACECRAFT_FRAME,
            "J2000",
            True,
            "simulated attitude",
            count,
            ticks,
            turns,
            rates,
            1,
            [ticks[0]],
        )
        spiceypy.ckcls(handle)
    except spiceypy.exceptions.SpiceyError as error:
        msg = f"{path}: SPICE cannot write this attitude ({error.short})"
        raise KernelError(msg) from error
