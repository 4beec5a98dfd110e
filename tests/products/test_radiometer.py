import csv

import numpy as np
import pytest
import rasterio

from hotspots.catalogue.radiometer_records import (
    RadiometerRecord,
    ReceiverRecord,
    RowCountRecord,
)
from hotspots.config import ProductSettings
from hotspots.errors import ProductError
from hotspots.grid import GridMap, Plane
from hotspots.pipeline.product_grids import equirectangular_grid
from hotspots.products.radiometer import RadiometerProducts, read_radiometer, write_radiometer


def record(**changes):
    fields = {
        "lat_deg": 41.8103,
        "lon_east_deg": 45.0,
        "channel": 1,
        "tb_k": 131.254,
        "tb_sigma_k": 2.5,
        "resolution_km": 610.04,
    }
    return RadiometerRecord(**(fields | changes))


COUNT = RowCountRecord(product_id="MWR57RI", reason="blank", rows=6, treatment="used")
RECEIVER = ReceiverRecord(
    receiver="R1_2",
    channel=1,
    relation="TA = TOFF + (AntCnt - RefCnt) * TND1A / ND1ACnt",
    relation_rms_k=5.3e-5,
    noise_k=0.61,
    scale_sigma=0.0062,
    weight=0.87,
    diode1_stray=0.004,
    diode2_stray=None,
    diode3_stray=0.01,
)


def products(**changes):
    cells = (record(), record(channel=2, lava_fraction=0.1, lava_fraction_sigma=0.04))
    return RadiometerProducts(
        **({"cells": cells, "row_counts": (COUNT,), "receivers": (RECEIVER,)} | changes)
    )


def test_columns_are_those_of_the_contract(tmp_path):
    write_radiometer(tmp_path, products(), ProductSettings())
    with (tmp_path / "radiometer.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == [
        *("lat_deg", "lon_east_deg", "channel", "tb_k", "tb_sigma_k"),
        *("resolution_km", "lava_fraction", "lava_fraction_sigma"),
    ]
    assert rows[0]["lava_fraction"] == ""
    assert rows[1]["channel"] == "2"


def test_cells_come_back(tmp_path):
    write_radiometer(tmp_path, products(), ProductSettings())
    first, second = read_radiometer(tmp_path / "radiometer.csv")
    assert first.tb_k == pytest.approx(131.25, abs=0.01)
    assert first.lava_fraction is None
    assert second.lava_fraction == pytest.approx(0.1)


def test_nothing_to_map_leaves_headings(tmp_path):
    write_radiometer(tmp_path, products(cells=(), receivers=()), ProductSettings())
    assert read_radiometer(tmp_path / "radiometer.csv") == ()
    assert "MWR57RI,blank,6,used" in (tmp_path / "radiometer_rows.csv").read_text(encoding="utf-8")


def test_raster_is_written_where_it_is_wanted(tmp_path):
    grid = equirectangular_grid(10.0)
    plane = Plane(np.full(grid.shape, 95.0, np.float32), "K", "brightness temperature")
    made = products(grid_map=GridMap(grid, {"radiometer_tb_3_k": plane}))
    write_radiometer(tmp_path, made, ProductSettings(cogs=False))
    assert not (tmp_path / "radiometer.tif").exists()
    write_radiometer(tmp_path, made, ProductSettings())
    with rasterio.open(tmp_path / "radiometer.tif") as raster:
        assert raster.descriptions == ("radiometer_tb_3_k",)
        assert raster.read(1).mean() == 95.0


@pytest.mark.parametrize("change", [{"tb_sigma_k": 0.0}, {"resolution_km": float("nan")}])
def test_a_temperature_needs_error_and_width(change):
    with pytest.raises(ProductError, match="above zero"):
        record(**change)
