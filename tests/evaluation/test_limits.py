"""Stated limits against the truth: ratios, the crossing, and volcanoes that were brighter."""

import math

import numpy as np
import pytest
from scipy.special import expit

from hotspots.catalogue.limit_records import LimitRecord, LimitStatus
from hotspots.errors import TruthError
from hotspots.evaluation.limits import (
    LimitTrial,
    by_ratio,
    crossing,
    limit_trials,
    overruled,
)
from hotspots.grid import GridMap, Plane
from hotspots.products.limits import RASTER, TABLE, write_limits
from tests.evaluation.conftest import make_detection, make_source, make_visit
from tests.helpers.grids import global_grid


def write_raster(folder, limit50=1.0, limit90=1.5):
    """Even limits north of 30 S, nothing in view south of it."""
    grid = global_grid(360)
    north = np.arange(grid.shape[0])[:, None] < 120
    planes = {
        "m_limit50_gw_um": np.where(north, limit50, np.nan),
        "m_limit90_gw_um": np.where(north, limit90, np.nan),
        "m_limit50_alone_gw_um": np.where(north, limit50, np.nan),
    }
    planes = {name: np.broadcast_to(values, grid.shape) for name, values in planes.items()}
    write_limits(
        folder, None, GridMap(grid, {n: Plane(v, "GW um-1", n) for n, v in planes.items()})
    )
    return folder / RASTER


def volcano(**changes):
    plain = {
        "visit": "PJ1",
        "name": "Loki",
        "lat_deg": 0.0,
        "lon_east_deg": 50.0,
        "status": LimitStatus.NOT_SEEN,
        "m_limit50_gw_um": 1.0,
        "m_limit90_gw_um": 1.5,
        "km_per_px": 10.0,
        "emission_deg": 30.0,
        "n_frames": 3,
    }
    return LimitRecord(**(plain | changes))


def test_powers_are_compared_with_the_limit_at_their_place(tmp_path):
    found = make_source(source_id="A", m_power_gw_um=3.0)
    missed = make_source(source_id="B", lon_east_deg=50.0, m_power_gw_um=0.5)
    hidden = make_source(source_id="C", lat_deg=-60.0, lon_east_deg=50.0)
    visit = make_visit([found, missed, hidden], [make_detection()])
    trials = limit_trials(visit, write_raster(tmp_path))
    assert trials == (LimitTrial(3.0, 2.0, found=True), LimitTrial(0.5, 0.5 / 1.5, found=False))


def test_sources_that_are_not_alone_or_not_points_say_nothing(tmp_path):
    pair = [make_source(source_id="A"), make_source(source_id="B", lon_east_deg=0.5)]
    wide = make_source(source_id="C", lon_east_deg=90.0, footprint_km=40.0)
    faint = make_source(source_id="D", lon_east_deg=180.0)
    weak = make_source(source_id="E", lon_east_deg=180.5, m_power_gw_um=0.1)
    trials = limit_trials(make_visit([*pair, wide, faint, weak], []), write_raster(tmp_path))
    assert [trial.ratio50 for trial in trials] == [2.0]  # D: what is beside it is much fainter


def test_a_raster_without_limits_is_refused(tmp_path):
    grid = global_grid(72)
    other = GridMap(grid, {"snr": Plane(np.zeros(grid.shape), "1", "")})
    write_limits(tmp_path, None, other)
    with pytest.raises(TruthError, match="no band m_limit50"):
        limit_trials(make_visit([make_source()], []), tmp_path / RASTER)
    with pytest.raises(TruthError, match="cannot be read"):
        limit_trials(make_visit([make_source()], []), tmp_path / "none.tif")


def made_trials(ratio, count=3000):
    random = np.random.default_rng(5)
    log_ratio = random.uniform(-2, 2, count)
    chance = 0.98 * expit((log_ratio - math.log(ratio)) / 0.2)
    found = random.random(count) < chance
    return [LimitTrial(math.exp(r), 1.0, bool(f)) for r, f in zip(log_ratio, found, strict=True)]


@pytest.mark.parametrize("ratio", [0.8, 1.0, 1.3])
def test_the_crossing_is_where_half_are_found(ratio):
    told = crossing(made_trials(ratio))
    assert told.ratio == pytest.approx(ratio, rel=0.04)
    assert told.low < told.ratio < told.high
    assert told.loss == pytest.approx(0.02, abs=0.01)


def test_too_few_sources_have_no_crossing():
    assert crossing([LimitTrial(1.0, 1.0, found=True)] * 9).ratio is None


def test_bins_hold_every_source_once():
    trials = made_trials(1.0, 500)
    bins = by_ratio(trials)
    assert sum(part.asked for part in bins.values()) == 500
    assert bins["4 to inf"].fraction > 0.9
    assert bins["0 to 0.25"].fraction < 0.1


def test_a_missed_source_above_the_limit_overrules_it(tmp_path):
    records = (
        volcano(name="below its limit", lon_east_deg=50.0),
        volcano(name="brighter", lon_east_deg=100.0),
        volcano(name="found as another", lon_east_deg=0.5),
        volcano(name="without a limit", lon_east_deg=150.0, m_limit90_gw_um=None),
        volcano(name="seen", status=LimitStatus.SEEN, source_id="PJ1_001", lon_east_deg=0.0),
    )
    write_limits(tmp_path, records, None)
    sources = [
        make_source(source_id="A", lon_east_deg=50.3, m_power_gw_um=1.2),
        make_source(source_id="B", lon_east_deg=100.3, m_power_gw_um=1.6),
        make_source(source_id="C", m_power_gw_um=9.0),
    ]
    told = overruled(make_visit(sources, [make_detection()]), tmp_path / TABLE)
    assert (told.found, told.asked) == (1, 3)
