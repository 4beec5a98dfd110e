"""Known volcanoes of a made-up visit: seen, hidden by a neighbour, or fainter than a limit."""

import numpy as np
import pytest

from hotspots.catalogue.limit_records import LimitStatus
from hotspots.catalogue.records import SourceClass, SourceRecord
from hotspots.geometry.known_hotspots import known_hotspots
from hotspots.gridding.locate import cell_surface
from hotspots.pipeline.known_limits import known_volcanoes
from hotspots.pipeline.limit_map import limit_map
from hotspots.pipeline.product_grids import equirectangular_grid
from hotspots.retrieval.limits.completeness import GroupCompleteness
from tests.helpers.grids import view_grid_of

LIMIT, ALONE = 0.2, 0.1


def whole_disc(cell_km=30.0):
    """One group that sees half of the body, evenly well."""
    side = 124
    grid = view_grid_of((side, side), cell_km, latitude_deg=0.0, longitude_deg=50.0)
    seen = np.isfinite(cell_surface(grid)[1])
    return GroupCompleteness(
        grid=grid,
        log_middle=np.where(seen, np.log(LIMIT), np.inf),
        log_middle_alone=np.where(seen, np.log(ALONE), np.inf),
        width=0.2,
        loss=0.0,
        cos_emission=np.where(seen, 0.7, 0.0),
        km_per_px=np.where(seen, 50.0, 0.0),
        frames=np.where(seen, 4.0, 0.0),
    )


def source_at(name):
    known = known_hotspots()
    i = known.names.index(name)
    return SourceRecord(
        visit="PJ1",
        source_id="PJ1_001",
        time_utc="2024-01-01T00:00:00.000Z",
        lat_deg=float(known.latitude_deg[i]),
        lon_east_deg=float(known.longitude_east_deg[i]),
        sigma_km=3.0,
        source_class=SourceClass.HOTSPOT,
        snr=20.0,
        n_frames=4,
        range_km=2e5,
        km_per_px=50.0,
        emission_deg=45.0,
        incidence_deg=120.0,
    )


@pytest.fixture(scope="module")
def records():
    nearest = source_at(_in_view()[0])
    return nearest, known_volcanoes("PJ1", (whole_disc(),), (nearest,), 0.05, 0.0)


def _in_view():
    """Names of volcanoes near the middle of the disc."""
    known = known_hotspots()
    away = np.abs((known.longitude_east_deg - 50.0 + 180) % 360 - 180)
    order = np.argsort(away + np.abs(known.latitude_deg))
    return [known.names[i] for i in order[:5]]


def test_half_of_the_known_volcanoes_are_in_view_from_south_to_north(records):
    _, rows = records
    assert 60 < len(rows) < 280
    assert all(abs((row.lon_east_deg - 50.0 + 180) % 360 - 180) < 91 for row in rows)
    latitudes = [row.lat_deg for row in rows]
    assert latitudes == sorted(latitudes)
    assert {row.n_frames for row in rows} == {4}
    assert {row.km_per_px for row in rows} == {50.0}
    assert {round(row.emission_deg, 3) for row in rows} == {45.573}


def test_one_is_seen_and_its_limit_does_not_count_its_own_light(records):
    source, rows = records
    (seen,) = [row for row in rows if row.status is LimitStatus.SEEN]
    assert seen.source_id == source.source_id
    assert seen.distance_km == pytest.approx(0.0, abs=1e-6)
    assert seen.m_limit50_gw_um == pytest.approx(ALONE, rel=1e-4)


def test_the_others_have_limits(records):
    _, rows = records
    missed = [row for row in rows if row.status is LimitStatus.NOT_SEEN]
    well = [row for row in missed if abs((row.lon_east_deg - 50 + 180) % 360 - 180) < 60]
    assert all(row.m_limit50_gw_um == pytest.approx(LIMIT, rel=1e-3) for row in well)
    assert all(row.m_limit90_gw_um == pytest.approx(LIMIT * 9**0.2, rel=1e-3) for row in well)
    assert all(row.source_id is None for row in missed)


def test_a_map_that_may_lie_off_reaches_beyond_what_was_seen():
    source = source_at(_in_view()[0])
    sure = known_volcanoes("PJ1", (whole_disc(),), (source,), 0.05, 0.0)
    unsure = known_volcanoes("PJ1", (whole_disc(),), (source,), 0.05, 4.0)
    none = [sum(row.m_limit90_gw_um is None for row in rows) for rows in (sure, unsure)]
    assert none[1] > none[0]


def test_the_raster_holds_the_same_limits():
    grid = equirectangular_grid(4.0)
    limits = limit_map((whole_disc(),), grid)
    half = limits["m_limit50_gw_um"]
    seen = np.isfinite(half)
    assert 0.4 < seen.mean() < 0.55
    np.testing.assert_allclose(half[seen], LIMIT, rtol=1e-5)
    np.testing.assert_allclose(limits["m_limit90_gw_um"][seen], LIMIT * 9**0.2, rtol=1e-5)
    np.testing.assert_allclose(limits["m_limit50_alone_gw_um"][seen], ALONE, rtol=1e-5)
    assert set(np.unique(limits["frames"])) == {0.0, 4.0}
    # strips of rows are put back where they belong: the view is about 50 degrees east
    columns = np.flatnonzero(seen.any(axis=0))
    assert abs((columns.mean() + 0.5) * 4.0 - 180 - 50) < 3
