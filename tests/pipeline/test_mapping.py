"""Groups to maps."""

import numpy as np
import pytest

from hotspots.backend import Backend
from hotspots.config import GridSettings
from hotspots.errors import GriddingError
from hotspots.gridding.illumination import Sunlight
from hotspots.pipeline.grouping import groups_of
from hotspots.pipeline.mapping import map_group, on_product_grid
from hotspots.swath import Flag
from tests.helpers.grids import global_grid
from tests.pipeline.frames import SIGMA, cameras_above, pointed_of, swath_of

DARK = {band: Sunlight(0.0, 0.0, 1.0) for band in ("L", "M")}


def mapped(pointed, settings=None, sunlight=None):
    settings = settings or GridSettings()
    (group,) = groups_of(pointed.swaths, pointed, settings)
    return map_group(group, pointed, sunlight or DARK, settings, Backend.CPU)


def test_planes_and_attributes_that_later_stages_want():
    names = ["a", "b", "c", "d"]
    swaths = [swath_of(cameras_above(4), band, names=names) for band in ("L", "M")]
    group, grid_map = mapped(pointed_of(*swaths))
    for letter in "lm":
        for plane in ("mean", "sigma", "frames", "chi2", "saturated", "sunlight", "residual"):
            assert f"{letter}_{plane}" in grid_map
        assert len(grid_map.attributes[f"{letter}_spread"]) == 4
    assert {"cos_emission", "cos_incidence", "km_per_px"} <= set(grid_map.planes)
    attributes = grid_map.attributes
    assert attributes["name"] == group.name == "group_1"
    assert attributes["n_products"] == 4
    assert attributes["et"] == pytest.approx(15.0)
    assert attributes["range_km"] == pytest.approx(60000.0, rel=1e-3)
    assert attributes["pointing_sigma_px"] == pytest.approx(0.1)
    assert int(grid_map["m_frames"].max()) == 4


def test_a_hit_in_one_frame_is_flagged_by_the_others():
    swath = swath_of(cameras_above(4), seed=6)
    swath.values[2, 60:62, 200:202] += 500 * SIGMA
    group, grid_map = mapped(pointed_of(swath))
    assert ((group.swaths["M"].flags[2, 60:62, 200:202] & Flag.RADIATION) != 0).all()
    assert np.nanmax(grid_map["m_mean"]) < 20 * SIGMA
    keep = GridSettings(radiation_sigma=1e6)
    group, _ = mapped(pointed_of(swath), keep)
    assert not (group.swaths["M"].flags & Flag.RADIATION).any()


def test_frames_in_the_shadow_get_no_sunlight():
    swath = swath_of(cameras_above(2))
    swath = swath.replace(cameras=swath.cameras.replace(sun=swath.cameras.position_km / 60000.0))
    law = {"M": Sunlight(0.02, 0.0, 1.0)}
    lit, half, dark = (
        np.nanmax(mapped(pointed_of(swath, eclipsed=names), sunlight=law)[1]["m_sunlight"])
        for names in ((), {"M0"}, {"M0", "M1"})
    )
    assert lit == pytest.approx(0.02, rel=0.01)
    assert half == pytest.approx(0.5 * lit)
    assert dark == 0.0


def test_a_grid_with_too_many_cells_is_made_coarser_to_an_end():
    pointed = pointed_of(swath_of(cameras_above(1)))
    _, fine = mapped(pointed)
    rows, columns = fine.grid.shape
    _, coarse = mapped(pointed, GridSettings(maximum_cells=rows * columns // 2))
    assert coarse.grid.shape[0] * coarse.grid.shape[1] <= rows * columns // 2
    assert coarse.grid.cell_km == pytest.approx(1.5 * fine.grid.cell_km)
    with pytest.raises(GriddingError, match="cells"):
        mapped(pointed, GridSettings(maximum_cells=4))


def test_all_groups_of_a_visit_share_a_product_grid():
    settings = GridSettings()
    cameras = [*cameras_above(1, longitude=200.0), *cameras_above(1, longitude=20.0)]
    pointed = pointed_of(swath_of(cameras), swath_of(cameras[:1], "L"))
    groups = groups_of(pointed.swaths, pointed, settings)
    assert len(groups) == 2
    grid_map = on_product_grid(groups, global_grid(180), "equirectangular")
    assert set(grid_map.planes) == {f"{b}_{p}" for b in "lm" for p in ("mean", "sigma", "frames")}
    seen = grid_map["m_frames"] > 0
    assert seen.mean() > 1.5 * (grid_map["l_frames"] > 0).mean()
    assert grid_map.attributes["name"] == "equirectangular"
    assert not on_product_grid((), global_grid(180), "nothing").planes
