"""Crops are what a network takes, the same for the same draw, from every map in turn."""

from functools import partial

import numpy as np
import pytest
import torch

from hotspots.config.training import DataSettings
from hotspots.errors import SampleError
from hotspots.nets.spec import NetSpec
from hotspots.training.data_module import SampleDataModule, spec_of
from hotspots.training.datasets import CropSet, DrawSampler, MapSet, join_crops
from hotspots.training.sources import DataSet, Source
from hotspots.training.store import SampleStore, as_inputs
from tests.training.made_samples import made_sample

SPEC = NetSpec("tiny", ("m", "l", "absent"), ("log_km_per_px",))
CLASSES = SPEC.classes


def sources(count=6, **changes):
    names = [f"PJ{number:02d}/a" for number in range(count)]
    return [Source(name, partial(made_sample, name, **changes)) for name in names]


def crops(draws=8, seed=0, **settings):
    given = {"crop_cells": 16, "crops_per_map": 2, "batch_size": 4} | settings
    store = SampleStore(sources(), SPEC, 10)
    return CropSet(store, DataSettings(**given), draws, seed)


def test_absent_planes_are_zero_and_flagged():
    whole, scale = as_inputs(made_sample(), SPEC)
    np.testing.assert_array_equal(whole.present, [1, 1, 0])
    assert (whole.planes[2] == 0).all()
    np.testing.assert_array_equal(scale, np.float32([0.5]))


@pytest.mark.parametrize(
    "spec",
    [
        NetSpec("tiny", ("other",)),
        NetSpec("tiny", ("m",), ("exposure",)),
        NetSpec("tiny", ("m",), (), ("background", "target")),
    ],
)
def test_sample_that_does_not_fit_the_network(spec):
    sample = made_sample()
    labels = sample.labels.copy()
    labels[0, 0] = 2
    lake = type(sample)(sample.name, sample.planes, sample.scales, labels, sample.objects)
    with pytest.raises(SampleError, match="the network"):
        as_inputs(lake, spec)


def test_shapes_and_types():
    batch = join_crops([crops()[0, 0], crops()[0, 1]])
    assert batch.planes.shape == (4, 3, 16, 16)
    assert batch.present.shape == (4, 3)
    assert batch.scale.shape == (4, 1)
    assert batch.labels.shape == (4, 16, 16)
    assert batch.planes.dtype == torch.float32
    assert batch.labels.dtype == torch.uint8


def test_same_draw_same_crop_and_other_draw_other_crop():
    settings = {"gain": 0.2, "noise": 0.1, "zoom": 1.5, "drop_probability": 0.5}
    for first, again in zip(crops(**settings)[1, 3], crops(**settings)[1, 3], strict=True):
        torch.testing.assert_close(first, again, rtol=0, atol=0)
    assert not torch.equal(crops()[1, 3].planes, crops()[2, 3].planes)
    assert not torch.equal(crops()[1, 3].planes, crops(seed=1)[1, 3].planes)


def test_every_map_comes_up_before_any_comes_up_again(monkeypatch):
    drawn = crops(draws=9)
    taken = []
    read = SampleStore.__getitem__
    monkeypatch.setattr(
        SampleStore, "__getitem__", lambda store, index: taken.append(index) or read(store, index)
    )
    for epoch in range(2):
        for number in range(9):
            drawn[epoch, number]
    for lap in range(3):
        assert sorted(taken[6 * lap : 6 * lap + 6]) == list(range(6))


def test_crops_hold_sources_when_asked_and_pasted_ones_too():
    with_sources = crops(object_fraction=1.0, hard_fraction=0.0)
    assert all((with_sources[0, number].labels == 1).any() for number in range(8))
    plain = crops(object_fraction=0.0, hard_fraction=1.0)
    count = sum((plain[0, number].labels == 1).sum() for number in range(8))
    pasted = crops(object_fraction=0.0, hard_fraction=1.0, paste_probability=1.0)
    assert sum((pasted[0, number].labels == 1).sum() for number in range(8)) > count


def test_processes_share_the_draws_of_a_round():
    keys = [list(DrawSampler(4, rank, 2)) for rank in range(2)]
    assert sorted(keys[0] + keys[1]) == [(0, number) for number in range(8)]
    sampler = DrawSampler(2)
    sampler.set_epoch(5)
    assert list(sampler) == [(5, 0), (5, 1)]


def test_workers_bring_the_same_crops():
    data = DataSet(sources(), CLASSES)
    batches = []
    for workers in (0, 2):
        settings = DataSettings(
            crop_cells=16, crops_per_map=2, batch_size=4, folds=3, workers=workers
        )
        module = SampleDataModule(data, SPEC, settings, 3, 0)
        batches.append(list(module.train_dataloader()))
    for alone, shared in zip(*batches, strict=True):
        torch.testing.assert_close(alone.planes, shared.planes, rtol=0, atol=0)


def test_rounds_have_as_many_steps_as_asked_and_validation_its_maps():
    settings = DataSettings(
        crop_cells=16, crops_per_map=2, batch_size=4, folds=3, validation_maps=1
    )
    module = SampleDataModule(DataSet(sources(), CLASSES), SPEC, settings, 5, 0)
    assert len(module.train_dataloader()) == 5
    assert len(module.training) == 4
    (item,) = list(module.val_dataloader())
    assert item.planes.shape == (3, 40, 50)


def test_memory_keeps_the_last_ones():
    store = SampleStore(sources(4), SPEC, 0)
    first = store[0]
    assert store[0] is first  # one always stays
    store[1]
    assert store[0] is not first
    roomy = SampleStore(sources(4), SPEC, 10)
    first = roomy[0]
    roomy[1]
    assert roomy[0] is first


def test_maps_come_whole_with_their_number():
    item = MapSet(SampleStore(sources(3), SPEC, 1), [2])[0]
    assert item.number == 2
    assert item.planes.shape == (3, 40, 50)


def test_new_network_reads_what_the_samples_have_or_what_it_is_told():
    data = DataSet(sources(), CLASSES)
    assert spec_of("tiny", data, DataSettings()).planes == ("l", "m")
    told = DataSettings(planes=["m"], scales=[])
    assert spec_of("tiny", data, told) == NetSpec("tiny", ("m",), ())
