"""Shapes of the regions of a whole map."""

from dataclasses import replace

import numpy as np
import pytest

from hotspots.detection.detector import Region
from hotspots.detection.scene import Scene
from hotspots.grid import Grid, Projection
from hotspots.retrieval.shape import Shape
from hotspots.retrieval.shape_windows import shapes_of
from tests.detection.scenes import FLUX_SIGMA, SPREAD, drawn, noise_of, scene_with

SHAPE = (130, 140)
CELL_KM = 10.0
LAKE = (60.0, 64.0)
RADIUS = 6.0


def region_at(*places: tuple[float, float], snr: float = 100.0) -> Region:
    column, row = np.mean(places, axis=0)
    return Region(row, column, snr, tuple((y, x) for x, y in places), 0.5, 0.5)


def disc_of_points() -> np.ndarray:
    """Even disc of `RADIUS` cells as many points."""
    step = np.arange(-RADIUS, RADIUS + 0.5, 0.5)
    x, y = (axis.ravel() for axis in np.meshgrid(step, step))
    inside = np.hypot(x, y) < RADIUS
    return np.stack([LAKE[0] + x[inside], LAKE[1] + y[inside]], axis=-1)


def shapes(scene: Scene, regions: list[Region]) -> tuple[Shape | None, ...]:
    grid = Grid(Projection.VIEW, SHAPE, CELL_KM, -700.0, 650.0)
    normals = np.tile(np.asarray(grid.basis()[2]), (len(regions), 1))
    return shapes_of(scene, regions, grid, normals, np.full(len(regions), 1.66 * CELL_KM))


def lake_scene() -> Scene:
    places = disc_of_points()
    light = np.full(len(places), 4 * FLUX_SIGMA)
    image = drawn(SHAPE, places, light) + drawn(SHAPE, [(78.0, 64.0)], [300 * FLUX_SIGMA])
    return scene_with(image + noise_of(SHAPE, 5))


LAKE_REGION = region_at((57.0, 64.0), (63.0, 64.0), (60.0, 61.0), (60.0, 67.0))
NEIGHBOUR = region_at((78.0, 64.0))


def test_a_lake_and_its_neighbour():
    lake, neighbour = shapes(lake_scene(), [LAKE_REGION, NEIGHBOUR])
    assert lake is not None
    assert lake.kind != "point"
    assert lake.diameter_km == pytest.approx(2 * RADIUS * CELL_KM, rel=0.2)
    assert lake.lake_factor == 10.0
    assert neighbour is not None
    assert neighbour.kind == "point"


def test_faint_and_saturated_sources_have_no_shape():
    scene = lake_scene()
    assert shapes(scene, [region_at(LAKE, snr=5.0)]) == (None,)
    saturated = np.zeros(SHAPE)
    saturated[62:66, 58:62] = 1.0
    assert shapes(replace(scene, saturated=saturated), [LAKE_REGION]) == (None,)


def test_a_source_off_the_covered_part_has_no_shape():
    scene = lake_scene()
    usable = scene.usable.copy()
    usable[:, 50:70] = False
    assert shapes(replace(scene, usable=usable), [LAKE_REGION]) == (None,)


def test_the_edge_of_the_map_has_no_shape():
    image = drawn(SHAPE, [(3.0, 3.0)], [300 * FLUX_SIGMA]) + noise_of(SHAPE, 6)
    assert shapes(scene_with(image), [region_at((3.0, 3.0))]) == (None,)


def test_when_all_sources_are_wide_alike_the_map_is_blurred():
    places = np.array([(x, y) for x in (25.0, 55.0, 85.0, 115.0) for y in (25.0, 60.0, 95.0)])
    light = np.full(len(places), 300 * FLUX_SIGMA)
    image = drawn(SHAPE, places, light, 1.5**2 * SPREAD) + noise_of(SHAPE, 7)
    regions = [region_at(tuple(place)) for place in places]
    together = shapes(scene_with(image), regions)
    assert {shape.kind for shape in together if shape is not None} == {"point"}
    (alone,) = shapes(scene_with(image), regions[:1])
    assert alone is not None
    assert alone.kind != "point"
