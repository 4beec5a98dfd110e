from dataclasses import asdict

import numpy as np
import pytest

from hotspots.archive.find import find_products
from hotspots.archive.kernels import KernelPool
from hotspots.archive.metakernel import find_metakernel
from hotspots.archive.visits import group_visits
from hotspots.catalogue.records import FrameStatus
from hotspots.config import CalibrationSettings
from hotspots.errors import ProductError
from hotspots.pipeline.reading import read_frames
from hotspots.simulation.archive_files import write_visit
from hotspots.simulation.damage import Defect, damaged_products
from hotspots.simulation.kernels import write_metakernel, write_text_kernels


def written(visit, archive, damaged=()):
    folder = write_visit(visit, archive, damaged)
    write_text_kernels(archive / "kernels")
    write_metakernel(archive / "kernels", [visit.name])
    return folder


def read_back(visit, archive):
    (found,) = group_visits(find_products(archive))
    assert found.name == visit.name
    with KernelPool(find_metakernel(archive)):
        return read_frames(found, CalibrationSettings())


@pytest.fixture(params=["rdr_visit", "raw_visit"])
def visit(request):
    return request.getfixturevalue(request.param)


def test_frames_in_memory_are_those_that_are_read(visit, tmp_path):
    folder = written(visit, tmp_path)
    level = 2000 if visit.level == "RDR" else 1000
    assert folder == tmp_path / f"jnojir_{level + visit.orbit}" / "DATA"
    frames, records = read_back(visit, tmp_path)
    assert not records
    assert len(frames) == len(visit.frames)
    for mine, read in zip(visit.frames, frames, strict=True):
        assert read.et == mine.et
        assert read.image.dtype == mine.image.dtype
        np.testing.assert_array_equal(read.image, mine.image)
        np.testing.assert_array_equal(read.missing, mine.missing)
        facts, wanted = asdict(read.product), asdict(mine.product)
        for paths in ("label_path", "image_path"):
            assert facts.pop(paths) == tmp_path / wanted.pop(paths)
        assert facts == wanted


def test_damaged_products_have_the_fate_they_deserve(visit, tmp_path):
    damaged = damaged_products(visit, 5)
    kinds = {one.defect for one in damaged}
    assert len(kinds) == len(damaged) >= 4
    written(visit, tmp_path, damaged)
    frames, records = read_back(visit, tmp_path)
    assert len(frames) == len(visit.frames)
    fates = {record.product_id: record for record in records}
    reasons = {
        Defect.TRUNCATED: "truncated",
        Defect.NO_IMAGE: "without its image",
        Defect.GARBLED: "garbled",
        Defect.CHECKSUM: "MD5",
        Defect.NO_ATTITUDE: "no attitude kernel",
    }
    assert set(fates) == {one.product.product_id for one in damaged}
    for one in damaged:
        fate = fates[one.product.product_id]
        rejected = one.defect is Defect.NO_ATTITUDE
        assert fate.status is (FrameStatus.REJECTED if rejected else FrameStatus.FAILED)
        assert reasons[one.defect] in fate.reason


def test_damage_is_the_same_each_time_and_of_other_frames(visit):
    damaged = damaged_products(visit, 3)
    assert damaged == damaged_products(visit, 3)
    assert len({one.frame for one in damaged}) == len(damaged) == 3
    good = {frame.product.product_id for frame in visit.frames}
    assert not good & {one.product.product_id for one in damaged}
    assert not damaged_products(visit, 0)


def test_folder_that_cannot_be_written_is_named(rdr_visit, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(ProductError, match="file"):
        write_visit(rdr_visit, blocked)
