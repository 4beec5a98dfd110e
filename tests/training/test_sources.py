"""Data are found by kind, sorted, and missing ones are named."""

from pathlib import Path

import numpy as np
import pytest
from skimage.io import imsave

from hotspots.config.training import DataSettings
from hotspots.errors import ConfigurationError, SampleError
from hotspots.training.drawn import draw_sample
from hotspots.training.samples import save_sample
from hotspots.training.sources import find_data
from tests.training.made_samples import made_sample

REAL_IMAGES = Path(__file__).parents[3] / "shared" / "data" / "sirst"


def test_sample_files_at_any_depth(tmp_path):
    for name in ("PJ02/a", "PJ01/b", "PJ01/a"):
        folder = tmp_path / name.split("/")[0]
        folder.mkdir(exist_ok=True)
        save_sample(folder / f"{name[-1]}.npz", made_sample(name))
    data = find_data(DataSettings("simulated", tmp_path), 0)
    assert [source.name for source in data.sources] == ["PJ01/a", "PJ01/b", "PJ02/a"]
    assert [source.visit for source in data.sources] == ["PJ01", "PJ01", "PJ02"]
    assert data.sources[2].load().name == "PJ02/a"
    assert data.classes == ("background", "hotspot", "lava_lake")


def test_images_with_masks_by_list_or_all(tmp_path):
    for kind in ("images", "masks"):
        (tmp_path / kind).mkdir()
    for name in ("a", "b"):
        imsave(
            tmp_path / "images" / f"{name}.png", np.zeros((4, 4), np.uint8), check_contrast=False
        )
        mask = np.eye(4, dtype=np.uint8) * 255
        imsave(tmp_path / "masks" / f"{name}_pixels0.png", mask, check_contrast=False)
    (tmp_path / "train.txt").write_text("b\n")
    listed = find_data(DataSettings("sirst", tmp_path, names="train.txt"), 0)
    assert [source.name for source in listed.sources] == ["b"]
    assert listed.classes == ("background", "target")
    everything = find_data(DataSettings("sirst", tmp_path), 0)
    assert [source.load().labels.sum() for source in everything.sources] == [4, 4]


@pytest.mark.skipif(not REAL_IMAGES.is_dir(), reason="needs the images beside the repository")
def test_real_images_all_load():
    data = find_data(DataSettings("sirst", REAL_IMAGES, names="train.txt"), 0)
    samples = [source.load() for source in data.sources]
    assert len(samples) == 213
    assert sum(len(sample.objects) for sample in samples) == 270
    assert all(abs(sample.planes["radiance"]).max() < 4 for sample in samples)


def test_drawn_maps_are_the_same_for_the_same_seed():
    first, again = (find_data(DataSettings("drawn"), 3).sources[0].load() for _ in range(2))
    other = find_data(DataSettings("drawn"), 4).sources[0].load()
    np.testing.assert_array_equal(first.planes["m_band"], again.planes["m_band"])
    assert (first.planes["m_band"] != other.planes["m_band"]).any()


def test_drawn_sources_are_bright_where_the_labels_say():
    samples = [draw_sample("a", [seed], 96) for seed in range(10)]
    inside = np.concatenate([s.planes["m_band"][s.labels == 1] for s in samples])
    outside = np.concatenate([s.planes["m_band"][s.labels == 0] for s in samples])
    assert np.median(inside) > np.percentile(outside, 90)
    assert {kind for s in samples for kind in s.objects["class"].tolist()} == {1, 2}


@pytest.mark.parametrize(
    ("settings", "error", "wanted"),
    [
        (DataSettings("seen"), ConfigurationError, "choose from"),
        (DataSettings("simulated"), ConfigurationError, "data.folder= is missing"),
        (DataSettings("simulated", Path("nowhere")), ConfigurationError, "no such folder"),
    ],
)
def test_data_that_cannot_be_found(settings, error, wanted):
    with pytest.raises(error, match=wanted):
        find_data(settings, 0)


def test_empty_folder_broken_sample_and_missing_list(tmp_path):
    with pytest.raises(SampleError, match="no samples"):
        find_data(DataSettings("simulated", tmp_path), 0)
    with pytest.raises(SampleError, match=r"train\.txt"):
        find_data(DataSettings("sirst", tmp_path, names="train.txt"), 0)
    (tmp_path / "a.npz").write_bytes(b"PK")
    with pytest.raises(SampleError, match=r"a\.npz"):
        find_data(DataSettings("simulated", tmp_path), 0)
