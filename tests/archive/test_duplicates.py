from dataclasses import replace

from hotspots.archive.assemble import assemble_product
from hotspots.archive.duplicates import without_duplicates
from hotspots.archive.label import read_image_label
from tests.helpers.archive_files import Frame, write_frame


def product(folder, frame, **options):
    return assemble_product(read_image_label(write_frame(folder, frame, **options)))


def test_highest_version_is_kept(tmp_path):
    frame = Frame()
    versions = [product(tmp_path, replace(frame, version=version)) for version in (1, 3, 2)]
    kept, issues = without_duplicates(versions)
    assert kept == [versions[1]]
    assert [issue.product_id for issue in issues] == [
        versions[0].product_id,
        versions[2].product_id,
    ]
    assert all(str(versions[1].label_path) in issue.reason for issue in issues)


def test_whole_file_goes_before_a_higher_version(tmp_path):
    whole = product(tmp_path, Frame(version=1))
    truncated = product(tmp_path, Frame(version=2), content=bytes(100))
    assert without_duplicates([whole, truncated])[0] == [whole]


def test_calibrated_goes_before_raw_of_the_same_exposure(tmp_path):
    calibrated = product(tmp_path, Frame())
    raw = product(tmp_path, Frame(level="EDR", name_lag_s=5, partition=1))
    kept, issues = without_duplicates([raw, calibrated])
    assert kept == [calibrated]
    assert "calibrated product of the same exposure" in issues[0].reason


def test_raw_stays_where_the_calibrated_file_is_truncated(tmp_path):
    calibrated = product(tmp_path, Frame(), content=bytes(100))
    raw = product(tmp_path, Frame(level="EDR"))
    assert without_duplicates([calibrated, raw])[0] == [raw]


def test_different_exposures_are_no_duplicates(tmp_path):
    products = [product(tmp_path, Frame().later(second)) for second in range(3)]
    assert without_duplicates(products) == (products, [])


def test_first_path_of_equal_copies_stays(tmp_path):
    copies = [product(tmp_path / name, Frame()) for name in "ab"]
    kept, issues = without_duplicates(copies)
    assert kept == copies[:1]
    assert issues[0].path == copies[1].label_path


def test_file_that_vanished_loses(tmp_path):
    copies = [product(tmp_path / name, Frame()) for name in "ab"]
    copies[0].image_path.unlink()
    assert without_duplicates(copies)[0] == copies[1:]
