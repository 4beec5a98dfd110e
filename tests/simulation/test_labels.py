import numpy as np
import pytest

from hotspots.archive.label import read_image_label, read_label_header
from hotspots.simulation.labels import LABEL_RECORD_BYTES, image_label, log_label


@pytest.fixture
def written(tmp_path):
    def write(content):
        path = tmp_path / "x.LBL"
        path.write_bytes(content)
        return path

    return write


def label_of(visit, i=0, *, old_style=False):
    return image_label(
        visit.frames[i].product,
        old_style=old_style,
        state=visit.m_states.select([i]),
        sequence_samples=12,
    )


@pytest.mark.parametrize("old_style", [False, True])
def test_records_have_eighty_bytes(rdr_visit, old_style):
    content = label_of(rdr_visit, old_style=old_style)
    lines = content.decode("ascii").split("\r\n")
    assert {len(line) for line in lines[:-1]} == {LABEL_RECORD_BYTES - 2}
    assert lines[-1] == ""


def test_label_says_that_its_product_is_simulated(rdr_visit):
    assert b"SIMULATED" in label_of(rdr_visit)
    assert b"SIMULATED" in log_label(rdr_visit.frames[0].product)


def test_facts_of_a_calibrated_image_are_read_back(rdr_visit, written):
    product = rdr_visit.frames[0].product
    facts = read_image_label(written(label_of(rdr_visit)))
    assert facts.product_id == product.product_id
    assert facts.exposure_s is None
    assert (facts.lines, facts.samples, facts.sample_bits) == (256, 432, 32)
    assert facts.start_clock == product.start_clock
    assert facts.md5 == product.md5
    assert facts.instrument_mode == "SCI_I1_S1"
    assert ("ENABLED" in facts.note) is product.background_subtracted


def test_facts_of_a_raw_image_are_read_back(raw_visit, written):
    for i, frame in enumerate(raw_visit.frames):
        facts = read_image_label(written(label_of(raw_visit, i)))
        assert facts.exposure_s == pytest.approx(frame.product.exposure_s)
        assert facts.sample_bits == 16
        assert facts.note == ""
        assert facts.target_name == "N/A"


def test_faults_of_old_labels_are_there(rdr_visit):
    text = label_of(rdr_visit, old_style=True).decode()
    assert "W/(m^2*sr*micron)" in text
    assert "IEEE_REAL" in text
    assert "EXPOSURE_DURATION" not in text
    start, end = text.index("SC_TARGET_POSITION_VECTOR"), text.index("SC_SUN_POSITION_VECTOR")
    target = text[start:end].partition("=")[2].split()
    sun = text[end : text.index("SUB_SOLAR_LATITUDE")].partition("=")[2].split()
    assert target == sun  # the archive repeats it too
    vector = -rdr_visit.m_states.position_km[0]
    assert np.array([word.strip("(") for word in target[::2]], float) == pytest.approx(
        vector, abs=1e-3
    )


def test_label_of_a_log_table_names_its_image(raw_visit, written):
    product = raw_visit.frames[0].product
    header = read_label_header(written(log_label(product)))
    assert header["SOURCE_PRODUCT_ID"] == f"{product.product_id}.IMG"
    assert header["SPACECRAFT_CLOCK_START_COUNT"] == product.start_clock
