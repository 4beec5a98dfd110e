from dataclasses import replace

import pytest

from hotspots.archive.kernels import KernelPool
from hotspots.config import InferSettings
from hotspots.config.radiometer import RadiometerSettings
from hotspots.errors import ArchiveError
from hotspots.pipeline.finding import find_holdings, find_visits, near_io
from tests.helpers.example import EXAMPLE_ARCHIVE
from tests.helpers.radiometer_files import instrument_row, lines_of, write_lines

KERNELS = EXAMPLE_ARCHIVE / "kernels" / "juno_io_pj53.tm"


def settings_of(archive, **radiometer):
    return InferSettings(
        archive=archive, out=archive / "out", radiometer=RadiometerSettings(**radiometer)
    )


def put_table(folder, name="MWR53RI2023212040000_R00001_V04.CSV"):
    write_lines(folder / name, lines_of([instrument_row(0)]))


def visits(settings):
    with KernelPool(KERNELS):
        return find_visits(near_io(find_holdings(settings), settings), settings)


def test_radiometer_alone(tmp_path):
    put_table(tmp_path)
    (visit,) = visits(settings_of(tmp_path))
    assert (visit.name, len(visit.radiometer), visit.products) == ("PJ53", 1, ())


def test_camera_alone(example_archive):
    (visit,) = visits(settings_of(example_archive))
    assert visit.radiometer == ()
    assert visit.products


def test_both_instruments_are_one_visit(example_archive):
    put_table(example_archive / "mwr")
    (visit,) = visits(settings_of(example_archive))
    assert visit.radiometer
    assert visit.products


def test_radiometer_is_not_looked_for_when_not_wanted(example_archive):
    put_table(example_archive / "mwr")
    (visit,) = visits(settings_of(example_archive, enabled=False))
    assert visit.radiometer == ()


def test_tables_that_are_not_used_are_listed(example_archive):
    put_table(example_archive, "MWR53RI2023212040000_R00001_V03.CSV")
    put_table(example_archive, "MWR53RI2023212040000_R00001_V04.CSV")
    inventory = find_holdings(settings_of(example_archive)).inventory
    assert "MWR53RI2023212040000_R00001_V03" in {issue.product_id for issue in inventory.issues}


def test_an_archive_of_neither_instrument_says_what_was_wanted(tmp_path):
    with pytest.raises(ArchiveError, match=r"JIR_IMG.*MWR"):
        find_holdings(settings_of(tmp_path))


def test_tables_far_from_io_are_no_visit(tmp_path):
    put_table(tmp_path, "MWR53RI2023100040000_R00001_V04.CSV")
    settings = settings_of(tmp_path)
    with KernelPool(KERNELS), pytest.raises(ArchiveError, match="none of them near Io"):
        find_visits(near_io(find_holdings(settings), settings), settings)
    put_table(tmp_path)
    near = replace(settings, radiometer=RadiometerSettings(minimum_filling=0.99))
    with KernelPool(KERNELS), pytest.raises(ArchiveError, match="none of them near Io"):
        find_visits(near_io(find_holdings(near), near), near)


def test_hours_far_from_io_are_listed_beside_the_visit(tmp_path):
    put_table(tmp_path)
    put_table(tmp_path, "MWR53RI2023100040000_R00001_V04.CSV")
    settings = settings_of(tmp_path)
    with KernelPool(KERNELS):
        holdings = near_io(find_holdings(settings), settings)
    assert [hour.start.month for hour in holdings.hours] == [7]
    (issue,) = holdings.inventory.issues
    assert issue.product_id == "MWR53RI2023100040000_R00001_V04"
    assert "far away" in issue.reason
