import pytest

from hotspots.archive.label import read_image_label
from hotspots.archive.label_pds4 import read_image_label_pds4
from hotspots.archive.logs import find_log, index_logs, read_log_table
from hotspots.errors import ArchiveError
from tests.helpers.archive_files import Frame, write_frame, write_log, write_pds4_label


def read(label, level="RDR"):
    return read_log_table(label, label.with_suffix(".TAB"), level)


def test_clock_pairs_files_whose_names_differ(tmp_path):
    frame = Frame()
    facts = read_image_label(write_frame(tmp_path, frame))
    logs = [write_log(tmp_path, frame.later(s), name_lag_s=2) for s in (-30, 0, 30)]
    index = index_logs(read(label) for label in logs)
    found = find_log(facts, "RDR", index)
    assert found is not None
    assert found.path == logs[1]
    assert find_log(facts, "EDR", index) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"SPACECRAFT_CLOCK_START_COUNT": '""', "START_TIME": "2020-01-01T00:00:00.000"},
        {"SPACECRAFT_CLOCK_START_COUNT": '""', "SOURCE_PRODUCT_ID": '"other.IMG"'},
    ],
    ids=["by source", "by time"],
)
def test_source_and_time_pair_what_the_clock_cannot(tmp_path, changes):
    frame = Frame()
    facts = read_image_label(write_frame(tmp_path, frame))
    index = index_logs([read(write_log(tmp_path, frame, **changes))])
    assert find_log(facts, "RDR", index) is not None


def test_log_of_another_frame_is_not_taken(tmp_path):
    facts = read_image_label(write_frame(tmp_path, Frame()))
    index = index_logs([read(write_log(tmp_path, Frame().later(30)))])
    assert find_log(facts, "RDR", index) is None


def test_pds4_label_of_a_table(tmp_path):
    frame = Frame()
    facts = read_image_label_pds4(write_pds4_label(tmp_path, frame))
    table = write_log(tmp_path / "log", frame).with_suffix(".TAB")
    label = write_pds4_label(tmp_path / "log", frame)
    found = find_log(facts, "RDR", index_logs([read_log_table(label, table, "RDR")]))
    assert found is not None
    assert found.row.texpo_s == pytest.approx(0.002)


def test_label_without_table_is_an_error(tmp_path):
    with pytest.raises(ArchiveError, match="without its table"):
        read_log_table(write_log(tmp_path, Frame()), None, "RDR")
