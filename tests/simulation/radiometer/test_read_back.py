"""A simulated archive read by the archive's own reader: rows, faults, temperatures, pointing."""

from pathlib import Path

import numpy as np
import pytest

from hotspots.archive.kernels import KernelPool
from hotspots.archive.radiometer.products import find_radiometer_hours
from hotspots.archive.radiometer.read import read_hour
from hotspots.archive.radiometer.reasons import RowFault as ReadFault
from hotspots.archive.radiometer.rows import RadiometerRows
from hotspots.geometry.beams.from_kernels import beams_from_kernels
from hotspots.simulation.radiometer.faults import RowFault
from hotspots.simulation.radiometer.passage import radiometer_metakernel
from hotspots.simulation.radiometer.visit import SimulatedFlyby

READ_AS = {
    RowFault.DUPLICATE: ReadFault.DUPLICATE,
    RowFault.SWAPPED: ReadFault.OUT_OF_ORDER,
    RowFault.TRUNCATED: ReadFault.TRUNCATED,
    RowFault.NO_GEOLOCATION: ReadFault.NO_GEOLOCATION,
}


@pytest.fixture(scope="module")
def metakernel(flyby: SimulatedFlyby, kernel_folder: Path) -> Path:
    return radiometer_metakernel(kernel_folder, [], [flyby.passage])


@pytest.fixture(scope="module")
def archive(flyby: SimulatedFlyby, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("radiometer_archive")
    for table in flyby.tables:
        folder = root / table.folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{table.product_id}.CSV").write_bytes(table.text.encode("ascii"))
    return root


@pytest.fixture(scope="module")
def read(archive: Path, metakernel: Path) -> tuple[RadiometerRows, dict[ReadFault, int]]:
    counts: dict[ReadFault, int] = {}
    parts = []
    with KernelPool(metakernel):
        for hour in find_radiometer_hours(archive).hours:
            rows, odd = read_hour(hour)
            parts.append(rows)
            for one in odd:
                counts[one.fault] = counts.get(one.fault, 0) + one.rows
    return RadiometerRows.concatenate(parts), counts


def test_every_row_comes_back_once_in_order(
    flyby: SimulatedFlyby, read: tuple[RadiometerRows, dict[ReadFault, int]]
) -> None:
    rows, _ = read
    np.testing.assert_allclose(rows.et, flyby.rows.et, atol=1e-5)


@pytest.mark.parametrize("fault", READ_AS)
def test_faults_are_counted_as_often_as_they_were_put_in(
    fault: RowFault, flyby: SimulatedFlyby, read: tuple[RadiometerRows, dict[ReadFault, int]]
) -> None:
    put_in = sum(one.fault is fault for one in flyby.bad)
    assert put_in > 0
    assert read[1][READ_AS[fault]] == put_in


def test_blank_and_nan_fields_are_seen(
    flyby: SimulatedFlyby, read: tuple[RadiometerRows, dict[ReadFault, int]]
) -> None:
    # Blank thermistors are not read, so not every blank row is odd to the reader.
    assert read[1].get(ReadFault.BLANK, 0) <= sum(one.fault is RowFault.BLANK for one in flyby.bad)
    assert read[1][ReadFault.NOT_A_NUMBER] == sum(one.fault is RowFault.NAN for one in flyby.bad)


def test_archived_temperature_comes_back(
    flyby: SimulatedFlyby, read: tuple[RadiometerRows, dict[ReadFault, int]]
) -> None:
    found = read[0].archived_k
    here = np.isfinite(found)
    assert here.mean() > 0.95
    np.testing.assert_allclose(found[here], flyby.receivers.archived_k[here], atol=1e-4)


def test_kernels_lead_the_readers_beams_to_the_antennas(
    flyby: SimulatedFlyby, metakernel: Path
) -> None:
    with KernelPool(metakernel):
        beams = beams_from_kernels(flyby.rows.et)
    expected = flyby.rows.antennas @ np.swapaxes(flyby.rows.to_io, 1, 2)[:, None]
    np.testing.assert_allclose(beams.axes[:, 0], expected[:, 0], atol=1e-6)
    np.testing.assert_allclose(beams.axes[:, 5], expected[:, 1], atol=1e-6)
    juno = np.einsum("nij,nj->ni", flyby.rows.to_io, flyby.rows.juno)
    np.testing.assert_allclose(beams.juno_km, juno, atol=1e-2)
