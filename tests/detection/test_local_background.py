"""Background by night, and the albedo pattern by day."""

import numpy as np
from scipy.ndimage import gaussian_filter

from hotspots.detection.background import mesh_statistics
from hotspots.detection.local_background import LocalBackground
from tests.detection.scenes import NOISE, WIDTH, drawn, noise_of, scene_with

SHAPE = (120, 140)


def pattern():
    """Smooth albedo pattern some tens of sigma deep, 10 widths of the spread in size."""
    rough = gaussian_filter(np.random.default_rng(3).normal(size=SHAPE), 10 * WIDTH)
    return 20 * NOISE * rough / rough.std()


def test_by_night_it_is_the_mesh():
    image = noise_of(SHAPE, 1)
    scene = scene_with(image)
    found = LocalBackground(scene, scene.usable, 24).of(image)
    for one, other in zip(found, mesh_statistics(image, scene.usable, 24), strict=True):
        np.testing.assert_array_equal(one, other)


def test_by_day_the_pattern_of_the_ground_is_followed():
    ground = pattern()
    image = ground + noise_of(SHAPE, 2)
    scene = scene_with(image, sunlight=np.full(SHAPE, 100 * NOISE))
    background, _ = LocalBackground(scene, scene.usable, 24).of(image)
    mesh, _ = mesh_statistics(image, scene.usable, 24)
    assert (ground - background).std() < 0.5 * (ground - mesh).std()


def test_a_source_that_is_not_known_yet_keeps_its_light_by_day():
    image = noise_of(SHAPE, 3) + drawn(SHAPE, [(70.5, 60.5)], [1.0])
    scene = scene_with(image, sunlight=np.full(SHAPE, 100 * NOISE))
    background, _ = LocalBackground(scene, scene.usable, 24).of(image)
    assert background[60, 70] < 4 * NOISE < 0.001 * image[60, 70] * 100


def test_day_leaves_the_night_side_alone():
    sunlight = np.zeros(SHAPE)
    sunlight[:, :60] = 100 * NOISE
    image = pattern() + noise_of(SHAPE, 4)
    scene = scene_with(image, sunlight=sunlight)
    background, _ = LocalBackground(scene, scene.usable, 24).of(image)
    mesh, _ = mesh_statistics(image, scene.usable, 24)
    np.testing.assert_allclose(background[:, 80:], mesh[:, 80:], atol=1e-3 * NOISE)
