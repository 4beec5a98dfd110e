"""limits.csv and limits.tif: rows come back as they went in, nothing is written of nothing."""

from dataclasses import replace

import numpy as np
import pytest
import rasterio

from hotspots.catalogue.limit_records import LimitRecord, LimitStatus
from hotspots.errors import ProductError
from hotspots.grid import GridMap, Plane
from hotspots.products.limits import RASTER, TABLE, read_limits, write_limits
from tests.helpers.grids import global_grid

MISSED = LimitRecord(
    visit="PJ53",
    name="Kotar",
    lat_deg=-30.25,
    lon_east_deg=120.5,
    status=LimitStatus.NOT_SEEN,
    distance_km=210.5,
    m_limit50_gw_um=0.0123,
    m_limit90_gw_um=0.0234,
    m_limit_relative_sigma=0.05,
    km_per_px=21.25,
    emission_deg=33.5,
    n_frames=11,
)
SEEN = replace(MISSED, name="Loki", status=LimitStatus.SEEN, source_id="PJ53_001")
HIDDEN = replace(MISSED, name="Amirani", m_limit50_gw_um=None, m_limit90_gw_um=None)


def test_rows_come_back_as_they_went_in(tmp_path):
    write_limits(tmp_path, (MISSED, SEEN, HIDDEN), None)
    assert read_limits(tmp_path / TABLE) == (MISSED, SEEN, HIDDEN)


def test_a_limit_that_cannot_be_given_is_an_empty_cell(tmp_path):
    write_limits(tmp_path, (HIDDEN,), None)
    heading, row = (tmp_path / TABLE).read_text(encoding="utf-8").splitlines()
    cells = dict(zip(heading.split(","), row.split(","), strict=True))
    assert cells["m_limit50_gw_um"] == cells["source_id"] == ""
    assert cells["status"] == "not_seen"


def test_no_volcano_in_view_gives_headings_and_no_limits_no_file(tmp_path):
    write_limits(tmp_path, None, None)
    assert not list(tmp_path.iterdir())
    write_limits(tmp_path, (), None)
    assert read_limits(tmp_path / TABLE) == ()


def test_the_raster_names_its_bands_and_leaves_out_what_was_not_in_view(tmp_path):
    grid = global_grid(72)
    values = np.full(grid.shape, np.nan, dtype=np.float32)
    values[10, 20] = 0.25
    plane = Plane(values, "GW um-1", "spectral power found as often as not")
    write_limits(tmp_path, None, GridMap(grid, {"m_limit50_gw_um": plane}))
    with rasterio.open(tmp_path / RASTER) as raster:
        assert raster.descriptions == ("m_limit50_gw_um",)
        assert raster.units == ("GW um-1",)
        assert raster.read(1)[10, 20] == 0.25
        assert np.isnan(raster.nodata)


@pytest.mark.parametrize(
    "changes",
    [{"status": LimitStatus.SEEN}, {"source_id": "PJ53_001"}, {"m_limit50_gw_um": 0.0}],
)
def test_contradictions_are_refused(changes):
    with pytest.raises(ProductError, match="Kotar"):
        replace(MISSED, **changes)
