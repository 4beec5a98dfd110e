"""Sources that are outlined: large patches, not the halo of a point, not bright ground."""

import numpy as np
import pytest

from hotspots.detection.resolved import resolved_patches
from tests.detection.scenes import NOISE, drawn, noise_of, scene_with

SHAPE = (200, 240)
TASK = {"threshold": 5.0, "tile": 144, "gap": 6.0}
ROW, COLUMN = np.indices(SHAPE) + 0.5


def disc(row, column, radius):
    return np.hypot(ROW - row, COLUMN - column) < radius


def test_nothing_is_found_in_noise():
    assert resolved_patches(scene_with(noise_of(SHAPE, 1)), **TASK) == []


def test_a_lake_is_outlined():
    lake = disc(90, 120, 24)
    scene = scene_with(noise_of(SHAPE, 2) + 50 * NOISE * lake)
    (cells,) = resolved_patches(scene, **TASK)
    outline = np.zeros(SHAPE, bool)
    outline[cells] = True
    assert lake.sum() == pytest.approx(outline.sum(), rel=0.12)
    assert outline[lake].mean() > 0.99


def test_a_broken_ring_is_one_lake():
    radius = np.hypot(ROW - 90, COLUMN - 120)
    angle = np.degrees(np.arctan2(ROW - 90, COLUMN - 120))
    ring = (np.abs(radius - 30) < 3) & (np.abs(np.abs(angle) - 90) > 3)
    scene = scene_with(noise_of(SHAPE, 3) + 80 * NOISE * ring)
    assert len(resolved_patches(scene, **TASK)) == 1


def test_two_lakes_far_apart_are_two_largest_first():
    lakes = disc(90, 60, 16) | disc(90, 170, 24)
    scene = scene_with(noise_of(SHAPE, 4) + 60 * NOISE * lakes)
    first, second = resolved_patches(scene, **TASK)
    assert len(first[0]) > 1.5 * len(second[0])
    assert first[1].mean() == pytest.approx(169.5, abs=1)
    assert second[1].mean() == pytest.approx(59.5, abs=1)


def test_the_halo_of_a_very_bright_point_is_no_lake():
    # a core and a halo of a tenth of its light five times as wide
    image = drawn(SHAPE, [(120, 90)], [100.0])
    image += drawn(SHAPE, [(120, 90)], [10.0], 36.0 * np.eye(2))
    assert (image > 5 * NOISE).sum() > 60 * 2 * np.pi * 1.25**2
    assert resolved_patches(scene_with(image + noise_of(SHAPE, 5)), **TASK) == []


def test_bright_ground_in_sunlight_is_no_lake_but_lava_is():
    sunlight = np.full(SHAPE, 100 * NOISE)
    patch = disc(90, 120, 24)
    ground = scene_with(noise_of(SHAPE, 6) + 0.5 * sunlight * patch, sunlight=sunlight)
    assert resolved_patches(ground, **TASK) == []
    lava = scene_with(noise_of(SHAPE, 6) + 1.5 * sunlight * patch, sunlight=sunlight)
    assert len(resolved_patches(lava, **TASK)) == 1


def test_cells_that_are_not_usable_belong_to_no_lake():
    usable = np.ones(SHAPE, bool)
    usable[:, :120] = False
    lake = disc(90, 120, 24)
    scene = scene_with(np.where(usable, 50 * NOISE * lake, 0.0), usable=usable)
    (cells,) = resolved_patches(scene, **TASK)
    assert cells[1].min() >= 120
