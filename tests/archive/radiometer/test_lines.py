import pytest

from hotspots.archive.radiometer.lines import line_blocks, read_header
from hotspots.archive.radiometer.reasons import RowFault
from hotspots.errors import ArchiveError


def blocks(path, text, *, gaps_are_faults=True):
    path.write_bytes(text)
    return list(line_blocks(path, fields=3, gaps_are_faults=gaps_are_faults))


def test_ends_of_line_and_empty_lines_do_not_matter(tmp_path):
    (block,) = blocks(tmp_path / "t.csv", b"a,b,c\r\n1,2,3\r\n\r\n4,5,6\n")
    assert block.text == b"1,2,3\n4,5,6"
    assert (block.lines, block.dropped, block.faults) == (2, 0, [])


def test_line_that_breaks_off_loses_its_last_field(tmp_path):
    (block,) = blocks(tmp_path / "t.csv", b"a,b,c\r\n1,2,3\r\n4,5")
    assert block.text == b"1,2,3\n4"
    assert block.faults == [(1, RowFault.TRUNCATED)]


def test_lines_of_a_wrong_length_are_dropped_and_counted(tmp_path):
    (block,) = blocks(tmp_path / "t.csv", b"a,b,c\n1,2\n1,2,3,4\n1,2,3\n")
    assert (block.text, block.dropped) == (b"1,2,3", 2)


def test_gaps_are_faults_where_they_should_not_be(tmp_path):
    text = b"a,b,c\n1,,3\n1,2,\n1,NaN,3\n1,2,3\n"
    (block,) = blocks(tmp_path / "t.csv", text)
    assert block.faults == [
        (0, RowFault.BLANK),
        (1, RowFault.BLANK),
        (2, RowFault.NOT_A_NUMBER),
    ]
    (block,) = blocks(tmp_path / "t.csv", text, gaps_are_faults=False)
    assert block.faults == []


@pytest.mark.parametrize("text", [b"", b"1,2,3\r\n", b"a,a,b\r\n", b"PDS_VERSION_ID = PDS3\r\n"])
def test_first_line_must_be_a_header(tmp_path, text):
    path = tmp_path / "t.csv"
    path.write_bytes(text)
    with pytest.raises(ArchiveError, match=r"t\.csv.*header"):
        read_header(path)


def test_missing_file(tmp_path):
    with pytest.raises(ArchiveError, match="cannot be read"):
        read_header(tmp_path / "t.csv")
