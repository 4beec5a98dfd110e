"""Samples check themselves and survive the disk."""

import numpy as np
import pytest

from hotspots.errors import SampleError
from hotspots.training.samples import OBJECT_FIELDS, Sample, load_sample, save_sample


def sample(**changes):
    fields = {
        "name": "000001_PJ57/group_1",
        "planes": {"m_snr": np.linspace(-1, 4, 12, dtype=np.float32).reshape(3, 4)},
        "scales": {"log_km_per_px": 0.25},
        "labels": np.array([[0, 1, 2, 255]] * 3, dtype=np.uint8),
        "objects": np.array([(1.5, 2.5, 1, 9.0, 1.2, True)], dtype=OBJECT_FIELDS),
    }
    return Sample(**{**fields, **changes})


def test_round_trip_is_exact_to_half_precision(tmp_path):
    kept = sample()
    save_sample(tmp_path / "a.npz", kept)
    back = load_sample(tmp_path / "a.npz")
    assert (back.name, dict(back.scales)) == (kept.name, dict(kept.scales))
    assert (back.labels == kept.labels).all()
    assert (back.objects == kept.objects).all()
    np.testing.assert_allclose(back.planes["m_snr"], kept.planes["m_snr"], rtol=1e-3)
    assert back.planes["m_snr"].dtype == np.float32
    assert [path.name for path in tmp_path.iterdir()] == ["a.npz"]


def test_samples_are_split_by_visit():
    assert sample().visit == "000001_PJ57"


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"labels": np.full((3, 4), 7, np.uint8)}, "no class"),
        ({"labels": np.zeros((3, 4))}, "wanted uint8"),
        ({"planes": {"m_snr": np.zeros((3, 4))}}, "wanted float32"),
        ({"planes": {"m_snr": np.full((3, 4), np.nan, np.float32)}}, "not finite"),
        ({"planes": {"m_snr": np.zeros((4, 3), np.float32)}}, "m_snr"),
        ({"objects": np.zeros(3)}, "fields"),
    ],
)
def test_contradictions_are_refused(changes, complaint):
    with pytest.raises(SampleError, match=complaint):
        sample(**changes)


def test_a_damaged_file_is_named(tmp_path):
    path = tmp_path / "broken.npz"
    save_sample(path, sample())
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(SampleError, match=r"broken\.npz"):
        load_sample(path)


def test_pickled_objects_are_refused(tmp_path):
    path = tmp_path / "evil.npz"
    np.savez(path, head=np.array([object()], dtype=object))
    with pytest.raises(SampleError, match=r"evil\.npz"):
        load_sample(path)
