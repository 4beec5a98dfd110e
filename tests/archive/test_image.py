import numpy as np
import pytest

from hotspots.archive.assemble import assemble_product
from hotspots.archive.image import missing_packets, read_image
from hotspots.archive.label import read_image_label
from hotspots.errors import ChecksumError, ImageError
from tests.helpers.archive_files import Frame, image_values, write_frame


def product_of(label):
    return assemble_product(read_image_label(label))


@pytest.mark.parametrize(("level", "dtype"), [("RDR", np.float32), ("EDR", np.int16)])
@pytest.mark.parametrize("bands", [("M",), ("L", "M")])
def test_pixels_come_back_in_native_order(tmp_path, level, dtype, bands):
    frame = Frame(level=level, bands=bands)
    image = read_image(product_of(write_frame(tmp_path, frame)))
    assert image.dtype == np.dtype(dtype)
    assert image.dtype.isnative
    assert image.flags.writeable
    np.testing.assert_array_equal(image, image_values(frame))


def test_first_lines_of_two_bands_are_l(tmp_path):
    frame = Frame(bands=("L", "M"))
    values = image_values(frame)
    values[:128] += 1.0
    product = product_of(write_frame(tmp_path, frame, values=values))
    image = read_image(product)
    halves = dict(zip(product.bands, (image[:128], image[128:]), strict=True))
    assert halves["L"].mean() > 0.9 > halves["M"].mean()


def test_big_endian_delivery_is_noticed(tmp_path):
    frame = Frame()
    exchanged = image_values(frame).astype(">f4")
    image = read_image(product_of(write_frame(tmp_path, frame, values=exchanged)))
    assert image.dtype.isnative
    np.testing.assert_array_equal(image, image_values(frame))


@pytest.mark.parametrize(
    ("size", "word"), [(0, "truncated"), (81839, "truncated"), (221185, "too long")]
)
def test_other_sizes_are_an_error_with_both_sizes(tmp_path, size, word):
    product = product_of(write_frame(tmp_path, content=bytes(size)))
    with pytest.raises(ImageError, match=rf"\.IMG: {word}: {size} bytes, wanted 221184"):
        read_image(product)


def test_changed_byte_is_a_checksum_error(tmp_path):
    content = bytearray(image_values(Frame()).tobytes())
    content[1000] ^= 1
    product = product_of(write_frame(tmp_path, content=bytes(content)))
    with pytest.raises(ChecksumError, match=r"has MD5 sum .* states"):
        read_image(product)
    assert read_image(product, verify_checksum=False).shape == (128, 432)


def test_label_without_checksum_is_not_checked(tmp_path):
    content = image_values(Frame(), seed=9).tobytes()
    product = product_of(write_frame(tmp_path, content=content, MD5_CHECKSUM='"N/A"'))
    assert read_image(product).shape == (128, 432)


def test_noise_that_has_the_size_of_an_image_is_an_error(tmp_path):
    noise = np.random.default_rng(3).bytes(128 * 432 * 4)
    product = product_of(write_frame(tmp_path, content=noise))
    with pytest.raises(ImageError, match=r"\.IMG: only .* plausible"):
        read_image(product, verify_checksum=False)


def test_file_that_vanished_is_an_error(tmp_path):
    product = product_of(write_frame(tmp_path))
    product.image_path.unlink()
    with pytest.raises(ImageError, match="cannot be read"):
        read_image(product)


def test_missing_packet_survives_reading(tmp_path):
    frame = Frame(bands=("L", "M"))
    values = image_values(frame)
    values[:128, 288:] = 0.0
    mask = missing_packets(read_image(product_of(write_frame(tmp_path, frame, values=values))))
    assert mask.shape == (256, 432)
    assert mask[:128, 288:].all()
    assert mask.sum() == 128 * 144


@pytest.mark.parametrize("shape", [(128, 430), (100, 432), (432,)])
def test_shape_that_is_not_made_of_packets_is_an_error(shape):
    with pytest.raises(ImageError, match="not made of packets"):
        missing_packets(np.zeros(shape))
