"""Sources lifted off one map and set into another; streaks that are no sources."""

import numpy as np

from hotspots.training.augment import Crop, light
from hotspots.training.clutter import streaked
from hotspots.training.paste import lift_stamps, pasted


def with_source(side=40, level=0.4):
    labels = np.zeros((side, side), np.uint8)
    planes = np.full((1, side, side), level, np.float32)
    labels[18:21, 15:19] = 1
    planes[:, 18:21, 15:19] += 1
    return Crop(planes, np.ones(1, np.float32), labels)


def test_stamp_is_the_light_above_the_surroundings():
    (stamp,) = lift_stamps([with_source()])
    assert stamp.labels.sum() == 12
    excess = light(np.float32(1.4)) - light(np.float32(0.4))
    # The edge is lowered a little by the fading.
    np.testing.assert_allclose(stamp.excess[0][stamp.labels == 1], excess, rtol=0.1)
    assert (stamp.excess[:, 0] == 0).all()


def test_pasted_source_adds_its_light_and_labels():
    (stamp,) = lift_stamps([with_source()])
    empty = Crop(
        np.full((1, 30, 30), 0.2, np.float32), np.ones(1, np.float32), np.zeros((30, 30), np.uint8)
    )
    crop = pasted(empty, stamp, np.random.default_rng(0))
    assert crop.labels.sum() == 12
    assert (empty.labels == 0).all()
    added = light(crop.planes) - light(empty.planes)
    assert (added[0][crop.labels == 1] > 0.3).all()
    far = np.abs(np.argwhere(crop.labels).mean(axis=0) - np.indices((30, 30)).T.swapaxes(0, 1))
    assert (np.abs(added[0][far.max(axis=-1) > 12]) < 1e-6).all()


def test_no_source_is_set_onto_another_or_into_too_small_a_crop():
    (stamp,) = lift_stamps([with_source()])
    full = Crop(
        np.zeros((1, 30, 30), np.float32), np.ones(1, np.float32), np.ones((30, 30), np.uint8)
    )
    assert pasted(full, stamp, np.random.default_rng(0)) is full
    small = Crop(
        np.zeros((1, 8, 8), np.float32), np.ones(1, np.float32), np.zeros((8, 8), np.uint8)
    )
    assert pasted(small, stamp, np.random.default_rng(0)) is small


def test_large_and_crowded_sources_are_passed_over():
    labels = np.zeros((80, 80), np.uint8)
    labels[5:70, 5:8] = 1
    crowded = Crop(np.zeros((1, 80, 80), np.float32), np.ones(1, np.float32), labels)
    assert lift_stamps([crowded]) == []


def test_streaks_change_the_light_of_many_cells_and_no_label():
    crop = with_source()
    for seed in range(20):
        changed = streaked(crop, np.random.default_rng(seed))
        assert np.isfinite(changed.planes).all()
        np.testing.assert_array_equal(changed.labels, crop.labels)
        assert (np.abs(changed.planes - crop.planes) > 1e-3).sum() > 5
