"""Changes of crops keep planes and labels together, and what is absent absent."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.config.training import DataSettings
from hotspots.training.augment import (
    Crop,
    compressed,
    cut,
    drop_planes,
    jitter,
    light,
    resized,
    turned,
)
from hotspots.training.samples import IGNORED

NAMES = ("m_signal", "l_signal", "cos_emission")


def marked_crop(side=6):
    """Labels that repeat what the first plane says."""
    labels = np.random.default_rng(1).integers(0, 3, (side, side)).astype(np.uint8)
    planes = np.stack([labels, labels + 1, labels * 2]).astype(np.float32)
    return Crop(planes, np.ones(3, np.float32), labels)


@given(st.integers(0, 50))
def test_turns_move_planes_and_labels_alike(seed):
    crop = turned(marked_crop(), np.random.default_rng(seed))
    np.testing.assert_array_equal(crop.planes[0], crop.labels)
    assert (
        np.bincount(crop.labels.ravel()).tolist()
        == np.bincount(marked_crop().labels.ravel()).tolist()
    )


def test_all_eight_turns_come_up():
    seen = {turned(marked_crop(), np.random.default_rng(s)).labels.tobytes() for s in range(100)}
    assert len(seen) == 8


def test_beyond_the_map_is_zero_and_ignored():
    crop = cut(marked_crop(), 4, 3, 5)
    np.testing.assert_array_equal(crop.labels[:2, :3], marked_crop().labels[4:, 3:])
    assert (crop.labels[2:] == IGNORED).all()
    assert (crop.planes[:, :, 3:] == 0).all()


def test_larger_cells_keep_the_place():
    planes = np.zeros((1, 40, 40), np.float32)
    labels = np.zeros((40, 40), np.uint8)
    planes[:, 10:14, 20:24] = 1
    labels[10:14, 20:24] = 1
    small = resized(Crop(planes, np.ones(1, np.float32), labels), 20)
    np.testing.assert_array_equal(np.argwhere(small.labels), [[5, 10], [5, 11], [6, 10], [6, 11]])
    assert small.planes[0, 5:7, 10:12].min() > 0.7
    same = resized(small, 20)
    assert same is small


def test_light_and_compression_undo_each_other():
    planes = np.linspace(-3, 5, 50, dtype=np.float32)
    np.testing.assert_allclose(compressed(light(planes)), planes, rtol=1e-5, atol=1e-6)
    assert compressed(np.float32(1)) == pytest.approx(np.arcsinh(1) / 2)


def test_contrast_level_and_noise_change_the_light_of_the_named_planes():
    settings = DataSettings(gain=0.5, jittered=["*_signal"])
    crop = jitter(marked_crop(), NAMES, settings, np.random.default_rng(0))
    before = marked_crop()
    has_data = before.planes[0] != 0
    ratio = light(crop.planes[0])[has_data] / light(before.planes[0])[has_data]
    assert np.ptp(ratio) < 1e-5
    assert abs(np.log(ratio[0])) < 0.5
    assert ratio[0] != 1
    np.testing.assert_array_equal(crop.planes[2], before.planes[2])


def test_cells_without_data_stay_zero():
    settings = DataSettings(offset=1.0, noise=1.0)
    crop = jitter(marked_crop(), NAMES, settings, np.random.default_rng(0))
    before = marked_crop()
    assert (crop.planes[before.planes == 0] == 0).all()
    assert (crop.planes[before.planes != 0] != before.planes[before.planes != 0]).all()


def test_planes_of_a_pattern_go_together_and_never_all():
    settings = DataSettings(droppable=["?_signal", "*"], drop_probability=1.0)
    crop = drop_planes(marked_crop(), NAMES, settings, np.random.default_rng(0))
    np.testing.assert_array_equal(crop.present, [0, 0, 1])
    assert (crop.planes[:2] == 0).all()
    np.testing.assert_array_equal(crop.planes[2], marked_crop().planes[2])


def test_nothing_is_dropped_without_chance():
    settings = DataSettings(droppable=["*_signal"], drop_probability=0.0)
    crop = drop_planes(marked_crop(), NAMES, settings, np.random.default_rng(0))
    np.testing.assert_array_equal(crop.present, 1)
