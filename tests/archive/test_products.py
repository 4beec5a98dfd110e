from dataclasses import replace
from pathlib import Path

import pytest

from hotspots.archive.products import Product
from hotspots.errors import LabelError

PRODUCT = Product(
    product_id="JIR_IMG_RDR_2023212T044011_V01",
    label_path=Path("x.LBL"),
    image_path=Path("x.IMG"),
    level="RDR",
    bands=("L", "M"),
    lines=256,
    samples=432,
    start_clock="5/1:0",
    stop_clock="5/1:131",
    start_time_label="2023-07-31T04:40:08.606",
    stop_time_label="2023-07-31T04:40:08.608",
    exposure_s=0.002,
)


@pytest.mark.parametrize(
    "changes",
    [
        {"level": "CDR"},
        {"bands": ("M", "L")},
        {"bands": ()},
        {"lines": 128},
        {"samples": 336},
        {"exposure_s": 0.0},
        {"exposure_s": float("nan")},
        {"exposure_s": float("inf")},
    ],
)
def test_contradictions_are_refused(changes):
    with pytest.raises(LabelError, match=r"x\.LBL: product JIR_IMG_RDR"):
        replace(PRODUCT, **changes)


def test_products_are_values():
    assert replace(PRODUCT, orbit=53) == replace(PRODUCT, orbit=53)
    assert len({PRODUCT, replace(PRODUCT, orbit=53)}) == 2
