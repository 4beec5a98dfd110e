"""A folder of samples is finished by the command that was interrupted."""

from functools import partial

import numpy as np
import pytest

from hotspots.errors import GriddingError
from hotspots.training.receipts import digest_of, forget, prepare_visits, receipt_of
from hotspots.training.samples import load_sample
from tests.training.made_samples import made_sample


def two_maps(visit, maps=2):
    """Work of a visit; a module's function, for other processes take it too."""
    for number in range(maps):
        if visit == "PJ03" and number:
            msg = "the second map is too wide"
            raise GriddingError(msg)
        yield made_sample(f"{visit}/group_{number}")


def digests(*visits, digest="d"):
    return dict.fromkeys(visits, digest)


def run(folder, work, jobs=1):
    return {one.name: one for one in prepare_visits(folder, work, two_maps, jobs)}


def test_samples_and_receipts_are_written(tmp_path):
    made = run(tmp_path, digests("PJ01", "PJ02"))
    assert made["PJ01"].samples == ("PJ01_group_0.npz", "PJ01_group_1.npz")
    assert load_sample(tmp_path / "PJ02_group_1.npz").visit == "PJ02"
    assert {path.suffix for path in tmp_path.iterdir()} == {".npz", ".json"}
    assert receipt_of(tmp_path, "PJ01") == made["PJ01"]


def test_what_is_done_is_not_done_again(tmp_path):
    run(tmp_path, digests("PJ01"))
    assert list(run(tmp_path, digests("PJ01", "PJ02"))) == ["PJ02"]
    assert run(tmp_path, digests("PJ01", "PJ02")) == {}
    (tmp_path / "PJ01.json").write_text("{")  # damaged
    assert list(run(tmp_path, digests("PJ01", "PJ02"))) == ["PJ01"]


def test_other_input_is_made_anew_and_leaves_nothing_old(tmp_path):
    run(tmp_path, digests("PJ01"))
    fewer = partial(two_maps, maps=1)
    (made,) = prepare_visits(tmp_path, digests("PJ01", digest="e"), fewer)
    assert made.samples == ("PJ01_group_0.npz",)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["PJ01.json", "PJ01_group_0.npz"]


def test_a_failure_is_told_and_keeps_what_there_is(tmp_path):
    made = run(tmp_path, digests("PJ03", "PJ04"))
    assert made["PJ03"].problem == "the second map is too wide"
    assert made["PJ03"].samples == ("PJ03_group_0.npz",)
    assert not made["PJ04"].problem


def test_several_processes_make_the_same(tmp_path):
    alone = run(tmp_path / "alone", digests("PJ01", "PJ02", "PJ03"))
    together = run(tmp_path / "together", digests("PJ01", "PJ02", "PJ03"), jobs=2)
    assert together == alone
    for path in (tmp_path / "alone").glob("*.npz"):
        theirs = load_sample(tmp_path / "together" / path.name)
        np.testing.assert_array_equal(theirs.labels, load_sample(path).labels)


def test_a_receipt_cannot_remove_files_elsewhere(tmp_path):
    outside = tmp_path / "precious.npz"
    outside.write_text("")
    folder = tmp_path / "samples"
    folder.mkdir()
    receipt = '{"samples": ["../precious.npz"], "problem": "", "digest": "d"}'
    (folder / "PJ01.json").write_text(receipt)
    forget(folder, "PJ01")
    assert outside.exists()
    assert receipt_of(folder, "PJ01") is None


@pytest.mark.parametrize("other", [("a", {"x": 2}), ("b", {"x": 1}), ("a",)])
def test_digests_tell_inputs_apart(other):
    assert digest_of("a", {"x": 1}) == digest_of("a", {"x": 1})
    assert digest_of("a", {"x": 1}) != digest_of(*other)
