"""Truth tables of simulated visits, in the columns that `hotspots.evaluation` reads.

The signal to noise of a source is that of the M band, with the noise of the detector and
the roughness of the ground about it; `hotspots.simulation.source_views` has the formula.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from hotspots.products.atomic import atomic_file
from hotspots.simulation.damage import DamagedProduct
from hotspots.simulation.truth_frames import FRAME_COLUMNS, frame_rows
from hotspots.simulation.truth_sources import SOURCE_COLUMNS, source_rows
from hotspots.simulation.visit import SimulatedVisit

__all__ = ["write_truth"]


def write_truth(
    visit: SimulatedVisit, folder: Path, damaged: Sequence[DamagedProduct] = ()
) -> tuple[Path, Path]:
    """Write ``<visit>_sources.csv`` and ``<visit>_frames.csv``.

    Parameters
    ----------
    visit : SimulatedVisit
    folder : Path
        Made where it does not exist.
    damaged : sequence of DamagedProduct
        Those that were written with the visit.

    Returns
    -------
    sources, frames : Path
        The table of frames is written last.

    Raises
    ------
    ProductError
        If a file cannot be written.
    """
    sources, frames = (folder / f"{visit.name}_{kind}.csv" for kind in ("sources", "frames"))
    _write(sources, SOURCE_COLUMNS, source_rows(visit))
    _write(frames, FRAME_COLUMNS, frame_rows(visit, damaged))
    return sources, frames


def _write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    with atomic_file(path) as partial, partial.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
