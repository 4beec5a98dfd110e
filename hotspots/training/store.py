"""Samples as network inputs, kept in memory as far as there is room."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hotspots.errors import SampleError
from hotspots.nets.spec import NetSpec
from hotspots.training.augment import Crop
from hotspots.training.places import Places, find_places
from hotspots.training.samples import IGNORED, Sample
from hotspots.training.sources import Source

__all__ = ["SampleStore", "StoredSample", "as_inputs"]

_MIB = 2**20


@dataclass(frozen=True)
class StoredSample:
    """A sample as a network reads it.

    Parameters
    ----------
    sample : Sample
        With the first plane of the network alone.
    whole : Crop
        All planes in the order of the network.
    scale : array (scales,) float32
    places : Places
    """

    sample: Sample
    whole: Crop
    scale: np.ndarray
    places: Places


def as_inputs(sample: Sample, spec: NetSpec) -> tuple[Crop, np.ndarray]:
    """Planes in the order of the network, absent ones zero, and the numbers of the map.

    Parameters
    ----------
    sample : Sample
    spec : NetSpec

    Returns
    -------
    whole : Crop
    scale : array (scales,) float32

    Raises
    ------
    SampleError
        If the sample has none of the planes, lacks a scale, or has a class that the network
        does not know.
    """
    present = np.array([name in sample.planes for name in spec.planes], np.float32)
    missing = [name for name in spec.scales if name not in sample.scales]
    if not present.any() or missing:
        msg = (
            f"sample {sample.name} has planes {sorted(sample.planes)} and scales "
            f"{sorted(sample.scales)}; the network reads {list(spec.planes)} and "
            f"{list(spec.scales)}"
        )
        raise SampleError(msg)
    largest = int(sample.labels[sample.labels != IGNORED].max(initial=0))
    if largest >= len(spec.classes):
        msg = f"sample {sample.name} has class {largest}; the network knows {list(spec.classes)}"
        raise SampleError(msg)
    absent = np.zeros(sample.labels.shape, np.float32)
    planes = np.stack([sample.planes.get(name, absent) for name in spec.planes])
    scale = np.array([sample.scales[name] for name in spec.scales], np.float32)
    return Crop(planes, present, sample.labels), scale


class SampleStore:
    """Samples by index; the ones that were used last stay in memory.

    Parameters
    ----------
    sources : sequence of Source
    spec : NetSpec
    cache_mb : int
        Room for planes and labels, MiB.
    """

    def __init__(self, sources: Sequence[Source], spec: NetSpec, cache_mb: int) -> None:
        self.sources = sources
        self.spec = spec
        self._room = cache_mb * _MIB
        self._kept: OrderedDict[int, StoredSample] = OrderedDict()

    def __len__(self) -> int:
        return len(self.sources)

    def __getitem__(self, index: int) -> StoredSample:
        """Read a sample, or take the one in memory."""
        if index in self._kept:
            self._kept.move_to_end(index)
            return self._kept[index]
        sample = self.sources[index].load()
        whole, scale = as_inputs(sample, self.spec)
        first = self.spec.planes[0]
        places = find_places(sample, first)
        # all but what pictures show is in ``whole`` already
        slim = replace(sample, planes={k: v for k, v in sample.planes.items() if k == first})
        stored = StoredSample(slim, whole, scale, places)
        self._kept[index] = stored
        while len(self._kept) > 1 and sum(map(_size, self._kept.values())) > self._room:
            self._kept.popitem(last=False)
        return stored


def _size(stored: StoredSample) -> int:
    planes = stored.whole.planes
    shown = planes.nbytes // max(len(planes), 1)
    return planes.nbytes + shown + stored.whole.labels.nbytes
