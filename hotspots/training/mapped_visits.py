"""Samples of visits that ``infer.py`` has mapped, with labels of people or of a table.

The maps are those in ``grid.nc``, so what a person saw and drew on is what is taught.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hotspots.detection.candidates import Candidates, find_candidates
from hotspots.detection.network_settings import NetworkSettings
from hotspots.errors import GriddingError, SampleError
from hotspots.grid import GridMap
from hotspots.products.netcdf import read_grid_maps
from hotspots.training.drawn_sources import drawn_sources
from hotspots.training.known_places import known_places
from hotspots.training.label_layers import label_files, read_labels
from hotspots.training.labels import KnownSource
from hotspots.training.preparation import searched_sample
from hotspots.training.prepare_settings import PreparedData, PrepareSettings
from hotspots.training.receipts import SamplesOf, digest_of
from hotspots.training.samples import Sample
from hotspots.training.weak_sources import weak_sources

__all__ = ["mapped_visits", "mapped_work"]

MAPS = "grid.nc"

Say = Callable[[GridMap, Candidates], tuple[list[KnownSource], NDArray[np.bool_]]]
"""What is known of a map that was searched, and of which of its cells."""


def mapped_visits(results: Path) -> dict[str, Path]:
    """Files with maps by visit.

    Parameters
    ----------
    results : Path
        The ``out`` of ``infer.py``, or the folder of one visit in it.

    Returns
    -------
    dict of str to Path
        In order of their names.

    Raises
    ------
    SampleError
        If there are none.
    """
    paths = [results / MAPS, *sorted(results.glob(f"[!.]*/{MAPS}"))]
    found = {path.parent.resolve().name: path for path in paths if path.is_file()}
    if not found:
        msg = (
            f"{results}: holds no <visit>/{MAPS}; wanted the out= of infer.py, run with "
            "products.netcdf=true"
        )
        raise SampleError(msg)
    return found


def mapped_work(settings: PrepareSettings) -> tuple[dict[str, str], SamplesOf]:
    """What there is to do for ``data=labelled`` or ``data=catalogue``.

    Parameters
    ----------
    settings : PrepareSettings

    Returns
    -------
    digests : dict of str to str
        Of all that the samples of each visit are made from.
    samples_of : SamplesOf
        Makes them.

    Raises
    ------
    SampleError
        If there are no maps or no labels, or those cannot be read.
    """
    assert settings.results is not None
    maps = mapped_visits(settings.results)
    network = settings.network
    if settings.data is PreparedData.labelled:
        assert settings.labels is not None
        files = label_files(settings.labels, maps)
        for visit, path in files.items():
            read_labels(path, visit)  # mistakes show before the work begins
        digests = {
            visit: digest_of("labelled", _digest(maps[visit]), _digest(path), asdict(network))
            for visit, path in files.items()
        }
        return digests, partial(_labelled_samples, maps=maps, files=files, network=network)
    places = known_places(settings.table, settings.table_sigma_km)
    said = [[asdict(place) for place in places], settings.table_snr, asdict(network)]
    digests = {visit: digest_of("catalogue", _digest(path), said) for visit, path in maps.items()}
    return digests, partial(_catalogue_samples, maps=maps, settings=settings)


def _labelled_samples(
    visit: str, maps: dict[str, Path], files: dict[str, Path], network: NetworkSettings
) -> Iterator[Sample]:
    labels = read_labels(files[visit], visit)
    yield from _samples(visit, maps[visit], partial(drawn_sources, labels=labels), network)


def _catalogue_samples(
    visit: str, maps: dict[str, Path], settings: PrepareSettings
) -> Iterator[Sample]:
    places = known_places(settings.table, settings.table_sigma_km)
    say = partial(weak_sources, places=places, least_snr=settings.table_snr)
    yield from _samples(visit, maps[visit], say, settings.network)


def _samples(visit: str, path: Path, say: Say, network: NetworkSettings) -> Iterator[Sample]:
    """Samples of the maps of one visit that show Io in the M band."""
    for name, grid_map in read_grid_maps(path).items():
        if "m_frames" not in grid_map or not (grid_map["m_frames"] > 0).any():
            continue
        try:
            candidates = find_candidates(grid_map, network.search(), network.least_snr)
            known, judged = say(grid_map, candidates)
            yield searched_sample(f"{visit}/{name}", grid_map, candidates, known, judged, network)
        except (GriddingError, KeyError) as error:
            msg = (
                f"{path}, {name}: a plane or number is missing ({error}); make the maps again "
                "with infer.py and overwrite=true"
            )
            raise SampleError(msg) from error


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
