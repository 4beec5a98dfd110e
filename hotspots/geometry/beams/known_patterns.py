"""The six patterns: shipped fits of the main lobes, or a user's own measured tables.

The measured tables (``antenna1.txt`` .. ``antenna6.txt`` of the archive's page) have 360
rows, azimuth 0..359 degrees, and 181 columns, 0..180 degrees from the boresight, in dB.
"""

from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.polynomial import legendre

from hotspots.errors import GeometryError
from hotspots.geometry.beams.pattern import Pattern, pattern_from_profile
from hotspots.radiometer import CHANNELS

__all__ = ["measured_patterns", "shipped_patterns"]

TABLE_SHAPE = (360, 181)


def shipped_patterns() -> tuple[Pattern, ...]:
    """Patterns of the six antennas from Legendre fits, the same at every azimuth.

    The fits are good in the main lobe; they are even about 90 degrees, so the half-space
    behind the antenna is taken as dark.  Source and licence: ``patterns/README.md``.
    """
    table = files("hotspots.geometry.beams").joinpath("patterns", "legendre.csv")
    with table.open(encoding="utf-8") as stream:
        rows = np.loadtxt(stream, delimiter=",", skiprows=1)
    coefficients = np.zeros((int(rows[-1, 0]) + 1, len(CHANNELS)))
    coefficients[rows[:, 0].astype(int)] = rows[:, 1:]
    theta = np.linspace(0.0, 90.0, 1801)
    power = legendre.legval(np.cos(np.radians(theta)), coefficients)
    return tuple(pattern_from_profile(theta, one) for one in power)


def measured_patterns(folder: Path) -> tuple[Pattern, ...]:
    """Patterns of the six antennas from ``antenna1.txt`` .. ``antenna6.txt``.

    Parameters
    ----------
    folder : Path

    Raises
    ------
    GeometryError
        If a file is missing or is no table of 360 by 181 numbers in dB.
    """
    return tuple(_measured(folder / f"antenna{channel.number}.txt") for channel in CHANNELS)


def _measured(path: Path) -> Pattern:
    try:
        decibel = np.loadtxt(path)
    except (OSError, ValueError) as error:
        msg = f"{path}: antenna pattern cannot be read ({error}); wanted numbers in dB"
        raise GeometryError(msg) from error
    if decibel.shape != TABLE_SHAPE:
        msg = f"{path}: antenna pattern of shape {decibel.shape}, wanted {TABLE_SHAPE}"
        raise GeometryError(msg)
    return pattern_from_profile(np.arange(181.0), 10.0 ** (0.1 * decibel))
