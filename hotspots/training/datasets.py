"""Crops to learn from and maps to judge by, as torch reads them.

Every crop is drawn from the seed, the round and its number alone: the same settings give
the same crops with any number of workers, and a training that goes on gets the crops that
it would have got.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset, Sampler

from hotspots.config.training import DataSettings
from hotspots.training.augment import Crop, cut, drop_planes, jitter, resized, turned
from hotspots.training.clutter import streaked
from hotspots.training.paste import lift_stamps, pasted
from hotspots.training.places import crop_corner
from hotspots.training.store import SampleStore, StoredSample

__all__ = ["NO_MAP", "CropBatch", "CropSet", "DrawSampler", "MapItem", "MapSet", "join_crops"]

NO_MAP = -1
"""Number of the item that a process gets for which there is no map."""

_PASTED_AT_MOST = 2


class CropBatch(NamedTuple):
    """Crops to learn from."""

    planes: Tensor
    """(n, planes, h, w) float32."""
    present: Tensor
    """(n, planes) float32."""
    scale: Tensor
    """(n, scales) float32."""
    labels: Tensor
    """(n, h, w) uint8."""


class MapItem(NamedTuple):
    """One whole map to judge by."""

    number: int
    """In the validation store."""
    planes: Tensor
    """(planes, h, w) float32."""
    present: Tensor
    scale: Tensor


class DrawSampler(Sampler[tuple[int, int]]):
    """Keys (round, number) of the draws of one round, dealt among the processes that train.

    Parameters
    ----------
    draws : int
        In a round, in each process.
    rank, processes : int
        Which process this is, of how many.
    """

    def __init__(self, draws: int, rank: int = 0, processes: int = 1) -> None:
        super().__init__()
        self.draws = draws
        self.rank = rank
        self.processes = processes
        self.epoch = 0

    def set_epoch(self, epoch: int) -> None:
        """Begin a round; the trainer calls this."""
        self.epoch = epoch

    def __len__(self) -> int:
        return self.draws

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for number in range(self.draws):
            yield self.epoch, number * self.processes + self.rank


class CropSet(Dataset[CropBatch]):
    """Crops of maps: item (round, number) is ``crops_per_map`` crops of one map.

    Parameters
    ----------
    store : SampleStore
    settings : DataSettings
    draws : int
        In a round, over all processes.
    seed : int
    """

    def __init__(self, store: SampleStore, settings: DataSettings, draws: int, seed: int) -> None:
        self.store = store
        self.settings = settings
        self.draws = draws
        self.seed = seed
        self.stamps = (
            lift_stamps(store[index].whole for index in range(len(store)))
            if settings.paste_probability
            else []
        )

    def __len__(self) -> int:
        return self.draws

    def __getitem__(self, key: tuple[int, int]) -> CropBatch:
        """Draw the crops of one key."""
        epoch, number = key
        # Every map comes up once before any comes up again.
        lap, place = divmod(epoch * self.draws + number, len(self.store))
        order = np.random.default_rng([self.seed, 0, lap]).permutation(len(self.store))
        stored = self.store[int(order[place])]
        rng = np.random.default_rng([self.seed, 1, epoch, number])
        crops = [self._crop(stored, rng) for _ in range(self.settings.crops_per_map)]
        scale = torch.from_numpy(stored.scale)
        return CropBatch(
            torch.from_numpy(np.stack([crop.planes for crop in crops])),
            torch.from_numpy(np.stack([crop.present for crop in crops])),
            scale.expand(len(crops), -1),
            torch.from_numpy(np.stack([crop.labels for crop in crops])),
        )

    def _crop(self, stored: StoredSample, rng: np.random.Generator) -> Crop:
        settings = self.settings
        side = round(settings.crop_cells / settings.zoom ** rng.uniform(-1, 1))
        fractions = settings.object_fraction, settings.hard_fraction
        corner = crop_corner(stored.whole.labels.shape, stored.places, side, fractions, rng)
        crop = cut(stored.whole, *corner, side)
        if rng.random() < settings.streak_probability:
            crop = streaked(crop, rng)
        for _ in range(_PASTED_AT_MOST if self.stamps else 0):
            if rng.random() < settings.paste_probability:
                crop = pasted(crop, self.stamps[rng.integers(len(self.stamps))], rng)
        crop = turned(resized(crop, settings.crop_cells), rng)
        crop = jitter(crop, self.store.spec.planes, settings, rng)
        return drop_planes(crop, self.store.spec.planes, settings, rng)


class MapSet(Dataset[MapItem]):
    """Whole maps.

    Parameters
    ----------
    store : SampleStore
    indices : sequence of int
        Of the maps in the store, or `NO_MAP`.
    """

    def __init__(self, store: SampleStore, indices: Sequence[int]) -> None:
        self.store = store
        self.indices = list(indices)

    def __len__(self) -> int:
        return len(self.indices)

    def __getitem__(self, number: int) -> MapItem:
        """Inputs of one map."""
        index = self.indices[number]
        if index == NO_MAP:
            spec = self.store.spec
            present, scale = torch.ones(len(spec.planes)), torch.zeros(len(spec.scales))
            return MapItem(NO_MAP, torch.zeros(len(spec.planes), 1, 1), present, scale)
        stored = self.store[index]
        return MapItem(
            index,
            torch.from_numpy(stored.whole.planes),
            torch.from_numpy(stored.whole.present),
            torch.from_numpy(stored.scale),
        )


def join_crops(items: Sequence[CropBatch]) -> CropBatch:
    """One batch of the crops of several maps."""
    return CropBatch(*(torch.cat(parts) for parts in zip(*items, strict=True)))
