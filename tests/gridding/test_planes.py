"""Planes of a map: what frames say, what geometry says, on both sorts of array."""

import array_api_strict
import numpy as np
import pytest

from hotspots.backend import to_host
from hotspots.errors import GriddingError
from hotspots.gridding.illumination import Sunlight
from hotspots.gridding.locate import cell_surface
from hotspots.gridding.planes import (
    RADIANCE_UNIT,
    band_planes,
    geometry_planes,
    group_map,
    mean_planes,
    sample_weights,
)
from hotspots.gridding.view_grid import view_grid
from hotspots.swath import Flag
from tests.detection.scenes import ELSEWHERE
from tests.pipeline.frames import SIGMA, cameras_above, swath_of

CAMERAS = cameras_above(3)
SWATH = swath_of(CAMERAS, seed=1)
GRID = view_grid(SWATH.cameras)


def elsewhere(swath):
    """Move the arrays of a swath to array-api-strict's second device."""

    def move(array):
        return array_api_strict.asarray(array, device=ELSEWHERE)

    cameras = swath.cameras.replace(
        constants=move(swath.cameras.constants), origin=move(swath.cameras.origin)
    )
    moved = {name: move(getattr(swath, name)) for name in ("values", "sigma", "flags")}
    return swath.replace(cameras=cameras, **moved)


def with_flag(swath, flag, where):
    flags = swath.flags.copy()
    flags[where] |= np.uint8(flag)
    return swath.replace(flags=flags)


@pytest.mark.parametrize(
    ("flag", "counts"),
    [
        (Flag.MISSING, False),
        (Flag.HOT_PIXEL, False),
        (Flag.RADIATION, False),
        (Flag.OFF_BODY, False),
        (Flag.SATURATED, True),
        (Flag.NONLINEAR, True),
    ],
)
def test_which_samples_count(flag, counts):
    weights = sample_weights(with_flag(SWATH, flag, (0, 5, 6)))
    assert (weights[0, 5, 6] > 0) is np.bool_(counts)
    assert np.count_nonzero(weights == 0) == (0 if counts else 1)


def test_a_bright_core_weighs_as_much_as_its_wings():
    sigma = SWATH.sigma.copy()
    sigma[:, 60, 200] *= 10
    weights = sample_weights(SWATH.replace(sigma=sigma))
    np.testing.assert_allclose(weights, SIGMA**-2, rtol=1e-5)


def test_even_light_is_an_even_map_with_the_noise_of_its_samples():
    planes = band_planes(SWATH.replace(values=SWATH.values + np.float32(0.5)), GRID)
    full = planes["m_frames"].values == 3
    assert full.sum() > 10000
    mean, sigma = planes["m_mean"].values[full], planes["m_sigma"].values[full]
    assert mean.mean() == pytest.approx(0.5, abs=1e-4)
    assert mean.std() == pytest.approx(np.sqrt(np.mean(sigma**2)), rel=0.05)
    assert np.nanmedian(planes["m_chi2"].values[full]) == pytest.approx(1.0, abs=0.25)
    assert not planes["m_saturated"].values[full].any()
    assert planes["m_mean"].unit == RADIANCE_UNIT


def test_saturated_light_is_a_fraction():
    planes = band_planes(
        with_flag(SWATH, Flag.SATURATED, (0, slice(50, 60), slice(150, 250))), GRID
    )
    full = planes["m_frames"].values == 3
    fraction = planes["m_saturated"].values[full]
    assert fraction.max() == pytest.approx(1 / 3, rel=0.15)
    assert fraction.min() == 0.0


def test_a_map_for_people_is_the_same_mean_without_the_rest():
    whole, few = band_planes(SWATH, GRID), mean_planes(SWATH, GRID)
    assert set(few) == {"m_mean", "m_sigma", "m_frames"}
    for name, plane in few.items():
        np.testing.assert_array_equal(plane.values, whole[name].values)


def test_geometry_below_the_camera_and_towards_the_limb():
    sun = np.array([[0.0, 0.0, 1.0]])
    cameras = CAMERAS[0].replace(sun=sun)
    planes = geometry_planes(GRID, cameras, np.zeros(1))
    surface, latitude, _ = cell_surface(GRID)
    towards = cameras.position_km[0] - surface
    distance = np.linalg.norm(towards, axis=-1)
    normal = surface / np.array(GRID.radii_km) ** 2
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    np.testing.assert_allclose(
        planes["cos_emission"].values, np.sum(normal * towards, axis=-1) / distance
    )
    np.testing.assert_allclose(planes["cos_incidence"].values, normal[..., 2])
    np.testing.assert_allclose(planes["km_per_px"].values, distance * cameras.ifov_rad)
    seen = np.isfinite(latitude)
    np.testing.assert_array_equal(np.isfinite(planes["km_per_px"].values), seen)
    assert np.nanmax(planes["cos_emission"].values) == pytest.approx(1.0, abs=1e-4)


def test_the_mean_camera_counts():
    planes = [geometry_planes(GRID, c, np.zeros(1))["km_per_px"].values for c in CAMERAS[:2]]
    together = geometry_planes(GRID, SWATH.cameras.select([0, 1]), np.zeros(1))
    np.testing.assert_allclose(together["km_per_px"].values, np.mean(planes, axis=0), rtol=1e-6)


def test_sunlight_is_modelled_and_taken_off_band_by_band():
    law = Sunlight(0.02, 0.0, 1.0)
    cameras = SWATH.cameras.replace(sun=SWATH.cameras.position_km / 60000.0)
    swaths = {"L": SWATH.replace(band="L", cameras=cameras), "M": SWATH.replace(cameras=cameras)}
    grid_map = group_map(swaths, GRID, {"M": law, "L": Sunlight(0, 0, 1)}, {"name": "g"})
    cosine = grid_map["cos_incidence"]
    model = grid_map["m_sunlight"]
    np.testing.assert_allclose(model, 0.02 * np.nan_to_num(np.maximum(cosine, 0)), rtol=1e-5)
    np.testing.assert_allclose(
        grid_map["m_residual"], grid_map["m_mean"] - model, rtol=1e-4, atol=1e-8
    )
    np.testing.assert_array_equal(grid_map["l_residual"], grid_map["l_mean"])
    assert grid_map.attributes == {"name": "g"}
    floats = [p.values.dtype for n, p in grid_map.planes.items() if not n.endswith("_frames")]
    assert set(floats) == {np.dtype("float32")}


def test_a_law_of_a_band_that_is_not_there_is_left_out():
    law = Sunlight(0.0, 0.0, 1.0)
    grid_map = group_map({"L": SWATH.replace(band="L")}, GRID, {"L": law, "M": law}, {})
    assert not any(name.startswith("m_") for name in grid_map.planes)


def test_frames_elsewhere_give_the_same_map_there():
    swaths = {"M": SWATH}
    laws = {"M": Sunlight(0.01, 0.0, 1.0)}
    here = group_map(swaths, GRID, laws, {})
    there = group_map({"M": elsewhere(SWATH)}, GRID, laws, {})
    assert set(here.planes) == set(there.planes)
    for name in here.planes:
        assert there[name].device == ELSEWHERE
        np.testing.assert_allclose(to_host(there[name]), here[name], rtol=1e-5, atol=1e-7)


def test_a_swath_without_cameras_is_named():
    blind = SWATH.replace(cameras=None)
    for make in (band_planes, mean_planes):
        with pytest.raises(GriddingError, match="band M: the swath has no cameras"):
            make(blind, GRID)
