import pytest

from hotspots.archive.label_geometry import read_label_geometry
from tests.helpers.archive_files import Frame, write_frame

GEOMETRY = {
    "RIGHT_ASCENSION": "1.2347 <degree>",
    "DECLINATION": "-41.9939 <degree>",
    "TWIST_ANGLE": "2.0465 <degree>",
    "QUATERNION": "( 0.27929,\n   -0.65052,\n   -0.64137,\n   -0.29576)",
    "SC_SUN_POSITION_VECTOR": "( 1.0 <km>,\n  2.0 <km>,\n  3.0 <km> )",
    "SC_TARGET_POSITION_VECTOR": "( 1.0 <km>, 2.0 <km>, 3.0 <km>)",
}
BANDS = """GROUP = {band}_BAND_PARAMETERS
   INCIDENCE_ANGLE = 94.6048 <degree>
   EMISSION_ANGLE = 16.5375 <degree>
   SLANT_DISTANCE = 117265.7597 <km>
   CENTER_LATITUDE = {latitude}
   CENTER_LONGITUDE = 305.7333 <degree>
   LINE_FIRST_PIXEL = 2
   SAMPLE_FIRST_PIXEL = 139
END_GROUP = {band}_BAND_PARAMETERS
OBJECT = FILE"""


def write(folder, **changes):
    label = write_frame(folder, Frame(old_style=True), **(GEOMETRY | changes))
    bands = BANDS.format(band="M", latitude="83.1502 <degree>").replace("OBJECT = FILE", "")
    bands += BANDS.format(band="L", latitude='"N/A"')
    label.write_text(label.read_text().replace("OBJECT = FILE", bands, 1))
    return label


def test_values_of_an_old_label(tmp_path):
    geometry = read_label_geometry(write(tmp_path))
    assert geometry is not None
    assert geometry.right_ascension_deg == 1.2347
    assert geometry.quaternion == (0.27929, -0.65052, -0.64137, -0.29576)
    assert geometry.target_km == (1.0, 2.0, 3.0)
    assert geometry.sun_km is None
    assert list(geometry.bands) == ["M"]
    centre = geometry.bands["M"]
    assert (centre.latitude_deg, centre.longitude_deg) == (83.1502, 305.7333)
    assert (centre.first_line, centre.first_sample) == (139, 2)


def test_true_sun_vector_is_kept(tmp_path):
    geometry = read_label_geometry(write(tmp_path, SC_SUN_POSITION_VECTOR="( 4.0, 5.0, 6.0 )"))
    assert geometry is not None
    assert geometry.sun_km == (4.0, 5.0, 6.0)


@pytest.mark.parametrize("keyword", ["RIGHT_ASCENSION", "QUATERNION", "SC_TARGET_POSITION_VECTOR"])
def test_part_of_the_geometry_is_none(tmp_path, keyword):
    assert read_label_geometry(write(tmp_path, **{keyword: '"N/A"'})) is None


def test_new_label_has_none(tmp_path):
    assert read_label_geometry(write_frame(tmp_path)) is None
