import pytest

from hotspots.archive.assemble import assemble_product, background_subtracted
from hotspots.archive.label import read_image_label
from hotspots.archive.label_pds4 import read_image_label_pds4
from hotspots.archive.log_table import parse_log_row
from hotspots.errors import LabelError
from tests.helpers.archive_files import Frame, log_row, write_frame, write_pds4_label


def assemble(label, log=None):
    return assemble_product(read_image_label(label), log)


def test_calibrated_product_of_two_bands(tmp_path):
    frame = Frame(bands=("L", "M"))
    product = assemble(write_frame(tmp_path, frame))
    assert product.product_id == frame.product_id
    assert product.image_path == tmp_path / f"{frame.product_id}.IMG"
    assert (product.level, product.bands, product.unit) == ("RDR", ("L", "M"), "W m-2 sr-1")
    assert product.exposure_s == 0.002
    assert product.orbit == 53
    assert product.target_name == "N/A"
    assert product.background_subtracted is True


def test_old_label_states_a_unit_that_is_not_that_of_the_numbers(tmp_path):
    label = write_frame(tmp_path, Frame(old_style=True))
    assert b"micron" in label.read_bytes()
    assert assemble(label).unit == "W m-2 sr-1"


def test_raw_product(tmp_path):
    product = assemble(write_frame(tmp_path, Frame(level="EDR", exposure_s=0.001)))
    assert (product.level, product.unit, product.exposure_s) == ("EDR", "DN", 0.001)
    assert product.background_subtracted is False


def test_log_settles_exposure_and_background(tmp_path):
    frame = Frame(level="EDR", exposure_s=0.0006)
    log = parse_log_row(log_row(frame))
    product = assemble(write_frame(tmp_path, frame), log)
    assert product.exposure_s == pytest.approx(0.0006, abs=1e-12)
    assert product.background_subtracted is True
    assert product.log is log


@pytest.mark.parametrize(
    ("level", "note", "log", "subtracted"),
    [
        ("RDR", "SUBTRACTION BACKGROUND ON BOARD ENABLED", None, True),
        ("RDR", "SUBTRACTION BACKGROUND ON BOARD DISABLED", None, False),
        ("RDR", "", None, None),
        ("EDR", "", None, False),
        ("RDR", "SUBTRACTION BACKGROUND ON BOARD ENABLED", True, False),
        ("EDR", "", False, True),
    ],
)
def test_who_is_believed_about_the_background(level, note, log, subtracted):
    row = None if log is None else parse_log_row(log_row(Frame(), background_off=log))
    assert background_subtracted(level, note, row) is subtracted


def test_wrong_orbit_1_is_unknown(tmp_path):
    assert assemble(write_frame(tmp_path, Frame(orbit=1))).orbit is None
    assert assemble(write_frame(tmp_path, Frame(orbit=""))).orbit is None


def test_pds4_product_has_no_clock_and_keeps_its_band(tmp_path):
    frame = Frame(bands=("L",), exposure_s=0.012)
    write_frame(tmp_path, frame)
    product = assemble_product(read_image_label_pds4(write_pds4_label(tmp_path, frame)))
    assert (product.label_standard, product.bands, product.start_clock) == ("PDS4", ("L",), "")
    assert product.exposure_s == pytest.approx(0.012)
    assert product.orbit is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"^IMAGE": '"none.IMG"'}, "label without its image"),
        ({"^IMAGE": '"../x.IMG"'}, "beside the label"),
        ({"SAMPLE_BITS": "16"}, "RDR with 16 bits"),
        ({"LINES": "256"}, "128 lines"),
        ({"LINE_SAMPLES": "431"}, "431"),
        ({"START_TIME": "soon"}, "'soon' is not of the form"),
        ({"SPACECRAFT_CLOCK_START_COUNT": '"soon"'}, "'soon' is not"),
        ({"SPACECRAFT_CLOCK_STOP_COUNT": '"5/1:0"'}, "make an exposure of -"),
        ({"STOP_TIME": "2023-07-31T04:41:09.734"}, "exposure cannot be settled"),
        ({"INSTRUMENT_MODE_ID": "SCI_I1_S1"}, "256 lines"),
    ],
)
def test_contradictions_name_the_label(tmp_path, changes, message):
    label = write_frame(tmp_path, **changes)
    with pytest.raises(LabelError, match=message) as caught:
        assemble(label)
    assert str(caught.value).count(str(label)) == 1


def test_spectrum_is_no_image(tmp_path):
    frame = Frame()
    label = write_frame(tmp_path, frame, PRODUCT_ID="JIR_SPE_RDR_2023212T044011_V01")
    with pytest.raises(LabelError, match="not a JIRAM image"):
        assemble(label)
