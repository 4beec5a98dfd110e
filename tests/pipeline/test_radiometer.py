"""The radiometer's way end to end, on one small simulated flyby."""

from dataclasses import replace

import numpy as np
import pytest

from hotspots.archive.kernels import KernelPool
from hotspots.archive.metakernel import find_metakernel
from hotspots.catalogue.records import FrameStatus
from hotspots.config import InferSettings
from hotspots.config.radiometer import RadiometerSettings
from hotspots.config.radiometer_maps import RadiometerMapSettings
from hotspots.gridding.radiometer.cells import cell_centres
from hotspots.observer import SilentObserver
from hotspots.pipeline.finding import find_holdings, find_visits
from hotspots.pipeline.radiometer import run_radiometer
from tests.helpers.radiometer_flyby import write_flyby

COARSE = RadiometerMapSettings(cells_per_side=8, facet_split=1, permittivities=(2.5,))


class Stages(SilentObserver):
    """Remembers the stages that it is told."""

    def __init__(self):
        self.names = []

    def stage(self, name):
        self.names.append(name)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return write_flyby(tmp_path_factory.mktemp("radiometer"), minutes=1.5)


@pytest.fixture(scope="module")
def settings(archive):
    return InferSettings(
        archive=archive, out=archive / "out", radiometer=RadiometerSettings(maps=COARSE)
    )


@pytest.fixture(scope="module")
def done(archive, settings):
    """Outcome and stages of the flyby."""
    observer = Stages()
    with KernelPool(find_metakernel(archive)):
        (visit,) = find_visits(find_holdings(settings), settings)
        return run_radiometer(visit, settings, observer), observer.names


def test_io_has_plausible_temperatures_with_errors_and_widths(done):
    outcome, _ = done
    cells = outcome.products.cells
    assert {cell.channel for cell in cells} == {1, 2, 3, 4, 5, 6}
    cold = [cell.tb_k for cell in cells if cell.channel == 6]
    assert 70 < np.median(cold) < 130
    assert all(cell.resolution_km > 100 for cell in cells)
    assert len(cells) < 6 * len(cell_centres(8))  # what no beam saw is left out


def test_model_follows_the_rows(done):
    outcome, _ = done
    traces = outcome.products.traces
    residual = (traces.antenna_k - traces.model_k) / traces.sigma_k
    assert np.nanmedian(np.abs(residual[:, 2:])) < 1.5
    assert traces.minutes[0] < 0 < traces.minutes[-1]
    on_io = traces.io_angle_deg[:, 5] < 10
    assert np.nanmax((traces.model_k - traces.background_k)[on_io, 5]) > 50


def test_every_odd_row_is_in_the_table(done):
    outcome, _ = done
    reasons = {count.reason: count.rows for count in outcome.products.row_counts}
    assert reasons["blank"] == 2
    assert reasons["not_a_number"] == 1
    assert reasons["duplicate"] == 1
    assert reasons["truncated"] == 1
    assert reasons["no_geolocation"] == 2
    assert all(count.treatment for count in outcome.products.row_counts)


def test_receivers_tell_how_the_archive_was_calibrated(done):
    outcome, _ = done
    receivers = outcome.products.receivers
    assert [one.receiver for one in receivers][:2] == ["R1_1", "R1_2"]
    assert max(one.relation_rms_k for one in receivers) < 1e-3
    assert receivers[0].weight + receivers[1].weight == pytest.approx(1.0)


def test_raster_and_notes_say_where_they_come_from(done):
    outcome, stages = done
    assert outcome.products.grid_map.grid.shape == (180, 360)
    assert outcome.notes["kernels_against_columns_deg"][0] < 0.05
    assert len(outcome.notes["choices"]) == 6
    assert stages == [
        f"radiometer: {name}" for name in ("reading", "calibrating", "mapping", "interpreting")
    ]


def test_nothing_near_io_is_a_result(archive, settings):
    with KernelPool(find_metakernel(archive)):
        (visit,) = find_visits(find_holdings(settings), settings)
        nowhere = tuple(
            replace(hour, instrument=hour.instrument.with_name("lost.CSV"))
            for hour in visit.radiometer
        )
        outcome = run_radiometer(replace(visit, radiometer=nowhere), settings, SilentObserver())
    assert outcome.maps is None
    assert outcome.products.cells == ()
    assert outcome.frames[0].status is FrameStatus.FAILED
