"""Scenes: the light of lakes over the true surface, places, and drawing as a whole."""

from dataclasses import replace

import array_api_strict
import numpy as np
import pytest

from hotspots.body import IO_RADII_KM
from hotspots.errors import ConfigurationError
from hotspots.planck import L_BAND, M_BAND, hemispheric_power_gw_um
from hotspots.simulation.ground import Ground, SunlightLaw
from hotspots.simulation.lakes import draw_lakes
from hotspots.simulation.outlines import Patch
from hotspots.simulation.ranges import Range
from hotspots.simulation.scene import Scene, draw_scene
from hotspots.simulation.scene_ranges import GroundRanges, LakeRanges, SceneRanges
from hotspots.simulation.source import Source
from hotspots.simulation.tangent import east_north, surface_point_km
from tests.simulation.outlined import square_lake

GROUND = Ground(SunlightLaw(0.02), SunlightLaw(0.01))
SMALL = SceneRanges(ground=replace(GroundRanges(), finest_intervals=16))


def surface_patch(centre, half_km, cells):
    """Points of the ellipsoid about one, and the area of surface that belongs to each."""
    axis = (np.arange(cells) + 0.5) / cells * 2 * half_km - half_km
    east, north = np.meshgrid(axis, axis)
    axes = east_north(centre)

    def lifted(offset_east, offset_north):
        chart = centre + offset_east[..., None] * axes[0] + offset_north[..., None] * axes[1]
        return chart / np.linalg.norm(chart / np.array(IO_RADII_KM), axis=-1, keepdims=True)

    step = half_km / cells
    along = lifted(east + step, north) - lifted(east - step, north)
    across = lifted(east, north + step) - lifted(east, north - step)
    return lifted(east, north), np.linalg.norm(np.cross(along, across), axis=-1)


@pytest.mark.parametrize("band", [L_BAND, M_BAND])
@pytest.mark.parametrize("place", [(0.0, 0.0), (2.0, 95.0), (-47.0, 200.0), (88.0, 10.0)])
def test_light_of_lakes_over_the_surface_is_their_power(place, band):
    big = replace(LakeRanges(), lakes=Range.fixed(1), diameter_km=Range.fixed(100))
    outline = draw_lakes(big, np.random.default_rng(1))[0]
    lake = Source.lava_lake("a", *place, outline)
    scene = Scene((lake,), GROUND)
    points, area = surface_patch(scene.source_points_km[0], 1.02 * outline.reach_km, 900)
    light = scene.lake_radiance(points, band, 0, spread_km=2.0)
    total = hemispheric_power_gw_um(band, float(np.sum(light * area)))
    assert total == pytest.approx(lake.power_gw_um(band), rel=5e-3)


def test_lake_lies_where_it_should():
    patch = Patch(2.0, 3.0, 1.0, 600.0)
    scene = Scene((Source.lava_lake("a", 30.0, 40.0, square_lake(patches=(patch,))),), GROUND)
    points, _ = surface_patch(surface_point_km(30.0, 40.0), 6.0, 240)
    light = scene.lake_radiance(points, M_BAND, 0)
    inner = np.abs((np.arange(240) + 0.5) / 20 - 6) < 4.4
    light = light * (inner & inner[:, None])
    row, column = (float(np.mean(axis)) for axis in np.nonzero(light > 1))
    assert (column + 0.5) / 20 - 6 == pytest.approx(2.0, abs=0.05)
    assert (row + 0.5) / 20 - 6 == pytest.approx(3.0, abs=0.05)


def test_elsewhere_off_the_body_and_beyond_is_no_light():
    scene = Scene((Source.lava_lake("a", 30.0, 40.0, square_lake()),), GROUND)
    points = np.stack([surface_point_km(30, 41), -surface_point_km(30, 40), np.full(3, np.nan)])
    np.testing.assert_array_equal(scene.lake_radiance(points[None], M_BAND, 0), np.zeros((1, 3)))


def test_what_is_no_lake_is_refused():
    spot = Source("a", 0.0, 0.0, "hotspot", ((500.0, 1.0),))
    with pytest.raises(ConfigurationError, match="has no outline"):
        Scene((spot,), GROUND).lake_radiance(np.zeros((1, 3)), M_BAND, 0)
    assert Scene((spot,), GROUND).lakes == ()
    assert Scene((), GROUND).source_points_km.shape == (0, 3)


def test_second_device_of_the_strict_namespace():
    place = array_api_strict.Device("device1")
    scene = Scene((Source.lava_lake("a", 30.0, 40.0, square_lake()),), GROUND)
    points = surface_patch(surface_point_km(30.0, 40.0), 8.0, 12)[0].astype(np.float32)
    strict = scene.lake_radiance(
        array_api_strict.asarray(points, device=place), M_BAND, 0, spread_km=1.0
    )
    back = np.from_dlpack(strict.to_device(array_api_strict.Device("CPU_DEVICE")))
    np.testing.assert_allclose(back, scene.lake_radiance(points, M_BAND, 0, spread_km=1.0))
    assert np.count_nonzero(back) > 30


def test_drawn_scene_comes_again_and_is_another_with_another_seed():
    one, same, other = (draw_scene(SMALL, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert one.sources == same.sources
    assert one.sources != other.sources
    points = one.source_points_km
    ones = np.ones(len(points))
    np.testing.assert_array_equal(
        one.ground.radiance(points, ones, ones, ones, M_BAND),
        same.ground.radiance(points, ones, ones, ones, M_BAND),
    )


def test_drawn_scene_is_like_io():
    scene = draw_scene(SMALL, np.random.default_rng(4))
    assert 150 <= len(scene.sources) <= 450
    assert all(scene.sources[i].source_class == "lava_lake" for i in scene.lakes)
    assert len(scene.lakes) == sum(s.source_class == "lava_lake" for s in scene.sources)
    powers = np.array([source.power_gw_um(M_BAND) for source in scene.sources])
    assert powers.min() < 0.1
    assert powers.max() > 5
