"""Where samples come from, by name: a folder of sample files, images with masks, drawings.

To add a kind of data, write a function ``(DataSettings, seed) -> list[Source]`` under
``@register`` and a YAML file ``conf/data/<name>.yaml``.
"""

import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from hotspots.config.training import DataSettings
from hotspots.errors import ConfigurationError, SampleError
from hotspots.training.drawn import draw_sample
from hotspots.training.images import image_sample
from hotspots.training.samples import CLASSES, Sample, load_sample

__all__ = ["DataSet", "Source", "find_data", "register"]

_DRAWN = 40
_DRAWN_SIDE = 128


@dataclass(frozen=True)
class Source:
    """One sample that has not been read yet.

    Parameters
    ----------
    name : str
        Of the sample.
    load : callable
        Reads it.
    """

    name: str
    load: Callable[[], Sample]

    @property
    def visit(self) -> str:
        """Samples of one visit stay together when data are split."""
        return self.name.split("/")[0]


@dataclass(frozen=True)
class DataSet:
    """All samples of one kind.

    Parameters
    ----------
    sources : sequence of Source
        Sorted by name.
    classes : tuple of str
        What the labels mean.
    """

    sources: Sequence[Source]
    classes: tuple[str, ...]


Finder = Callable[[DataSettings, int], DataSet]

_FINDERS: dict[str, Finder] = {}


def register(*names: str) -> Callable[[Finder], Finder]:
    """Decorator: enter a function that finds the samples of a kind of data."""

    def enter(finder: Finder) -> Finder:
        _FINDERS.update(dict.fromkeys(names, finder))
        return finder

    return enter


def find_data(settings: DataSettings, seed: int) -> DataSet:
    """Samples that the settings name.

    Parameters
    ----------
    settings : DataSettings
    seed : int
        For data that are drawn.

    Returns
    -------
    DataSet

    Raises
    ------
    ConfigurationError
        If the kind of data is unknown or its folder is not named.
    SampleError
        If there are no samples, or a file that is needed to list them cannot be read.
    """
    if settings.name not in _FINDERS:
        msg = f"data.name={settings.name} is unknown; choose from {', '.join(sorted(_FINDERS))}"
        raise ConfigurationError(msg)
    found = _FINDERS[settings.name](settings, seed)
    if not found.sources:
        msg = f"data.folder={settings.folder}: no samples for data={settings.name} in it"
        raise SampleError(msg)
    return DataSet(sorted(found.sources, key=lambda source: source.name), found.classes)


@register("simulated", "labelled", "catalogue")
def _sample_files(settings: DataSettings, seed: int) -> DataSet:  # noqa: ARG001
    paths = sorted(_folder(settings).rglob("*.npz"))
    return DataSet(
        [Source(_sample_name(path), partial(load_sample, path)) for path in paths], CLASSES
    )


@register("sirst")
def _sirst(settings: DataSettings, seed: int) -> DataSet:  # noqa: ARG001
    """Infrared images with masks, in the layout of SIRST-v1 as BasicIRSTD has it."""
    folder = _folder(settings)
    if settings.names is None:
        names = [path.stem for path in (folder / "images").glob("*.png")]
    else:
        names = _lines(folder / settings.names)
    sources = [
        Source(
            name,
            partial(
                image_sample,
                folder / "images" / f"{name}.png",
                folder / "masks" / f"{name}_pixels0.png",
            ),
        )
        for name in names
    ]
    return DataSet(sources, ("background", "target"))


@register("drawn")
def _drawn(settings: DataSettings, seed: int) -> DataSet:  # noqa: ARG001
    """Small maps that are drawn on the spot: for trying things out."""
    sources = [
        Source(
            f"drawn{index:03d}",
            partial(draw_sample, f"drawn{index:03d}", [seed, index], _DRAWN_SIDE),
        )
        for index in range(_DRAWN)
    ]
    return DataSet(sources, CLASSES)


def _folder(settings: DataSettings) -> Path:
    if settings.folder is None:
        msg = (
            f"data.folder= is missing: wanted the folder with the samples for data={settings.name}"
        )
        raise ConfigurationError(msg)
    if not settings.folder.is_dir():
        msg = f"data.folder={settings.folder}: there is no such folder"
        raise ConfigurationError(msg)
    return settings.folder


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: not a list of names: {error}"
        raise SampleError(msg) from error


def _sample_name(path: Path) -> str:
    """Name in a sample file, without reading its planes."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            return str(json.loads(str(stored["head"]))["name"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        msg = f"{path}: not a readable sample ({error}); delete it and prepare the data again"
        raise SampleError(msg) from error
