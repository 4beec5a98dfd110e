"""Crops to learn from and maps to judge by, as Lightning asks for them."""

from typing import cast

import lightning
import torch
from torch.utils.data import DataLoader

from hotspots.config.training import DataSettings
from hotspots.nets.spec import NetSpec
from hotspots.training.datasets import (
    NO_MAP,
    CropBatch,
    CropSet,
    DrawSampler,
    MapItem,
    MapSet,
    join_crops,
)
from hotspots.training.sources import DataSet
from hotspots.training.splits import split_by_visit
from hotspots.training.store import SampleStore

__all__ = ["SampleDataModule", "spec_of"]


class SampleDataModule(lightning.LightningDataModule):
    """Samples split by visit: crops of the ones, whole maps of the others.

    Parameters
    ----------
    data : DataSet
    spec : NetSpec
        What the network reads.
    settings : DataSettings
    steps_per_epoch : int
    seed : int

    Raises
    ------
    SampleError
        If there are fewer visits than folds.
    """

    def __init__(
        self, data: DataSet, spec: NetSpec, settings: DataSettings, steps_per_epoch: int, seed: int
    ) -> None:
        super().__init__()
        self.settings = settings
        self.steps_per_epoch = steps_per_epoch
        self.seed = seed
        visits = [source.visit for source in data.sources]
        training, validation = split_by_visit(visits, settings.folds, settings.fold, seed)
        self.training = SampleStore([data.sources[i] for i in training], spec, settings.cache_mb)
        self.validation = SampleStore(
            [data.sources[i] for i in validation], spec, settings.cache_mb
        )
        self._crops: CropSet | None = None

    def train_dataloader(self) -> DataLoader[CropBatch]:
        """Batches of crops; the number of steps of a round does not depend on the devices."""
        rank, processes = self._place()
        maps_per_step = self.settings.batch_size // self.settings.crops_per_map
        draws = self.steps_per_epoch * maps_per_step
        if self._crops is None:
            self._crops = CropSet(self.training, self.settings, draws * processes, self.seed)
        return DataLoader(
            self._crops,
            batch_size=maps_per_step,
            sampler=DrawSampler(draws, rank, processes),
            collate_fn=join_crops,
            num_workers=self.settings.workers,
            persistent_workers=self.settings.workers > 0,
            pin_memory=torch.cuda.is_available(),
        )

    def val_dataloader(self) -> DataLoader[MapItem]:
        """Maps that were kept out, one at a time; each process judges its share."""
        rank, processes = self._place()
        count = len(self.validation)
        if self.settings.validation_maps is not None:
            count = min(count, self.settings.validation_maps)
        # Evenly over all of them, since maps of one visit are neighbours.
        chosen = [index * len(self.validation) // count for index in range(count)]
        # All processes must come to the end of a round, also one for which no map is left.
        maps = MapSet(self.validation, chosen[rank::processes] or [NO_MAP])
        return cast("DataLoader[MapItem]", DataLoader(maps, batch_size=None))

    def _place(self) -> tuple[int, int]:
        trainer = self.trainer
        return (trainer.global_rank, trainer.world_size) if trainer else (0, 1)


def spec_of(net_name: str, data: DataSet, settings: DataSettings) -> NetSpec:
    """Inputs and outputs of a new network for some data.

    Parameters
    ----------
    net_name : str
    data : DataSet
    settings : DataSettings
        With the planes and scales; without, those of the first sample are taken, sorted.

    Returns
    -------
    NetSpec
    """
    planes, scales = settings.planes, settings.scales
    if planes is None or scales is None:
        first = data.sources[0].load()
        planes = sorted(first.planes) if planes is None else planes
        scales = sorted(first.scales) if scales is None else scales
    return NetSpec(net_name, tuple(planes), tuple(scales), data.classes)
