"""Images and masks become samples, whatever way their greys are stored."""

import numpy as np
import pytest
from PIL import Image
from skimage.io import imsave

from hotspots.errors import SampleError
from hotspots.training.images import image_plane, image_sample, read_grey


def write(path, image):
    imsave(path, np.asarray(image, np.uint8), check_contrast=False)
    return path


GREY = np.arange(80, dtype=np.uint8).reshape(8, 10) * 2
MASK = np.zeros((8, 10), np.uint8)
MASK[2:4, 5:8] = 255
MASK[6, 1] = 255


@pytest.mark.parametrize(
    "image",
    [
        GREY,
        np.stack([GREY] * 3, axis=-1),
        np.concatenate([np.stack([GREY] * 3, axis=-1), np.full((8, 10, 1), 9)], axis=-1),
        np.stack([GREY, np.full((8, 10), 9)], axis=-1),
    ],
    ids=["grey", "colour", "colour and opacity", "grey and opacity"],
)
def test_grey_values_whatever_the_channels(tmp_path, image):
    np.testing.assert_array_equal(read_grey(write(tmp_path / "a.png", image)), GREY)


def test_indexed_image_has_the_greys_of_its_palette(tmp_path):
    indexed = Image.fromarray(GREY // 2, mode="P")
    indexed.putpalette([value for grey in range(0, 160, 2) for value in (grey,) * 3])
    indexed.save(tmp_path / "p.png")
    np.testing.assert_array_equal(read_grey(tmp_path / "p.png"), GREY)


def test_sample_has_targets_with_their_centres(tmp_path):
    image, mask = write(tmp_path / "Misc_1.png", GREY), write(tmp_path / "Misc_1_m.png", MASK)
    sample = image_sample(image, mask)
    assert sample.name == sample.visit == "Misc_1"
    np.testing.assert_array_equal(sample.labels, MASK > 0)
    np.testing.assert_allclose(sample.objects["row"], [3.0, 6.5])
    np.testing.assert_allclose(sample.objects["column"], [6.5, 1.5])
    assert sample.objects["asked"].all()


def test_plane_does_not_depend_on_contrast_and_level():
    plane = image_plane(GREY.astype(np.float32))
    np.testing.assert_allclose(plane, image_plane(GREY * np.float32(0.5) + 40), atol=1e-6)
    assert np.median(plane) == pytest.approx(0, abs=0.02)


def test_empty_image_stays_empty():
    assert np.abs(image_plane(np.full((5, 5), 80, np.float32))).max() == 0


def test_what_is_no_image_or_does_not_fit_is_named(tmp_path):
    (tmp_path / "a.png").write_text("no image")
    with pytest.raises(SampleError, match=r"a\.png"):
        read_grey(tmp_path / "a.png")
    imsave(tmp_path / "deep.png", np.zeros((4, 4), np.uint16), check_contrast=False)
    with pytest.raises(SampleError, match="wanted 8 bits"):
        read_grey(tmp_path / "deep.png")
    image, mask = write(tmp_path / "b.png", GREY), write(tmp_path / "b_m.png", MASK[:4])
    with pytest.raises(SampleError, match="but"):
        image_sample(image, mask)
