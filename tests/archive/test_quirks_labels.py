from datetime import UTC, datetime

import pytest

from hotspots.archive import quirks
from hotspots.errors import LabelError


@pytest.mark.parametrize(
    "text",
    ["2017-02-02T11:40:03.870", "2017-02-02T11:40:03.870Z", "2017-033T11:40:03.870"],
)
def test_observation_time_is_start_time_to_the_millisecond(text):
    assert quirks.observation_time(text) == datetime(2017, 2, 2, 11, 40, 3, 870_000, UTC)


@pytest.mark.parametrize("text", ["", "N/A", "2017-02-30T00:00:00.000", "2017-02-02"])
def test_what_is_no_time_is_an_error(text):
    with pytest.raises(LabelError, match="time"):
        quirks.observation_time(text)


@pytest.mark.parametrize(
    ("value", "shown"), [("N/A", "N/A"), ("Io ", "IO"), (None, ""), (501, "501")]
)
def test_target_is_shown_as_it_stands(value, shown):
    assert quirks.target_for_display(value) == shown


def test_unit_is_that_of_the_numbers_and_not_of_the_label():
    assert quirks.unit_of_pixels("RDR") == "W m-2 sr-1"
    assert quirks.unit_of_pixels("EDR") == "DN"


@pytest.mark.parametrize(
    ("value", "year", "orbit"),
    [
        (53, 2023, 53),
        ("53", 2023, 53),
        (1, 2016, 1),
        (1, 2017, None),
        ("", 2020, None),
        ("N/A", 2020, None),
        (None, 2020, None),
        (-3, 2020, None),
        ("²", 2020, None),
    ],
)
def test_orbit_1_after_orbit_1_and_empty_orbits_are_unknown(value, year, orbit):
    assert quirks.orbit_of_label(value, datetime(year, 8, 1, tzinfo=UTC)) == orbit


@pytest.mark.parametrize(
    ("data_set", "year", "flyby"),
    [
        ("JNO-L-JIRAM-3-RDR-V1.0", 2014, True),
        ("JNO-J-JIRAM-3-RDR-V1.0", 2013, True),
        ("JNO-J-JIRAM-3-RDR-V1.0", 2016, False),
        ("urn:nasa:pds:juno_jiram:data_calibrated:x", 2023, False),
    ],
)
def test_flyby_of_2013(data_set, year, flyby):
    assert quirks.is_flyby_of_2013(data_set, datetime(year, 10, 9, tzinfo=UTC)) is flyby


def test_pointer_finds_the_file_beside_the_label_in_any_case(tmp_path):
    (tmp_path / "image.img").touch()
    label = tmp_path / "IMAGE.LBL"
    assert quirks.file_inside_folder(label, "image.img") == tmp_path / "image.img"
    assert quirks.file_inside_folder(label, "IMAGE.IMG").name.lower() == "image.img"
    assert quirks.file_inside_folder(label, "other.IMG") is None
    assert quirks.file_inside_folder(label, "x" * 5000) is None


@pytest.mark.parametrize(
    "pointer", ["../secret.IMG", "/etc/passwd", "a/b.IMG", "a\\b.IMG", "C:x.IMG", "..", "", "a\0b"]
)
def test_pointer_with_a_path_is_an_error(tmp_path, pointer):
    with pytest.raises(LabelError, match="beside the label"):
        quirks.file_inside_folder(tmp_path / "x.LBL", pointer)


def test_link_that_leaves_the_folder_is_an_error(tmp_path):
    inside, outside = tmp_path / "data", tmp_path / "secret.IMG"
    inside.mkdir()
    outside.touch()
    (inside / "x.IMG").symlink_to(outside)
    with pytest.raises(LabelError, match=r"x\.IMG is a link that leads to .*secret"):
        quirks.file_inside_folder(inside / "x.LBL", "x.IMG")


def test_link_inside_the_folder_is_a_file_like_any_other(tmp_path):
    (tmp_path / "true.IMG").touch()
    (tmp_path / "x.IMG").symlink_to("true.IMG")
    assert quirks.file_inside_folder(tmp_path / "x.LBL", "x.IMG") == tmp_path / "x.IMG"


def test_first_pixel_keywords_are_exchanged():
    # The M band starts at detector line 139; the detector has 270 lines and 438 samples.
    assert quirks.first_pixel_of_band(2, 139) == (139, 2)


def test_sun_vector_that_repeats_the_target_is_none():
    target = (33798.0321, -40605.3831, 174774.3272)
    assert quirks.spacecraft_sun_vector(target, target) is None
    assert quirks.spacecraft_sun_vector((1.0, 2.0, 3.0), target) == (1.0, 2.0, 3.0)
