import pytest

from hotspots.archive.label_pds4 import read_image_label_pds4, read_label_times_pds4
from hotspots.errors import LabelError
from tests.helpers.archive_files import Frame, write_pds4_label


def test_elements_of_an_image(tmp_path):
    frame = Frame()
    facts = read_image_label_pds4(write_pds4_label(tmp_path, frame))
    assert facts.standard == "PDS4"
    assert facts.product_id == frame.product_id.lower()
    assert facts.start_time == "2023-07-31T04:40:08.606"
    assert (facts.lines, facts.samples, facts.sample_bits) == (128, 432, 32)
    assert facts.image_name == f"{frame.product_id}.IMG"
    assert (facts.start_clock, facts.orbit, facts.md5) == ("", None, None)
    assert facts.band_hint == "M"
    assert facts.target_name == "JUPITER"


def test_raw_image_and_band_l(tmp_path):
    facts = read_image_label_pds4(write_pds4_label(tmp_path, Frame(level="EDR", bands=("L",))))
    assert (facts.sample_bits, facts.band_hint) == (16, "L")


def test_label_that_fills_neither_band_gives_no_hint(tmp_path):
    assert read_image_label_pds4(write_pds4_label(tmp_path, Frame(), m_band="")).band_hint == ""


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"data_type": "UnsignedByte"}, "UnsignedByte"),
        ({"lines": "many"}, "axes"),
        ({"offset": "80"}, "starts at byte 80"),
        ({"file_name": ""}, "File/file_name is missing"),
        ({"declaration": '<!DOCTYPE x [<!ENTITY a "b">]>'}, "document type declaration"),
        ({"declaration": "<!entity>"}, "document type declaration"),
    ],
)
def test_unusable_labels_say_why(tmp_path, changes, message):
    label = write_pds4_label(tmp_path, Frame(), **changes)
    with pytest.raises(LabelError, match=message) as caught:
        read_image_label_pds4(label)
    assert label.name in str(caught.value)


@pytest.mark.parametrize("fraction", [0.0, 0.1, 0.5, 0.9])
def test_cut_off_label_is_an_error(tmp_path, fraction):
    label = write_pds4_label(tmp_path, Frame())
    text = label.read_text()
    label.write_text(text[: int(fraction * len(text))])
    with pytest.raises(LabelError, match="garbled"):
        read_image_label_pds4(label)


def test_label_of_something_else_is_no_image(tmp_path):
    label = tmp_path / "bundle.xml"
    label.write_text("<Product_Bundle/>")
    with pytest.raises(LabelError, match="not an image label"):
        read_image_label_pds4(label)
    with pytest.raises(LabelError, match="start_date_time is missing"):
        read_label_times_pds4(label)
