"""The same code on real labels and on the large simulated sample, where they are at hand."""

import csv
from pathlib import Path

import numpy as np
import pytest

from hotspots.archive import (
    KernelPool,
    find_metakernel,
    find_products,
    group_visits,
    kernels_cover,
    missing_packets,
    read_image,
    start_et,
)
from hotspots.archive.clock import exposure_from_clock
from hotspots.archive.label import read_image_label
from hotspots.archive.label_geometry import read_label_geometry
from hotspots.archive.label_pds4 import read_image_label_pds4
from hotspots.errors import ChecksumError, ImageError

SHARED = Path(__file__).parents[3] / "shared"
LABELS = SHARED / "data" / "jiram"
SAMPLE = SHARED / "sample" / "archive"
TRUTH = SHARED / "sample" / "truth"

needs_labels = pytest.mark.skipif(not LABELS.is_dir(), reason="no ../shared/data/jiram here")
needs_sample = pytest.mark.skipif(not SAMPLE.is_dir(), reason="no ../shared/sample here")


@needs_labels
@pytest.mark.parametrize(
    ("name", "orbit", "lines", "exposure"),
    [
        ("JIR_IMG_RDR_2017033T114006_V02", 4, 128, 0.012),
        ("JIR_IMG_RDR_2022012T092203_V01", 39, 256, 0.015),
        ("JIR_IMG_EDR_2022012T094606_V01", 39, 256, 0.015),
    ],
)
def test_real_pds3_labels(name, orbit, lines, exposure):
    facts = read_image_label(LABELS / f"{name}.LBL")
    assert (facts.product_id, facts.orbit, facts.lines) == (name, orbit, lines)
    clock = exposure_from_clock(facts.start_clock, facts.stop_clock)
    assert clock == pytest.approx(exposure, abs=2e-5)
    assert facts.exposure_s == (exposure if "EDR" in name else None)


@needs_labels
def test_real_pds4_label_says_what_its_pds3_label_says():
    name = LABELS / "JIR_IMG_RDR_2017033T114006_V02"
    old, new = (
        read_image_label(name.with_suffix(".LBL")),
        read_image_label_pds4(name.with_suffix(".xml")),
    )
    for field in ("start_time", "stop_time", "image_name", "lines", "samples", "sample_bits"):
        assert getattr(new, field) == getattr(old, field)
    assert new.band_hint == old.band_hint == "M"


@needs_labels
def test_real_geometry_repeats_the_target_vector_as_the_sun():
    geometry = read_label_geometry(LABELS / "JIR_IMG_RDR_2017033T114006_V02.LBL")
    assert geometry is not None
    assert geometry.sun_km is None
    assert geometry.bands["M"].first_line == 139


@pytest.fixture(scope="module")
def sample():
    inventory = find_products(SAMPLE)
    truth = {}
    for path in sorted(TRUTH.glob("*_frames.csv")):
        with path.open(newline="") as file:
            truth.update({row["product"]: row for row in csv.DictReader(file)})
    return inventory, truth


@needs_sample
def test_sample_is_found_completely(sample):
    inventory, truth = sample
    found = {product.product_id for product in inventory.products}
    failed = {issue.product_id for issue in inventory.issues}
    assert found | failed == set(truth)
    assert failed == {name for name, row in truth.items() if row["defect"] in {"garbled", "no_img"}}
    visits = group_visits(inventory)
    assert [visit.name for visit in visits] == ["PJ25", "PJ43", "PJ53", "PJ57", "PJ62", "PJ68"]
    assert all(len(visit.issues) == 2 for visit in visits)


@needs_sample
def test_sample_facts_agree_with_the_truth(sample):
    inventory, truth = sample
    with KernelPool(find_metakernel(SAMPLE)):
        for product in inventory.products:
            row = truth[product.product_id]
            assert product.exposure_s == float(row["t_exp_s"])
            assert "".join(product.bands) == row["bands"]
            et = start_et(product)
            assert et == pytest.approx(float(row["start_et"]), abs=1e-5)
            assert (kernels_cover(et) is not None) == (row["kind"] == "no_ck")


@needs_sample
def test_sample_images_fail_where_and_as_they_should(sample):
    inventory, truth = sample
    for product in inventory.products:
        row = truth[product.product_id]
        expected = {"md5": ChecksumError, "truncated": ImageError}.get(row["defect"])
        if expected is not None:
            with pytest.raises(expected):
                read_image(product)
            continue
        image = read_image(product)
        mask = np.zeros(image.shape, bool)
        if row["zero_packets"]:
            line, sample_ = map(int, row["zero_packets"].split(","))
            mask[line : line + 128, sample_ : sample_ + 144] = True
        np.testing.assert_array_equal(missing_packets(image), mask)
