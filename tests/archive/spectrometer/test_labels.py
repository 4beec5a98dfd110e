"""Labels of spectra: made ones to damage, and the real ones where they lie beside."""

import shutil
from pathlib import Path

import pytest

from hotspots.archive.spectrometer.labels import read_spectrum_label
from hotspots.errors import LabelError
from tests.helpers.spectrum_files import spectra_values, write_spectrum

REAL = Path(__file__).parents[4] / "shared" / "data" / "jiram"


def test_label_tells_shape_time_and_file(tmp_path):
    product = read_spectrum_label(write_spectrum(tmp_path))
    assert product.product_id == "JIR_SPE_RDR_2023212T044012_V01"
    assert (product.rows, product.channels, product.pixels_of_row) == (256, 336, 1)
    assert product.exposure_s == 1.0
    assert product.orbit == 53
    assert product.data_path == tmp_path / "JIR_SPE_RDR_2023212T044012_V01.DAT"


@pytest.mark.parametrize(("rows", "pixels"), [(64, 4), (16, 16)])
def test_rows_of_other_modes_are_means_of_pixels(tmp_path, rows, pixels):
    label = write_spectrum(tmp_path, values=spectra_values(rows))
    assert read_spectrum_label(label).pixels_of_row == pixels


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"ROWS": "100"}, "100 rows"),
        ({"COLUMNS": "335"}, "335 channels"),
        ({"ROW_BYTES": "672"}, "rows of 672 bytes"),
        ({"START_TIME": None}, "START_TIME is missing"),
        ({"^TABLE": '"OTHER.DAT"'}, "without its spectra"),
        ({"^TABLE": '"../OTHER.DAT"'}, "beside the label"),
        ({"PRODUCT_ID": "JIR_IMG_RDR_2023212T044012_V01"}, "not a calibrated spectrum"),
        ({"STOP_TIME": "2023-07-31T04:40:08.606"}, ""),
    ],
)
def test_contradictions_name_the_label(tmp_path, changes, reason):
    label = write_spectrum(tmp_path, **changes)
    if not reason:
        assert read_spectrum_label(label).exposure_s == 1.0  # the clock alone is a witness
        return
    with pytest.raises(LabelError, match=reason) as caught:
        read_spectrum_label(label)
    assert str(caught.value).startswith(str(label))


def test_cut_label_is_refused(tmp_path):
    label = write_spectrum(tmp_path)
    label.write_bytes(label.read_bytes()[:900])
    with pytest.raises(LabelError, match="END"):
        read_spectrum_label(label)


@pytest.mark.parametrize(
    ("name", "standard", "orbit"),
    [
        ("JIR_SPE_RDR_2022012T092205_V01.LBL", "PDS3", 39),
        ("JIR_SPE_RDR_2017033T114007_V02.xml", "PDS4", 4),
    ],
)
def test_labels_of_the_archive(tmp_path, name, standard, orbit):
    if not (REAL / name).is_file():
        pytest.skip("needs ../shared/data/jiram, labels of the archive")
    label = Path(shutil.copyfile(REAL / name, tmp_path / name))
    (tmp_path / f"{label.stem}.DAT").write_bytes(b"")
    product = read_spectrum_label(label)
    assert product.product_id == label.stem
    assert (product.rows, product.channels, product.exposure_s) == (256, 336, 1.0)
    assert (product.label_standard, product.orbit) == (standard, orbit)
