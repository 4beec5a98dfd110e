import numpy as np
import pytest

from hotspots.archive.spectrometer.labels import read_spectrum_label
from hotspots.archive.spectrometer.layout import channel_wavelengths_um
from hotspots.archive.spectrometer.read import read_spectra
from hotspots.errors import ChecksumError, ImageError
from tests.helpers.spectrum_files import spectra_values, write_spectrum


def test_bytes_are_little_endian_with_the_wavelength_fastest(tmp_path):
    values = spectra_values(16)
    read = read_spectra(read_spectrum_label(write_spectrum(tmp_path, values=values)))
    assert read.dtype == np.float32
    np.testing.assert_array_equal(read, values)


def test_other_byte_order_is_seen_by_the_numbers(tmp_path):
    values = spectra_values(16)
    read = read_spectra(read_spectrum_label(write_spectrum(tmp_path, values=values.astype(">f4"))))
    np.testing.assert_array_equal(read, values)


def test_rows_of_zeros_were_not_received(tmp_path):
    values = spectra_values(16)
    values[3:5] = 0.0
    read = read_spectra(read_spectrum_label(write_spectrum(tmp_path, values=values)))
    np.testing.assert_array_equal(np.isnan(read).all(axis=1), np.isin(np.arange(16), (3, 4)))
    assert np.isfinite(read[5:]).all()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x00" * 100, "truncated: 100 bytes"),
        (spectra_values(16).tobytes() + b"\x00", "too long"),
    ],
)
def test_wrong_size_is_refused(tmp_path, content, reason):
    label = write_spectrum(tmp_path, values=spectra_values(16), content=content)
    with pytest.raises(ImageError, match=reason):
        read_spectra(read_spectrum_label(label))


def test_other_content_is_refused_unless_wanted(tmp_path):
    label = write_spectrum(
        tmp_path, values=spectra_values(16), content=spectra_values(16, seed=4).tobytes()
    )
    product = read_spectrum_label(label)
    with pytest.raises(ChecksumError, match="MD5"):
        read_spectra(product)
    assert read_spectra(product, verify_checksum=False).shape == (16, 336)


def test_nothing_received_is_refused(tmp_path):
    label = write_spectrum(tmp_path, values=np.zeros((16, 336), "<f4"))
    with pytest.raises(ImageError, match="no telemetry packet"):
        read_spectra(read_spectrum_label(label))


def test_wavelengths_end_where_those_of_the_delivered_spectrum_do():
    wavelength = channel_wavelengths_um()
    assert len(wavelength) == 336
    assert wavelength[0] == pytest.approx(2.00676, abs=1e-5)
    assert wavelength[1] == pytest.approx(2.01575, abs=1e-5)
    assert wavelength[-1] == pytest.approx(5.0187, abs=1e-4)
