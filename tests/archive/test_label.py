import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotspots.archive.label import read_image_label, read_label_header
from hotspots.errors import LabelError
from tests.helpers.archive_files import Frame, label_text, write_frame, write_log

TEXT = label_text(Frame(), md5="0" * 32, image="x.IMG")


def test_keywords_of_a_calibrated_image(tmp_path):
    frame = Frame(bands=("L", "M"))
    facts = read_image_label(write_frame(tmp_path, frame))
    assert facts.product_id == frame.product_id
    assert facts.data_set_id == "JNO-J-JIRAM-3-RDR-V1.0"
    assert (facts.start_clock, facts.stop_clock) == (frame.start_clock, frame.stop_clock)
    assert facts.start_time == "2023-07-31T04:40:08.606"
    assert (facts.lines, facts.samples, facts.sample_bits) == (256, 432, 32)
    assert facts.image_name == f"{frame.product_id}.IMG"
    assert (facts.orbit, facts.target_name, facts.sequence_number) == (53, "N/A", 2)
    assert facts.md5 is not None
    assert re.fullmatch("[0-9a-f]{32}", facts.md5)
    assert facts.software_version == "PDS_RDR_v10"
    assert facts.instrument_mode == "SCI_I1_S1"
    assert facts.exposure_s is None
    assert facts.band_hint == ""
    assert "ENABLED" in facts.note
    assert facts.complete is True


def test_keywords_of_a_raw_image(tmp_path):
    facts = read_image_label(write_frame(tmp_path, Frame(level="EDR", exposure_s=0.001)))
    assert facts.exposure_s == 0.001
    assert facts.sample_bits == 16


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("15 <ms>", 0.015), ("1 <second>", 1.0), ("0.015", None), ('"N/A"', None), ("1 <day>", None)],
)
def test_exposure_needs_a_known_unit(tmp_path, text, seconds):
    label = write_frame(tmp_path, Frame(level="EDR"), EXPOSURE_DURATION=text)
    assert read_image_label(label).exposure_s == seconds


def test_pointer_may_name_the_first_record(tmp_path):
    label = write_frame(tmp_path, **{"^IMAGE": '("x.IMG", 1)'})
    assert read_image_label(label).image_name == "x.IMG"
    label = write_frame(tmp_path, **{"^IMAGE": '("x.IMG", 5)'})
    with pytest.raises(LabelError, match=r"keyword \^IMAGE"):
        read_image_label(label)


@pytest.mark.parametrize("md5", ['"N/A"', '"123"', None])
def test_checksum_that_is_none(tmp_path, md5):
    assert read_image_label(write_frame(tmp_path, MD5_CHECKSUM=md5)).md5 is None


@pytest.mark.parametrize(
    "keyword",
    [
        "PRODUCT_ID",
        "START_TIME",
        "STOP_TIME",
        "SPACECRAFT_CLOCK_START_COUNT",
        "SPACECRAFT_CLOCK_STOP_COUNT",
        "LINES",
        "LINE_SAMPLES",
        "SAMPLE_BITS",
        "^IMAGE",
    ],
)
def test_missing_keyword_is_named(tmp_path, keyword):
    label = write_frame(tmp_path, **{keyword: None})
    with pytest.raises(LabelError, match=rf"{label.name}.*keyword {re.escape(keyword)} is missing"):
        read_image_label(label)


@pytest.mark.parametrize("value", ['"N/A"', "-128", "1e9", "12345678901", ""])
def test_number_that_is_none_is_named(tmp_path, value):
    label = write_frame(tmp_path, LINES=value)
    with pytest.raises(LabelError, match=r"LINES is .* wanted a whole number"):
        read_image_label(label)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(TEXT.rstrip()) - 1))
def test_label_cut_off_anywhere_is_an_error(tmp_path, length):
    label = tmp_path / "cut.LBL"
    label.write_text(TEXT[:length])
    with pytest.raises(LabelError, match=r"cut\.LBL"):
        read_image_label(label)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.integers(0, len(TEXT) - 1), st.binary(min_size=1, max_size=40))
def test_overwritten_label_is_read_or_refused_but_never_breaks_the_reader(tmp_path, place, junk):
    content = TEXT.encode()
    label = tmp_path / "junk.LBL"
    label.write_bytes(content[:place] + junk + content[place + len(junk) :])
    try:
        outcome = read_image_label(label).path.name
    except LabelError as error:
        outcome = str(error)
    assert "junk.LBL" in outcome


@pytest.mark.parametrize("junk", ["((((" * 5000, "X = " + "(" * 100_000, "OBJECT = A\nOBJECT = B"])
def test_bombs_are_refused(tmp_path, junk):
    label = tmp_path / "bomb.LBL"
    label.write_text(f"A = 1\n{junk}\nEND\n")
    with pytest.raises(LabelError, match=r"bomb\.LBL"):
        read_image_label(label)


def test_binary_huge_and_missing_files_are_no_labels(tmp_path):
    label = tmp_path / "x.LBL"
    with pytest.raises(LabelError, match="cannot be read"):
        read_image_label(label)
    label.write_bytes(TEXT.encode()[:200] + b"\x00\x01" + TEXT.encode()[202:])
    with pytest.raises(LabelError, match="garbled label: byte 200 is 0x00"):
        read_image_label(label)
    label.write_bytes(b" " * (1 << 20) + b"\nEND\n")
    with pytest.raises(LabelError, match="longer than"):
        read_image_label(label)


def test_header_stops_at_the_first_object(tmp_path):
    header = read_label_header(write_log(tmp_path, Frame()))
    assert header["SOURCE_PRODUCT_ID"] == f"{Frame().product_id}.IMG"
    assert "TABLE" not in header
