"""What a band of a map becomes on the host."""

import numpy as np
import pytest

from hotspots.detection.scene import scene_of
from hotspots.errors import GriddingError
from tests.detection.scenes import NOISE, WIDTH, map_of, noise_of, on_strict_device

SHAPE = (30, 40)


def test_cells_without_a_number_are_not_usable():
    image = noise_of(SHAPE, 1)
    image[0, 0] = np.nan
    sigma = np.full(SHAPE, NOISE)
    sigma[1, 1] = np.nan
    frames = np.full(SHAPE, 3, np.int32)
    frames[2, 2] = 0
    oblique = np.ones(SHAPE)
    oblique[3, 3], oblique[4, 4] = 0.1, np.nan
    grid_map = map_of({"M": image}, m_sigma=sigma, m_frames=frames, cos_emission=oblique)
    scene = scene_of(grid_map, "M", least_cos_emission=0.2)
    assert np.argwhere(~scene.usable).tolist() == [[i, i] for i in range(5)]
    assert np.isfinite(scene.image).all()
    assert np.isfinite(scene.noise).all()
    assert scene.width == pytest.approx(WIDTH)
    assert not scene.lit.any()


def test_a_map_elsewhere_gives_the_same_scene():
    grid_map = map_of({"L": noise_of(SHAPE, 2)}, l_sunlight=np.full(SHAPE, 0.1))
    here = scene_of(grid_map, "L", 0.2)
    there = scene_of(on_strict_device(grid_map), "L", 0.2)
    for name, value in vars(here).items():
        np.testing.assert_array_equal(getattr(there, name), value)
    assert there.lit.all()


def test_weights_are_of_the_cells_asked_for():
    scene = scene_of(map_of({"M": noise_of(SHAPE, 3)}), "M", 0.2)
    some = np.zeros(SHAPE, bool)
    some[5, 6] = True
    assert scene.weight(some)[5, 6] == pytest.approx(NOISE**-2)
    assert np.count_nonzero(scene.weight(some)) == 1
    twice = scene.weight(some, 2 * scene.noise)
    assert twice[5, 6] == pytest.approx(0.25 * NOISE**-2)


def test_a_band_that_is_not_there_is_named():
    with pytest.raises(GriddingError, match="l_residual"):
        scene_of(map_of({"M": noise_of(SHAPE, 4)}), "L", 0.2)
