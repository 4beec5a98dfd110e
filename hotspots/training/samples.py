"""`Sample`: the planes of one map with the class of every cell, and its file.

A sample is what a network learns from: one group of frames of one visit, as the
pipeline mapped it.  It is kept as one compressed NPZ file that holds arrays and a JSON
line, never pickled objects, so that opening a stranger's sample runs no code.
"""

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from hotspots.errors import SampleError
from hotspots.products.atomic import atomic_file

__all__ = [
    "BACKGROUND",
    "CLASSES",
    "HOTSPOT",
    "IGNORED",
    "LAVA_LAKE",
    "OBJECT_FIELDS",
    "Sample",
    "load_sample",
    "save_sample",
]

BACKGROUND: Final = 0
HOTSPOT: Final = 1
LAVA_LAKE: Final = 2
IGNORED: Final = 255
"""Cells that neither teach nor count: margins of sources, and what is too faint to ask for."""

CLASSES: Final = ("background", "hotspot", "lava_lake")

OBJECT_FIELDS: Final = np.dtype(
    [
        ("row", "f4"),
        ("column", "f4"),
        ("class", "u1"),
        ("snr", "f4"),
        ("radius_cells", "f4"),
        ("asked", "?"),
    ]
)
"""Objects of a map: centre in fractional cells (cell i covers i to i + 1), class, expected
signal over noise on this map, radius of what it covers, and whether it must be found."""

PLANE_PREFIX = "plane_"


@dataclass(frozen=True)
class Sample:
    """One map to learn from.

    Parameters
    ----------
    name : str
        ``visit/group``; everything before the slash is what samples are split by.
    planes : mapping of str to array (rows, columns) float32
        Network inputs by name, see `hotspots.nets.inputs`; finite everywhere.
    scales : mapping of str to float
        Numbers that hold for the whole map, such as the logarithm of km per pixel.
    labels : array (rows, columns) uint8
        `BACKGROUND`, `HOTSPOT`, `LAVA_LAKE` or `IGNORED`.
    objects : array (n,) of `OBJECT_FIELDS`
        Sources on the map.

    Raises
    ------
    SampleError
        If shapes or dtypes contradict each other, or a plane is not finite.
    """

    name: str
    planes: Mapping[str, NDArray[np.float32]]
    scales: Mapping[str, float]
    labels: NDArray[np.uint8]
    objects: NDArray[Any]

    def __post_init__(self) -> None:
        if self.labels.ndim != 2 or self.labels.dtype != np.uint8:
            msg = (
                f"sample {self.name}: labels are {self.labels.dtype}{self.labels.shape}, "
                "wanted uint8 of rows and columns"
            )
            raise SampleError(msg)
        unknown = sorted(set(np.unique(self.labels).tolist()) - {0, 1, 2, IGNORED})
        if unknown:
            msg = f"sample {self.name}: labels {unknown} are no class; wanted 0, 1, 2 or {IGNORED}"
            raise SampleError(msg)
        for name, plane in self.planes.items():
            if plane.shape != self.labels.shape or plane.dtype != np.float32:
                msg = (
                    f"sample {self.name}: plane {name} is {plane.dtype}{plane.shape}, "
                    f"wanted float32{self.labels.shape}"
                )
                raise SampleError(msg)
            if not np.isfinite(plane).all():
                msg = f"sample {self.name}: plane {name} is not finite everywhere"
                raise SampleError(msg)
        if self.objects.dtype != OBJECT_FIELDS:
            msg = (
                f"sample {self.name}: objects have the fields {self.objects.dtype.names}, "
                f"wanted {OBJECT_FIELDS.names}"
            )
            raise SampleError(msg)
        object.__setattr__(self, "planes", MappingProxyType(dict(self.planes)))
        object.__setattr__(self, "scales", MappingProxyType(dict(self.scales)))

    @property
    def visit(self) -> str:
        """Visit that the map belongs to; samples of one visit are never split."""
        return self.name.split("/")[0]


def save_sample(path: Path, sample: Sample) -> None:
    """Write a sample, whole or not at all.

    Parameters
    ----------
    path : Path
        Ends in ``.npz``.
    sample : Sample

    Raises
    ------
    ProductError
        If it cannot be written.
    """
    head = json.dumps({"name": sample.name, "scales": dict(sample.scales)})
    arrays: dict[str, Any] = {PLANE_PREFIX + k: v.astype("f2") for k, v in sample.planes.items()}
    arrays |= {"labels": sample.labels, "objects": sample.objects, "head": np.array(head)}
    with atomic_file(path) as partial:
        np.savez_compressed(partial, **arrays)


def load_sample(path: Path) -> Sample:
    """Read a sample; planes are stored in half precision and come back in single.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Sample

    Raises
    ------
    SampleError
        Naming the file, if it is no sample or is damaged.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            head = json.loads(str(stored["head"]))
            return Sample(
                name=head["name"],
                planes={
                    key.removeprefix(PLANE_PREFIX): stored[key].astype(np.float32)
                    for key in stored.files
                    if key.startswith(PLANE_PREFIX)
                },
                scales=head["scales"],
                labels=stored["labels"],
                objects=stored["objects"],
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        msg = f"{path}: not a readable sample ({error}); delete it and prepare the data again"
        raise SampleError(msg) from error
