"""Ground patterns: contrast, correlation of the bands, resolution, reproducibility."""

from dataclasses import replace

import array_api_strict
import numpy as np
import pytest

from hotspots.planck import L_BAND, M_BAND
from hotspots.simulation.albedo import Texture, draw_albedo
from hotspots.simulation.deposits import Deposit
from hotspots.simulation.tangent import surface_point_km

TEXTURE = Texture(0.2, 0.1, 0.7, 0.1, finest_intervals=64)


def points_everywhere(count=4000):
    normal = np.random.default_rng(0).normal(size=(count, 3))
    return 1821.0 * normal / np.linalg.norm(normal, axis=1, keepdims=True)


def drawn(texture=TEXTURE, deposits=(), seed=1):
    return draw_albedo(texture, deposits, np.random.default_rng(seed))


def test_contrast_and_correlation_are_those_asked_for():
    logs = []
    for seed in range(6):
        albedo = drawn(seed=seed)
        logs.append([np.log(albedo.factor(points_everywhere(), b)) for b in (L_BAND, M_BAND)])
    l_log, m_log = np.moveaxis(np.array(logs), 1, 0).reshape(2, -1)
    # Values between nodes, which are interpolated, have less contrast.
    assert 0.12 < l_log.std() < 0.22
    assert l_log.std() / m_log.std() == pytest.approx(2, rel=0.1)
    # The octaves of the detail are the same in both bands.
    assert 0.6 < np.corrcoef(l_log, m_log)[0, 1] < 0.95
    # Six globes; the mean of one scatters by 0.06 for its broad patterns.
    assert np.exp(l_log).mean() == pytest.approx(1, abs=0.08)


def test_bands_that_are_one_are_one():
    albedo = drawn(replace(TEXTURE, m_contrast=0.2, band_correlation=1.0))
    points = points_everywhere(100)
    np.testing.assert_allclose(albedo.factor(points, L_BAND), albedo.factor(points, M_BAND))


def test_smooth_ground_is_alike_nearby():
    centre = surface_point_km(10, 20)
    near = centre + np.random.default_rng(2).normal(0, 10, (500, 3))
    rough, smooth = (
        np.log(drawn(replace(TEXTURE, smoothness=s)).factor(near, L_BAND)).std() for s in (0, 1)
    )
    assert smooth < 0.3 * rough


def test_coarse_view_has_less_contrast_and_the_same_broad_pattern():
    albedo = drawn()
    fine, coarse = (
        np.log(albedo.factor(points_everywhere(), L_BAND, resolution_km=r)) for r in (0, 200)
    )
    assert coarse.std() < 0.9 * fine.std()
    assert np.corrcoef(fine, coarse)[0, 1] > 0.5
    # Nodes 179, 89 and 45 km apart.
    finest = albedo.factor(points_everywhere(), L_BAND, resolution_km=45)
    np.testing.assert_array_equal(finest, albedo.l_maps[-1].sample(points_everywhere()))


def test_deposits_are_seen():
    floor = Deposit(-30, 100, 150.0, l_factor=0.5, m_factor=0.25)
    place = surface_point_km(-30, 100)[None, :]
    plain, dark = drawn(), drawn(deposits=(floor,))
    for band, factor in ((L_BAND, 0.5), (M_BAND, 0.25)):
        ratio = dark.factor(place, band)[0] / plain.factor(place, band)[0]
        assert ratio == pytest.approx(factor, rel=0.05)


def test_no_contrast_is_flat():
    albedo = drawn(replace(TEXTURE, l_contrast=0.0))
    np.testing.assert_array_equal(albedo.factor(points_everywhere(50), L_BAND), 1.0)


def test_albedo_is_never_dark_beyond_measure():
    albedo = drawn(replace(TEXTURE, l_contrast=2.0, smoothness=0.0))
    assert (albedo.factor(points_everywhere(), L_BAND) > 0).all()


def test_same_generator_same_ground():
    points = points_everywhere(50)
    np.testing.assert_array_equal(drawn().factor(points, M_BAND), drawn().factor(points, M_BAND))


def test_second_device_of_the_strict_namespace():
    place = array_api_strict.Device("device1")
    albedo, points = drawn(), points_everywhere(60)
    strict = albedo.factor(array_api_strict.asarray(points, device=place), M_BAND)
    back = np.from_dlpack(strict.to_device(array_api_strict.Device("CPU_DEVICE")))
    np.testing.assert_allclose(back, albedo.factor(points, M_BAND), atol=1e-6)
