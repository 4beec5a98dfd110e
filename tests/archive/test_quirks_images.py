import numpy as np
import pytest

from hotspots.archive import quirks
from hotspots.errors import ImageError, LabelError
from tests.helpers.archive_files import Frame, image_values


def test_bytes_are_little_endian_at_both_levels():
    assert quirks.stored_dtype("RDR") == np.dtype("<f4")
    assert quirks.stored_dtype("EDR") == np.dtype("<i2")


@pytest.mark.parametrize("level", ["EDR", "RDR"])
def test_right_order_is_kept_and_wrong_order_is_noticed(level):
    values = image_values(Frame(level=level))
    assert quirks.in_true_byte_order(values, level) is values
    exchanged = values.astype(values.dtype.newbyteorder(">")).view(values.dtype)
    assert not np.array_equal(exchanged, values)
    np.testing.assert_array_equal(quirks.in_true_byte_order(exchanged, level), values)


@pytest.mark.parametrize("level", ["EDR", "RDR"])
def test_noise_in_all_bits_is_no_image(level):
    dtype = quirks.stored_dtype(level)
    noise = np.random.default_rng(2).integers(0, 256, 128 * 432 * dtype.itemsize, dtype=np.uint8)
    with pytest.raises(ImageError, match="plausible"):
        quirks.in_true_byte_order(noise.view(dtype).reshape(128, 432), level)


def test_image_of_zeros_is_possible():
    zeros = np.zeros((128, 432), "<f4")
    assert quirks.in_true_byte_order(zeros, "RDR") is zeros


@pytest.mark.parametrize(
    ("lines", "mode", "hint", "bands"),
    [
        (256, "SCI_I1_S3", "", ("L", "M")),
        (128, "SCI_I2_S1", "", ("M",)),
        (128, "SCI_I3_S0", "", ("L",)),
        (128, "sci_i2_s1", "L", ("M",)),
        (256, "", "", ("L", "M")),
        (128, "", "L", ("L",)),
        (128, "SCI", "M", ("M",)),
    ],
)
def test_bands_in_file_order(lines, mode, hint, bands):
    assert quirks.bands_of_image(lines, mode, hint) == bands


@pytest.mark.parametrize(
    ("lines", "mode", "hint"), [(128, "SCI_I1_S1", ""), (256, "SCI_I2_S1", ""), (128, "", "")]
)
def test_contradiction_or_silence_about_the_band_is_an_error(lines, mode, hint):
    with pytest.raises(LabelError):
        quirks.bands_of_image(lines, mode, hint)


def test_one_block_of_zeros_is_one_lost_packet():
    image = np.ones((256, 432), np.int16)
    image[128:, 144:288] = 0
    image[5, :] = 0  # zeros, but no packet
    mask = quirks.lost_packets(image)
    assert mask.sum() == 128 * 144
    assert mask[128:, 144:288].all()
