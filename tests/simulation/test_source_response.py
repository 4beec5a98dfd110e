"""Single sources and their signal to noise, against sums over pixels."""

import numpy as np
import pytest

from hotspots.planck import M_BAND
from hotspots.simulation.camera_state import draw_camera
from hotspots.simulation.optics import Optics
from hotspots.simulation.render import render
from hotspots.simulation.source import Source
from hotspots.simulation.source_response import matched_snr, sample_noise, source_response
from tests.simulation.made_cameras import (
    SUNLIT_GROUND,
    cameras_over,
    hot_spot,
    scene_of,
    silent_ranges,
)
from tests.simulation.outlined import square_lake

OPTICS = Optics(0.6, 1.05, (0.02, 0.01), (2.0, 5.0))
SPOT = hot_spot(((800.0, 1.0), (350.0, 30.0)))
LAKE = Source.lava_lake("lake", 12.0, 42.0, square_lake())
HIDDEN = hot_spot(lat_deg=-10.0, lon_east_deg=220.0, name="hidden")
SCENE = scene_of(SPOT, LAKE, HIDDEN, ground=SUNLIT_GROUND)
SMEAR = np.array([1.7, 0.0])
NO_LIGHT = np.zeros(2, bool)


@pytest.mark.parametrize("distance_km", [4_000.0, 40_000.0])
def test_responses_are_the_parts_of_a_frame(distance_km):
    cameras = cameras_over(SPOT, distance_km, [(215.5, 63.5), (180.2, 50.0)])
    shown = render(SCENE, cameras, M_BAND, OPTICS, SMEAR, np.ones(2, bool))
    parts = [source_response(SCENE, cameras, M_BAND, OPTICS, SMEAR, i) for i in range(3)]
    np.testing.assert_allclose(shown.ground + sum(parts), shown.radiance, rtol=1e-5, atol=1e-7)
    assert not parts[2].any()


@pytest.mark.parametrize("distance_km", [4_000.0, 40_000.0, 150_000.0])
def test_matched_snr_is_the_sum_over_pixels(distance_km):
    cameras = cameras_over(SPOT, distance_km, [(215.5, 63.5), (180.2, 50.0)])
    shown = render(SCENE, cameras, M_BAND, OPTICS, SMEAR, np.ones(2, bool))
    rng = np.random.default_rng(1)
    sigma = rng.uniform(0.5, 2.0, shown.radiance.shape).astype(np.float32) * 1e-3
    snr = matched_snr(SCENE, shown, cameras, M_BAND, OPTICS, SMEAR, sigma)
    assert snr.shape == (2, 3)
    for i in range(3):
        image = source_response(SCENE, cameras, M_BAND, OPTICS, SMEAR, i)
        direct = np.sqrt(np.sum((image / sigma) ** 2, axis=(1, 2)))
        direct[~shown.sources.visible[:, i]] = 0.0
        np.testing.assert_allclose(snr[:, i], direct, rtol=0.01)
    assert (snr[:, 0] > 1).all()


def test_noise_is_read_background_and_shot():
    radiance = np.zeros((2, 128, 432), np.float32)
    radiance[1] = 0.5
    exposures = np.array([0.001, 0.002])
    for subtracted, factor in ((0.0, 1.0), (1.0, 2.0)):
        ranges = silent_ranges(
            detector={
                "read_noise_dn": 17.5,
                "electrons_per_dn": 137.0,
                "background_subtracted": subtracted,
            }
        )
        camera = draw_camera(ranges, np.random.default_rng(0), "RDR")
        sigma = sample_noise(radiance, exposures, camera)
        np.testing.assert_allclose(sigma[0], 17.5 * factor**0.5 / 2000.0, rtol=1e-5)
        bright = np.sqrt(17.5**2 * factor + 0.5 * 4000.0 / 137.0) / 4000.0
        np.testing.assert_allclose(sigma[1], bright, rtol=1e-5)
