from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from hotspots.archive.radiometer.products import RadiometerHour
from hotspots.archive.visits import Visit
from hotspots.catalogue.records import FrameRecord, FrameStatus
from hotspots.config import InferSettings, ProductSettings
from hotspots.errors import CalibrationError
from hotspots.grid import GridMap, Plane
from hotspots.observer import SilentObserver
from hotspots.pipeline import instruments
from hotspots.pipeline.outcome import VisitOutcome
from hotspots.pipeline.product_grids import equirectangular_grid
from hotspots.pipeline.radiometer import RadiometerOutcome
from hotspots.products.radiometer import RadiometerProducts

HOUR = RadiometerHour(
    product_id="MWR57RI",
    orbit=57,
    start=datetime(2023, 12, 30, 8, tzinfo=UTC),
    instrument=Path("x.CSV"),
    geolocation=None,
)
GRID = equirectangular_grid(10.0)
FRAME = FrameRecord(product_id="JIR_IMG", status=FrameStatus.USED, reason="")
TABLE = FrameRecord(product_id="MWR57RI", status=FrameStatus.USED, reason="")


def plane():
    return Plane(np.zeros(GRID.shape, np.float32), "K", "made up")


@pytest.fixture
def camera(monkeypatch):
    """The camera's part is one map and one frame."""
    outcome = VisitOutcome(
        name="PJ57",
        sources=(),
        frames=(FRAME,),
        maps=(GridMap(GRID, {"m_mean": plane()}),),
        notes={"dark_frames": 3},
    )
    monkeypatch.setattr(instruments, "run_visit", lambda *_: outcome)
    return outcome


@pytest.fixture
def radiometer(monkeypatch):
    """The radiometer's part is one raster and one table."""
    products = RadiometerProducts(
        cells=(), row_counts=(), grid_map=GridMap(GRID, {"radiometer_tb_1_k": plane()})
    )
    outcome = RadiometerOutcome(
        products=products, frames=(TABLE,), maps=object(), lava=object(), notes={"maps": []}
    )
    monkeypatch.setattr(instruments, "run_radiometer", lambda *_: outcome)
    monkeypatch.setattr(
        instruments,
        "with_radiometer",
        lambda maps, *_: tuple(one.with_planes({"radiometer_tb_1_k": plane()}) for one in maps),
    )
    return outcome


def run(*, products=(), issues=(), hours=(HOUR,), netcdf=True):
    visit = Visit("PJ57", 57, products, issues, hours)
    settings = InferSettings(
        archive=Path("in"), out=Path("out"), products=ProductSettings(netcdf=netcdf)
    )
    return instruments.run_instruments(visit, settings, SilentObserver())


def test_camera_alone_is_left_as_it_is(camera):
    assert run(products=("image",), hours=()) is camera


def test_both_share_maps_frames_and_notes(camera, radiometer):
    outcome = run(products=("image",))
    (grid_map,) = outcome.maps
    assert set(grid_map.planes) == {"m_mean", "radiometer_tb_1_k"}
    assert [frame.product_id for frame in outcome.frames] == ["JIR_IMG", "MWR57RI"]
    assert outcome.radiometer is radiometer.products
    assert outcome.notes == {"dark_frames": 3, "radiometer": {"maps": []}}


def test_planes_are_not_made_where_no_grid_file_is_wanted(camera, radiometer):
    (grid_map,) = run(products=("image",), netcdf=False).maps
    assert set(grid_map.planes) == {"m_mean"}


def test_radiometer_alone_has_its_own_map(radiometer):
    outcome = run()
    assert outcome.maps == (radiometer.products.grid_map,)
    assert outcome.sources == ()
    assert outcome.frames == (TABLE,)


def test_a_radiometer_that_fails_leaves_the_camera(camera, monkeypatch):
    def fail(*_):
        msg = "PJ57: no diodes"
        raise CalibrationError(msg)

    monkeypatch.setattr(instruments, "run_radiometer", fail)
    outcome = run(products=("image",))
    assert outcome.radiometer is None
    assert outcome.frames[-1].status is FrameStatus.FAILED
    assert "no diodes" in outcome.frames[-1].reason
    with pytest.raises(CalibrationError):
        run()
