"""Products to raw frames, or to the reason why not."""

import numpy as np
import pytest

from hotspots.archive.find import find_products
from hotspots.archive.kernels import KernelPool
from hotspots.archive.metakernel import find_metakernel
from hotspots.archive.visits import group_visits
from hotspots.catalogue.records import FrameStatus
from hotspots.config import CalibrationSettings
from hotspots.pipeline.reading import read_frames
from tests.helpers.example import GOOD_FRAMES, copy_product, image_of, label_of, seal


@pytest.fixture
def read(example_archive):
    """Return a function that reads the example as it then is: frames and records by time."""

    def go(settings=None):
        (visit,) = group_visits(find_products(example_archive))
        with KernelPool(find_metakernel(example_archive)):
            frames, records = read_frames(visit, settings or CalibrationSettings())
        times = {record.product_id[-10:-4]: record for record in records}
        return {frame.product.product_id[-10:-4]: frame for frame in frames}, times

    return go


def test_whole_images_are_frames_in_order_of_time(read):
    frames, records = read()
    assert set(GOOD_FRAMES) <= set(frames)
    assert [frame.et for frame in frames.values()] == sorted(f.et for f in frames.values())
    assert not set(frames) & set(records)
    assert all(record.reason for record in records.values())


def test_a_checksum_that_does_not_match_fails_unless_it_is_not_asked_for(read, example_archive):
    with image_of(example_archive, "044112").open("r+b") as image:
        image.seek(400)
        image.write(b"\x00\x00\x80\x3f")
    frames, records = read()
    assert records["044112"].status is FrameStatus.FAILED
    assert "MD5" in records["044112"].reason
    assert "044213" in frames
    frames, _ = read(CalibrationSettings(verify_checksums=False))
    assert "044112" in frames


def test_an_image_of_zeros_fails(read, example_archive):
    np.zeros((256, 432), "<f4").tofile(image_of(example_archive, "044112"))
    seal(label_of(example_archive, "044112"))
    _, records = read()
    assert records["044112"].status is FrameStatus.FAILED
    assert records["044112"].reason.startswith("no telemetry packet")


def test_a_time_that_kernels_do_not_cover_is_rejected(read, example_archive):
    copy_product(
        label_of(example_archive, "044416"),
        label_of(example_archive, "064300"),
        start="2023-07-31T06:43:00.000",
        clock_s=744058231,
        orbit=53,
    )
    _, records = read()
    assert records["064300"].status is FrameStatus.REJECTED
    assert "kernel" in records["064300"].reason
