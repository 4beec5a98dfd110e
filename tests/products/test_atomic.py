"""Interrupted or refused writing leaves what was there before, and nothing beside it."""

import errno
import os
from pathlib import Path

import pytest

from hotspots.errors import ProductError
from hotspots.products.atomic import atomic_file, atomic_folder, write_bytes


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def fill(folder, text):
    with atomic_folder(folder) as partial:
        (partial / "inner").mkdir()
        (partial / "inner" / "file.txt").write_text(text)


def fill_half(folder, failure):
    with atomic_folder(folder) as partial:
        (partial / "file.txt").write_text("half")
        raise failure


def write_half(path, failure):
    with atomic_file(path) as partial:
        partial.write_text("half")
        raise failure


def test_a_folder_appears_whole(tmp_path):
    folder = tmp_path / "out" / "PJ57"
    with atomic_folder(folder) as partial:
        (partial / "file.txt").write_text("new")
        assert not folder.exists()
    assert (folder / "file.txt").read_text() == "new"
    assert names(folder.parent) == ["PJ57"]


def test_a_folder_is_replaced_with_everything_in_it(tmp_path):
    folder = tmp_path / "PJ57"
    folder.mkdir()
    (folder / "stale.txt").write_text("old")
    fill(folder, "new")
    assert names(folder) == ["inner"]
    assert names(tmp_path) == ["PJ57"]


@pytest.mark.parametrize("failure", [KeyboardInterrupt, ValueError])
def test_an_interrupted_folder_is_as_it_was(tmp_path, failure):
    folder = tmp_path / "PJ57"
    fill(folder, "old")
    with pytest.raises(failure):
        fill_half(folder, failure)
    assert (folder / "inner" / "file.txt").read_text() == "old"
    assert names(tmp_path) == ["PJ57"]


def test_leftovers_of_a_killed_run_are_cleared_away(tmp_path):
    folder = tmp_path / "PJ57"
    (tmp_path / ".PJ57.partial").mkdir()
    (tmp_path / ".PJ57.partial" / "half.txt").write_text("half")
    fill(folder, "new")
    assert names(folder) == ["inner"]
    assert names(tmp_path) == ["PJ57"]


def test_a_run_killed_between_the_two_renames_lost_nothing(tmp_path):
    folder = tmp_path / "PJ57"
    fill(tmp_path / ".PJ57.outgoing", "old")
    with pytest.raises(ValueError, match="again"):
        fill_half(folder, ValueError("again"))
    assert (folder / "inner" / "file.txt").read_text() == "old"


def test_a_full_disk_is_a_clear_message(tmp_path):
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with pytest.raises(ProductError, match=r"PJ57: cannot be written \(No space left"):
        fill_half(tmp_path / "PJ57", full)
    with pytest.raises(ProductError, match=r"a.csv: cannot be written \(No space left"):
        write_half(tmp_path / "a.csv", full)
    assert names(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_content_that_does_not_fit_is_a_clear_message():
    with pytest.raises(ProductError, match=r"/dev/full: cannot be written \(No space left"):
        write_bytes(Path("/dev/full"), b"content")


def test_a_place_that_takes_no_folders_is_a_clear_message(tmp_path):
    (tmp_path / "out").write_text("a file, not a folder")
    with pytest.raises(ProductError, match=r"PJ57: cannot be written .*out=DIR"):
        fill(tmp_path / "out" / "PJ57", "new")
    with pytest.raises(ProductError, match=r"catalogue.csv: cannot be written"):
        write_half(tmp_path / "out" / "catalogue.csv", KeyboardInterrupt)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_read_only_folder_is_a_clear_message(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ProductError, match=r"Permission denied.*out=DIR"):
            fill(tmp_path / "PJ57", "new")
    finally:
        tmp_path.chmod(0o700)


def test_a_file_appears_whole_and_keeps_its_suffix(tmp_path):
    path = tmp_path / "new" / "catalogue.csv"
    with atomic_file(path) as partial:
        assert partial.suffix == ".csv"
        partial.write_text("rows")
        assert not path.exists()
    assert path.read_text() == "rows"
    assert names(path.parent) == ["catalogue.csv"]


def test_an_interrupted_file_is_as_it_was(tmp_path):
    path = tmp_path / "catalogue.csv"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        write_half(path, KeyboardInterrupt)
    assert path.read_text() == "old"
    assert names(tmp_path) == ["catalogue.csv"]
