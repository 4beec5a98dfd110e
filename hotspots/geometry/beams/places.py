"""What SPICE knows of a row whatever the attitude: Io, Jupiter, the turn of their axes."""

from dataclasses import dataclass

import numpy as np
import spiceypy
from numpy.typing import NDArray
from spiceypy.utils.exceptions import SpiceyError

from hotspots.body import IO_FRAME, IO_NAME
from hotspots.errors import KernelError
from hotspots.geometry.beams.beams import Beams

__all__ = ["Places", "assembled", "places", "spice_problem"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class Places:
    """Ephemeris of n epochs.

    Parameters
    ----------
    io_from_jupiter_km : array (n, 3) float64
        J2000 axes, km, geometric.
    to_io : array (n, 3, 3) float64
        J2000 to ``IAU_IO``.
    to_jupiter : array (n, 3, 3) float64
        J2000 to ``IAU_JUPITER`` (System III).
    """

    io_from_jupiter_km: Float64
    to_io: Float64
    to_jupiter: Float64


def spice_problem(error: SpiceyError, what: str) -> KernelError:
    """SPICE's complaint as this package's error, with what to do about it."""
    detail = str(getattr(error, "short", "")) or type(error).__name__
    msg = f"{what} ({detail}): add the kernels that cover these times to the metakernel"
    return KernelError(msg)


def places(et: Float64) -> Places:
    """Io, Jupiter and their axes at many epochs.

    Parameters
    ----------
    et : array (n,) float64
        TDB seconds past J2000.

    Raises
    ------
    KernelError
        If the loaded kernels lack Io's ephemeris or the axes of Io or Jupiter.
    """
    try:
        io = [spiceypy.spkpos(IO_NAME, time, "J2000", "NONE", "JUPITER")[0] for time in et]
        to_io = [spiceypy.pxform("J2000", IO_FRAME, time) for time in et]
        to_jupiter = [spiceypy.pxform("J2000", "IAU_JUPITER", time) for time in et]
    except SpiceyError as error:
        what = "no place of Io and Jupiter for the radiometer's rows"
        raise spice_problem(error, what) from error
    return Places(
        np.asarray(io, np.float64).reshape(-1, 3),
        np.asarray(to_io, np.float64).reshape(-1, 3, 3),
        np.asarray(to_jupiter, np.float64).reshape(-1, 3, 3),
    )


def assembled(et: Float64, axes: Float64, juno_from_jupiter_km: Float64, known: Places) -> Beams:
    """Turn antennas and Juno's place from J2000 to Io's axes.

    Parameters
    ----------
    et : array (n,) float64
    axes : array (n, 6, 3, 3) float64
        Axes of the antennas in J2000 (`hotspots.geometry.beams.attitude`).
    juno_from_jupiter_km : array (n, 3) float64
        J2000 axes, km.
    known : Places
        Of the same epochs.
    """
    juno = np.einsum("nij,nj->ni", known.to_io, juno_from_jupiter_km - known.io_from_jupiter_km)
    jupiter = -np.einsum("nij,nj->ni", known.to_io, juno_from_jupiter_km)
    turned = axes @ np.swapaxes(known.to_io, -1, -2)[:, None]
    jupiter_axes = known.to_jupiter @ np.swapaxes(known.to_io, -1, -2)
    return Beams(np.asarray(et, np.float64), turned, juno, jupiter, known.to_io, jupiter_axes)
