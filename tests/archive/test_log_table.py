import pytest

from hotspots.archive.log_table import parse_log_row, read_log_row
from hotspots.errors import ArchiveError
from tests.helpers.archive_files import Frame, log_row


def test_row_worked_out_by_hand():
    row = bytearray(72)
    row[22:24] = (3 << 7 | 1 << 4).to_bytes(2, "little")  # background frame, compressed
    row[26:30] = (5).to_bytes(2, "little") + (4000).to_bytes(2, "little")
    row[30:32] = (75).to_bytes(2, "little")  # 75 * 0.2 ms
    row[34:38] = (0x25DCA29C).to_bytes(4, "little")
    row[38:40] = (43995).to_bytes(2, "little")
    row[40:42] = (250).to_bytes(2, "little")
    row[42:44] = (10 << 8 | 1 << 6).to_bytes(2, "little")
    row[48:50] = (8210).to_bytes(2, "little")
    row[50:52] = (1 << 13 | 1 << 12 | 1 << 10 | 1 << 8 | 1).to_bytes(2, "little")
    row[68:70] = (16380).to_bytes(2, "little")
    log = parse_log_row(bytes(row))
    assert log.texpo_s == pytest.approx(0.015)
    assert (log.seconds, log.subseconds) == (635216540, 43995)
    assert (log.acquisition_type, log.compression_status) == (3, 1)
    assert (log.jpeg_minimum, log.jpeg_maximum) == (5, 4000)
    assert (log.background_subtracted, log.background_repetition) == (False, 10)
    assert log.detector_temperature_dn == 8210
    assert (log.high_gain, log.motor_despinning, log.motor_on) == (True, True, True)
    assert log.nadir_offset == -250
    assert log.mirror_angle_deg == pytest.approx(12.85086496, abs=1e-3)
    assert not log.frame_error


def test_parked_mirror_and_subtraction_on():
    log = parse_log_row(log_row(Frame(), despin=False, motor_position=0))
    assert not log.motor_despinning
    assert log.background_subtracted
    assert log.mirror_angle_deg == pytest.approx(-12.857, abs=1e-3)


def test_word_order_follows_the_clock_of_the_label():
    frame = Frame()
    seconds = int(frame.start_clock.partition("/")[2].partition(":")[0])
    for high_first in (False, True):
        row = log_row(frame, high_word_first=high_first)
        assert parse_log_row(row, start_seconds=seconds).seconds == seconds


@pytest.mark.parametrize("size", [0, 71, 73])
def test_other_lengths_are_an_error_that_names_the_file(tmp_path, size):
    path = tmp_path / "x.TAB"
    path.write_bytes(bytes(size))
    with pytest.raises(ArchiveError, match=rf"x\.TAB: a LOG row has {size} bytes, wanted 72"):
        read_log_row(path)


def test_missing_table_is_an_error(tmp_path):
    with pytest.raises(ArchiveError, match=r"none\.TAB"):
        read_log_row(tmp_path / "none.TAB")
