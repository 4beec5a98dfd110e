import os
import shutil
from dataclasses import replace

import pytest

from hotspots.archive.find import find_products
from hotspots.archive.products import IssueStatus
from hotspots.errors import ArchiveError
from tests.helpers.archive_files import Frame, log_row, write_frame, write_log, write_pds4_label

FRAME = Frame()


def reasons(inventory, status=None):
    return {
        issue.product_id: issue.reason
        for issue in inventory.issues
        if status is None or issue.status is status
    }


def test_products_come_in_order_of_time_from_any_depth(tmp_path):
    write_frame(tmp_path / "b" / "c", FRAME)
    write_frame(tmp_path / "a", FRAME.later(60))
    write_frame(tmp_path, FRAME.later(-60))
    inventory = find_products(tmp_path)
    assert [product.start_clock for product in inventory.products] == [
        FRAME.later(seconds).start_clock for seconds in (-60, 0, 60)
    ]
    assert inventory.issues == ()
    assert find_products(str(tmp_path)) == inventory


def test_small_letters_are_as_good(tmp_path):
    label = write_frame(tmp_path)
    for path in (label, label.with_suffix(".IMG")):
        path.rename(path.with_name(path.name.lower()))
    (product,) = find_products(tmp_path).products
    assert product.product_id == FRAME.product_id
    assert product.image_path.is_file()


def test_label_without_image_and_image_without_label(tmp_path):
    write_frame(tmp_path, FRAME).with_suffix(".IMG").unlink()
    write_frame(tmp_path, FRAME.later(30)).unlink()
    inventory = find_products(tmp_path)
    assert inventory.products == ()
    failed = reasons(inventory, IssueStatus.FAILED)
    assert "label without its image" in failed[FRAME.product_id]
    assert "image without a label" in failed[FRAME.later(30).product_id]


def test_garbled_label_fails_alone_and_its_reason_names_no_folder(tmp_path):
    write_frame(tmp_path, FRAME)
    bad = write_frame(tmp_path, FRAME.later(30))
    bad.write_bytes(bad.read_bytes()[:700])
    inventory = find_products(tmp_path)
    assert len(inventory.products) == 1
    (issue,) = inventory.issues
    assert (issue.status, issue.path) == (IssueStatus.FAILED, bad)
    assert issue.reason.startswith("cut-off label")


def test_pointer_out_of_the_folder_fails(tmp_path):
    secret = tmp_path / "secret.IMG"
    secret.write_bytes(b"secret")
    write_frame(tmp_path / "a", FRAME, **{"^IMAGE": '"../secret.IMG"'})
    write_frame(tmp_path / "b", FRAME.later(9), **{"^IMAGE": f'"{secret}"'})
    link = write_frame(tmp_path / "c", FRAME.later(18)).with_suffix(".IMG")
    link.unlink()
    link.symlink_to(secret)
    inventory = find_products(tmp_path)
    assert inventory.products == ()
    assert len(reasons(inventory, IssueStatus.FAILED)) == 3


def test_other_products_are_ignored_with_a_reason(tmp_path):
    write_frame(tmp_path, FRAME)
    (tmp_path / "JIR_SPE_EDR_2023212T044012_V01.LBL").write_text("END\n")
    (tmp_path / "INDEX.LBL").write_text("END\n")
    (tmp_path / "bundle_juno_jiram.xml").write_text("<x/>")
    (tmp_path / "readme.txt").touch()
    (tmp_path / "photo.img").touch()
    inventory = find_products(tmp_path)
    assert len(inventory.products) == 1
    ignored = reasons(inventory, IssueStatus.IGNORED)
    assert set(ignored) == {
        "JIR_SPE_EDR_2023212T044012_V01",
        "INDEX.LBL",
        "bundle_juno_jiram.xml",
        "photo.img",
    }
    assert "spectrometer" in ignored["JIR_SPE_EDR_2023212T044012_V01"]
    assert reasons(inventory, IssueStatus.FAILED) == {}


def test_flyby_and_calibration_frames_are_ignored(tmp_path):
    write_frame(tmp_path, replace(FRAME, start=FRAME.start.replace(year=2013)))
    write_frame(tmp_path, FRAME, INSTRUMENT_MODE_ID="CAL_I2_S1")
    inventory = find_products(tmp_path)
    assert inventory.products == ()
    assert sorted(issue.reason.split()[0] for issue in inventory.issues) == ["a", "taken"]
    assert all(issue.status is IssueStatus.IGNORED for issue in inventory.issues)


def test_log_table_joins_its_frame(tmp_path):
    frame = replace(FRAME, level="EDR")
    write_frame(tmp_path, frame)
    write_frame(tmp_path, frame.later(30))
    write_log(tmp_path / "log", frame, name_lag_s=2, row=log_row(frame, background_off=True))
    with_log, without = find_products(tmp_path).products
    assert with_log.log is not None
    assert not with_log.log.background_subtracted
    assert without.log is None


def test_damaged_log_table_does_not_cost_the_frame(tmp_path):
    write_frame(tmp_path, FRAME)
    write_log(tmp_path, FRAME, row=bytes(60))
    lonely = write_log(tmp_path, FRAME.later(30))
    lonely.with_suffix(".TAB").unlink()
    inventory = find_products(tmp_path)
    assert len(inventory.products) == 1
    assert [issue.status for issue in inventory.issues] == [IssueStatus.IGNORED] * 2
    assert all("without its LOG table" in issue.reason for issue in inventory.issues)


def test_pds3_label_goes_first_and_pds4_serves_where_it_is_missing_or_bad(tmp_path):
    write_frame(tmp_path, FRAME)
    write_pds4_label(tmp_path, FRAME)
    second, third = FRAME.later(30), FRAME.later(60)
    write_frame(tmp_path, second).unlink()
    write_pds4_label(tmp_path, second)
    write_frame(tmp_path, third).write_bytes(b"\x00")
    write_pds4_label(tmp_path, third)
    inventory = find_products(tmp_path)
    assert [product.label_standard for product in inventory.products] == ["PDS3", "PDS4", "PDS4"]
    assert inventory.issues == ()


def test_copies_are_listed(tmp_path):
    write_frame(tmp_path / "a", FRAME)
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    inventory = find_products(tmp_path)
    assert [product.label_path.parent.name for product in inventory.products] == ["a"]
    assert [issue.path.parent.name for issue in inventory.issues] == ["b"]


def test_names_that_are_not_utf8_can_be_written_down(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.LBL")).touch()
    (issue,) = find_products(tmp_path).issues
    assert issue.product_id == "caf\\udce9.LBL"


def test_folder_that_cannot_be_read_is_a_failure(tmp_path, monkeypatch):
    locked = tmp_path / "locked"
    locked.mkdir()
    listing = os.scandir

    def refuse(path):
        if os.fspath(path) == os.fspath(locked):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return listing(path)

    monkeypatch.setattr(os, "scandir", refuse)
    (issue,) = find_products(tmp_path).issues
    assert issue.status is IssueStatus.FAILED
    assert issue.reason == "folder cannot be read: Permission denied"


def test_empty_folder_is_empty_and_no_folder_is_an_error(tmp_path):
    inventory = find_products(tmp_path)
    assert (inventory.products, inventory.issues) == ((), ())
    (tmp_path / "file").touch()
    for path in (tmp_path / "none", tmp_path / "file"):
        with pytest.raises(ArchiveError, match="no such folder"):
            find_products(path)
