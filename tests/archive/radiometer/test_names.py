from datetime import UTC, datetime

import pytest

from hotspots.archive.radiometer.names import RadiometerKind, parse_radiometer_name


def test_reads_every_part():
    name = parse_radiometer_name("MWR57RI2023364080000_R06005_V04.CSV")
    assert name.product_id == "MWR57RI2023364080000_R06005_V04"
    assert (name.orbit, name.kind, name.version) == (57, RadiometerKind.INSTRUMENT, 4)
    assert name.start == datetime(2023, 12, 30, 8, tzinfo=UTC)


def test_case_does_not_matter():
    name = parse_radiometer_name("mwr62rg2024166030000_r04112_v03.csv")
    assert name.kind is RadiometerKind.GEOLOCATION
    assert name.product_id.startswith("MWR62RG")


@pytest.mark.parametrize(
    "text",
    [
        "JIR_IMG_RDR_2017033T114006_V02.LBL",
        "MWR57RX2023364080000_R06005_V04.CSV",
        "MWR57RI2023999080000_R06005_V04.CSV",
        "MWR57RI2023364080000_R06005.CSV",
        "",
    ],
)
def test_other_names_are_none(text):
    assert parse_radiometer_name(text) is None
