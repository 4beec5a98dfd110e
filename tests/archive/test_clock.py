import re
from dataclasses import replace

import pytest

from hotspots.archive.assemble import assemble_product
from hotspots.archive.clock import clock_et, exposure_from_clock, start_et
from hotspots.archive.find import find_products
from hotspots.archive.kernels import KernelPool
from hotspots.archive.label import read_image_label
from hotspots.errors import KernelError, LabelError
from tests.helpers.archive_files import Frame, write_frame
from tests.helpers.example import EXAMPLE_ARCHIVE


@pytest.fixture
def product():
    return find_products(EXAMPLE_ARCHIVE).products[0]


def test_exposures_of_published_labels():
    # JIR_IMG_RDR_2017033T114006_V02 (12 ms) and JIR_IMG_EDR_2022012T094606_V01 (15 ms).
    assert exposure_from_clock("1/539307798:00786", "1/539307798:01572") == 786 / 65536
    assert exposure_from_clock("5/695253153:52101", "5/695253153:53084") == 983 / 65536
    assert exposure_from_clock("5/695253153:65000", "5/695253154:00447") == 983 / 65536


def test_exposure_that_is_not_positive_is_an_error():
    with pytest.raises(LabelError, match="make an exposure"):
        exposure_from_clock("5/1:5", "5/1:5")


def test_clock_agrees_with_start_time_to_its_rounding(product, metakernel):
    spiceypy = pytest.importorskip("spiceypy")
    with KernelPool(metakernel):
        from_time = spiceypy.str2et(product.start_time_label)
        assert start_et(product) == pytest.approx(from_time, abs=0.0007)


def test_sub_counts_become_seconds(product, metakernel):
    seconds = product.start_clock.partition("/")[2].partition(":")[0]
    with KernelPool(metakernel):
        half = clock_et(f"{seconds}:32768") - clock_et(f"{seconds}:0")
    assert half == pytest.approx(0.5, abs=1e-5)


@pytest.mark.parametrize("partition", ["", "1/", "3/", "5/", "9/"])
def test_partition_changes_nothing(product, metakernel, partition):
    count = product.start_clock.partition("/")[2]
    with KernelPool(metakernel):
        assert clock_et(partition + count) == clock_et(count)


def test_old_clock_kernel_with_the_coarse_clock_only_is_enough(
    product, metakernel, kernel_folder, tmp_path
):
    text = next(kernel_folder.glob("*.tsc")).read_text()
    coarse = tmp_path / "coarse.tsc"
    coarse.write_text(re.sub(r"^.*61999.*$", "", text, flags=re.MULTILINE))
    with KernelPool(metakernel):
        fine = start_et(product)
    with KernelPool([coarse, kernel_folder / "leap_seconds.tls"]):
        assert start_et(product) == pytest.approx(fine, abs=2e-5)


def test_without_clock_count_start_time_serves(product, metakernel):
    with KernelPool(metakernel):
        et = start_et(replace(product, start_clock=""))
        assert et == pytest.approx(start_et(product), abs=0.0007)


def test_clock_that_contradicts_start_time_is_an_error(product, metakernel):
    seconds = int(product.start_clock.partition("/")[2].partition(":")[0])
    wrong = replace(product, start_clock=f"5/{seconds + 100}:0")
    with KernelPool(metakernel), pytest.raises(LabelError, match="s apart"):
        start_et(wrong)


def test_without_kernels_the_error_says_which_to_load(tmp_path):
    product = assemble_product(read_image_label(write_frame(tmp_path, Frame())))
    with pytest.raises(KernelError, match="leap second kernel"):
        start_et(product)
    with pytest.raises(KernelError, match=r"JNO_SCLKSCET"):
        clock_et(product.start_clock)
