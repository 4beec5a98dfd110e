"""Cameras with a drawn error look nearly where the frames did."""

import numpy as np
import pytest

from hotspots.archive.kernels import KernelPool
from hotspots.body import IO_RADII_KM
from hotspots.calibration.swaths import calibrate
from hotspots.config import CalibrationSettings, InstrumentSettings
from hotspots.errors import ConfigurationError
from hotspots.simulation.visit import FrameKind
from hotspots.training.drawn_pointing import PointingError, drawn_pointing

INSTRUMENT = InstrumentSettings()
RADII = np.asarray(IO_RADII_KM)
MIDDLE = np.array([215.5, 63.5])


@pytest.fixture(scope="module")
def swaths(tiny_visit):
    with KernelPool(tiny_visit.metakernel):
        return calibrate(list(tiny_visit.frames), INSTRUMENT, CalibrationSettings())


def pointed(visit, swaths, shared, scatter, seed=0):
    error = PointingError(shared, scatter)
    return drawn_pointing(visit, swaths, INSTRUMENT, error, np.random.default_rng(seed))


def middle(cameras):
    """Unit vectors that the middle of the detector looks along."""
    constants, origin = (np.asarray(a, np.float64) for a in (cameras.constants, cameras.origin))
    u, v = (MIDDLE - origin).T[:, :, None]
    sight = (constants[:, :3] + u * constants[:, 3:6] + v * constants[:, 6:9]) * RADII
    return sight / np.linalg.norm(sight, axis=-1, keepdims=True)


def angles_px(cameras, others):
    """Angles between what two sets of cameras look along, pixels."""
    return np.linalg.norm(middle(cameras) - middle(others), axis=-1) / INSTRUMENT.ifov_rad


def test_without_error_the_cameras_are_the_true_ones(tiny_visit, swaths):
    exact = pointed(tiny_visit, swaths, 0.0, 0.0)
    for band, truth in tiny_visit.bands.items():
        ids = tuple(tiny_visit.frames[i].product.product_id for i in truth.frames)
        assert exact.swaths[band].product_ids == ids
        apart = angles_px(exact.swaths[band].cameras, truth.cameras)
        assert apart == pytest.approx(np.zeros(len(ids)), abs=5e-3)
    assert set(exact.sigma_px.values()) == {0.0}


def test_empty_sky_is_left_out(tiny_visit, swaths):
    sky = {
        frame.product.product_id
        for frame, kind in zip(tiny_visit.frames, tiny_visit.kinds, strict=True)
        if kind is not FrameKind.IO
    }
    assert sky
    used = pointed(tiny_visit, swaths, 0.1, 0.1).sigma_px
    assert not sky & set(used)


def test_a_shared_error_moves_all_frames_alike(tiny_visit, swaths):
    exact = pointed(tiny_visit, swaths, 0.0, 0.0).swaths["M"].cameras
    off = angles_px(pointed(tiny_visit, swaths, 2.0, 0.0).swaths["M"].cameras, exact)
    assert off[0] > 0.1
    assert off == pytest.approx(np.full(len(off), off[0]), abs=0.02)
    scattered = angles_px(pointed(tiny_visit, swaths, 0.0, 2.0).swaths["M"].cameras, exact)
    assert np.ptp(scattered) > 0.1


def test_the_error_is_stated(tiny_visit, swaths):
    stated = pointed(tiny_visit, swaths, 0.3, 0.4).sigma_px.values()
    assert list(stated) == pytest.approx([0.5] * len(stated))


def test_bands_of_one_frame_move_together(tiny_visit, swaths):
    moved, exact = (pointed(tiny_visit, swaths, s, s).swaths for s in (1.0, 0.0))
    apart = [angles_px(moved[band].cameras, exact[band].cameras) for band in ("L", "M")]
    assert apart[0] == pytest.approx(apart[1], abs=0.02)


def test_negative_errors_are_refused():
    with pytest.raises(ConfigurationError, match="shared_px"):
        PointingError(-0.1, 0.1)
