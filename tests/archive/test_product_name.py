from datetime import UTC, datetime

import pytest

from hotspots.archive.product_name import parse_product_name


def test_parts_of_a_name():
    name = parse_product_name("JIR_IMG_RDR_2017033T114006_V02.LBL")
    assert name is not None
    assert (name.product_id, name.kind, name.level, name.version) == (
        "JIR_IMG_RDR_2017033T114006_V02",
        "IMG",
        "RDR",
        2,
    )
    assert name.time == datetime(2017, 2, 2, 11, 40, 6, tzinfo=UTC)


def test_case_does_not_matter():
    name = parse_product_name("jir_log_img_edr_2024165t154655_v01.tab")
    assert name is not None
    assert (name.kind, name.level) == ("LOG_IMG", "EDR")


@pytest.mark.parametrize(
    "text",
    [
        "MWR55RG2023288060000_R06000_V04.LBL",
        "INDEX.LBL",
        "JIR_IMG_RDR_2017033T114006.LBL",
        "JIR_IMG_RDR_2017400T114006_V01.LBL",
        "JIR_IMG_RDR_2017033T116106_V01.LBL",
        "JIR_STATUS_RDR_2017033T114006_V01.LBL",
        "",
    ],
)
def test_what_is_no_product_is_none(text):
    assert parse_product_name(text) is None
