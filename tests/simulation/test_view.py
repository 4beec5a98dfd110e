"""A scene before cameras: one frame at a time, and refusals."""

import numpy as np
import pytest

from hotspots.errors import GeometryError
from hotspots.planck import M_BAND
from hotspots.simulation.optics import Optics
from hotspots.simulation.view import look
from tests.geometry.made_states import IFOV_RAD
from tests.simulation.made_cameras import cameras_over, hot_spot, scene_of

SPOT = hot_spot(((800.0, 1.0), (350.0, 30.0)))
CAMERAS = cameras_over(SPOT, 30_000.0, [(215.5, 63.5), (100.0, 50.0), (20.0, 90.0)])


def test_frames_are_taken_one_by_one():
    view = look(scene_of(SPOT), CAMERAS, M_BAND, Optics(0.6), [0.0, 1.7, 2.5])
    for i in range(3):
        alone = look(scene_of(SPOT), view.camera(i), M_BAND, Optics(0.6), [view.smear(i)])
        np.testing.assert_array_equal(alone.sources.sample[0], view.sources.sample[i])
        np.testing.assert_array_equal(alone.sources.light[0], view.sources.light[i])
        assert view.smear(i) == [0.0, 1.7, 2.5][i]


def test_pixels_have_their_size_at_every_emitter():
    view = look(scene_of(SPOT), CAMERAS, M_BAND, Optics(0.6), np.zeros(3))
    np.testing.assert_allclose(view.km_per_px(0), [30_000.0 * IFOV_RAD] * 2, rtol=1e-6)


@pytest.mark.parametrize("smear", [[0.0], [0.0, 1.0, -1.0], [0.0, 1.0, np.nan]])
def test_every_frame_needs_a_smear(smear):
    with pytest.raises(GeometryError, match="wanted 3 numbers not below zero"):
        look(scene_of(SPOT), CAMERAS, M_BAND, Optics(0.6), smear)
