"""Truth of a simulated flyby of the radiometer: maps of what was there, rows that were spoilt."""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from hotspots.errors import TruthError
from hotspots.radiometer import CHANNELS

__all__ = ["RadiometerTruth", "read_radiometer_truth", "unit_vectors"]

Float64 = NDArray[np.float64]

MAPS, BAD_ROWS = "maps.npz", "bad_rows.csv"

_ARRAYS = ("lat", "lon", "tb", "lava_fraction", "lava_eq10")


@dataclass(frozen=True)
class RadiometerTruth:
    """What was there, on c cells of equal area.

    Parameters
    ----------
    directions : array (c, 3)
        Unit vectors to the cells.
    tb_k : array (c, 6)
        Brightness temperature seen from straight above, K.
    lava_fraction : array (c,)
        Part of the area that is lava.
    lava_heat : array (c,)
        Part of the area that lava of ten years would need for the same excess at 0.6 GHz.
    bad_rows : dict of str to int
        Spoilt rows of the tables by kind.
    """

    directions: Float64
    tb_k: Float64
    lava_fraction: Float64
    lava_heat: Float64
    bad_rows: dict[str, int]

    @property
    def has_lava(self) -> bool:
        """Whether there is any."""
        return bool(np.any(self.lava_fraction > 0))


def read_radiometer_truth(folder: Path) -> RadiometerTruth:
    """Read the truth of one flyby.

    Parameters
    ----------
    folder : Path
        With ``maps.npz`` and ``bad_rows.csv``.

    Returns
    -------
    RadiometerTruth

    Raises
    ------
    TruthError
        If a file is missing, cannot be read, or lacks an array.
    """
    path = folder / MAPS
    try:
        with np.load(path, allow_pickle=False) as arrays:
            found = {name: np.asarray(arrays[name], np.float64) for name in _ARRAYS}
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        msg = f"{path}: cannot be read as truth of the radiometer ({error}); wanted {_ARRAYS}"
        raise TruthError(msg) from error
    if found["tb"].shape != (len(found["lat"]), len(CHANNELS)):
        msg = f"{path}: tb has shape {found['tb'].shape}, wanted {len(found['lat'])} x 6"
        raise TruthError(msg)
    latitude, longitude = np.radians(found["lat"]), np.radians(found["lon"])
    return RadiometerTruth(
        directions=unit_vectors(latitude, longitude),
        tb_k=found["tb"],
        lava_fraction=found["lava_fraction"],
        lava_heat=found["lava_eq10"],
        bad_rows=_bad_rows(folder / BAD_ROWS),
    )


def unit_vectors(latitude_rad: Float64, longitude_rad: Float64) -> Float64:
    """Directions (n, 3) of latitudes and east longitudes."""
    across = np.cos(latitude_rad)
    return np.stack(
        [across * np.cos(longitude_rad), across * np.sin(longitude_rad), np.sin(latitude_rad)],
        axis=-1,
    )


def _bad_rows(path: Path) -> dict[str, int]:
    try:
        with path.open(newline="", encoding="utf-8") as file:
            kinds = Counter(row["kind"] for row in csv.DictReader(file))
    except (OSError, KeyError, UnicodeDecodeError) as error:
        msg = f"{path}: cannot be read as a table of bad rows ({error}); wanted a column kind"
        raise TruthError(msg) from error
    return dict(sorted(kinds.items()))
